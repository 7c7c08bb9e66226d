//! Reports through their routes, on both databases: every figure counted a second time from the records.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use chrono::TimeDelta;
use rand::{RngExt, SeedableRng, rngs::SmallRng};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::tests::{Desk, desks};

async fn stages(desk: &Desk) -> Vec<Value> {
    desk.get("/api/v1/pipelines").await.ok().body["items"][0]["stages"].as_array().unwrap().clone()
}

async fn table(desk: &Desk, path: &str) -> Value {
    desk.get(&format!("/api/v1/reports/{path}")).await.ok().body
}

/// The values of a row by the key of the column, with its currency behind it.
fn row(table: &Value, label: &str) -> BTreeMap<String, Option<String>> {
    let rows = table["rows"].as_array().unwrap();
    let found = rows.iter().find(|row| row["label"] == label || row["special"] == label);
    let found = found.unwrap_or_else(|| panic!("no row {label} in {table}"));
    let columns = table["columns"].as_array().unwrap().iter();
    let name = |column: &Value| match column["currency"].as_str() {
        Some(currency) => format!("{} {currency}", column["key"].as_str().unwrap()),
        None => column["key"].as_str().unwrap().to_owned(),
    };
    let values = found["values"].as_array().unwrap().iter().map(|value| value.as_str().map(str::to_owned));
    columns.map(name).zip(values).collect()
}

async fn deal(desk: &Desk, stage: &Value, amount: &str, currency: &str, close: Option<&str>) -> String {
    let body = json!({ "name": "Fleet", "stage_id": stage["id"], "amount": { "amount": amount, "currency": currency },
        "expected_close": close });
    desk.post("/api/v1/deals", body).await.ok().id()
}

#[tokio::test]
async fn the_pipeline_and_the_forecast_add_up_to_the_deals_there_are() {
    for desk in desks().await {
        let stages = stages(&desk).await;
        let mut random = SmallRng::seed_from_u64(7);
        let mut by_stage: BTreeMap<(usize, &str), (i64, Decimal)> = BTreeMap::new();
        for _ in 0..24 {
            let (at, minor) = (random.random_range(0..stages.len()), random.random_range(0..5_000_000_i64));
            let currency = if random.random_bool(0.7) { "EUR" } else { "MXN" };
            let amount = Decimal::new(minor, 2);
            deal(&desk, &stages[at], &amount.to_string(), currency, Some("2020-01-05")).await;
            let sum = by_stage.entry((at, currency)).or_default();
            *sum = (sum.0 + 1, sum.1 + amount);
        }
        // What was won, lost or deleted is not in the pipeline.
        for end in ["win", "delete"] {
            let id = deal(&desk, &stages[0], "999999.00", "EUR", None).await;
            let path = format!("/api/v1/deals/{id}");
            if end == "win" {
                desk.press(&format!("{path}/win")).await.ok()
            } else {
                desk.delete(&path).await.ok()
            };
        }
        let pipeline = table(&desk, "pipeline").await;
        let mut weighted_all = Decimal::ZERO;
        for (at, stage) in stages.iter().enumerate() {
            let row = row(&pipeline, stage["name"].as_str().unwrap());
            let of = |currency| by_stage.get(&(at, currency)).copied().unwrap_or_default();
            assert_eq!(row["deals"], Some((of("EUR").0 + of("MXN").0).to_string()));
            for currency in ["EUR", "MXN"] {
                assert_eq!(
                    row[&format!("amount {currency}")].as_deref().map(|t| t.parse::<Decimal>().unwrap()),
                    Some(of(currency).1)
                );
                let chance = Decimal::from(stage["probability"].as_i64().unwrap());
                let weighted = (of(currency).1 * chance / Decimal::ONE_HUNDRED)
                    .round_dp_with_strategy(2, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
                let shown: Decimal = row[&format!("weighted {currency}")].as_deref().unwrap().parse().unwrap();
                assert_eq!(shown, weighted, "{currency} in stage {at}");
                weighted_all +=
                    if currency == "EUR" { of(currency).1 * chance / Decimal::ONE_HUNDRED } else { Decimal::ZERO };
            }
        }
        let forecast = table(&desk, "forecast").await;
        assert_eq!(forecast["rows"].as_array().unwrap().len(), 13, "what lies behind, and twelve months");
        let earlier = row(&forecast, "earlier");
        assert_eq!(earlier["deals"].as_deref(), Some("24"));
        let shown: Decimal = earlier["weighted EUR"].as_deref().unwrap().parse().unwrap();
        let exact = weighted_all.round_dp_with_strategy(2, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
        assert_eq!(shown, exact, "rounded once, at the end");
        deal(&desk, &stages[0], "10.00", "EUR", None).await;
        assert_eq!(row(&table(&desk, "forecast").await, "none")["deals"].as_deref(), Some("1"));
    }
}

#[tokio::test]
async fn conversion_and_velocity_follow_each_deal_through_its_stages() {
    for desk in desks().await {
        let stages = stages(&desk).await;
        let name = |at: usize| stages[at]["name"].as_str().unwrap().to_owned();
        let step = |id: String, version: i64, to: usize| {
            let (desk, stage) = (&desk, stages[to]["id"].clone());
            async move {
                let path = format!("/api/v1/deals/{id}/move");
                desk.ask(&desk.ours, "owner", "POST", &path, Some(version), Some(json!({ "stage_id": stage })))
                    .await
                    .ok()
            }
        };
        // One stays; one goes on a stage and back; one is won from the second; one is lost in the third.
        deal(&desk, &stages[0], "1.00", "EUR", None).await;
        let back = deal(&desk, &stages[0], "1.00", "EUR", None).await;
        let won = deal(&desk, &stages[0], "1.00", "EUR", None).await;
        let lost = deal(&desk, &stages[0], "1.00", "EUR", None).await;
        desk.store.clock().advance(TimeDelta::days(2));
        for id in [&back, &won, &lost] {
            step(id.clone(), 1, 1).await;
        }
        desk.store.clock().advance(TimeDelta::days(4));
        step(back.clone(), 2, 0).await;
        step(lost.clone(), 2, 2).await;
        desk.press(&format!("/api/v1/deals/{won}/win")).await.ok();
        desk.post(&format!("/api/v1/deals/{lost}/lose"), json!({ "reason": "Price" })).await.ok();
        let conversion = table(&desk, "conversion").await;
        for (label, deals, of_all, of_before) in [
            (name(0), "4", "100", "100"),
            (name(1), "3", "75", "75"),
            (name(2), "2", "50", "66.7"),
            (name(3), "1", "25", "50"),
            ("won".to_owned(), "1", "25", "100"),
        ] {
            let row = row(&conversion, &label);
            assert_eq!(
                (row["deals"].as_deref(), row["of_all"].as_deref(), row["of_before"].as_deref()),
                (Some(deals), Some(of_all), Some(of_before)),
                "{label}"
            );
        }
        let velocity = table(&desk, "velocity").await;
        for (label, deals, median) in [
            (name(0), "2", Some("2")),
            (name(1), "2", Some("4")),
            (name(2), "1", Some("0")),
            (name(3), "0", None),
            ("won".to_owned(), "1", Some("6")),
        ] {
            let row = row(&velocity, &label);
            assert_eq!((row["deals"].as_deref(), row["median"].as_deref()), (Some(deals), median), "{label}");
        }
        // One goes on to another pipeline and is won there: here it stays one of those that reached the second stage.
        let renewals = desk.post("/api/v1/pipelines", json!({ "name": "Renewals" })).await.ok();
        let on = json!({ "stage_id": renewals.body["stages"][0]["id"] });
        let path = format!("/api/v1/deals/{back}");
        desk.ask(&desk.ours, "owner", "POST", &format!("{path}/move"), Some(3), Some(on)).await.ok();
        desk.press(&format!("{path}/win")).await.ok();
        let after = table(&desk, "conversion").await;
        for label in [name(1), name(2), "won".to_owned()] {
            assert_eq!(row(&after, &label), row(&conversion, &label), "{label}");
        }
        let early = table(&desk, "conversion?from=2020-01-01&to=2020-12-31").await;
        assert_eq!(row(&early, &name(0))["deals"].as_deref(), Some("0"));
        assert_eq!(row(&early, &name(0))["of_all"], None, "of nothing there is no part");
    }
}

#[tokio::test]
async fn losses_and_work_are_counted_by_reason_and_person() {
    for desk in desks().await {
        let stages = stages(&desk).await;
        let price = desk.post("/api/v1/lost-reasons", json!({ "label": "Price" })).await.ok();
        for (amount, body) in [
            ("10.00", json!({ "reason_id": price.id() })),
            ("5.00", json!({ "reason_id": price.id() })),
            ("1.00", json!({ "reason": "Moved away" })),
        ] {
            let id = deal(&desk, &stages[0], amount, "EUR", None).await;
            desk.post(&format!("/api/v1/deals/{id}/lose"), body).await.ok();
        }
        let lost = table(&desk, "lost").await;
        assert_eq!(
            row(&lost, "Price"),
            BTreeMap::from([("deals".into(), Some("2".into())), ("amount EUR".into(), Some("15.00".into()))])
        );
        assert_eq!(row(&lost, "none")["deals"].as_deref(), Some("1"));
        let company = desk.post("/api/v1/companies", json!({ "name": "Aurora" })).await.ok();
        let call = json!({ "kind": "call", "title": "Price", "direction": "outbound", "about": [company.id()] });
        desk.post("/api/v1/activities", call).await.ok();
        let task = desk.post("/api/v1/activities", json!({ "kind": "task", "title": "Send it" })).await.ok();
        desk.press(&format!("/api/v1/activities/{}/complete", task.id())).await.ok();
        desk.post("/api/v1/notes", json!({ "subject": company.id(), "body": "Well" })).await.ok();
        let work = table(&desk, "activity").await;
        let mine = &work["rows"][0];
        assert_eq!((&mine["id"], &mine["values"]), (&json!(desk.ours.member_id), &json!(["1", "0", "1", "1"])));
    }
}

#[tokio::test]
async fn reports_refuse_what_they_cannot_count_and_whoever_may_not_read() {
    for desk in desks().await {
        for (path, refused) in [
            ("conversion?from=2026-02-01&to=2026-01-01", ("from", "period_reversed")),
            ("conversion?from=1990-01-01", ("from", "period_too_long")),
            ("conversion?to=-262143-01-02", ("to", "date_invalid")),
            ("lost?from=%2B262142-12-31&to=%2B262142-12-31", ("from", "date_invalid")),
            ("pipeline?pipeline_id=pip_019abc0123457def8123456789abcdef", ("pipeline_id", "pipeline_unknown")),
        ] {
            assert_eq!(desk.get(&format!("/api/v1/reports/{path}")).await.refused(), refused);
        }
        assert_eq!(desk.get("/api/v1/reports/weather").await.status, StatusCode::NOT_FOUND);
        for (role, path, status) in [
            ("support", "pipeline", StatusCode::FORBIDDEN),
            ("read_only", "pipeline", StatusCode::OK),
            ("sales", "pipeline/export.csv", StatusCode::FORBIDDEN),
        ] {
            let answer = desk.ask(&desk.ours, role, "GET", &format!("/api/v1/reports/{path}"), None, None).await;
            assert_eq!(answer.status, status, "{role} {path}");
        }
    }
}

#[tokio::test]
async fn a_filter_narrows_what_is_counted_and_a_period_moves_with_the_days() {
    for desk in desks().await {
        let stages = stages(&desk).await;
        let (first, name) = (&stages[0], stages[0]["name"].as_str().unwrap().to_owned());
        deal(&desk, first, "100.00", "EUR", Some("2026-05-01")).await;
        let small = deal(&desk, first, "7.00", "EUR", None).await;
        let large = encode(&json!({ "field": "amount", "op": "at_least", "value": "50" }));
        for kind in ["pipeline", "forecast", "conversion", "velocity", "lost"] {
            let all = table(&desk, &format!("{kind}?period=days_7")).await;
            let some = table(&desk, &format!("{kind}?period=days_7&filter={large}")).await;
            let none = encode(&json!({ "field": "name", "op": "contains", "value": "nobody" }));
            let none = table(&desk, &format!("{kind}?period=days_7&filter={none}")).await;
            let first = |table: &Value| {
                table["rows"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .filter_map(|row| row["values"][0].as_str()?.parse::<i64>().ok())
                    .max()
            };
            if ["pipeline", "forecast", "conversion"].contains(&kind) {
                let most = if kind == "forecast" { (1, 1) } else { (2, 1) };
                assert_eq!((first(&all), first(&some)), (Some(most.0), Some(most.1)), "{kind}");
            }
            assert_eq!(first(&none).unwrap_or(0), 0, "{kind}");
        }
        let pipeline = table(&desk, &format!("pipeline?filter={large}")).await;
        assert_eq!(row(&pipeline, &name)["amount EUR"].as_deref(), Some("100.00"));
        desk.post(&format!("/api/v1/deals/{small}/lose"), json!({ "reason": "Late" })).await.ok();
        let lost = table(&desk, "lost?period=month").await;
        assert_eq!(row(&lost, "none")["deals"].as_deref(), Some("1"));
        let lost = table(&desk, &format!("lost?period=month&filter={large}")).await;
        assert_eq!(lost["rows"], json!([]));
        for (query, refused) in [
            ("lost?period=month&from=2026-01-01".to_owned(), ("period", "period_twice")),
            (format!("activity?filter={large}"), ("filter", "no_filter")),
            ("lost?filter=%7B".to_owned(), ("filter", "filter_unreadable")),
        ] {
            assert_eq!(desk.get(&format!("/api/v1/reports/{query}")).await.refused(), refused, "{query}");
        }
    }
}

fn encode(filter: &Value) -> String {
    percent_encoding::utf8_percent_encode(&filter.to_string(), percent_encoding::NON_ALPHANUMERIC).to_string()
}
