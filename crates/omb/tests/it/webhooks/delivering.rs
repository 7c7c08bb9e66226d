//! What is sent, to whom, and that a message is not lost with its worker.

use std::{collections::BTreeSet, sync::atomic::Ordering};

use chrono::TimeDelta;
use serde_json::{Value, json};
use store::Sql;

use super::{Receiver, add_company, endpoint, log};
use crate::{app::TestApp, isolation::filled::Filled};

#[tokio::test]
async fn an_event_arrives_signed_thin_and_once() {
    for app in TestApp::each().await {
        let (owner, receiver) = (app.owner("Aurora").await, Receiver::start().await);
        let (id, secret) = endpoint(&owner, &receiver, "hook", json!(["company.created"])).await;
        let company = add_company(&owner, "Talleres Levante").await;
        owner.post("/api/v1/contacts", json!({ "given_name": "Lucía", "email": "lucia@example.com" })).await.ok();
        app.work().await;
        let came = receiver.came("hook");
        assert_eq!(came.len(), 1, "{:?}: only what was chosen, once", app.kind);
        assert!(came[0].is_signed_by(&secret));
        assert!(!came[0].is_signed_by("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
        assert_eq!(came[0].header("content-type"), "application/json");
        let sent: i64 = came[0].header("webhook-timestamp").parse().unwrap();
        assert!((app.clock.now().timestamp() - sent).abs() < 60);
        let message = came[0].message();
        let data = json!({ "id": company, "version": 1, "url": format!("{}/api/v1/companies/{company}", app.url),
            "related": [] });
        assert_eq!((&message["type"], &message["data"]), (&json!("company.created"), &data));
        assert!(!String::from_utf8_lossy(&came[0].body).contains("Levante"), "the message names nobody");
        let log = log(&owner, &id).await;
        assert_eq!((log.len(), &log[0]["state"], &log[0]["status"]), (1, &json!("delivered"), &json!(204)));
        assert_eq!(log[0]["event_id"], came[0].header("webhook-id"));
        app.finish().await;
    }
}

#[tokio::test]
async fn everything_that_happens_is_in_the_catalogue_and_reaches_who_wants_all() {
    for app in TestApp::each().await {
        let receiver = Receiver::start().await;
        let filled = Filled::new(&app, "aurora").await;
        let (id, secret) = endpoint(&filled.owner, &receiver, "all", Value::Null).await;
        let created = add_company(&filled.owner, "After").await;
        filled.owner.delete(&format!("/api/v1/companies/{created}")).await;
        app.work().await;
        let came = receiver.came("all");
        assert!(came.iter().all(|came| came.is_signed_by(&secret)));
        let types: BTreeSet<String> = came.iter().map(|came| came.message()["type"].as_str().unwrap().into()).collect();
        let wanted = ["company.created", "company.deleted", "webhook.created"].map(str::to_owned);
        assert_eq!(types, wanted.into(), "{:?}: what it was made by, and what came after", app.kind);
        let mut tx = app.store.platform().await.unwrap();
        let kinds = Sql::new("SELECT DISTINCT kind FROM event");
        let happened: Vec<(String,)> =
            if app.kind == testkit::Kind::Sqlite { tx.all(kinds).await.unwrap() } else { vec![] };
        let known = filled.owner.get("/api/v1/webhook-event-types").await.ok();
        let known: BTreeSet<&str> =
            known["items"].as_array().unwrap().iter().map(|t| t["name"].as_str().unwrap()).collect();
        for (kind,) in &happened {
            assert!(known.contains(kind.as_str()), "{kind} is not in the catalogue");
        }
        assert!(app.kind != testkit::Kind::Sqlite || happened.len() > 20, "{happened:?}");
        assert!(log(&filled.owner, &id).await.iter().all(|line| line["state"] == "delivered"));
    }
}

#[tokio::test]
async fn a_worker_that_dies_after_sending_leaves_the_message_to_be_sent_again_under_its_id() {
    for app in TestApp::each().await {
        let (owner, receiver) = (app.owner("Aurora").await, Receiver::start().await);
        let (id, secret) = endpoint(&owner, &receiver, "hook", json!(["company.created"])).await;
        add_company(&owner, "Levante").await;
        app.outside.dies_after_sending.store(true, Ordering::SeqCst);
        app.work().await;
        assert_eq!(receiver.came("hook").len(), 1);
        assert_eq!(log(&owner, &id).await[0]["state"], "waiting", "{:?}: sent and not noted", app.kind);
        app.outside.dies_after_sending.store(false, Ordering::SeqCst);
        // The hold of the worker that died ends first.
        for _ in 0..3 {
            app.clock.advance(TimeDelta::seconds(65));
            app.work().await;
        }
        let came = receiver.came("hook");
        assert_eq!(came.len(), 2, "{:?}: sent again, once", app.kind);
        assert_eq!(came[0].header("webhook-id"), came[1].header("webhook-id"));
        assert_eq!(came[0].body, came[1].body);
        assert!(came[1].header("webhook-timestamp") > came[0].header("webhook-timestamp"));
        assert!(came.iter().all(|came| came.is_signed_by(&secret)));
        assert_eq!(log(&owner, &id).await[0]["state"], "delivered");
    }
}

#[tokio::test]
async fn p020_a_workspace_hears_of_its_own_events_alone() {
    for app in TestApp::each().await {
        let receiver = Receiver::start().await;
        let (ours, theirs) = (app.owner("Aurora").await, app.owner("Boreal").await);
        endpoint(&theirs, &receiver, "theirs", Value::Null).await;
        app.work().await;
        let before = receiver.came("theirs").len();
        add_company(&ours, "Ours").await;
        app.work().await;
        assert_eq!(receiver.came("theirs").len(), before, "{:?}", app.kind);
        assert!(ours.get("/api/v1/webhooks").await.ok()["items"].as_array().unwrap().is_empty());
        assert!(ours.get("/api/v1/webhook-deliveries").await.ok()["items"].as_array().unwrap().is_empty());
    }
}
