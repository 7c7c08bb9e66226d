//! Endpoints that answer badly, slowly or not at all.

use chrono::TimeDelta;
use sandbox::MailFilter;
use serde_json::{Value, json};

use super::{Receiver, add_company, endpoint, log};
use crate::app::{Client, TestApp};

async fn attempts(owner: &Client, delivery: &Value) -> Vec<Value> {
    let path = format!("/api/v1/webhook-deliveries/{}", delivery["id"].as_str().unwrap());
    owner.get(&path).await.ok()["attempts"].as_array().unwrap().clone()
}

#[tokio::test]
async fn what_fails_is_sent_again_on_the_schedule_and_then_given_up() {
    for app in TestApp::each().await {
        let (owner, receiver) = (app.owner("Aurora").await, Receiver::start().await);
        let (id, _) = endpoint(&owner, &receiver, "hook", json!(["company.created"])).await;
        receiver.answer("hook", 503);
        add_company(&owner, "Levante").await;
        app.work().await;
        for (at, wait) in hooks::delivery::schedule::WAITS.into_iter().enumerate() {
            assert_eq!(receiver.came("hook").len(), at + 1, "{:?}: before wait {at}", app.kind);
            app.clock.advance(wait - TimeDelta::seconds(2));
            app.work().await;
            assert_eq!(receiver.came("hook").len(), at + 1, "{:?}: not before its time, wait {at}", app.kind);
            app.clock.advance(wait / 5 + TimeDelta::seconds(3));
            app.work().await;
        }
        assert_eq!(receiver.came("hook").len(), 10);
        let line = log(&owner, &id).await.remove(0);
        assert_eq!(
            (&line["state"], &line["outcome"], &line["status"]),
            (&json!("failed"), &json!("refused"), &json!(503))
        );
        let tries = attempts(&owner, &line).await;
        assert_eq!(tries.len(), 10);
        let answer = tries[0]["answer"].as_str().unwrap();
        assert!(answer.starts_with("answered 503") && answer.len() == 4096, "{}", answer.len());
        let ids: std::collections::BTreeSet<_> =
            receiver.came("hook").iter().map(|came| came.header("webhook-id").to_owned()).collect();
        assert_eq!(ids.len(), 1);
        app.clock.advance(TimeDelta::days(1));
        app.work().await;
        assert_eq!(receiver.came("hook").len(), 10, "{:?}: given up is given up", app.kind);
    }
}

#[tokio::test]
async fn redirects_silence_and_nobody_there_are_failures_of_their_own_kinds() {
    for app in TestApp::each().await {
        let (owner, receiver) = (app.owner("Aurora").await, Receiver::start().await);
        receiver.answer("moved", 302);
        receiver.answer("silent", 0);
        receiver.answer("broken", 400);
        let free = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap().local_addr().unwrap().port();
        let mut endpoints = Vec::new();
        for (name, outcome) in [("moved", "refused"), ("silent", "timeout"), ("broken", "refused")] {
            endpoints.push((endpoint(&owner, &receiver, name, json!(["company.created"])).await.0, outcome));
        }
        let nobody = json!({ "url": format!("http://127.0.0.1:{free}/"), "event_types": ["company.created"] });
        let nobody = owner.post("/api/v1/webhooks", nobody).await.ok()["endpoint"]["id"].as_str().unwrap().to_owned();
        endpoints.push((nobody, "unreachable"));
        add_company(&owner, "Levante").await;
        app.work().await;
        for (id, outcome) in endpoints {
            let line = log(&owner, &id).await.remove(0);
            assert_eq!((&line["state"], &line["outcome"]), (&json!("waiting"), &json!(outcome)), "{:?}", app.kind);
            assert!(!owner.get(&format!("/api/v1/webhooks/{id}")).await.ok()["failing_since"].is_null());
        }
        assert!(receiver.came("elsewhere").is_empty(), "a redirect is not followed");
    }
}

#[tokio::test]
async fn an_endpoint_that_is_away_holds_up_no_other_and_is_asked_by_one_message_at_a_time() {
    for app in TestApp::each().await {
        let (owner, receiver) = (app.owner("Aurora").await, Receiver::start().await);
        let (away, _) = endpoint(&owner, &receiver, "away", json!(["company.created"])).await;
        endpoint(&owner, &receiver, "well", json!(["company.created"])).await;
        receiver.answer("away", 0);
        for at in 0..30 {
            add_company(&owner, &format!("Company {at}")).await;
        }
        let began = std::time::Instant::now();
        app.work().await;
        assert_eq!(receiver.came("well").len(), 30, "{:?}", app.kind);
        // One turn of silence, not thirty; the second below is the timeout of the test's product.
        assert!(receiver.came("away").len() <= 8 && began.elapsed().as_secs() < 15, "{:?}", began.elapsed());
        app.clock.advance(TimeDelta::seconds(6));
        let before = receiver.came("away").len();
        app.work().await;
        assert_eq!(receiver.came("away").len(), before + 1, "{:?}: one message asks whether it is back", app.kind);
        receiver.answer("away", 200);
        for _ in 0..4 {
            app.clock.advance(TimeDelta::minutes(7));
            app.work().await;
        }
        let log =
            owner.get(&format!("/api/v1/webhook-deliveries?endpoint_id={away}&state=delivered&limit=200")).await.ok();
        assert_eq!(log["items"].as_array().unwrap().len(), 30, "{:?}: all of it arrives in the end", app.kind);
        app.finish().await;
    }
}

#[tokio::test]
async fn gone_switches_off_at_once_and_five_days_of_failure_do_too_and_the_owner_is_told() {
    for app in TestApp::each().await {
        let (owner, receiver) = (app.owner("Aurora").await, Receiver::start().await);
        let (gone, _) = endpoint(&owner, &receiver, "gone", json!(["company.created"])).await;
        let (failing, _) = endpoint(&owner, &receiver, "failing", json!(["company.created"])).await;
        receiver.answer("gone", 410);
        receiver.answer("failing", 500);
        add_company(&owner, "First").await;
        app.work().await;
        let state = async |id: &str| {
            let view = owner.get(&format!("/api/v1/webhooks/{id}")).await.ok();
            (view["enabled"].clone(), view["disabled_reason"].clone())
        };
        assert_eq!(state(&gone).await, (json!(false), json!("gone")), "{:?}", app.kind);
        assert_eq!(log(&owner, &gone).await[0]["outcome"], "endpoint_disabled");
        app.clock.advance(TimeDelta::days(4) + TimeDelta::hours(23));
        app.work().await;
        assert_eq!(state(&failing).await, (json!(true), Value::Null), "{:?}: not before five days", app.kind);
        app.clock.advance(TimeDelta::hours(2));
        add_company(&owner, "Second").await;
        app.work().await;
        assert_eq!(state(&failing).await, (json!(false), json!("failing")), "{:?}", app.kind);
        let to = MailFilter { to: Some("owner@aurora.example".into()), ..MailFilter::default() };
        let told = app.sandbox.mails(&to).into_iter().filter(|mail| mail.subject.contains("webhook")).count();
        assert_eq!(told, 2, "{:?}: once for each", app.kind);
        let before = (receiver.came("gone").len(), receiver.came("failing").len());
        add_company(&owner, "Third").await;
        app.clock.advance(TimeDelta::days(1));
        app.work().await;
        let after = (receiver.came("gone").len(), receiver.came("failing").len());
        assert_eq!(before, after, "{:?}: what is off gets nothing", app.kind);
    }
}
