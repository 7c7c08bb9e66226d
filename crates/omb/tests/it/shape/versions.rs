//! Lost updates and needless reads: every change of a record names the version it changes, every record says its version
//! and answers 304 to who has it. And once is once: a POST with an `Idempotency-Key` has one effect and one answer.

use reqwest::Method;
use serde_json::{Value, json};

use super::operations::operations;
use crate::app::{Client, TestApp};

/// Changes that need no `If-Match`, each with its reason.
const WITHOUT_A_VERSION: &[(&str, &str)] = &[
    ("role_update", "one permission of one role is set to a value; the same again is the same"),
    ("role_reach_update", "how far one role sees one noun is set to a value; the same again is the same"),
    ("role_field_update", "what is taken of a field is set to a value; the same again is the same"),
    ("sending_identity_set", "put whole: the last one to write says what stands"),
    ("notification_setting_set", "put whole, by the person it is for"),
    ("duplicate_rule_set", "put whole: the last one to write says what stands"),
    ("me_picture_put", "put whole, by the person it shows"),
    ("view_choose", "put whole, by the person it is for"),
];

/// Records that carry no version, each with its reason.
const WITHOUT_AN_ETAG: &[(&str, &str)] = &[
    ("import_get", "its counters move while it runs"),
    ("mail_get", "never changed by anybody; its state moves while it is sent"),
    ("payment_get", "never changed: it can only be voided"),
];

#[tokio::test]
async fn every_change_names_the_version_it_changes() {
    for app in TestApp::each().await {
        let owner = app.owner("Versions").await;
        let mut wrong = Vec::new();
        let mut asked = 0;
        for (method, path, id) in operations() {
            if method != Method::PATCH && method != Method::PUT {
                continue;
            }
            let answer = owner.send(owner.request(method.clone(), &path).json(&json!({}))).await;
            let demanded = answer.status == 428 && answer.body["code"] == "if_match_required";
            asked += 1;
            if demanded == WITHOUT_A_VERSION.iter().any(|(listed, _)| *listed == id) {
                wrong.push(format!("{id}: {method} {path} answered {} {}", answer.status, answer.body));
            }
        }
        assert!(asked > 10 && wrong.is_empty(), "{:?}: {wrong:#?}", app.kind);
    }
}

/// The first record of each list that has one, of the demo business, with the path it is read by.
async fn records(client: &Client) -> Vec<(String, String)> {
    let mut found =
        vec![("me_get".to_owned(), "/api/v1/me".to_owned()), ("tenant_get".into(), "/api/v1/tenant".into())];
    let document = serde_json::to_value(omb::domains::description()).unwrap();
    for (path, item) in document["paths"].as_object().unwrap() {
        let is_read = |list: &&str| *list == "/api/v1/stages" || !document["paths"][*list]["get"].is_null();
        let Some(list) = path.strip_suffix("/{id}").filter(|list| !list.contains('{')).filter(is_read) else {
            continue;
        };
        let Some(id) = item["get"]["operationId"].as_str() else { continue };
        let first = if list == "/api/v1/stages" {
            client.get("/api/v1/pipelines").await.ok()["items"][0]["stages"][0]["id"].clone()
        } else {
            client.get(&format!("{list}?limit=1")).await.ok()["items"][0]["id"].clone()
        };
        if let Some(first) = first.as_str() {
            found.push((id.to_owned(), format!("{list}/{first}")));
        }
    }
    found
}

async fn demo(app: &TestApp) -> Client {
    omb::demo::tell(&app.store).await.unwrap();
    let client = app.nobody();
    let (email, password) = (omb::command::demo::EMAIL, omb::command::demo::PASSWORD);
    client.post("/api/v1/session", json!({ "email": email, "password": password })).await.ok();
    client
}

#[tokio::test]
async fn every_record_says_its_version_and_is_not_sent_twice_nor_changed_unseen() {
    for app in TestApp::each().await {
        let owner = demo(&app).await;
        let records = records(&owner).await;
        assert!(records.len() >= 10, "{records:?}");
        let mut wrong = Vec::new();
        for (id, path) in &records {
            wrong.extend(amiss(&owner, id, path).await);
        }
        assert!(wrong.is_empty(), "{:?}: {wrong:#?}", app.kind);
    }
}

/// What is wrong with how a record is read and changed.
async fn amiss(owner: &Client, id: &str, path: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let answer = owner.get(path).await;
    let etag = answer.headers.get("etag").cloned();
    if etag.is_none() {
        if !WITHOUT_AN_ETAG.iter().any(|(listed, _)| *listed == id) {
            wrong.push(format!("{id} has no ETag"));
        }
        return wrong;
    }
    let again = owner.request(Method::GET, path).header("if-none-match", etag.clone().unwrap());
    let again = owner.send(again).await;
    if again.status != 304 || !again.bytes.is_empty() || again.headers.get("etag") != etag.as_ref() {
        wrong.push(format!("{id} answered {} to If-None-Match", again.status));
    }
    let other = owner.send(owner.request(Method::GET, path).header("if-none-match", "\"999999\"")).await;
    if other.status != 200 {
        wrong.push(format!("{id} answered {} to another version", other.status));
    }
    // A member's role is the one field that a change cannot leave out.
    let change = if id == "member_get" { json!({ "role": "sales" }) } else { json!({}) };
    let stale = owner.request(Method::PATCH, path).header("if-match", "\"999999\"").json(&change);
    let stale = owner.send(stale).await;
    // What cannot be changed at all says so.
    if ![412, 405, 404].contains(&stale.status.as_u16()) && stale.body["code"] != "read_only" {
        wrong.push(format!("{id} answered {} {} to a stale change", stale.status, stale.body["code"]));
    }
    wrong
}

/// What a new record is sent as; `n` tells one from the next.
fn creations(company: &Value, deal: &Value) -> Vec<(&'static str, Value)> {
    let tax = json!([{ "category": "S", "rate": "21", "name": "IVA", "withheld": false, "exemption_code": null }]);
    let lines = json!([{ "description": "Labour", "quantity": "1", "unit_price": "26.80", "taxes": tax }]);
    vec![
        ("/api/v1/companies", json!({ "name": "Once" })),
        ("/api/v1/contacts", json!({ "given_name": "Once", "email": "once@example.com" })),
        ("/api/v1/deals", json!({ "name": "Once", "company_id": company })),
        ("/api/v1/pipelines", json!({ "name": "Once" })),
        ("/api/v1/quotes", json!({ "title": "Once", "deal_id": deal, "lines": lines })),
        ("/api/v1/invoices", json!({ "company_id": company, "lines": lines })),
        ("/api/v1/invitations", json!({ "email": "once@members.example", "role": "sales" })),
    ]
}

async fn total(client: &Client, path: &str) -> usize {
    let mut count = 0;
    let mut query = format!("{path}?limit=100");
    loop {
        let page = client.get(&query).await.ok();
        count += page["items"].as_array().unwrap().len();
        match page["next_cursor"].as_str() {
            Some(cursor) => query = format!("{path}?limit=100&cursor={cursor}"),
            None => return count,
        }
    }
}

#[tokio::test]
async fn the_same_key_twice_is_one_effect_and_one_answer() {
    for app in TestApp::each().await {
        let owner = demo(&app).await;
        let company = owner.get("/api/v1/companies?limit=1").await.ok()["items"][0]["id"].clone();
        let deal = owner.get("/api/v1/deals?limit=1").await.ok()["items"][0]["id"].clone();
        for (n, (path, body)) in creations(&company, &deal).into_iter().enumerate() {
            let send = |body: &Value| {
                owner.request(Method::POST, path).header("idempotency-key", format!("once-{n}")).json(body)
            };
            let before = total(&owner, path).await;
            let first = owner.send(send(&body)).await;
            assert_eq!(first.status, 201, "{path}: {}", first.body);
            let second = owner.send(send(&body)).await;
            assert_eq!((second.status, &second.bytes), (first.status, &first.bytes), "{path}");
            assert_eq!(second.headers["idempotent-replayed"], "true");
            assert_eq!(total(&owner, path).await, before + 1, "{path}");
            let mut other = body.clone();
            other["name"] = json!("Another");
            owner.send(send(&other)).await.field("Idempotency-Key", "idempotency_key_reused");
        }
    }
}
