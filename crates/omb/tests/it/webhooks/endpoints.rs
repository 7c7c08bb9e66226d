//! Endpoints: what is taken, who may, secrets, and that they stay secret.

use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};

use super::{Receiver, add_company, endpoint, log};
use crate::app::TestApp;

#[tokio::test]
async fn addresses_and_types_are_checked_at_the_door() {
    let app = TestApp::start(testkit::Kind::Sqlite).await;
    let owner = app.owner("Aurora").await;
    for (url, code) in [
        ("not an address", "url_malformed"),
        ("ftp://example.com/", "url_malformed"),
        ("https://user:word@example.com/", "url_with_credentials"),
        ("https://example.com/#x", "url_with_fragment"),
        ("https://example.com:22/", "url_port"),
        ("https://10.0.0.1/", "url_not_public"),
        ("https://169.254.169.254/latest/meta-data/", "url_not_public"),
        ("https://[fd00::1]/", "url_not_public"),
        ("https://printer.local/", "url_not_public"),
    ] {
        owner.post("/api/v1/webhooks", json!({ "url": url })).await.field("url", code);
    }
    let new = |types: Value| json!({ "url": "https://example.com/", "event_types": types });
    owner.post("/api/v1/webhooks", new(json!([]))).await.field("event_types", "required");
    owner.post("/api/v1/webhooks", new(json!(["company.exploded"]))).await.field("event_types", "event_type_unknown");
    for _ in 0..50 {
        owner.post("/api/v1/webhooks", new(Value::Null)).await.ok();
    }
    owner.post("/api/v1/webhooks", new(Value::Null)).await.refused(409, "too_many_webhooks");
}

#[tokio::test]
async fn a_new_secret_and_the_one_before_sign_for_a_day() {
    for app in TestApp::each().await {
        let (owner, receiver) = (app.owner("Aurora").await, Receiver::start().await);
        let (id, old) = endpoint(&owner, &receiver, "hook", json!(["company.created"])).await;
        let rotated = owner.post(&format!("/api/v1/webhooks/{id}/rotate-secret"), json!({})).await.ok();
        let new = rotated["secret"].as_str().unwrap();
        assert!(new.starts_with("whsec_") && new != old);
        add_company(&owner, "During").await;
        app.work().await;
        app.clock.advance(TimeDelta::hours(24) + TimeDelta::seconds(1));
        add_company(&owner, "After").await;
        app.work().await;
        let came = receiver.came("hook");
        assert_eq!(came.len(), 2, "{:?}", app.kind);
        assert!(came[0].is_signed_by(&old) && came[0].is_signed_by(new) && came[0].signatures().len() == 2);
        assert!(!came[1].is_signed_by(&old) && came[1].is_signed_by(new) && came[1].signatures().len() == 1);
    }
}

#[tokio::test]
async fn a_secret_is_shown_once_and_stands_nowhere_in_the_open() {
    for app in TestApp::each().await {
        let (owner, receiver) = (app.owner("Aurora").await, Receiver::start().await);
        let once = owner.request(Method::POST, "/api/v1/webhooks").header("idempotency-key", "once");
        let made = owner.send(once.json(&json!({ "url": receiver.url("hook") }))).await.ok();
        let secret = made["secret"].as_str().unwrap().to_owned();
        let path = format!("/api/v1/webhooks/{}", made["endpoint"]["id"].as_str().unwrap());
        let rotated = owner.post(&format!("{path}/rotate-secret"), json!({})).await.ok();
        let newer = rotated["secret"].as_str().unwrap().to_owned();
        let version = &rotated["endpoint"]["version"];
        owner.patch(&path, version, json!({ "description": "Accounting" })).await.ok();
        owner.post(&format!("{path}/test"), json!({})).await.ok();
        app.work().await;
        assert!(receiver.came("hook").iter().any(|came| came.message()["type"] == "webhook.tested"));
        let again = owner.request(Method::POST, "/api/v1/webhooks").header("idempotency-key", "once");
        let again = owner.send(again.json(&json!({ "url": receiver.url("hook") }))).await;
        let mut told = String::from_utf8_lossy(&again.bytes).into_owned();
        for path in [path.as_str(), "/api/v1/webhooks", "/api/v1/webhook-deliveries", "/api/v1/audit?limit=100"] {
            told += &String::from_utf8_lossy(&owner.get(path).await.bytes);
        }
        let rest = app.bytes_at_rest().await;
        for secret in [&secret, &newer] {
            // Neither as it is shown nor the part behind the prefix, nor its last characters.
            let bare = &secret[6..];
            assert!(!told.contains(bare) && !told.contains(&bare[bare.len() - 8..]), "{:?}", app.kind);
            assert!(!rest.windows(bare.len()).any(|window| window == bare.as_bytes()), "{:?}", app.kind);
        }
    }
}

#[tokio::test]
async fn what_is_switched_off_or_removed_gets_nothing_and_every_change_leaves_an_entry() {
    for app in TestApp::each().await {
        let (owner, receiver) = (app.owner("Aurora").await, Receiver::start().await);
        let (id, _) = endpoint(&owner, &receiver, "hook", json!(["company.created"])).await;
        let path = format!("/api/v1/webhooks/{id}");
        receiver.answer("hook", 500);
        add_company(&owner, "Waiting").await;
        app.work().await;
        owner.patch(&path, &json!(1), json!({ "enabled": false })).await.ok();
        assert_eq!(log(&owner, &id).await[0]["state"], "failed", "{:?}: what waited is given up", app.kind);
        add_company(&owner, "Meanwhile").await;
        app.clock.advance(TimeDelta::hours(1));
        app.work().await;
        assert_eq!(receiver.came("hook").len(), 1, "{:?}", app.kind);
        receiver.answer("hook", 200);
        owner.patch(&path, &json!(2), json!({ "enabled": true })).await.ok();
        add_company(&owner, "Afterwards").await;
        app.work().await;
        assert_eq!(receiver.came("hook").len(), 2, "{:?}: what happened meanwhile is not made up for", app.kind);
        assert_eq!(owner.delete(&path).await.status, 204);
        add_company(&owner, "Nobody listens").await;
        app.work().await;
        assert_eq!(receiver.came("hook").len(), 2);
        owner.get(&path).await.refused(404, "not_found");
        let trail = owner.get("/api/v1/audit?limit=100").await.ok();
        let actions: Vec<&str> =
            trail["items"].as_array().unwrap().iter().filter_map(|entry| entry["action"].as_str()).collect();
        for action in ["webhook.create", "webhook.update", "webhook.delete"] {
            assert!(actions.contains(&action), "{action} is not among {actions:?}");
        }
        app.finish().await;
    }
}

#[tokio::test]
async fn a_key_with_the_scope_may_and_roles_without_the_right_may_not() {
    for app in TestApp::each().await {
        let owner = app.owner("Aurora").await;
        let key = json!({ "name": "Hooks", "scopes": ["webhook.read"] });
        let key = owner.post("/api/v1/api-keys", key).await.ok()["secret"].as_str().unwrap().to_owned();
        let reader = app.nobody().with_key(&key);
        reader.get("/api/v1/webhooks").await.ok();
        reader.post("/api/v1/webhooks", json!({ "url": "https://example.com/" })).await.refused(403, "forbidden");
        let sales = app.member(&owner, "sales").await;
        sales.get("/api/v1/webhooks").await.refused(403, "forbidden");
        app.finish().await;
    }
}
