//! Notes through their routes, on both databases.

use axum::http::StatusCode;
use serde_json::json;

use crate::tests::desks;

#[tokio::test]
async fn a_note_stands_on_the_timeline_until_it_is_deleted() {
    for desk in desks().await {
        let company = desk.post("/api/v1/companies", json!({ "name": "Aurora" })).await.ok();
        let timeline = format!("/api/v1/timeline?subject={}", company.id());
        let text = "<b>Calls</b>\nin the morning'; --";
        let note = desk.post("/api/v1/notes", json!({ "subject": company.id(), "body": text })).await.ok();
        assert_eq!((note.text("body"), &note.body["actions"]), (text.into(), &json!(["update", "delete"])));
        let entries = desk.get(&timeline).await.ok();
        assert_eq!(entries.each("kind"), ["note.created", "company.created"]);
        assert_eq!(
            (&entries.body["items"][0]["note"]["body"], &entries.body["items"][0]["actor"]["name"]),
            (&text.into(), &"Ana Ruiz".into())
        );

        let path = format!("/api/v1/notes/{}", note.id());
        let changed = desk.patch(&path, 1, json!({ "body": "Calls at noon" })).await.ok();
        assert_eq!(desk.patch(&path, 1, json!({ "body": "Late" })).await.status, StatusCode::PRECONDITION_FAILED);
        assert_eq!(desk.get(&timeline).await.ok().body["items"][0]["note"]["body"], changed.body["body"]);
        assert_eq!(desk.they("DELETE", &path, None).await.status, StatusCode::NOT_FOUND);
        assert_eq!(desk.delete(&path).await.status, StatusCode::NO_CONTENT);
        assert_eq!(desk.delete(&path).await.status, StatusCode::NOT_FOUND);
        assert_eq!(desk.get(&timeline).await.ok().each("kind"), ["company.created"]);
    }
}

#[tokio::test]
async fn a_note_needs_something_to_say_and_something_to_stand_on() {
    for desk in desks().await {
        let company = desk.post("/api/v1/companies", json!({ "name": "Aurora" })).await.ok();
        let theirs = desk.they("POST", "/api/v1/companies", Some(json!({ "name": "Theirs" }))).await.ok();
        for (subject, body, refused) in [
            (company.id(), " \n ".to_owned(), ("body", "required")),
            (company.id(), "x".repeat(10_001), ("body", "too_long")),
            (theirs.id(), "x".to_owned(), ("subject", "subject_unknown")),
            ("com_1".to_owned(), "x".to_owned(), ("subject", "subject_unknown")),
            (desk.ours.member_id.to_string(), "x".to_owned(), ("subject", "subject_unknown")),
        ] {
            assert_eq!(
                desk.post("/api/v1/notes", json!({ "subject": subject, "body": body })).await.refused(),
                refused
            );
        }
        assert_eq!(desk.events("note.created").await, 0);
    }
}

#[tokio::test]
async fn only_its_author_changes_a_note_and_only_administrators_delete_those_of_others() {
    for desk in desks().await {
        let company = desk.post("/api/v1/companies", json!({ "name": "Aurora" })).await.ok();
        let note = desk.post("/api/v1/notes", json!({ "subject": company.id(), "body": "Mine" })).await.ok();
        let path = format!("/api/v1/notes/{}", note.id());
        // Somebody else of the same workspace.
        let colleague = identity::Established { member_id: kernel::MemberId::new(), ..desk.ours };
        let change =
            desk.ask(&colleague, "administrator", "PATCH", &path, Some(1), Some(json!({ "body": "Yours" }))).await;
        assert_eq!(change.status, StatusCode::FORBIDDEN);
        assert_eq!(desk.ask(&colleague, "sales", "DELETE", &path, None, None).await.status, StatusCode::FORBIDDEN);
        let timeline = format!("/api/v1/timeline?subject={}", company.id());
        let seen = desk.ask(&colleague, "administrator", "GET", &timeline, None, None).await.ok();
        assert_eq!(seen.body["items"][0]["note"]["actions"], json!(["delete"]));
        assert_eq!(
            desk.ask(&colleague, "administrator", "DELETE", &path, None, None).await.status,
            StatusCode::NO_CONTENT
        );
    }
}
