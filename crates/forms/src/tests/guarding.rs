//! What is held back, what the sender sees of it, and what becomes of it.

use axum::http::StatusCode;
use chrono::TimeDelta;
use jobs::Runner;
use serde_json::{Value, json};
use store::sql;

use super::{Answer, Desk, desks};

/// What a machine writes.
pub(super) const SPAM: &str = "Casino bonus https://a.example https://b.example https://c.example and bitcoin";

impl Desk {
    /// What is held back, the newest first.
    pub(super) async fn held(&self) -> Vec<Value> {
        self.get("/api/v1/quarantine").await.ok().body["items"].as_array().unwrap().clone()
    }

    /// A browser is shown the page and sends it some seconds later.
    pub(super) async fn browse(&self, page: &str, seconds: i64, typed: &[(&str, &str)]) -> Answer {
        let shown = self.look(page).await.ok();
        self.store.clock().advance(TimeDelta::seconds(seconds));
        let (once, stamp) = (shown.hidden("once"), shown.hidden("stamp"));
        let typed: Vec<_> = typed.iter().copied().chain([("once", &*once), ("stamp", &*stamp)]).collect();
        self.fill(page, &[("origin", "http://localhost")], &typed).await
    }

    pub(super) async fn sweep(&self) {
        self.store.clock().advance(TimeDelta::hours(2));
        crate::jobs(Runner::new(self.store.store.clone()), self.blobs.clone()).sweep_due().await;
    }
}

impl Answer {
    /// The value of a hidden field of the page.
    pub(super) fn hidden(&self, name: &str) -> String {
        let rest = self.text.split_once(&format!("name=\"{name}\" value=\"")).map(|(_, rest)| rest);
        rest.unwrap_or_else(|| panic!("no {name}: {}", self.text)).split('"').next().unwrap().to_owned()
    }
}

pub(super) fn signs(kept: &Value) -> Vec<&str> {
    kept["reasons"].as_array().unwrap().iter().map(|reason| reason["sign"].as_str().unwrap()).collect()
}

pub(super) fn guarded(more: Value) -> Value {
    let mut form = json!({ "guard": {} });
    form.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    form
}

#[tokio::test]
async fn what_looks_like_spam_is_kept_and_told_to_nobody_and_the_sender_sees_the_same_thanks() {
    for desk in desks().await {
        let (id, page) = desk.published(guarded(json!({}))).await;
        let good = desk.browse(&page, 20, &[("email", "eva@a.example"), ("message", "Two vans, please")]).await;
        let bad = desk.browse(&page, 1, &[("email", "bot@b.example"), ("message", SPAM)]).await;
        assert_eq!((good.status, good.header("location")), (bad.status, bad.header("location")));
        assert_eq!(bad.status, StatusCode::SEE_OTHER);
        assert_eq!(desk.leads().await.len(), 1);
        let given = desk.give(&page, &[], json!({ "values": { "email": "e@a.example", "message": SPAM } })).await;
        let fine = desk.give(&page, &[], json!({ "values": { "email": "i@a.example", "message": "Hello" } })).await;
        assert_eq!((given.status, &given.body), (fine.status, &fine.body));
        let held = desk.held().await;
        assert_eq!(held.len(), 2);
        let kept = &held[1];
        assert_eq!(signs(kept), ["stamp_fast", "links", "offer"]);
        let points = kept["reasons"].as_array().unwrap().iter().map(|reason| reason["points"].as_i64().unwrap());
        assert_eq!(kept["points"].as_i64(), Some(points.sum()));
        assert_eq!(kept["answers"][1], json!({ "key": "message", "label": "The message", "value": SPAM }));
        // Nobody hears of it.
        for (kind, count) in [("lead.created", 2), ("form.submitted", 2)] {
            assert_eq!(desk.events(kind).await, count, "{kind}");
        }
        let form = desk.get(&format!("/api/v1/forms/{id}")).await.ok();
        assert_eq!((&form.body["submissions"], &form.body["held"]), (&json!(2), &json!(2)));
        // What was typed is in no other place: not in the trail either.
        let mut tx = desk.tx().await;
        let tenant = tx.tenant_id();
        let trail =
            sql!("SELECT count(*) FROM audit_entry WHERE tenant_id = {} AND action = 'form.quarantine'", tenant);
        assert_eq!(tx.count(trail).await.unwrap(), 2);
        drop(tx);
        let bytes = desk.store.database.bytes_at_rest().await;
        if desk.store.database.kind() == testkit::Kind::Postgres {
            let found = bytes.windows(12).filter(|part| part == b"Casino bonus").count();
            assert_eq!(found, 2, "once for each that is held back");
        }
    }
}

#[tokio::test]
async fn what_is_let_through_becomes_the_lead_it_would_have_been_when_it_was_sent() {
    for desk in desks().await {
        let text =
            json!({ "consent_text": "I agree.", "consent_channels": ["email"], "utm": { "campaign": "spring" } });
        let (_, page) = desk.published(guarded(text)).await;
        let values = json!({ "given_name": "Eva", "email": "eva@a.example", "message": SPAM });
        let sent = json!({ "values": values, "consent": 1, "landing_page": "https://a.example/vans" });
        desk.give(&page, &[("idempotency-key", "k1")], sent.clone()).await.ok();
        // The same again is the same.
        desk.give(&page, &[("idempotency-key", "k1")], sent.clone()).await.ok();
        let kept = desk.held().await;
        assert_eq!((kept.len(), desk.leads().await.len()), (1, 0));
        let (id, at) = (kept[0]["id"].clone(), kept[0]["created_at"].clone());
        desk.store.clock().advance(TimeDelta::days(3));
        let released = desk.post("/api/v1/quarantine/release", json!({ "ids": [id] })).await.ok();
        let lead = desk.leads().await.remove(0);
        assert_eq!(released.body["lead_ids"], json!([lead["id"]]));
        assert_eq!((&lead["created_at"], &lead["consent"]["given_at"]), (&at, &at));
        assert_eq!((&lead["message"], &lead["utm"]["campaign"]), (&json!(SPAM), &json!("spring")));
        assert_eq!(lead["landing_page"], "https://a.example/vans");
        assert_eq!(lead["owner"], Value::Null, "whoever lets it through is not its maker");
        let submission = desk.get("/api/v1/submissions").await.ok().body["items"][0].clone();
        assert_eq!((&submission["created_at"], &submission["consent_channels"]), (&at, &json!(["email"])));
        assert_eq!(desk.held().await.len(), 0);
        assert_eq!(desk.events("lead.created").await, 1);
        // It is gone from there, and a repeat of the sending still is one.
        let again = desk.post("/api/v1/quarantine/release", json!({ "ids": [id] })).await;
        assert_eq!(again.status, StatusCode::NOT_FOUND);
        desk.give(&page, &[("idempotency-key", "k1")], sent).await.ok();
        assert_eq!((desk.leads().await.len(), desk.held().await.len()), (1, 0));
    }
}

#[tokio::test]
async fn what_is_said_to_be_spam_can_be_taken_back_for_a_day_and_all_of_it_goes_after_thirty() {
    for desk in desks().await {
        let (_, page) = desk.published(guarded(json!({}))).await;
        for at in 0..3 {
            let values = json!({ "email": format!("bot{at}@b.example"), "message": format!("{SPAM} {at}") });
            desk.give(&page, &[], json!({ "values": values })).await.ok();
        }
        let ids: Vec<Value> = desk.held().await.iter().map(|kept| kept["id"].clone()).collect();
        desk.post("/api/v1/quarantine/reject", json!({ "ids": ids[..2] })).await.ok();
        let gone = desk.get("/api/v1/quarantine?rejected=true").await.ok();
        assert_eq!((desk.held().await.len(), gone.body["items"].as_array().unwrap().len()), (1, 2));
        desk.post("/api/v1/quarantine/restore", json!({ "ids": [ids[0]] })).await.ok();
        assert_eq!(desk.held().await.len(), 2);
        desk.sweep().await;
        desk.store.clock().advance(TimeDelta::days(1));
        desk.sweep().await;
        let restored = desk.post("/api/v1/quarantine/restore", json!({ "ids": [ids[1]] })).await;
        assert_eq!(restored.status, StatusCode::NOT_FOUND, "it is erased");
        assert_eq!(desk.held().await.len(), 2);
        desk.store.clock().advance(TimeDelta::days(30));
        desk.sweep().await;
        assert_eq!(desk.held().await.len(), 0);
        let mut tx = desk.tx().await;
        let tenant = tx.tenant_id();
        for table in ["web_form_quarantine", "web_form_trace"] {
            let query = match table {
                "web_form_trace" => sql!("SELECT count(*) FROM web_form_trace WHERE tenant_id = {}", tenant),
                _ => sql!("SELECT count(*) FROM web_form_quarantine WHERE tenant_id = {}", tenant),
            };
            assert_eq!(tx.count(query).await.unwrap(), 0, "{table}");
        }
        assert_eq!(desk.leads().await.len(), 0);
    }
}

#[tokio::test]
async fn a_form_may_demand_a_key_and_what_comes_with_one_of_ours_is_taken_as_it_is() {
    for desk in desks().await {
        let (_, page) = desk.published(json!({ "guard": { "key_required": true } })).await;
        let body = json!({ "values": { "email": "e@a.example", "message": SPAM } });
        assert_eq!(desk.give(&page, &[], body.clone()).await.body["code"], "api_key_required");
        let key =
            |who: &identity::Established, role: &str| format!("Bearer {}/{}/{role}", who.tenant_id, who.member_id);
        for wrong in ["Bearer nobody".to_owned(), key(&desk.theirs, "marketing")] {
            let refused = desk.give(&page, &[("authorization", &wrong)], body.clone()).await;
            assert_eq!(refused.body["code"], "api_key_unknown", "{wrong}");
        }
        let lacks = desk.give(&page, &[("authorization", &key(&desk.ours, "support"))], body.clone()).await;
        assert_eq!(lacks.status, StatusCode::FORBIDDEN);
        assert_eq!(desk.leads().await.len(), 0);
        desk.give(&page, &[("authorization", &key(&desk.ours, "marketing"))], body).await.ok();
        assert_eq!((desk.leads().await.len(), desk.held().await.len()), (1, 0));
        // The page is for people, with or without keys.
        let sent = desk.browse(&page, 20, &[("email", "eva@a.example")]).await;
        assert_eq!((sent.status, desk.leads().await.len()), (StatusCode::SEE_OTHER, 2));
    }
}

#[tokio::test]
async fn only_who_may_review_sees_it_and_another_tenant_nothing() {
    for desk in desks().await {
        let (_, page) = desk.published(guarded(json!({}))).await;
        let values = json!({ "email": "e@a.example", "message": SPAM });
        // What no lead can have is not held back: nobody could let it through.
        let long = json!({ "values": values, "utm": { "campaign": "x".repeat(201) } });
        assert_eq!(desk.give(&page, &[], long).await.refused(), ("utm.campaign", "too_long"));
        desk.give(&page, &[], json!({ "values": values })).await.ok();
        let id = desk.held().await[0]["id"].as_str().unwrap().to_owned();
        for path in ["/api/v1/quarantine".to_owned(), format!("/api/v1/quarantine/{id}")] {
            for (role, status) in [("sales", 200), ("marketing", 200), ("support", 403), ("read_only", 403)] {
                assert_eq!(
                    desk.ask_as(&desk.ours, role, "GET", &path, Value::Null).await.status,
                    status,
                    "{role} {path}"
                );
            }
        }
        let theirs = desk.ask(&desk.theirs, "GET", "/api/v1/quarantine", 0, Value::Null).await.ok();
        assert_eq!(theirs.body["items"], json!([]));
        for verb in ["release", "reject", "restore"] {
            let path = format!("/api/v1/quarantine/{verb}");
            let strange = desk.ask(&desk.theirs, "POST", &path, 0, json!({ "ids": [id] })).await;
            assert_eq!(strange.status, StatusCode::NOT_FOUND, "{verb}");
            assert_eq!(desk.post(&path, json!({ "ids": [] })).await.refused(), ("ids", "count_invalid"));
        }
    }
}
