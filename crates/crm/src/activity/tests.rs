//! Activities through their routes, on both databases.

mod days;
mod reminding;
mod rights;

use axum::http::StatusCode;
use serde_json::json;

use crate::tests::{Desk, desks};

pub(super) async fn task(desk: &Desk, more: serde_json::Value) -> crate::tests::Answer {
    let mut task = json!({ "kind": "task", "title": "Send the price list" });
    task.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    desk.post("/api/v1/activities", task).await.ok()
}

#[tokio::test]
async fn an_activity_stands_on_the_timeline_of_everything_it_is_about() {
    for desk in desks().await {
        let company = desk.post("/api/v1/companies", json!({ "name": "Aurora" })).await.ok();
        let eva = desk.post("/api/v1/contacts", json!({ "given_name": "Eva" })).await.ok();
        let deal = desk.post("/api/v1/deals", json!({ "name": "Fleet" })).await.ok();
        let call = json!({ "kind": "call", "title": "Asked for a price", "direction": "inbound", "outcome": "connected",
            "duration_minutes": 12, "about": [company.id(), deal.id(), company.id()], "participants": [eva.id(), desk.ours.member_id] });
        let call = desk.post("/api/v1/activities", call).await.ok();
        assert_eq!(
            call.body["about"],
            json!([{ "id": company.id(), "name": "Aurora" }, { "id": deal.id(), "name": "Fleet" }])
        );
        assert_eq!(call.body["participants"][1]["name"], "Ana Ruiz");
        assert!(call.body["starts_at"].is_string() && call.body["assignee"]["name"] == "Ana Ruiz", "{call:?}");
        let meeting = json!({ "kind": "meeting", "title": "Visit", "starts_at": "2026-10-25T08:00:00Z",
            "ends_at": "2026-10-25T09:00:00Z", "place": "Valencia", "about": [company.id()] });
        desk.post("/api/v1/activities", meeting).await.ok();
        let todo = task(&desk, json!({ "about": [company.id()], "due_on": "2026-03-12" })).await;
        desk.press(&format!("/api/v1/activities/{}/complete", todo.id())).await.ok();

        let of = |id: String, more: &str| format!("/api/v1/timeline?subject={id}{more}");
        let seen = desk.get(&of(company.id(), "")).await.ok();
        let all = ["task.completed", "task.created", "meeting.created", "call.created", "company.created"];
        assert_eq!(seen.each("kind"), all);
        assert_eq!(seen.body["items"][3]["activity"]["title"], "Asked for a price");
        assert_eq!(desk.get(&of(eva.id(), "")).await.ok().each("kind"), ["call.created", "contact.created"]);
        assert_eq!(desk.get(&of(deal.id(), "")).await.ok().each("kind"), ["call.created", "deal.created"]);

        for (kinds, wanted) in [
            ("calls", &all[3..4]),
            ("tasks,meetings", &all[..3]),
            ("changes", &all[4..]),
            ("calls,changes", &all[3..]),
            ("notes", &[]),
            ("notes,calls,meetings,tasks,mails,documents,changes", &all[..]),
        ] {
            assert_eq!(
                desk.get(&of(company.id(), &format!("&kinds={kinds}"))).await.ok().each("kind"),
                wanted,
                "{kinds}"
            );
        }
        assert_eq!(desk.get(&of(company.id(), "&kinds=calls,nonsense")).await.refused(), ("kinds", "kind_unknown"));
        let mine = of(company.id(), &format!("&member_id={}", desk.ours.member_id));
        assert_eq!(desk.get(&mine).await.ok().each("kind"), all);
        let nobodys = of(company.id(), &format!("&member_id={}", kernel::MemberId::new()));
        assert!(desk.get(&nobodys).await.ok().each("kind").is_empty());
    }
}

#[tokio::test]
async fn filtered_pages_of_a_timeline_follow_each_other() {
    for desk in desks().await {
        let company = desk.post("/api/v1/companies", json!({ "name": "Aurora" })).await.ok();
        for i in 0..7 {
            desk.post("/api/v1/notes", json!({ "subject": company.id(), "body": format!("Note {i}") })).await.ok();
            task(&desk, json!({ "about": [company.id()], "title": format!("Task {i}") })).await;
        }
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let path = format!("/api/v1/timeline?subject={}&kinds=tasks&limit=3{cursor}", company.id());
            let page = desk.get(&path).await.ok();
            seen.extend(
                page.body["items"].as_array().unwrap().iter().map(|item| item["activity"]["title"].to_string()),
            );
            match page.body["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(seen, (0..7).rev().map(|i| format!("\"Task {i}\"")).collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn what_a_kind_does_not_have_is_refused() {
    for desk in desks().await {
        let theirs = desk.they("POST", "/api/v1/companies", Some(json!({ "name": "Theirs" }))).await.ok();
        let mem = desk.ours.member_id;
        for (input, refused) in [
            (json!({ "kind": "task", "title": " " }), ("title", "required")),
            (json!({ "kind": "task", "title": "x".repeat(201) }), ("title", "too_long")),
            (json!({ "kind": "task", "title": "x", "body": "x".repeat(10_001) }), ("body", "too_long")),
            (json!({ "kind": "task", "title": "x", "direction": "inbound" }), ("direction", "not_of_kind")),
            (json!({ "kind": "call", "title": "x", "due_on": "2026-01-01" }), ("due_on", "not_of_kind")),
            (json!({ "kind": "call", "title": "x", "duration_minutes": -1 }), ("duration_minutes", "out_of_range")),
            (json!({ "kind": "meeting", "title": "x" }), ("starts_at", "required")),
            (
                json!({ "kind": "meeting", "title": "x", "starts_at": "2026-01-01T10:00:00Z", "ends_at": "2026-01-01T09:59:59Z" }),
                ("ends_at", "before_start"),
            ),
            (
                json!({ "kind": "task", "title": "x", "due_on": "2026-01-01", "due_at": "2026-01-01T10:00:00Z" }),
                ("due_at", "due_twice"),
            ),
            (json!({ "kind": "task", "title": "x", "about": [theirs.id()] }), ("about", "record_unknown")),
            (json!({ "kind": "task", "title": "x", "about": [mem] }), ("about", "record_unknown")),
            (
                json!({ "kind": "task", "title": "x", "participants": [desk.theirs.member_id] }),
                ("participants", "record_unknown"),
            ),
            (json!({ "kind": "task", "title": "x", "about": ["inv_1", "x"] }), ("about", "record_unknown")),
            (
                json!({ "kind": "task", "title": "x", "assignee_id": desk.theirs.member_id }),
                ("assignee_id", "member_unknown"),
            ),
        ] {
            assert_eq!(desk.post("/api/v1/activities", input.clone()).await.refused(), refused, "{input}");
        }
        let call = desk.post("/api/v1/activities", json!({ "kind": "call", "title": "x" })).await.ok();
        let complete = desk.press(&format!("/api/v1/activities/{}/complete", call.id())).await;
        assert_eq!(complete.conflict(), "not_a_task");
    }
}

#[tokio::test]
async fn a_change_names_its_version_and_a_deleted_one_comes_back_whole() {
    for desk in desks().await {
        let company = desk.post("/api/v1/companies", json!({ "name": "Aurora" })).await.ok();
        let other = desk.post("/api/v1/companies", json!({ "name": "Boreal" })).await.ok();
        let todo = task(&desk, json!({ "about": [company.id()], "due_on": "2026-03-12", "body": "All of it" })).await;
        let path = format!("/api/v1/activities/{}", todo.id());
        let change =
            json!({ "due_on": null, "due_at": "2026-03-12T09:30:00Z", "priority": "high", "about": [other.id()] });
        let changed = desk.patch(&path, 1, change).await.ok();
        assert_eq!((changed.text("due_at"), changed.text("priority")), ("2026-03-12T09:30:00Z".into(), "high".into()));
        assert_eq!(changed.body["about"], json!([{ "id": other.id(), "name": "Boreal" }]));
        assert_eq!(desk.patch(&path, 1, json!({ "title": "Late" })).await.status, StatusCode::PRECONDITION_FAILED);

        desk.delete(&path).await.ok();
        desk.delete(&path).await.ok();
        assert_eq!(desk.events("task.deleted").await, 1);
        let gone = desk.get(&path).await.ok();
        assert_eq!(gone.body["actions"], json!(["restore"]));
        let timeline = format!("/api/v1/timeline?subject={}&kinds=tasks", other.id());
        assert!(desk.get(&timeline).await.ok().each("kind").is_empty());
        assert_eq!(desk.patch(&path, 3, json!({ "title": "Gone" })).await.conflict(), "deleted");
        assert!(desk.get("/api/v1/activities").await.ok().each("id").is_empty());
        assert_eq!(desk.get("/api/v1/activities?deleted=true").await.ok().each("id"), [todo.id()]);
        let back = desk.press(&format!("{path}/restore")).await.ok();
        assert_eq!(back.text("body"), "All of it");
        assert_eq!(desk.get(&format!("/api/v1/activities?subject={}", other.id())).await.ok().each("id"), [todo.id()]);
        assert!(desk.get(&format!("/api/v1/activities?subject={}", company.id())).await.ok().each("id").is_empty());
    }
}

#[tokio::test]
async fn a_task_is_done_once_and_can_be_done_again() {
    for desk in desks().await {
        let todo = task(&desk, json!({})).await;
        let path = format!("/api/v1/activities/{}", todo.id());
        let done = desk.press(&format!("{path}/complete")).await.ok();
        let again = desk.press(&format!("{path}/complete")).await.ok();
        assert_eq!(
            (done.text("completed_at"), &done.body["version"]),
            (again.text("completed_at"), &again.body["version"])
        );
        assert_eq!(done.body["completed_by"]["name"], "Ana Ruiz");
        assert_eq!(desk.get("/api/v1/activities?state=open").await.ok().each("id").len(), 0);
        assert_eq!(desk.get("/api/v1/activities?state=done").await.ok().each("id"), [todo.id()]);
        desk.press(&format!("{path}/reopen")).await.ok();
        let open = desk.press(&format!("{path}/reopen")).await.ok();
        assert_eq!(open.body["completed_at"], json!(null));
        assert_eq!((desk.events("task.completed").await, desk.events("task.reopened").await), (1, 1));
    }
}
