//! Why somebody sees a record: each way that is told is one by which it opens, and who does not see it is told nothing.

use serde_json::{Value, json};

use super::reach::narrowed;
use crate::app::{Client, TestApp};

/// `kind` of each way, with what it names.
async fn why(client: &Client, record: &Value) -> Vec<String> {
    let sight = client.get(&format!("/api/v1/access/{}", record["id"].as_str().unwrap())).await.ok();
    let told = |way: &Value| {
        let names = [&way["sense"], &way["teams"][0], &way["record"]["name"]];
        let names: Vec<&str> = names.into_iter().filter_map(Value::as_str).collect();
        format!("{} {}", way["kind"].as_str().unwrap(), names.join(" ")).trim().to_owned()
    };
    sight["ways"].as_array().unwrap().iter().map(told).collect()
}

#[tokio::test]
async fn p179_each_record_answers_why_its_reader_sees_it() {
    for app in TestApp::each().await {
        let owner = app.owner("aurora").await;
        let (one, other) = (narrowed(&app, &owner, "team").await, app.member(&owner, "sales").await);
        let mut ids = Vec::new();
        for client in [&one, &other] {
            ids.push(client.get("/api/v1/me").await.ok()["member"]["id"].clone());
        }
        let company = one.post("/api/v1/companies", json!({ "name": "Mistral" })).await.ok();
        let below = json!({ "name": "Mistral Sur", "parent_id": company["id"] });
        let below = owner.post("/api/v1/companies", below).await.ok();
        let person = json!({ "given_name": "Iris", "company_id": company["id"] });
        let person = owner.post("/api/v1/contacts", person).await.ok();
        let deal = other.post("/api/v1/deals", json!({ "name": "Fleet" })).await.ok();
        let team = owner.post("/api/v1/teams", json!({ "name": "Levante", "members": ids })).await.ok();

        assert_eq!(why(&owner, &company).await, ["everything"]);
        assert_eq!(why(&one, &company).await, ["own owner"]);
        assert_eq!(why(&other, &company).await, ["team owner Levante"]);
        assert_eq!(why(&other, &below).await, ["record Mistral"]);
        assert_eq!(why(&other, &person).await, ["record Mistral"]);
        assert_eq!(why(&one, &deal).await, ["team owner Levante"]);

        let path = format!("/api/v1/teams/{}", team["id"].as_str().unwrap());
        owner.patch(&path, &json!(1), json!({ "members": [ids[0]] })).await.ok();
        for record in [&company, &below, &person] {
            let path = format!("/api/v1/access/{}", record["id"].as_str().unwrap());
            other.get(&path).await.refused(404, "not_found");
        }
        owner.get("/api/v1/access/com_019abc0123457def8123456789abcdef").await.refused(404, "not_found");
        owner.get("/api/v1/access/whatever").await.refused(404, "not_found");
    }
}
