//! What a deal offers and what becomes of it, through HTTP on both databases.

use reqwest::Method;
use serde_json::{Value, json};

use crate::app::{Answer, Client, TestApp};

async fn put_lines(client: &Client, deal: &str, version: i64, body: Value) -> Answer {
    let request = client.request(Method::PUT, &format!("/api/v1/deals/{deal}/lines"));
    client.send(request.header("if-match", format!("\"{version}\"")).json(&body)).await
}

fn lines(price: &str) -> Value {
    json!({ "lines": [{ "name": "Pads", "quantity": "2", "unit_price": price }], "amount_from_lines": true })
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

async fn deal(owner: &Client) -> String {
    let company =
        owner.post("/api/v1/companies", json!({ "name": "Levante", "email": "a@levante.example" })).await.ok();
    let deal = json!({ "name": "Fleet", "company_id": company["id"] });
    text(&owner.post("/api/v1/deals", deal).await.ok()["id"])
}

fn kinds(timeline: &Value) -> Vec<&str> {
    timeline["items"].as_array().unwrap().iter().map(|entry| entry["kind"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn lines_of_a_deal_are_written_over_what_was_read_and_told_to_whoever_listens() {
    for app in TestApp::each().await {
        let owner = app.owner("Aurora").await;
        let deal = deal(&owner).await;
        let path = format!("/api/v1/deals/{deal}/lines");
        let none = owner.get(&path).await.ok();
        assert_eq!(
            (&none["version"], &none["lines"], &none["amount_from_lines"]),
            (&json!(0), &json!([]), &json!(false))
        );

        // Of two who saw no lines one comes first; the other is told.
        let (one, two) =
            tokio::join!(put_lines(&owner, &deal, 0, lines("10")), put_lines(&owner, &deal, 0, lines("11")));
        let mut told = [one.status.as_u16(), two.status.as_u16()];
        told.sort_unstable();
        assert_eq!(told, [200, 412]);
        let written = owner.get(&path).await.ok();
        assert_eq!((&written["version"], &written["actions"]), (&json!(1), &json!(["update", "quote"])));
        let read = owner.get(&format!("/api/v1/deals/{deal}")).await.ok();
        assert_eq!((&read["amount"], &read["amount_computed"]), (&written["total"], &json!(true)));
        let blind = owner.send(owner.request(Method::PUT, &path).json(&lines("12"))).await;
        assert_eq!(blind.status, 428);
        put_lines(&owner, &deal, 1, lines("12.345")).await.ok();
        assert_eq!(owner.get(&path).await.ok()["total"]["amount"], "24.69");

        let story = owner.get(&format!("/api/v1/timeline?subject={deal}")).await.ok();
        assert_eq!(kinds(&story).iter().filter(|kind| **kind == "deal.lines_changed").count(), 2);
        assert_eq!(
            story["items"][0]["data"],
            json!({ "lines": 1, "amount": { "amount": "24.69", "currency": "EUR" } })
        );
        let audit = owner.get("/api/v1/audit?limit=50").await.ok().to_string();
        assert!(audit.contains("deal.set_lines"), "{audit}");

        // Who may only read, reads; and nobody reaches another workspace's.
        let reader = app.member(&owner, "read_only").await;
        assert_eq!(reader.get(&path).await.ok()["actions"], json!([]));
        put_lines(&reader, &deal, 2, lines("1")).await.refused(403, "forbidden");
        let theirs = app.owner("Boreal").await;
        put_lines(&theirs, &deal, 2, lines("1")).await.refused(404, "not_found");
        theirs.post(&format!("/api/v1/deals/{deal}/quote"), json!({})).await.refused(404, "not_found");
    }
}

#[tokio::test]
async fn a_key_for_quotes_alone_learns_nothing_of_a_deal_by_making_one_of_it() {
    for app in TestApp::each().await {
        let owner = app.owner("Aurora").await;
        let deal = deal(&owner).await;
        put_lines(&owner, &deal, 0, lines("10")).await.ok();
        let key = async |scopes: Value| {
            let key = owner.post("/api/v1/api-keys", json!({ "name": "Shop", "scopes": scopes })).await.ok();
            app.nobody().with_key(key["secret"].as_str().unwrap())
        };
        let path = format!("/api/v1/deals/{deal}/quote");
        key(json!(["quote.edit"])).await.post(&path, json!({})).await.refused(404, "not_found");
        let quote = key(json!(["quote.edit", "deal.read", "amount.read"])).await.post(&path, json!({})).await.ok();
        assert_eq!((&quote["deal"]["name"], &quote["totals"]["net"]["amount"]), (&json!("Fleet"), &json!("20.00")));
    }
}

#[tokio::test]
async fn what_hangs_on_a_deal_is_listed_there_and_on_its_customer_and_has_notes_of_its_own() {
    for app in TestApp::each().await {
        let owner = app.owner("Aurora").await;
        let deal = deal(&owner).await;
        put_lines(&owner, &deal, 0, lines("10")).await.ok();
        let quote = owner.post(&format!("/api/v1/deals/{deal}/quote"), json!({})).await.ok();
        let (quote, company) = (text(&quote["id"]), text(&quote["company_id"]));
        for filter in [format!("deal_id={deal}"), format!("company_id={company}")] {
            let found = owner.get(&format!("/api/v1/quotes?{filter}")).await.ok();
            assert_eq!(found["items"][0]["id"], json!(quote), "{filter}");
        }
        let invoice = json!({ "company_id": company, "deal_id": deal, "lines": [{ "description": "Pads", "quantity": "1",
            "unit_price": "20", "taxes": [] }] });
        let invoice = text(&owner.post("/api/v1/invoices", invoice).await.ok()["id"]);
        for record in [&quote, &invoice] {
            let note = json!({ "subject": record, "body": "They want it by Friday." });
            owner.post("/api/v1/notes", note).await.ok();
            let story = owner.get(&format!("/api/v1/timeline?subject={record}")).await.ok();
            assert_eq!(kinds(&story)[0], "note.created");
            assert!(story["items"][0]["note"]["body"].as_str().unwrap().contains("Friday"));
        }
        // One must be able to read the document to read or write about it.
        let marketing = app.member(&owner, "marketing").await;
        let asked = marketing.get(&format!("/api/v1/timeline?subject={invoice}")).await;
        assert_eq!(asked.status, 404);
        let about = json!({ "subject": invoice, "body": "Seen" });
        assert_eq!(marketing.post("/api/v1/notes", about).await.status, 422);
        let theirs = app.owner("Boreal").await;
        assert_eq!(theirs.get(&format!("/api/v1/timeline?subject={quote}")).await.status, 404);
    }
}
