//! Scores and their reasons.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Answer, Desk, desks};

fn adds_up(lead: &Value) -> i64 {
    let reasons = lead["score_reasons"].as_array().unwrap();
    let sum: i64 = reasons.iter().map(|reason| reason["points"].as_i64().unwrap()).sum();
    assert_eq!(lead["score"].as_i64().unwrap(), sum, "{lead}");
    sum
}

async fn score_by(desk: &Desk, rules: Value) -> Answer {
    let setting = json!({ "scoring": rules, "assignment": {} });
    let version = desk.get("/api/v1/lead-settings").await.ok().body["version"].as_i64();
    desk.ask(&desk.ours, "owner", "PUT", "/api/v1/lead-settings", version, Some(setting)).await
}

#[tokio::test]
async fn the_reasons_shown_add_up_to_the_score() {
    for desk in desks().await {
        let free = desk.post("/api/v1/leads", json!({ "given_name": "Eva", "email": "eva@gmail.com" })).await.ok();
        assert_eq!(adds_up(&free.body), 5);
        let good = json!({ "given_name": "Eva", "email": "eva@aurora.example", "phone": "612345678", "company_name": "Aurora" });
        let good = desk.post("/api/v1/leads", good).await.ok();
        assert_eq!(adds_up(&good.body), 60);
        let less = desk.patch(&format!("/api/v1/leads/{}", good.id()), 1, json!({ "phone": null })).await.ok();
        assert_eq!(adds_up(&less.body), 45);
        let list = desk.get("/api/v1/leads?sort=-score").await.ok();
        assert_eq!(list.each("id"), [good.id(), free.id()]);
        assert!(list.body["items"].as_array().unwrap().iter().all(|lead| adds_up(lead) != 0));
    }
}

#[tokio::test]
async fn each_condition_counts_where_it_holds_and_nowhere_else() {
    for desk in desks().await {
        let rules = json!([
            { "when": { "look": "source", "value": "Trade Fair" }, "points": 1 },
            { "when": { "look": "country", "value": "ES, PT" }, "points": 2 },
            { "when": { "look": "message", "value": "vans" }, "points": 4 },
            { "when": { "look": "answer", "value": "yes" }, "points": 8 },
            { "when": { "look": "page", "value": "/fleet" }, "points": 16 },
            { "when": { "look": "campaign", "value": "spring" }, "points": 32 },
            { "when": { "look": "has_consent" }, "points": 64 },
            { "when": { "look": "has_phone" }, "points": -100 },
        ]);
        score_by(&desk, rules).await.ok();
        let all = json!({ "given_name": "Eva", "source": "trade fair", "country": "PT", "message": "Twelve VANS", "phone": "+351912345678",
            "answers": [{ "question": "Soon?", "answer": "Yes, soon" }], "landing_page": "https://x.example/Fleet",
            "utm": { "campaign": "Spring" }, "consent": { "text": "Yes", "version": "1", "given_from": "fair" } });
        let all = desk.post("/api/v1/leads", all).await.ok();
        assert_eq!(adds_up(&all.body), 27);
        let none = desk.post("/api/v1/leads", json!({ "given_name": "Eva" })).await.ok();
        assert_eq!((adds_up(&none.body), &none.body["score_reasons"]), (0, &json!([])));
    }
}

#[tokio::test]
async fn changed_rules_score_the_open_leads_again_and_disturb_nobody_who_writes() {
    for desk in desks().await {
        let lead = desk.post("/api/v1/leads", json!({ "given_name": "Eva", "country": "ES" })).await.ok();
        let gone = desk.post("/api/v1/leads", json!({ "given_name": "Gone", "country": "ES" })).await.ok();
        desk.post(&format!("/api/v1/leads/{}/convert", gone.id()), json!({})).await.ok();
        score_by(&desk, json!([{ "when": { "look": "country", "value": "ES" }, "points": 33 }])).await.ok();
        desk.work().await;
        let path = format!("/api/v1/leads/{}", lead.id());
        let again = desk.get(&path).await.ok();
        assert_eq!((adds_up(&again.body), &again.body["version"]), (33, &json!(1)));
        desk.patch(&path, 1, json!({ "given_name": "Ada" })).await.ok();
        assert_eq!(desk.get(&format!("/api/v1/leads/{}", gone.id())).await.ok().body["score"], json!(10));
    }
}

#[tokio::test]
async fn a_recent_lead_grows_old_by_night() {
    for desk in desks().await {
        let lead = desk.post("/api/v1/leads", json!({ "given_name": "Eva" })).await.ok();
        assert_eq!(adds_up(&lead.body), 10);
        let mut tx = desk.tx().await;
        let (tenant, long_ago) = (tx.tenant_id(), tx.now() - chrono::TimeDelta::days(20));
        let age = store::sql!("UPDATE lead SET created_at = {} WHERE tenant_id = {}", long_ago, tenant);
        tx.execute(age).await.unwrap();
        tx.commit().await.unwrap();
        crate::jobs(jobs::Runner::new(desk.store.store.clone())).sweep_due().await;
        desk.work().await;
        assert_eq!(adds_up(&desk.get(&format!("/api/v1/leads/{}", lead.id())).await.ok().body), 0);
    }
}

#[tokio::test]
async fn rules_that_say_nothing_are_refused() {
    for desk in desks().await {
        for (rule, field, code) in [
            (json!({ "when": { "look": "has_phone" }, "points": 0 }), "scoring.0.points", "points_invalid"),
            (json!({ "when": { "look": "has_phone" }, "points": 101 }), "scoring.0.points", "points_invalid"),
            (json!({ "when": { "look": "country" }, "points": 1 }), "scoring.0.when.value", "required"),
            (
                json!({ "when": { "look": "country", "value": "ES, QQ" }, "points": 1 }),
                "scoring.0.when.value",
                "country_unknown",
            ),
            (
                json!({ "when": { "look": "recent", "value": "soon" }, "points": 1 }),
                "scoring.0.when.value",
                "days_invalid",
            ),
            (
                json!({ "when": { "look": "message", "value": "!!" }, "points": 1 }),
                "scoring.0.when.value",
                "words_needed",
            ),
        ] {
            assert_eq!(score_by(&desk, json!([rule])).await.refused(), (field, code), "{rule}");
        }
        assert_eq!(desk.get("/api/v1/lead-settings").await.ok().body["version"], json!(0));
        score_by(&desk, json!([])).await.ok();
        let stale = json!({ "scoring": [], "assignment": {} });
        let stale = desk.ask(&desk.ours, "owner", "PUT", "/api/v1/lead-settings", Some(0), Some(stale)).await;
        assert_eq!(stale.status, 412, "of two who edit the rules, the second is told");
        let sales = desk.ask(
            &desk.ours,
            "sales",
            "PUT",
            "/api/v1/lead-settings",
            Some(1),
            Some(json!({ "scoring": [], "assignment": {} })),
        );
        assert_eq!(sales.await.status, 403);
    }
}

proptest! {
    /// Whatever the points, the sum of the reasons is what the rules that hold give.
    #[test]
    fn reasons_are_the_rules_that_hold(points in proptest::collection::vec(-100_i64..=100, 0..20)) {
        use crate::setting::rule::{LeadCondition, LeadLook, ScoreRule};
        let looks = [LeadLook::HasPhone, LeadLook::HasCompany, LeadLook::HasConsent, LeadLook::FreeEmail];
        let rules: Vec<ScoreRule> = points.iter().enumerate().map(|(at, points)| ScoreRule {
            when: LeadCondition { look: looks[at % looks.len()], value: None }, points: *points,
        }).collect();
        let lead = super::sample::lead_with_a_phone_and_a_company();
        let reasons = crate::setting::rule::reasons(&rules, &lead, lead.created_at);
        let expected: i64 = points.iter().enumerate().filter(|(at, _)| at % 4 < 2).map(|(_, points)| points).sum();
        prop_assert_eq!(reasons.iter().map(|reason| reason.points).sum::<i64>(), expected);
    }
}
