//! Deals through their routes, on both databases; the order of the board against a model.

mod board;

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::tests::{Desk, desks};

async fn stages(desk: &Desk) -> Vec<Value> {
    desk.get("/api/v1/pipelines").await.ok().body["items"][0]["stages"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_deal_starts_on_top_of_the_first_stage_in_the_tenants_currency() {
    for desk in desks().await {
        let deal = desk.post("/api/v1/deals", json!({ "name": "Fleet" })).await.ok();
        let stages = stages(&desk).await;
        let names: Vec<&str> = stages.iter().map(|stage| stage["name"].as_str().unwrap()).collect();
        assert_eq!(names, ["Nuevo", "Calificado", "Propuesta", "Negociación"], "in the tenant's language");
        assert_eq!(deal.body["stage"], json!({ "id": stages[0]["id"], "name": "Nuevo" }));
        assert_eq!(deal.body["amount"], json!({ "amount": "0.00", "currency": "EUR" }));
        assert_eq!(deal.body["actions"], json!(["update", "move", "win", "lose", "delete"]));
        for (amount, refused) in [
            (json!({ "amount": "-1.00", "currency": "EUR" }), ("amount", "amount_negative")),
            (json!({ "amount": "1000000000000.01", "currency": "EUR" }), ("amount", "amount_too_large")),
            (json!({ "amount": "0.001", "currency": "EUR" }), ("amount", "wrong_type")),
        ] {
            assert_eq!(desk.post("/api/v1/deals", json!({ "name": "A", "amount": amount })).await.refused(), refused);
        }
        let other = desk.post("/api/v1/pipelines", json!({ "name": "Renewals" })).await.ok();
        let mixed = json!({ "name": "A", "pipeline_id": other.id(), "stage_id": stages[0]["id"] });
        assert_eq!(desk.post("/api/v1/deals", mixed).await.refused(), ("stage_id", "stage_of_other_pipeline"));
        let theirs = desk.they("GET", "/api/v1/pipelines", None).await.ok().body["items"][0]["stages"][0]["id"].clone();
        assert_eq!(
            desk.post("/api/v1/deals", json!({ "name": "A", "stage_id": theirs })).await.refused(),
            ("stage_id", "stage_unknown")
        );
    }
}

#[tokio::test]
async fn winning_twice_wins_once() {
    for desk in desks().await {
        let deal = desk.post("/api/v1/deals", json!({ "name": "Fleet" })).await.ok();
        let path = format!("/api/v1/deals/{}", deal.id());
        let won = desk.press(&format!("{path}/win")).await.ok();
        let again = desk.press(&format!("{path}/win")).await.ok();
        assert_eq!((won.text("state"), &won.body["version"]), ("won".into(), &again.body["version"]));
        assert_eq!(desk.events("deal.won").await, 1);
        assert_eq!(won.body["actions"], json!(["update", "reopen", "delete"]));
        assert_eq!(desk.post(&format!("{path}/lose"), json!({ "reason": "price" })).await.conflict(), "deal_won");
        let open = desk.press(&format!("{path}/reopen")).await.ok();
        assert_eq!((open.text("state"), &open.body["closed_at"]), ("open".into(), &json!(null)));
        assert_eq!(
            desk.post(&format!("{path}/lose"), json!({ "reason": "  " })).await.refused(),
            ("reason", "required")
        );
        let lost = desk.post(&format!("{path}/lose"), json!({ "reason": "too dear" })).await.ok();
        assert_eq!((lost.text("state"), lost.text("lost_reason")), ("lost".into(), "too dear".into()));
        let version = lost.body["version"].as_i64().unwrap();
        let place = json!({ "stage_id": deal.body["stage_id"], "after": null });
        let moved = desk.ask(&desk.ours, "owner", "POST", &format!("{path}/move"), Some(version), Some(place)).await;
        assert_eq!(moved.conflict(), "deal_closed");
        desk.delete(&path).await.ok();
        assert_eq!(desk.press(&format!("{path}/win")).await.conflict(), "deal_deleted");
        assert_eq!(desk.press(&format!("{path}/restore")).await.ok().text("state"), "lost");
    }
}

#[tokio::test]
async fn the_board_counts_all_and_adds_each_currency_by_itself() {
    for desk in desks().await {
        let stages = stages(&desk).await;
        let company = desk.post("/api/v1/companies", json!({ "name": "Aurora" })).await.ok();
        for i in 0..53 {
            let currency = if i % 2 == 0 { "EUR" } else { "CLP" };
            let deal = json!({ "name": format!("Deal {i}"), "amount": { "amount": "10", "currency": currency }, "company_id": company.id() });
            desk.post("/api/v1/deals", deal).await.ok();
        }
        let board = desk.get("/api/v1/deals/board").await.ok();
        let columns = board.body["stages"].as_array().unwrap();
        assert_eq!(columns.len(), 4);
        assert_eq!((&columns[0]["count"], columns[0]["items"].as_array().unwrap().len()), (&53.into(), 50));
        let totals = json!([{ "amount": "260", "currency": "CLP" }, { "amount": "270.00", "currency": "EUR" }]);
        assert_eq!(columns[0]["totals"], totals);
        assert_eq!(
            (&columns[1]["count"], &columns[1]["totals"], &columns[1]["items"]),
            (&0.into(), &json!([]), &json!([]))
        );
        let top = &columns[0]["items"][0];
        assert_eq!(
            (&top["name"], &top["company"]["name"], &top["owner"]["name"]),
            (&"Deal 52".into(), &"Aurora".into(), &"Ana Ruiz".into())
        );
        // The rest of a long stage is read from the list in the board's order.
        let list =
            format!("/api/v1/deals?stage_id={}&sort=position&state=open&limit=60", stages[0]["id"].as_str().unwrap());
        let listed = desk.get(&list).await.ok().each("name");
        assert_eq!((listed.len(), listed[0].as_str(), listed[52].as_str()), (53, "Deal 52", "Deal 0"));
        let by_company = desk.get(&format!("/api/v1/deals?company_id={}&limit=1", company.id())).await.ok();
        assert_eq!(by_company.each("name"), ["Deal 52"]);
        assert!(desk.get("/api/v1/deals?state=won").await.each("id").is_empty());
        assert_eq!(
            desk.get("/api/v1/deals/board?pipeline_id=pip_019abc0123457def8123456789abcdef").await.status,
            StatusCode::NOT_FOUND
        );
        let theirs = desk.they("GET", "/api/v1/deals/board", None).await.ok();
        assert_eq!(theirs.body["stages"][0]["count"], 0);
    }
}

#[tokio::test]
async fn a_move_by_somebody_who_saw_another_board_is_refused() {
    for desk in desks().await {
        let stages = stages(&desk).await;
        let deal = desk.post("/api/v1/deals", json!({ "name": "One" })).await.ok();
        let other = desk.post("/api/v1/deals", json!({ "name": "Two" })).await.ok();
        let path = format!("/api/v1/deals/{}/move", deal.id());
        let to = async |version, stage: &Value, after: Value| {
            let body = json!({ "stage_id": stage["id"], "after": after });
            desk.ask(&desk.ours, "owner", "POST", &path, version, Some(body)).await
        };
        assert_eq!(to(None, &stages[1], json!(null)).await.status, StatusCode::PRECONDITION_REQUIRED);
        assert_eq!(to(Some(1), &stages[1], json!(other.id())).await.refused(), ("after", "deal_not_in_stage"));
        let moved = to(Some(1), &stages[1], json!(null)).await.ok();
        assert_eq!(moved.body["stage"]["name"], "Calificado");
        assert_eq!(to(Some(1), &stages[0], json!(null)).await.status, StatusCode::PRECONDITION_FAILED);
        assert_eq!(desk.events("deal.moved").await, 1);
        let stale = desk.patch(&format!("/api/v1/deals/{}", deal.id()), 1, json!({ "name": "Late" })).await;
        assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
    }
}
