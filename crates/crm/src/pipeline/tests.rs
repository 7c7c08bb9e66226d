//! Pipelines and stages through their routes, on both databases.

use std::sync::Arc;

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::tests::{Desk, desks};

async fn pipeline(desk: &Desk) -> Value {
    desk.get("/api/v1/pipelines").await.ok().body["items"][0].clone()
}

fn ids(pipeline: &Value) -> Vec<String> {
    pipeline["stages"].as_array().unwrap().iter().map(|stage| stage["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn the_first_pipeline_is_made_once_whoever_asks() {
    for desk in desks().await {
        let desk = Arc::new(desk);
        let asking: Vec<_> = (0..6)
            .map(|i| {
                let desk = desk.clone();
                let path = if i % 2 == 0 { "/api/v1/pipelines" } else { "/api/v1/deals/board" };
                tokio::spawn(async move { desk.ask(&desk.ours, "read_only", "GET", path, None, None).await.ok() })
            })
            .collect();
        for answer in asking {
            answer.await.unwrap();
        }
        assert_eq!(desk.get("/api/v1/pipelines").await.each("name"), ["Ventas"]);
    }
}

#[tokio::test]
async fn a_new_tenant_finds_a_pipeline_waiting() {
    let options = store::StoreOptions {
        listeners: crate::LISTENERS.iter().map(|(event, job)| (*event, vec![*job])).collect(),
        ..Default::default()
    };
    for store in testkit::stores_with(options).await {
        let founded = crate::tests::found(&store, "eva@example.com", "US", None).await;
        crate::jobs(jobs::Runner::new(store.store.clone())).drain().await;
        let caller = kernel::Caller::system(founded.tenant_id);
        let can: kernel::Can<crate::deal::ReadDeals> = kernel::Can::check(Arc::new(caller)).unwrap();
        let mut tx = store.read(&can).await.unwrap();
        assert_eq!(super::all(&mut tx).await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn stages_are_added_renamed_and_put_in_order() {
    for desk in desks().await {
        let first = pipeline(&desk).await;
        let path = format!("/api/v1/pipelines/{}", first["id"].as_str().unwrap());
        let stage = desk
            .post("/api/v1/stages", json!({ "pipeline_id": first["id"], "name": "Trial", "probability": 60 }))
            .await
            .ok();
        assert_eq!(stage.body["position"], 4);
        let renamed = desk
            .patch(&format!("/api/v1/stages/{}", stage.id()), 1, json!({ "name": "Pilot", "probability": 100 }))
            .await
            .ok();
        assert_eq!((renamed.text("name"), &renamed.body["probability"]), ("Pilot".into(), &100.into()));
        for probability in [-1, 101] {
            let refused =
                desk.patch(&format!("/api/v1/stages/{}", stage.id()), 2, json!({ "probability": probability })).await;
            assert_eq!(refused.refused(), ("probability", "probability_out_of_range"));
        }
        let mut order = ids(&pipeline(&desk).await);
        order.rotate_right(1);
        let sorted = desk.post(&format!("{path}/stage-order"), json!({ "stage_ids": order })).await.ok();
        assert_eq!(ids(&sorted.body), order);
        assert_eq!(sorted.body["stages"][0]["name"], "Pilot");
        for bad in [&order[1..], &[order.clone(), order[..1].to_vec()].concat()] {
            let refused = desk.post(&format!("{path}/stage-order"), json!({ "stage_ids": bad })).await;
            assert_eq!(refused.refused(), ("stage_ids", "stages_differ"));
        }
        assert_eq!(desk.patch(&path, 1, json!({ "name": "Sales" })).await.ok().text("name"), "Sales");
        assert_eq!(desk.patch(&path, 1, json!({ "name": "Late" })).await.status, StatusCode::PRECONDITION_FAILED);
        let stranger = desk
            .they("POST", "/api/v1/stages", Some(json!({ "pipeline_id": first["id"], "name": "X", "probability": 1 })))
            .await;
        assert_eq!(stranger.refused(), ("pipeline_id", "pipeline_unknown"));
        let seller = desk.ask(&desk.ours, "sales", "PATCH", &path, Some(2), Some(json!({ "name": "Mine" }))).await;
        assert_eq!(seller.status, StatusCode::FORBIDDEN);
    }
}

#[tokio::test]
async fn only_a_stage_without_open_deals_is_removed_and_the_last_one_never() {
    for desk in desks().await {
        let stages = ids(&pipeline(&desk).await);
        let deal =
            async |name: &str| desk.post("/api/v1/deals", json!({ "name": name, "stage_id": stages[1] })).await.ok();
        let (won, gone, open) = (deal("won").await, deal("gone").await, deal("open").await);
        desk.press(&format!("/api/v1/deals/{}/win", won.id())).await.ok();
        desk.delete(&format!("/api/v1/deals/{}", gone.id())).await.ok();
        let path = format!("/api/v1/stages/{}", stages[1]);
        assert_eq!(desk.delete(&path).await.conflict(), "stage_not_empty");
        desk.press(&format!("/api/v1/deals/{}/win", open.id())).await.ok();
        assert_eq!(desk.delete(&path).await.status, StatusCode::NO_CONTENT);
        assert_eq!(desk.delete(&path).await.status, StatusCode::NOT_FOUND);
        let restored = desk.press(&format!("/api/v1/deals/{}/restore", gone.id())).await.ok();
        assert_eq!(restored.text("stage_id"), stages[0], "what was deleted or closed stands beside where it stood");
        desk.delete(&format!("/api/v1/deals/{}", gone.id())).await.ok();
        for stage in [&stages[0], &stages[2]] {
            desk.delete(&format!("/api/v1/stages/{stage}")).await.ok();
        }
        assert_eq!(desk.delete(&format!("/api/v1/stages/{}", stages[3])).await.conflict(), "last_stage");
        assert_eq!(desk.get(&format!("/api/v1/deals/{}", won.id())).await.ok().text("stage_id"), stages[3]);
    }
}
