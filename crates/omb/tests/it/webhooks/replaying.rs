//! Sending again, filters of the log, and forgetting.

use chrono::TimeDelta;
use serde_json::json;

use super::{Receiver, add_company, endpoint, log};
use crate::app::TestApp;

#[tokio::test]
async fn one_delivery_or_all_that_failed_are_sent_again_under_their_ids() {
    for app in TestApp::each().await {
        let (owner, receiver) = (app.owner("Aurora").await, Receiver::start().await);
        let (id, secret) = endpoint(&owner, &receiver, "hook", json!(["company.created"])).await;
        let since = app.clock.now();
        receiver.answer("hook", 410);
        for at in 0..3 {
            add_company(&owner, &format!("Company {at}")).await;
        }
        app.work().await;
        let path = format!("/api/v1/webhooks/{id}");
        let off = owner.get(&path).await.ok();
        assert_eq!(off["enabled"], json!(false));
        let line = log(&owner, &id).await.remove(0);
        let one = format!("/api/v1/webhook-deliveries/{}/replay", line["id"].as_str().unwrap());
        owner.post(&one, json!({})).await.refused(409, "webhook_disabled");
        owner.post(&format!("{path}/replay"), json!({ "since": since })).await.refused(409, "webhook_disabled");
        owner.post(&format!("{path}/test"), json!({})).await.refused(409, "webhook_disabled");

        receiver.answer("hook", 200);
        owner.patch(&path, &off["version"], json!({ "enabled": true })).await.ok();
        let came = receiver.came("hook").len();
        assert_eq!(owner.post(&one, json!({})).await.ok()["state"], "waiting");
        app.work().await;
        assert_eq!(receiver.came("hook").len(), came + 1, "{:?}", app.kind);
        assert_eq!(receiver.came("hook")[came].header("webhook-id"), line["event_id"].as_str().unwrap());

        let replay = owner.post(&format!("{path}/replay"), json!({ "since": since })).await.ok();
        assert_eq!((&replay["state"], &replay["total"], &replay["done"]), (&json!("running"), &json!(2), &json!(0)));
        owner.post(&format!("{path}/replay"), json!({ "since": since })).await.refused(409, "replay_running");
        app.work().await;
        let replay = owner.get(&format!("/api/v1/webhook-replays/{}", replay["id"].as_str().unwrap())).await.ok();
        assert_eq!((&replay["state"], &replay["done"]), (&json!("done"), &json!(2)), "{:?}", app.kind);
        assert_eq!(receiver.came("hook").len(), came + 3);
        assert!(receiver.came("hook").iter().all(|came| came.is_signed_by(&secret)));
        assert!(log(&owner, &id).await.iter().all(|line| line["state"] == "delivered"));
        let later = json!({ "since": app.clock.now() + TimeDelta::hours(1) });
        owner.post(&format!("{path}/replay"), later).await.field("since", "in_the_future");
        app.finish().await;
    }
}

#[tokio::test]
async fn the_log_is_paged_filtered_and_forgotten_after_thirty_days() {
    for app in TestApp::each().await {
        let (owner, receiver) = (app.owner("Aurora").await, Receiver::start().await);
        let (id, _) = endpoint(&owner, &receiver, "hook", json!(["company.created", "company.deleted"])).await;
        for at in 0..5 {
            let company = add_company(&owner, &format!("Company {at}")).await;
            if at == 0 {
                owner.delete(&format!("/api/v1/companies/{company}")).await;
            }
        }
        app.work().await;
        let count = async |query: &str| {
            let page = owner.get(&format!("/api/v1/webhook-deliveries?endpoint_id={id}&{query}")).await.ok();
            (page["items"].as_array().unwrap().len(), page["next_cursor"].as_str().map(str::to_owned))
        };
        assert_eq!(count("").await.0, 6);
        assert_eq!(count("event_type=company.deleted").await.0, 1);
        assert_eq!((count("state=failed").await.0, count("state=delivered").await.0), (0, 6));
        let (first, next) = count("limit=4").await;
        assert_eq!((first, count(&format!("limit=4&cursor={}", next.unwrap())).await.0), (4, 2));
        // A session does not last that long.
        let key = json!({ "name": "Hooks", "scopes": ["webhook.read"] });
        let key = owner.post("/api/v1/api-keys", key).await.ok()["secret"].as_str().unwrap().to_owned();
        let reader = app.nobody().with_key(&key);
        let left = async || log(&reader, &id).await.len();
        app.clock.advance(TimeDelta::days(29));
        app.runner.sweep_due().await;
        assert_eq!(left().await, 6, "{:?}", app.kind);
        app.clock.advance(TimeDelta::days(2));
        app.runner.sweep_due().await;
        assert_eq!(left().await, 0, "{:?}", app.kind);
    }
}
