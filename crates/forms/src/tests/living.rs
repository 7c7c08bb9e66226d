//! Deleting a form and bringing it back, duplicating it, looking at it before it is published.

use axum::http::StatusCode;
use chrono::TimeDelta;
use serde_json::{Value, json};

use super::{contact, desks};

#[tokio::test]
async fn a_deleted_form_takes_nothing_and_what_came_in_stays_and_it_can_be_brought_back_for_thirty_days() {
    for desk in desks().await {
        let (id, page) = desk.published(json!({ "consent_text": "I agree." })).await;
        let values = json!({ "values": { "email": "eva@a.example" }, "consent": 1 });
        desk.give(&page, &[], values.clone()).await.ok();
        let at = format!("/api/v1/forms/{id}");
        for _ in 0..2 {
            assert_eq!(desk.ask(&desk.ours, "DELETE", &at, 0, Value::Null).await.status, StatusCode::NO_CONTENT);
        }
        assert_eq!(desk.look(&page).await.status, StatusCode::GONE);
        assert_eq!(desk.fill(&page, &[], &[("email", "a@b.example")]).await.status, StatusCode::GONE);
        assert_eq!(desk.give(&page, &[], values.clone()).await.body["code"], "form_closed");
        assert_eq!(desk.get("/api/v1/forms").await.body["items"], json!([]));
        assert_eq!(desk.get("/api/v1/forms?deleted=true").await.body["items"][0]["id"], id);
        assert_eq!(desk.get("/api/v1/submissions").await.body["items"][0]["form_name"], "Contact page");
        assert_eq!(desk.get(&format!("{at}/consents")).await.body["items"][0]["text"], "I agree.");
        let version = desk.get(&at).await.body["version"].as_i64().unwrap();
        for (method, path) in [("PUT", at.clone()), ("POST", format!("{at}/publish")), ("POST", format!("{at}/close"))]
        {
            let body = if method == "PUT" { contact(json!({})) } else { Value::Null };
            let refused = desk.ask(&desk.ours, method, &path, version, body).await;
            assert_eq!(refused.body["code"], "form_deleted", "{path}");
        }
        desk.store.clock().advance(TimeDelta::days(29));
        desk.post(&format!("{at}/restore"), Value::Null).await.ok();
        desk.give(&page, &[], values).await.ok();
        desk.ask(&desk.ours, "DELETE", &at, 0, Value::Null).await.ok();
        desk.store.clock().advance(TimeDelta::days(30));
        assert_eq!(desk.get(&at).await.body["actions"], json!(["duplicate"]));
        assert_eq!(desk.post(&format!("{at}/restore"), Value::Null).await.body["code"], "form_gone");
        for (kind, count) in [("form.deleted", 2), ("form.restored", 1)] {
            assert_eq!(desk.events(kind).await, count, "{kind}");
        }
    }
}

#[tokio::test]
async fn a_duplicate_is_a_draft_with_the_same_fields_and_an_address_of_its_own() {
    for desk in desks().await {
        let more = json!({ "consent_text": "I agree.", "guard": { "threshold": 15 }, "slug": "contact",
            "owner_id": desk.ours.member_id.to_string() });
        let (id, page) = desk.published(more).await;
        let copy = desk.post(&format!("/api/v1/forms/{id}/duplicate"), Value::Null).await.ok().body;
        let of = desk.get(&format!("/api/v1/forms/{id}")).await.body;
        assert_eq!((&copy["name"], &copy["state"]), (&json!("Contact page (2)"), &json!("draft")));
        for same in ["fields", "title", "consent_text", "guard", "language", "owner_id"] {
            assert_eq!(copy[same], of[same], "{same}");
        }
        assert_ne!(copy["path"], page);
        assert_eq!((&copy["consent_number"], &copy["submissions"]), (&Value::Null, &json!(0)));
        assert_eq!(desk.look(copy["path"].as_str().unwrap()).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_draft_is_previewed_by_who_may_manage_forms_and_sends_nothing() {
    for desk in desks().await {
        let text = json!({ "title": "Say <hello>", "consent_text": "I agree to this.", "guard": { "proof": true } });
        let id = desk.post("/api/v1/forms", contact(text)).await.ok().body["id"].as_str().unwrap().to_owned();
        let at = format!("/api/v1/forms/{id}/preview");
        let shown = desk.get(&at).await.ok();
        assert_eq!(shown.header("content-type"), "text/html; charset=utf-8");
        for part in ["This is a preview", "Say &lt;hello&gt;", "I agree to this.", "The email", "disabled>Send"] {
            assert!(shown.text.contains(part), "{part}: {}", shown.text);
        }
        let policy = shown.header("content-security-policy");
        assert!(policy.contains("form-action 'none'") && policy.contains("frame-ancestors 'self'"), "{policy}");
        assert!(!shown.text.contains("<script") && !shown.text.contains("name=\"stamp\""));
        for (role, status) in [("marketing", 200), ("sales", 403), ("read_only", 403)] {
            assert_eq!(desk.ask_as(&desk.ours, role, "GET", &at, Value::Null).await.status, status, "{role}");
        }
        assert_eq!(desk.look(&at).await.status, StatusCode::UNAUTHORIZED);
        let strange = desk.ask(&desk.theirs, "GET", &at, 0, Value::Null).await;
        assert_eq!(strange.status, StatusCode::NOT_FOUND);
    }
}
