//! What is sealed, through HTTP: nothing of it lies in the open at rest, and the master key changes under load.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};

use serde_json::{Value, json};
use store::{Sql, sql};

use crate::{
    app::{Client, PASSWORD, TestApp, sign_up},
    identity::keys::anybody,
};

/// Spanish companies' ids that appear nowhere else.
const TENANT: &str = "A58818501";
const ISSUER: &str = "A28599033";
const COMPANY: &str = "A28015865";

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

/// Everything at rest that holds a text, in words for a failing test.
#[track_caller]
fn absent(bytes: &[u8], text: &str, what: &str) {
    let at = bytes.windows(text.len()).position(|window| window == text.as_bytes());
    if let Some(at) = at {
        let near = String::from_utf8_lossy(&bytes[at.saturating_sub(200)..(at + 60).min(bytes.len())]).into_owned();
        panic!("{what} lies in the open: {near:?}");
    }
}

/// A company whose owner is signed in, with its own tax id.
async fn owner(app: &TestApp, name: &str, tax_id: &str) -> Client {
    let email = format!("owner@{}.example", name.to_lowercase());
    let mut form = sign_up(name, &email);
    form["tax_id"] = tax_id.into();
    identity::establish(&app.store, serde_json::from_value(form).unwrap()).await.unwrap();
    let client = app.nobody();
    client.post("/api/v1/session", json!({ "email": email, "password": PASSWORD })).await.ok();
    app.work().await;
    client
}

async fn sent_quote(client: &Client, app: &TestApp) -> Value {
    let contact =
        client.post("/api/v1/contacts", json!({ "given_name": "Lucía", "email": "lucia@levante.example" })).await.ok();
    let tax = json!([{ "category": "S", "rate": "21", "name": "IVA", "withheld": false, "exemption_code": null }]);
    let line = json!({ "description": "Pads", "quantity": "1", "unit_price": "37.76", "taxes": tax });
    let quote = client
        .post("/api/v1/quotes", json!({ "title": "Brakes", "contact_id": contact["id"], "lines": [line] }))
        .await
        .ok();
    let quote = client.post(&format!("/api/v1/quotes/{}/send", quote["id"].as_str().unwrap()), json!({})).await.ok();
    app.work().await;
    quote
}

#[tokio::test]
async fn p176_p086_tax_ids_and_the_links_of_quotes_lie_nowhere_in_the_open() {
    for app in TestApp::each().await {
        let ana = owner(&app, "Faro", TENANT).await;
        let entity = ana.get("/api/v1/fiscal-entities").await.ok()["items"][0].clone();
        let path = format!("/api/v1/fiscal-entities/{}", entity["id"].as_str().unwrap());
        ana.patch(&path, &entity["version"], json!({ "tax_id": ISSUER })).await.ok();
        // With a key for "do this once", whose answer is kept.
        let request = ana.request(reqwest::Method::POST, "/api/v1/companies").header("idempotency-key", "once-1");
        let body = json!({ "name": "Levante", "country": "ES", "tax_id": COMPANY });
        let company = ana.send(request.json(&body)).await.ok();
        let request = ana.request(reqwest::Method::POST, "/api/v1/companies").header("idempotency-key", "once-1");
        assert_eq!(ana.send(request.json(&body)).await.ok()["id"], company["id"], "and given again");
        let name = json!({ "name": "Levante Norte" });
        let path = format!("/api/v1/companies/{}", company["id"].as_str().unwrap());
        ana.patch(&path, &company["version"], name).await.ok();
        app.work().await;

        let bytes = app.bytes_at_rest().await;
        assert!(holds(&bytes, "Levante Norte"), "what is not sealed is found, so the search for it works");
        for (text, what) in [(TENANT, "the tenant's id"), (ISSUER, "the issuer's id"), (COMPANY, "the company's id")] {
            absent(&bytes, text, what);
            absent(&bytes, &text.to_lowercase(), what);
        }
        // It is used as before.
        assert_eq!(ana.get(&path).await.ok()["tax_id"], COMPANY);
        assert_eq!(ana.get("/api/v1/tenant").await.ok()["tax_id"], TENANT);
        for typed in [COMPANY, "a-28015865", "A28 015 865", "levante A28015865"] {
            let query = typed.replace(' ', "%20");
            let found = ana.get(&format!("/api/v1/search?q={query}")).await.ok();
            assert_eq!(found["items"][0]["id"], company["id"], "{typed}: {found}");
            let found = ana.get(&format!("/api/v1/companies?q={query}")).await.ok();
            assert_eq!(found["items"].as_array().unwrap().len(), 1, "{typed}");
        }
        let twin = json!({ "name": "Twin", "country": "ES", "tax_id": COMPANY });
        ana.post("/api/v1/companies", twin).await.field("tax_id", "tax_id_taken");

        let quote = sent_quote(&ana, &app).await;
        let link = quote["public_url"].as_str().unwrap();
        let token = link.rsplit('/').next().unwrap();
        assert!(token.len() == 43 && app.nobody().get(&format!("/q/{token}")).await.status.is_success());
        absent(&app.bytes_at_rest().await, token, "the quote's link");
        app.finish().await;
    }
}

#[tokio::test]
async fn p024_the_audit_trail_and_those_who_may_not_change_it_see_a_masked_tax_id() {
    for app in TestApp::each().await {
        let ana = owner(&app, "Faro", TENANT).await;
        let reader = app.member(&ana, "read_only").await;
        assert_eq!(ana.get("/api/v1/tenant").await.ok()["tax_id"], TENANT);
        let shown = reader.get("/api/v1/tenant").await.ok()["tax_id"].as_str().unwrap().to_owned();
        assert!(!shown.contains(&TENANT[..5]) && shown.ends_with("501"), "{shown}");
        let company = json!({ "name": "Levante", "country": "ES", "tax_id": COMPANY });
        ana.post("/api/v1/companies", company).await.ok();
        let trail = ana.get("/api/v1/audit").await.ok().to_string();
        assert!(trail.contains("company.create") && !trail.contains(COMPANY) && !trail.contains(TENANT), "{trail}");
        app.finish().await;
    }
}

#[tokio::test]
async fn p176_what_stood_in_the_open_is_sealed_at_the_next_start() {
    for app in TestApp::each().await {
        let ana = owner(&app, "Faro", TENANT).await;
        let mut companies = Vec::new();
        for (name, tax_id) in [("Levante", COMPANY), ("Poniente", ISSUER)] {
            let body = json!({ "name": name, "country": "ES", "tax_id": tax_id });
            companies.push(ana.post("/api/v1/companies", body).await.ok());
        }
        let quote = sent_quote(&ana, &app).await;
        let token = quote["public_url"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
        // As an earlier version left it.
        let mut tx = app.store.begin(&anybody(&ana).await).await.unwrap();
        for (company, tax_id) in companies.iter().zip([COMPANY, ISSUER]) {
            let name = company["name"].as_str().unwrap();
            let open = sql!(
                "UPDATE company SET tax_id_open = {}, tax_id = NULL, tax_id_index = NULL WHERE name = {}",
                tax_id,
                name
            );
            assert_eq!(tx.execute(open).await.unwrap(), 1);
            let id: crm::company::CompanyId = company["id"].as_str().unwrap().parse().unwrap();
            let document = store::search::Document::new("company", id, name).text(Some(tax_id));
            tx.index(document).await.unwrap();
        }
        tx.execute(sql!("UPDATE tenant SET tax_id_open = {}, tax_id = NULL", TENANT)).await.unwrap();
        tx.execute(sql!("UPDATE fiscal_entity SET tax_id_open = {}, tax_id = NULL", TENANT)).await.unwrap();
        tx.execute(sql!("UPDATE quote SET public_token_open = {}, public_token = NULL", token.clone())).await.unwrap();
        tx.commit().await.unwrap();
        let mut platform = app.store.platform().await.unwrap();
        platform.execute(Sql::new("DELETE FROM start_step")).await.unwrap();
        platform.commit().await.unwrap();
        assert!(holds(&app.bytes_at_rest().await, COMPANY) && holds(&app.bytes_at_rest().await, &token));

        app.another_node().migrate().await.unwrap();
        let bytes = app.bytes_at_rest().await;
        for text in [COMPANY, ISSUER, &COMPANY.to_lowercase(), &ISSUER.to_lowercase(), &token] {
            absent(&bytes, text, "what was sealed");
        }
        for (company, tax_id) in companies.iter().zip([COMPANY, ISSUER]) {
            let path = format!("/api/v1/companies/{}", company["id"].as_str().unwrap());
            assert_eq!(ana.get(&path).await.ok()["tax_id"], *tax_id);
            let found = ana.get(&format!("/api/v1/search?q={tax_id}")).await.ok();
            assert_eq!(found["items"][0]["id"], company["id"], "{found}");
        }
        assert_eq!(ana.get("/api/v1/tenant").await.ok()["tax_id"], TENANT);
        let path = format!("/api/v1/quotes/{}", quote["id"].as_str().unwrap());
        assert_eq!(ana.get(&path).await.ok()["public_url"], quote["public_url"]);
        let twin = json!({ "name": "Twin", "country": "ES", "tax_id": COMPANY });
        ana.post("/api/v1/companies", twin).await.field("tax_id", "tax_id_taken");
        app.finish().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p178_the_master_key_changes_under_load_and_no_request_notices() {
    for app in TestApp::each().await {
        let app = Arc::new(app);
        let ana = owner(&app, "Faro", TENANT).await;
        for i in 0..10 {
            owner(&app, &format!("Founded{i}"), TENANT).await;
        }
        let (stop, done) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
        let load: Vec<_> = (0..3)
            .map(|task| {
                let (app, ana, stop, done) = (app.clone(), ana.clone(), stop.clone(), done.clone());
                tokio::spawn(async move {
                    let mut round = 0;
                    while !stop.load(Ordering::Relaxed) {
                        // Seals and opens, sends a quote, and founds a workspace, whose key is wrapped meanwhile.
                        let quote = sent_quote(&ana, &app).await;
                        let token = quote["public_url"].as_str().unwrap().rsplit('/').next().unwrap();
                        assert!(app.nobody().get(&format!("/q/{token}")).await.status.is_success());
                        let fresh = owner(&app, &format!("Task{task}Round{round}"), COMPANY).await;
                        assert_eq!(fresh.get("/api/v1/tenant").await.ok()["tax_id"], COMPANY);
                        round += 1;
                        done.fetch_add(1, Ordering::Relaxed);
                    }
                })
            })
            .collect();
        let reached = |count| {
            let done = done.clone();
            async move {
                while done.load(Ordering::Relaxed) < count {
                    tokio::task::yield_now().await;
                }
            }
        };
        reached(2).await;
        let operator = app.another_node();
        let before = operator.key_use().await.unwrap();
        let rotation = operator.rotate_master_key(|_, _| {}).await.unwrap();
        assert!(rotation.new_key && rotation.rewrapped >= 11, "{rotation:?}");
        while let Err(error) = operator.retire_master_keys().await {
            assert!(matches!(error, store::keys::RotateError::StillUsed { .. }), "{error}");
            operator.rotate_master_key(|_, _| {}).await.unwrap();
        }
        let now = done.load(Ordering::Relaxed);
        reached(now + 2).await;
        stop.store(true, Ordering::Relaxed);
        for task in load {
            task.await.unwrap();
        }
        let after = app.another_node().key_use().await.unwrap();
        assert_eq!(after.len(), 1, "{after:?}");
        assert_ne!(after[0].id, before[0].id, "the old key is gone");
        assert_eq!(ana.get("/api/v1/tenant").await.ok()["tax_id"], TENANT);
    }
}
