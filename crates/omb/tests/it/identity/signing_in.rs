//! Signing in, guessing, and the ways back in.

use serde_json::json;

use crate::app::{PASSWORD, TestApp};

const OTHER: &str = "seven lamps over water";

#[tokio::test]
async fn p044_guessing_is_slowed_with_retry_after_and_running_sessions_go_on() {
    for app in TestApp::each().await {
        let owner = app.owner("Faro Azul").await;
        let browser = app.nobody();
        let guess = json!({ "email": "owner@faro-azul.example", "password": "not the password" });
        for _ in 0..10 {
            browser.post("/api/v1/session", guess.clone()).await.refused(401, "wrong_credentials");
        }
        let answer = browser.post("/api/v1/session", guess).await;
        let wait: u64 = answer.headers["retry-after"].to_str().unwrap().parse().unwrap();
        answer.refused(429, "too_many_attempts");
        assert!((1..=900).contains(&wait));
        owner.get("/api/v1/me").await.ok();
        app.clock.advance(chrono::TimeDelta::seconds(wait.try_into().unwrap()));
        let right = json!({ "email": "owner@faro-azul.example", "password": PASSWORD });
        browser.post("/api/v1/session", right).await.ok();
        app.finish().await;
    }
}

#[tokio::test]
async fn a_forgotten_password_is_set_anew_by_mail() {
    for app in TestApp::each().await {
        let owner = app.owner("Faro Azul").await;
        let browser = app.nobody();
        browser.post("/api/v1/password-resets", json!({ "email": "owner@faro-azul.example" })).await.ok();
        app.work().await;
        let link = app.link_in_mail("owner@faro-azul.example", "reset-password").await;
        let token = link.split_once("token=").unwrap().1.to_owned();
        let set = |password: &str| json!({ "token": token, "password": password });
        browser.post("/api/v1/password-resets/confirm", set("password123")).await.field("password", "password_common");
        let answer = browser.post("/api/v1/password-resets/confirm", set(OTHER)).await;
        assert_eq!(answer.status, 204);
        browser.post("/api/v1/password-resets/confirm", set(OTHER)).await.refused(410, "link_used");
        owner.get("/api/v1/me").await.refused(401, "sign_in_required");
        browser.post("/api/v1/session", json!({ "email": "owner@faro-azul.example", "password": OTHER })).await.ok();
        app.finish().await;
    }
}

#[tokio::test]
async fn changing_the_password_renews_this_session_and_ends_the_others() {
    for app in TestApp::each().await {
        let here = app.owner("Faro Azul").await;
        let there = app.nobody();
        let credentials = json!({ "email": "owner@faro-azul.example", "password": PASSWORD });
        there.post("/api/v1/session", credentials).await.ok();
        let change = |current: &str| json!({ "current_password": current, "new_password": OTHER });
        here.post("/api/v1/me/password", change("not it")).await.field("current_password", "wrong_password");
        here.post("/api/v1/me/password", change(PASSWORD)).await.ok();
        here.get("/api/v1/me").await.ok();
        there.get("/api/v1/me").await.refused(401, "sign_in_required");
        app.finish().await;
    }
}

/// The secrets of mails are their readers' alone: who may read the log of mails does not see them.
#[tokio::test]
async fn the_log_of_mails_shows_no_secret_link() {
    let app = TestApp::start(testkit::Kind::Sqlite).await;
    let owner = app.owner("Faro Azul").await;
    owner.post("/api/v1/password-resets", json!({ "email": "owner@faro-azul.example" })).await.ok();
    owner.post("/api/v1/invitations", json!({ "email": "luis@farorojo.example", "role": "sales" })).await.ok();
    app.work().await;
    let log = owner.get("/api/v1/mails").await.ok();
    assert_eq!(log["items"].as_array().unwrap().len(), 2);
    assert!(!log.to_string().contains("token="));
    for mail in log["items"].as_array().unwrap() {
        let one = owner.get(&format!("/api/v1/mails/{}", mail["id"].as_str().unwrap())).await.ok();
        assert!(!one.to_string().contains("token="));
    }
    app.finish().await;
}
