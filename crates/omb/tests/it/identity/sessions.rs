//! Sessions and workspaces of one person.

use serde_json::json;

use crate::app::{Client, PASSWORD, TestApp};

async fn again(app: &TestApp, email: &str) -> Client {
    let browser = app.nobody();
    browser.post("/api/v1/session", json!({ "email": email, "password": PASSWORD })).await.ok();
    browser
}

#[tokio::test]
async fn sessions_are_seen_and_ended_by_their_owner() {
    for app in TestApp::each().await {
        let here = app.owner("Faro Azul").await;
        let (there, everywhere) =
            (again(&app, "owner@faro-azul.example").await, again(&app, "owner@faro-azul.example").await);
        let eve = app.owner("Evil").await;
        let sessions = here.get("/api/v1/sessions").await.ok();
        let items = sessions["items"].as_array().unwrap();
        assert_eq!(items.len(), 3);
        let current: Vec<_> = items.iter().filter(|s| s["current"] == true).collect();
        assert_eq!(current.len(), 1);
        assert_eq!(current[0]["address"], "127.0.0.1");
        let there_id = there.get("/api/v1/sessions").await.ok()["items"]
            .as_array()
            .unwrap()
            .iter()
            .find(|s| s["current"] == true)
            .unwrap()["id"]
            .clone();
        let path = format!("/api/v1/sessions/{}", there_id.as_str().unwrap());
        eve.delete(&path).await.refused(404, "not_found");
        assert_eq!(here.delete(&path).await.status, 204);
        there.get("/api/v1/me").await.refused(401, "sign_in_required");
        assert_eq!(here.delete("/api/v1/sessions").await.status, 204);
        everywhere.get("/api/v1/me").await.refused(401, "sign_in_required");
        let answer = here.delete("/api/v1/session").await;
        assert!(answer.headers["set-cookie"].to_str().unwrap().contains("Max-Age=0"));
        here.get("/api/v1/me").await.refused(401, "sign_in_required");
        app.finish().await;
    }
}

#[tokio::test]
async fn a_person_of_two_workspaces_opens_either_and_no_third() {
    for app in TestApp::each().await {
        let ana = app.owner("Faro Azul").await;
        let luis = app.owner("Faro Rojo").await;
        let eve = app.owner("Evil").await;
        ana.post("/api/v1/invitations", json!({ "email": "owner@faro-rojo.example", "role": "billing" })).await.ok();
        app.work().await;
        let link = app.link_in_mail("owner@faro-rojo.example", "accept-invitation").await;
        let token = link.split_once("token=").unwrap().1;
        // Only the owner of the account accepts, not whoever has the mail.
        eve.post("/api/v1/invitations/accept", json!({ "token": token })).await.refused(401, "sign_in_to_accept");
        luis.post("/api/v1/invitations/accept", json!({ "token": token })).await.ok();
        let me = luis.get("/api/v1/me").await.ok();
        assert_eq!((&me["tenant"]["name"], &me["member"]["role"]), (&json!("Faro Azul"), &json!("billing")));
        let tenants = luis.get("/api/v1/tenants").await.ok();
        let items = tenants["items"].as_array().unwrap();
        assert_eq!(items.len(), 2);
        assert_eq!((&items[0]["current"], &items[0]["role"]), (&json!(true), &json!("billing")));
        luis.post("/api/v1/session/tenant", json!({ "tenant_id": items[1]["id"] })).await.ok();
        assert_eq!(luis.get("/api/v1/me").await.ok()["tenant"]["name"], "Faro Rojo");
        let third = eve.get("/api/v1/me").await.ok()["tenant"]["id"].clone();
        luis.post("/api/v1/session/tenant", json!({ "tenant_id": third })).await.refused(404, "not_found");
        app.finish().await;
    }
}

#[tokio::test]
async fn a_profile_changes_by_its_version() {
    let app = TestApp::start(testkit::Kind::Sqlite).await;
    let ana = app.owner("Faro Azul").await;
    let me = ana.get("/api/v1/me").await.ok();
    let version = &me["account"]["version"];
    let renamed =
        ana.patch("/api/v1/me", version, json!({ "name": "Ana R.", "phone": null, "language": "pt" })).await.ok();
    assert_eq!((&renamed["account"]["name"], &renamed["account"]["phone"]), (&json!("Ana R."), &json!(null)));
    ana.patch("/api/v1/me", version, json!({ "name": "Ana" })).await.refused(412, "stale");
    let bare = ana.request(reqwest::Method::PATCH, "/api/v1/me").json(&json!({ "name": "Ana" }));
    ana.send(bare).await.refused(428, "if_match_required");
    let version = &renamed["account"]["version"];
    ana.patch("/api/v1/me", version, json!({ "phone": "12" })).await.field("phone", "phone_invalid");
    ana.patch("/api/v1/me", version, json!({ "email": "eve@evil.example" })).await.field("email", "unknown_field");
    app.finish().await;
}
