//! Lost reasons, stays in stages and rotting through the routes, on both databases.

use axum::http::StatusCode;
use chrono::TimeDelta;
use serde_json::{Value, json};
use store::sql;

use crate::tests::{Desk, desks};

#[tokio::test]
async fn deals_are_lost_for_reasons_that_are_counted_and_stay_when_they_are_no_longer_offered() {
    for desk in desks().await {
        let price = desk.post("/api/v1/lost-reasons", json!({ "label": "Price" })).await.ok();
        assert_eq!(
            desk.post("/api/v1/lost-reasons", json!({ "label": "Price" })).await.refused(),
            ("label", "reason_taken")
        );
        assert_eq!(desk.post("/api/v1/lost-reasons", json!({ "label": " " })).await.refused(), ("label", "required"));
        let deal = desk.post("/api/v1/deals", json!({ "name": "Fleet" })).await.ok();
        let lose = format!("/api/v1/deals/{}/lose", deal.id());
        assert_eq!(desk.post(&lose, json!({})).await.refused(), ("reason", "required"));
        let wrong = json!({ "reason_id": "lrs_019abc0123457def8123456789abcdef" });
        assert_eq!(desk.post(&lose, wrong).await.refused(), ("reason_id", "reason_unknown"));
        let lost = desk.post(&lose, json!({ "reason_id": price.id(), "reason": "By a third" })).await.ok();
        assert_eq!(
            (&lost.body["lost_reason"], &lost.body["lost_for"]["name"]),
            (&json!("By a third"), &json!("Price"))
        );
        let path = format!("/api/v1/lost-reasons/{}", price.id());
        desk.patch(&path, 1, json!({ "archived": true, "label": "Too dear" })).await.ok();
        let read = desk.get(&format!("/api/v1/deals/{}", deal.id())).await.ok();
        assert_eq!(read.body["lost_for"]["name"], "Too dear");
        let other = desk.post("/api/v1/deals", json!({ "name": "Other" })).await.ok();
        let lose = format!("/api/v1/deals/{}/lose", other.id());
        assert_eq!(
            desk.post(&lose, json!({ "reason_id": price.id() })).await.refused(),
            ("reason_id", "reason_unknown")
        );
        // The timeline says why in words, also where a reason was chosen and nothing written.
        let size = desk.post("/api/v1/lost-reasons", json!({ "label": "Too small" })).await.ok();
        desk.post(&lose, json!({ "reason_id": size.id() })).await.ok();
        let told = desk.get(&format!("/api/v1/timeline?subject={}", other.id())).await.ok();
        assert_eq!(told.body["items"][0]["data"]["reason"], "Too small");
        let open = desk.press(&format!("/api/v1/deals/{}/reopen", deal.id())).await.ok();
        assert_eq!((&open.body["lost_for"], &open.body["lost_reason"]), (&json!(null), &json!(null)));
        assert_eq!(desk.they("GET", &path, None).await.status, StatusCode::NOT_FOUND);
        let role =
            desk.ask(&desk.ours, "sales", "POST", "/api/v1/lost-reasons", None, Some(json!({ "label": "A" }))).await;
        assert_eq!(role.status, StatusCode::FORBIDDEN);
    }
}

async fn stays(desk: &Desk) -> Vec<(bool, i64)> {
    let mut tx = desk.tx().await;
    let query = sql!(
        "SELECT left_at IS NULL, count(*) FROM deal_stage WHERE tenant_id = {} GROUP BY left_at IS NULL ORDER BY 1",
        tx.tenant_id()
    );
    tx.all(query).await.unwrap()
}

#[tokio::test]
async fn a_deal_has_one_stay_that_has_not_ended_while_it_is_open_and_none_when_it_is_closed() {
    for desk in desks().await {
        let pipelines = desk.get("/api/v1/pipelines").await.ok();
        let stages: Vec<Value> = pipelines.body["items"][0]["stages"].as_array().unwrap().clone();
        let deal = desk.post("/api/v1/deals", json!({ "name": "Fleet" })).await.ok();
        let path = format!("/api/v1/deals/{}", deal.id());
        assert_eq!(stays(&desk).await, [(true, 1)]);
        let moved = desk
            .ask(
                &desk.ours,
                "owner",
                "POST",
                &format!("{path}/move"),
                Some(1),
                Some(json!({ "stage_id": stages[1]["id"] })),
            )
            .await
            .ok();
        assert_eq!(stays(&desk).await, [(false, 1), (true, 1)]);
        // Within the stage nothing begins anew.
        desk.ask(
            &desk.ours,
            "owner",
            "POST",
            &format!("{path}/move"),
            Some(2),
            Some(json!({ "stage_id": stages[1]["id"] })),
        )
        .await
        .ok();
        assert_eq!(stays(&desk).await, [(false, 1), (true, 1)]);
        assert!(moved.text("stage_since") >= deal.text("stage_since"));
        desk.press(&format!("{path}/win")).await.ok();
        assert_eq!(stays(&desk).await, [(false, 2)]);
        desk.press(&format!("{path}/reopen")).await.ok();
        assert_eq!(stays(&desk).await, [(false, 2), (true, 1)]);
    }
}

#[tokio::test]
async fn a_deal_rots_when_it_stands_longer_than_its_stage_allows() {
    for desk in desks().await {
        let pipelines = desk.get("/api/v1/pipelines").await.ok();
        let stage = pipelines.body["items"][0]["stages"][0].clone();
        let path = format!("/api/v1/stages/{}", stage["id"].as_str().unwrap());
        assert_eq!(desk.patch(&path, 1, json!({ "rots_after_days": 0 })).await.refused().0, "rots_after_days");
        let set = desk.patch(&path, 1, json!({ "rots_after_days": 7 })).await.ok();
        assert_eq!(set.body["rots_after_days"], 7);
        let deal = desk.post("/api/v1/deals", json!({ "name": "Fleet" })).await.ok();
        let of = format!("/api/v1/deals/{}", deal.id());
        desk.store.clock().advance(TimeDelta::days(7) - TimeDelta::minutes(1));
        assert_eq!(desk.get(&of).await.ok().body["rotting"], false);
        desk.store.clock().advance(TimeDelta::minutes(2));
        assert_eq!(desk.get(&of).await.ok().body["rotting"], true);
        let board = desk.get("/api/v1/deals/board").await.ok();
        assert_eq!(board.body["stages"][0]["items"][0]["rotting"], true);
        assert_eq!(desk.get("/api/v1/deals?rotting=true").await.ok().each("id"), [deal.id()]);
        desk.press(&format!("{of}/win")).await.ok();
        assert_eq!(desk.get(&of).await.ok().body["rotting"], false);
        assert!(desk.get("/api/v1/deals?rotting=true").await.ok().each("id").is_empty());
        let never = desk.patch(&path, 2, json!({ "rots_after_days": null })).await.ok();
        assert_eq!(never.body["rots_after_days"], json!(null));
    }
}
