//! Reminders by the movable clock, told once.

use chrono::TimeDelta;
use serde_json::{Value, json};
use store::sql;

use super::task;
use crate::tests::{Answer, Desk, desks, joined};

impl Desk {
    pub(crate) async fn work(&self) {
        let runner = crate::jobs(jobs::Runner::new(self.store.store.clone()));
        crate::notification::jobs(runner, "https://app.example.com".into()).drain().await;
    }

    async fn told(&self) -> Answer {
        self.get("/api/v1/notifications").await.ok()
    }

    fn later(&self, minutes: i64) -> Value {
        json!(self.store.clock().now() + TimeDelta::minutes(minutes))
    }

    /// How many mails wait or went out.
    async fn mails(&self) -> i64 {
        let mut tx = self.tx().await;
        let tenant = tx.tenant_id();
        tx.count(sql!("SELECT count(*) FROM outgoing_mail WHERE tenant_id = {} AND purpose = 'service'", tenant))
            .await
            .unwrap()
    }
}

#[tokio::test]
async fn a_reminder_comes_when_it_is_due_and_once() {
    for desk in desks().await {
        let company = desk.post("/api/v1/companies", json!({ "name": "Aurora" })).await.ok();
        let before = desk.mails().await;
        let todo = task(&desk, json!({ "remind_at": desk.later(60), "about": [company.id()] })).await;
        desk.store.clock().advance(TimeDelta::minutes(59));
        desk.work().await;
        assert!(desk.told().await.each("id").is_empty());
        desk.store.clock().advance(TimeDelta::minutes(2));
        desk.work().await;
        // Undone and done over: the same time is not told again.
        let path = format!("/api/v1/activities/{}", todo.id());
        for step in ["complete", "reopen"] {
            desk.press(&format!("{path}/{step}")).await.ok();
            desk.work().await;
        }
        let told = desk.told().await;
        assert_eq!(
            (told.each("kind"), told.each("title")),
            (vec!["reminder".into()], vec!["Send the price list".into()])
        );
        assert_eq!(told.body["items"][0]["about"], json!({ "id": company.id(), "name": "Aurora" }));
        assert_eq!(desk.mails().await, before + 1);
        assert_eq!(desk.get("/api/v1/notifications/unread").await.ok().body["count"], 1);
        desk.press(&format!("/api/v1/notifications/{}/read", told.each("id")[0])).await;
        assert_eq!(desk.get("/api/v1/notifications/unread").await.ok().body["count"], 0);
        assert!(desk.get("/api/v1/notifications?unread=true").await.ok().each("id").is_empty());
    }
}

#[tokio::test]
async fn a_reminder_that_was_moved_done_or_deleted_does_not_come() {
    for desk in desks().await {
        let moved = task(&desk, json!({ "title": "Moved", "remind_at": desk.later(60) })).await;
        let done = task(&desk, json!({ "title": "Done", "remind_at": desk.later(60) })).await;
        let gone = task(&desk, json!({ "title": "Gone", "remind_at": desk.later(60) })).await;
        let path = |of: &Answer| format!("/api/v1/activities/{}", of.id());
        desk.patch(&path(&moved), 1, json!({ "remind_at": desk.later(180) })).await.ok();
        desk.press(&format!("{}/complete", path(&done))).await.ok();
        desk.delete(&path(&gone)).await.ok();
        desk.store.clock().advance(TimeDelta::minutes(61));
        desk.work().await;
        assert!(desk.told().await.each("id").is_empty());
        desk.store.clock().advance(TimeDelta::minutes(120));
        desk.work().await;
        assert_eq!(desk.told().await.each("title"), ["Moved"]);
        // Brought back after its time, it says so at once.
        desk.press(&format!("{}/restore", path(&gone))).await.ok();
        desk.work().await;
        assert_eq!(desk.told().await.each("title"), ["Gone", "Moved"]);
    }
}

#[tokio::test]
async fn who_is_given_something_or_named_in_a_note_is_told_once_and_by_mail_if_they_like() {
    for desk in desks().await {
        let colleague = joined(&desk, "eva@faroazul.example").await;
        let as_them = async |method: &str, path: &str, body: Option<Value>| {
            desk.ask(&colleague, "sales", method, path, None, body).await
        };
        let choice =
            json!({ "mail_reminders": false, "mail_mentions": true, "mail_assignments": false, "time_zone": null });
        as_them("PUT", "/api/v1/notification-setting", Some(choice)).await.ok();
        let before = desk.mails().await;
        let company = desk.post("/api/v1/companies", json!({ "name": "Aurora" })).await.ok();
        let given = task(&desk, json!({ "assignee_id": colleague.member_id, "remind_at": desk.later(-1) })).await;
        let body = format!("**Ask** @{} and @{} twice: @{0}", colleague.member_id, desk.ours.member_id);
        let note = desk.post("/api/v1/notes", json!({ "subject": company.id(), "body": body })).await.ok();
        assert_eq!(note.body["mentions"].as_array().unwrap().len(), 2);
        let path = format!("/api/v1/notes/{}", note.id());
        let edited = desk.patch(&path, 1, json!({ "body": format!("{body} again") })).await.ok();
        assert_eq!(edited.body["edited_by"]["name"], "Ana Ruiz");
        assert!(note.body["edited_at"].is_null() && edited.body["edited_at"].is_string());
        desk.work().await;

        let told = as_them("GET", "/api/v1/notifications", None).await.ok();
        let mut kinds = told.each("kind");
        kinds.sort();
        assert_eq!(kinds, ["assignment", "mention", "reminder"]);
        let mention =
            told.body["items"].as_array().unwrap().iter().find(|told| told["kind"] == "mention").unwrap().clone();
        assert_eq!((&mention["about"]["name"], &mention["actor"]["name"]), (&json!("Aurora"), &json!("Ana Ruiz")));
        assert_eq!(desk.mails().await, before + 1, "the mention alone goes out as a mail");
        // One's own note tells oneself nothing, and nobody reads or marks what others were told.
        assert!(desk.told().await.each("id").is_empty());
        let read = format!("/api/v1/notifications/{}/read", mention["id"].as_str().unwrap());
        assert_eq!(desk.press(&read).await.status, axum::http::StatusCode::NOT_FOUND);
        as_them("POST", "/api/v1/notifications/read-all", None).await;
        assert_eq!(as_them("GET", "/api/v1/notifications/unread", None).await.ok().body["count"], 0);
        // What is gone is told of without words.
        desk.delete(&format!("/api/v1/activities/{}", given.id())).await.ok();
        let told = as_them("GET", "/api/v1/notifications", None).await.ok();
        assert!(told.body["items"].as_array().unwrap().iter().all(|told| told["title"].is_null()));
    }
}
