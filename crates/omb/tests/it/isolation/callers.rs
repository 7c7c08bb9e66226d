//! Callers whose rights have ended or never began: removed, invited only, tuned away, revoked, expired (P146, P179).

use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};

use super::filled::Filled;
use crate::{
    app::{Client, TestApp},
    description::{operations, random},
    shape::listed,
};

/// What every operation that is not open to anybody answers.
async fn answers(client: &Client) -> Vec<(String, u16, String)> {
    let open = listed("tidy/open-operations.txt");
    let mut answers = Vec::new();
    for operation in operations().iter().filter(|operation| !open.contains(&operation.id)) {
        let mut request =
            client.request(operation.method.clone(), &operation.filled(random)).header("if-match", "\"1\"");
        if operation.method != Method::GET && operation.method != Method::DELETE {
            request = request.json(&json!({}));
        }
        let answer = client.send(request).await;
        let code = answer.body["code"].as_str().unwrap_or_default().to_owned();
        answers.push((operation.id.clone(), answer.status.as_u16(), code));
    }
    answers
}

#[track_caller]
fn all_are(answers: &[(String, u16, String)], status: u16, code: &str) {
    let other: Vec<_> = answers.iter().filter(|(_, s, c)| *s != status || c != code).collect();
    assert!(other.is_empty() && answers.len() > 100, "not {status} {code}: {other:#?}");
}

#[tokio::test]
async fn p179_who_was_removed_is_nobody() {
    let app = TestApp::start(testkit::Kind::Sqlite).await;
    let owner = app.owner("Aurora").await;
    let leaver = app.member(&owner, "administrator").await;
    let key = leaver.post("/api/v1/api-keys", json!({ "name": "Mine", "scopes": ["company.read"] })).await.ok();
    let program = app.nobody().with_key(key["secret"].as_str().unwrap());
    program.get("/api/v1/companies").await.ok();
    let me = leaver.get("/api/v1/me").await.ok();
    let path = format!("/api/v1/members/{}", me["member"]["id"].as_str().unwrap());
    assert_eq!(owner.delete(&path).await.status, 204);
    all_are(&answers(&leaver).await, 401, "sign_in_required");
    all_are(&answers(&program).await, 401, "sign_in_required");
}

#[tokio::test]
async fn p146_an_invitation_gives_nothing_before_it_is_accepted() {
    for app in TestApp::each().await {
        let (ours, theirs) = (app.owner("Aurora").await, app.owner("Boreal").await);
        let tenant = ours.get("/api/v1/tenant").await.ok()["id"].as_str().unwrap().to_owned();
        ours.post("/api/v1/invitations", json!({ "email": "owner@boreal.example", "role": "administrator" }))
            .await
            .ok();
        app.work().await;
        let link = app.link_in_mail("owner@boreal.example", "invitation").await;
        let token = link.rsplit('=').next().unwrap();
        assert!(!theirs.get("/api/v1/tenants").await.ok().to_string().contains(&tenant));
        theirs.post("/api/v1/session/tenant", json!({ "tenant_id": tenant })).await.refused(404, "not_found");
        app.nobody().with_key(token).get("/api/v1/companies").await.refused(401, "sign_in_required");
        let seen = app.nobody().post("/api/v1/invitations/lookup", json!({ "token": token })).await.ok();
        assert!(!seen.to_string().contains(&tenant), "{seen}");
    }
}

#[tokio::test]
async fn p179_a_right_taken_from_a_role_is_gone_with_the_next_request() {
    for app in TestApp::each().await {
        let owner = app.owner("Aurora").await;
        let sales = app.member(&owner, "sales").await;
        let tune = async |held: bool| {
            let request = owner.request(Method::PATCH, "/api/v1/roles/sales").json(&json!({ "company.read": held }));
            owner.send(request).await.ok();
        };
        sales.get("/api/v1/companies").await.ok();
        tune(false).await;
        sales.get("/api/v1/companies").await.refused(403, "forbidden");
        sales.get("/api/v1/contacts").await.ok();
        tune(true).await;
        sales.get("/api/v1/companies").await.ok();
    }
}

#[tokio::test]
async fn p179_a_key_ends_when_it_expires_or_is_revoked() {
    for app in TestApp::each().await {
        let owner = app.owner("Aurora").await;
        let soon = app.clock.now() + TimeDelta::hours(1);
        let make = async |name: &str, end: Value| {
            let key = json!({ "name": name, "scopes": ["company.read"], "expires_at": end });
            owner.post("/api/v1/api-keys", key).await.ok()
        };
        let (brief, kept) = (make("Brief", json!(soon)).await, make("Kept", Value::Null).await);
        let program = |key: &Value| app.nobody().with_key(key["secret"].as_str().unwrap());
        program(&brief).get("/api/v1/companies").await.ok();
        app.clock.advance(TimeDelta::hours(2));
        program(&brief).get("/api/v1/companies").await.refused(401, "sign_in_required");
        program(&kept).get("/api/v1/companies").await.ok();
        owner.delete(&format!("/api/v1/api-keys/{}", kept["key"]["id"].as_str().unwrap())).await;
        program(&kept).get("/api/v1/companies").await.refused(401, "sign_in_required");
    }
}

#[tokio::test]
async fn p181_a_link_opens_one_document_until_it_is_revoked() {
    for app in TestApp::each().await {
        let (ours, theirs) = (Filled::new(&app, "aurora").await, Filled::new(&app, "boreal").await);
        let anybody = app.nobody();
        let shown = anybody.get(&ours.quote_page).await;
        assert_eq!(shown.status, 200);
        let text = String::from_utf8_lossy(&shown.bytes);
        assert!(text.contains("aurora") && !text.contains("boreal"));
        let token = ours.quote_page.rsplit('/').next().unwrap();
        anybody.with_key(token).get("/api/v1/quotes").await.refused(401, "sign_in_required");
        anybody.post("/api/v1/invitations/lookup", json!({ "token": token })).await.refused(404, "not_found");
        let made_up = anybody.get("/q/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").await;
        assert_eq!(made_up.status, 404);
        ours.owner.post(&format!("/api/v1/quotes/{}/revoke", ours.id("quo sent")), json!({})).await.ok();
        assert_eq!(anybody.get(&ours.quote_page).await.status, 410);
        assert_eq!(anybody.get(&theirs.quote_page).await.status, 200);
    }
}
