//! Writing forms: what is refused, and what state shows to whom.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{contact, desks, field};

#[tokio::test]
async fn a_form_is_made_published_changed_and_closed() {
    for desk in desks().await {
        let made = desk.post("/api/v1/forms", contact(json!({}))).await.ok();
        let (id, page) = (made.body["id"].as_str().unwrap(), made.body["path"].as_str().unwrap());
        assert!(page.starts_with("/f/contact-page-"), "{page}");
        // A draft is unknown to strangers.
        assert_eq!(desk.look(page).await.status, StatusCode::NOT_FOUND);
        let at = format!("/api/v1/forms/{id}");
        desk.post(&format!("{at}/publish"), Value::Null).await.ok();
        let shown = desk.look(page).await.ok();
        assert!(shown.text.contains("Write to us") && shown.text.contains("Faro Azul"), "{}", shown.text);
        assert!(!shown.text.contains("<script"));
        let again = desk.post(&format!("{at}/publish"), Value::Null).await;
        assert_eq!((again.status, again.body["code"].as_str()), (StatusCode::CONFLICT, Some("form_published")));
        let changed = contact(json!({ "title": "Say hello" }));
        assert_eq!(desk.ask(&desk.ours, "PUT", &at, 1, changed.clone()).await.status, StatusCode::PRECONDITION_FAILED);
        desk.ask(&desk.ours, "PUT", &at, 2, changed).await.ok();
        assert!(desk.look(page).await.ok().text.contains("Say hello"));
        desk.post(&format!("{at}/close"), Value::Null).await.ok();
        assert_eq!(desk.look(page).await.status, StatusCode::GONE);
        assert_eq!(desk.fill(page, &[], &[("email", "a@b.example")]).await.status, StatusCode::GONE);
        assert_eq!(desk.give(page, &[], json!({ "values": {} })).await.status, StatusCode::GONE);
        // The address is the same when it opens again.
        desk.post(&format!("{at}/publish"), Value::Null).await.ok();
        desk.look(page).await.ok();
        for (kind, count) in [("form.created", 1), ("form.updated", 1), ("form.published", 2), ("form.closed", 1)] {
            assert_eq!(desk.events(kind).await, count, "{kind}");
        }
    }
}

#[tokio::test]
async fn a_form_nobody_could_be_called_by_is_refused_and_so_are_fields_that_collide() {
    for desk in desks().await {
        let refusals = [
            (json!({ "fields": [] }), ("fields", "count_invalid")),
            (json!({ "fields": [field("email", "email", false)] }), ("fields", "nobody_named")),
            (json!({ "fields": [field("message", "message", true)] }), ("fields", "nobody_named")),
            (json!({ "fields": [field("email", "mail", true)] }), ("fields.0.key", "key_invalid")),
            (
                json!({ "fields": [field("email", "email", true), field("text", "once", true)] }),
                ("fields.1.key", "key_invalid"),
            ),
            (
                json!({ "fields": [field("email", "email", true), field("email", "email", true)] }),
                ("fields.1.key", "taken"),
            ),
            (
                json!({ "fields": [field("email", "email", true), field("choice", "q_size", true)] }),
                ("fields.1.choices", "count_invalid"),
            ),
            (json!({ "name": "  " }), ("name", "required")),
            (json!({ "redirect_url": "http://a.example" }), ("redirect_url", "https_only")),
            (json!({ "redirect_url": "https://a.example; script-src *" }), ("redirect_url", "https_only")),
            (json!({ "allowed_origins": ["https://a.example/path"] }), ("allowed_origins", "origin_invalid")),
            (json!({ "allowed_origins": ["*"] }), ("allowed_origins", "origin_invalid")),
            (json!({ "slug": "ÑU" }), ("slug", "slug_invalid")),
            (json!({ "owner_id": desk.theirs.member_id.to_string() }), ("owner_id", "member_unknown")),
        ];
        for (more, expected) in refusals {
            assert_eq!(desk.post("/api/v1/forms", contact(more.clone())).await.refused(), expected, "{more}");
        }
        desk.post("/api/v1/forms", contact(json!({ "slug": "hello" }))).await.ok();
        assert_eq!(desk.post("/api/v1/forms", contact(json!({ "slug": "hello" }))).await.refused(), ("slug", "taken"));
        // Names in every script find a word for the address.
        for name in ["تواصل معنا", "お問い合わせ", "🙂", "Fale conosco"] {
            desk.post("/api/v1/forms", contact(json!({ "name": name }))).await.ok();
        }
    }
}

#[tokio::test]
async fn another_tenant_sees_nothing_of_it() {
    for desk in desks().await {
        let (id, page) = desk.published(json!({})).await;
        desk.give(&page, &[], json!({ "values": { "email": "eva@a.example" } })).await.ok();
        let at = format!("/api/v1/forms/{id}");
        for (method, path) in [("GET", at.clone()), ("POST", format!("{at}/close")), ("GET", format!("{at}/consents"))]
        {
            assert_eq!(desk.ask(&desk.theirs, method, &path, 1, Value::Null).await.status, StatusCode::NOT_FOUND);
        }
        for path in ["/api/v1/forms", "/api/v1/submissions"] {
            let theirs = desk.ask(&desk.theirs, "GET", path, 0, Value::Null).await.ok();
            assert_eq!(theirs.body["items"], json!([]), "{path}");
        }
    }
}
