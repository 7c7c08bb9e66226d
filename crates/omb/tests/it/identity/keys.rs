//! API keys: shown once, never more than their maker, gone when revoked.

use std::sync::Arc;

use kernel::{Caller, Can, permissions};
use serde_json::json;

use crate::app::{Client, TestApp};

permissions! { pub Look = "test.look": []; }

/// The right to look into a tenant's tables.
pub async fn anybody(client: &Client) -> Can<Look> {
    let tenant = client.get("/api/v1/me").await.ok()["tenant"]["id"].as_str().unwrap().parse().unwrap();
    Can::check(Arc::new(Caller::system(tenant))).unwrap()
}

#[tokio::test]
async fn a_key_does_what_its_scopes_say_and_nothing_personal() {
    for app in TestApp::each().await {
        let ana = app.owner("Faro Azul").await;
        let created = ana.post("/api/v1/api-keys", json!({ "name": "Shop", "scopes": ["member.read"] })).await.ok();
        let secret = created["secret"].as_str().unwrap();
        assert!(secret.starts_with("omb_") && secret.len() == 44);
        let program = app.nobody().with_key(secret);
        assert_eq!(program.get("/api/v1/members").await.ok()["items"].as_array().unwrap().len(), 1);
        program.get("/api/v1/tenant").await.refused(403, "forbidden");
        program.get("/api/v1/me").await.refused(403, "forbidden");
        program.delete("/api/v1/sessions").await.refused(403, "forbidden");
        program
            .post("/api/v1/api-keys", json!({ "name": "More", "scopes": ["member.read"] }))
            .await
            .refused(403, "forbidden");
        app.nobody().with_key("omb_rubbish").get("/api/v1/members").await.refused(401, "sign_in_required");

        let listed = ana.get("/api/v1/api-keys").await.ok();
        assert!(!listed.to_string().contains(secret));
        assert_eq!(listed["items"][0]["prefix"], secret[..8]);
        let path = format!("/api/v1/api-keys/{}", created["key"]["id"].as_str().unwrap());
        let eve = app.owner("Evil").await;
        eve.delete(&path).await.refused(404, "not_found");
        assert_eq!(ana.delete(&path).await.status, 204);
        program.get("/api/v1/members").await.refused(401, "sign_in_required");
        app.finish().await;
    }
}

#[tokio::test]
async fn scopes_beyond_the_maker_or_about_a_person_are_refused() {
    let app = TestApp::start(testkit::Kind::Sqlite).await;
    let ana = app.owner("Faro Azul").await;
    let ask =
        async |scopes: serde_json::Value| ana.post("/api/v1/api-keys", json!({ "name": "x", "scopes": scopes })).await;
    ask(json!([])).await.field("scopes", "required");
    ask(json!(["no.such"])).await.field("scopes", "scope_unknown");
    ask(json!(["account.own"])).await.field("scopes", "scope_personal");
    ask(json!(["api_key.manage"])).await.field("scopes", "scope_personal");
    ask(json!("member.read")).await.field("scopes", "wrong_type");
    app.finish().await;
}

/// A repeated request makes no second key, and the secret is not kept to be told again.
#[tokio::test]
async fn a_repeated_request_makes_no_second_key_and_tells_no_secret_again() {
    for app in TestApp::each().await {
        let ana = app.owner("Faro Azul").await;
        let ask = || {
            let request = ana.request(reqwest::Method::POST, "/api/v1/api-keys").header("idempotency-key", "once");
            request.json(&json!({ "name": "Shop", "scopes": ["member.read"] }))
        };
        let created = ana.send(ask()).await.ok();
        ana.send(ask()).await.refused(409, "idempotency_answer_lost");
        assert_eq!(ana.get("/api/v1/api-keys").await.ok()["items"].as_array().unwrap().len(), 1);
        let mut tx = app.store.begin(&anybody(&ana).await).await.unwrap();
        let kept: Vec<(Option<Vec<u8>>,)> = tx.all(store::Sql::new("SELECT body FROM idempotency_key")).await.unwrap();
        let secret = created["secret"].as_str().unwrap().as_bytes();
        assert!(kept.iter().flat_map(|(body,)| body).all(|body| !body.windows(secret.len()).any(|w| w == secret)));
        drop(tx);
        app.finish().await;
    }
}
