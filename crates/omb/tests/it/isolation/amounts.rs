//! A member whose role does not show amounts: whatever they read, no digits of an amount stand in it; what cannot leave
//! them out is refused, and so is whatever would tell them by asking.

use reqwest::Method;
use serde_json::{Value, json};

use super::{filled::Filled, reach::read};
use crate::app::{Client, TestApp};

/// Amounts of the fixture's records, as people and as databases write them.
const PLANTED: [&str; 13] =
    ["84.77", "8477", "254.31", "25431", "37.76", "3776", "45.69", "4569", "91.13", "73.31", "84,77", "37,76", "45,69"];

/// A reader who may do everything else.
async fn reader(app: &TestApp, owner: &Client) -> Client {
    let member = app.member(owner, "read_only").await;
    let table = owner.get("/api/v1/roles").await.ok();
    let fixed = table["fixed"].as_array().unwrap().clone();
    let mut all = serde_json::Map::new();
    for name in table["permissions"].as_array().unwrap().iter().filter(|name| !fixed.contains(name)) {
        all.insert(name.as_str().unwrap().to_owned(), json!(name != "amount.read"));
    }
    owner.send(owner.request(Method::PATCH, "/api/v1/roles/read_only").json(&all)).await.ok();
    member
}

/// The fixture with an amount in a field of the workspace's own.
async fn filled(app: &TestApp) -> Filled {
    let filled = Filled::new(app, "aurora").await;
    let field = json!({ "object": "contact", "key": "budget", "label": "Budget", "kind": "money" });
    filled.owner.post("/api/v1/custom-fields", field).await.ok();
    let path = format!("/api/v1/contacts/{}", filled.id("con"));
    let version = filled.owner.get(&path).await.ok()["version"].clone();
    let budget = |amount: &str| json!({ "custom": { "budget": { "amount": amount, "currency": "EUR" } } });
    filled.owner.patch(&path, &version, budget("91.13")).await.ok();
    let field = json!({ "object": "lead", "key": "budget", "label": "Budget", "kind": "money" });
    filled.owner.post("/api/v1/custom-fields", field).await.ok();
    let path = format!("/api/v1/leads/{}", filled.id("lea"));
    let version = filled.owner.get(&path).await.ok()["version"].clone();
    filled.owner.patch(&path, &version, budget("73.31")).await.ok();
    filled
}

#[tokio::test]
async fn p179_no_digit_of_an_amount_stands_in_anything_that_is_read() {
    for app in TestApp::each().await {
        let filled = filled(&app).await;
        let member = reader(&app, &filled.owner).await;
        // Ids are hexadecimal digits too, and moments have six digits behind their seconds.
        let is_moment = |word: &str| word.strip_suffix('Z').is_some_and(|seconds| seconds.len() > 5);
        let ids = |text: &str| -> String {
            text.split(|c: char| !(c.is_ascii_alphanumeric() || ".,_-".contains(c)))
                .filter(|word| !(word.len() > 20 && word.chars().any(|c| c.is_ascii_alphabetic())))
                .filter(|word| !is_moment(word))
                .collect::<Vec<_>>()
                .join(" ")
        };
        let found = |answers: &[(String, String)]| -> Vec<String> {
            let told = answers.iter().map(|(path, text)| (path, ids(text)));
            told.flat_map(|(path, text)| {
                PLANTED
                    .iter()
                    .filter(move |digits| text.contains(**digits))
                    .map(move |digits| format!("{digits}: {path}"))
            })
            .collect()
        };
        let wrong = found(&read(&member, &filled).await);
        assert!(wrong.is_empty(), "{:?}: {} found: {wrong:#?}", app.kind, wrong.len());
        let seen = found(&read(&filled.owner, &filled).await);
        let missed: Vec<_> = ["84.77", "254.31", "37.76", "45.69", "91.13", "73.31"]
            .iter()
            .filter(|d| !seen.iter().any(|s| s.starts_with(**d)))
            .collect();
        assert!(missed.is_empty(), "{:?}: nobody reads {missed:?}, so nothing is said by its absence", app.kind);
    }
}

#[tokio::test]
async fn what_would_tell_an_amount_is_refused_and_nothing_is_overwritten_by_nothing() {
    for app in TestApp::each().await {
        let filled = filled(&app).await;
        let member = reader(&app, &filled.owner).await;
        let (deal, invoice) = (filled.id("dea"), filled.id("inv issued"));
        for path in [format!("/api/v1/invoices/{invoice}/pdf"), format!("/api/v1/invoices/{invoice}/calculation")] {
            member.get(&path).await.refused(403, "amounts_hidden");
        }
        member.get("/api/v1/payments?sort=-amount").await.refused(403, "amounts_hidden");
        let asked = json!({ "field": "amount", "op": "at_least", "value": "80" }).to_string();
        let query: String = asked.bytes().map(|byte| format!("%{byte:02X}")).collect();
        member.get(&format!("/api/v1/deals?filter={query}")).await.refused(403, "amounts_hidden");
        member.get("/api/v1/contacts?custom.budget.from=91").await.field("custom.budget.from", "unknown_field");
        member.get("/api/v1/contacts?sort=custom.budget").await.field("sort", "unknown_field");
        assert_eq!(member.get("/api/v1/search?q=84").await.ok()["items"], json!([]));
        member.get("/api/v1/deals/groups?aggregate=sum:amount").await.refused(403, "amounts_hidden");
        member
            .post("/api/v1/webhooks", json!({ "url": "https://example.com/in" }))
            .await
            .refused(403, "amounts_hidden");
        let import = format!("/api/v1/imports/{}", filled.id("imp"));
        member.get(&format!("{import}/preview")).await.refused(403, "amounts_hidden");
        member.get(&format!("{import}/refused.csv")).await.refused(403, "amounts_hidden");
        let path = format!("/api/v1/deals/{deal}");
        let none = json!({ "lines": [], "amount_from_lines": true });
        let put = member.request(Method::PUT, &format!("{path}/lines")).header("if-match", "\"1\"").json(&none);
        member.send(put).await.refused(403, "amounts_hidden");
        let contact = format!("/api/v1/contacts/{}", filled.id("con"));
        let version = member.get(&contact).await.ok()["version"].clone();
        let cleared = json!({ "custom": { "budget": null } });
        member.patch(&contact, &version, cleared).await.refused(403, "amounts_hidden");
        let read = member.get(&path).await.ok();
        assert_eq!(read["amount"], json!({ "amount": null, "currency": "EUR" }));
        let set = json!({ "amount": { "amount": "1.00", "currency": "EUR" } });
        member.patch(&path, &read["version"], set).await.refused(403, "amounts_hidden");
        // Lines that name no amount would still make the deal worth what they add up to.
        let none = member.request(Method::PUT, &format!("{path}/lines")).header("If-Match", "\"0\"");
        let none = none.json(&json!({ "lines": [], "amount_from_lines": true }));
        member.send(none).await.refused(403, "amounts_hidden");
        let renamed = member.patch(&path, &read["version"], json!({ "name": "Renamed" })).await.ok();
        assert_eq!(renamed["amount"]["amount"], Value::Null);
        assert_eq!(filled.owner.get(&path).await.ok()["amount"]["amount"], "84.77");
        assert_eq!(filled.owner.get(&contact).await.ok()["custom"]["budget"]["amount"], "91.13");
    }
}

/// What is told in words, or leads to where it is told, passes no list of names.
#[tokio::test]
async fn amounts_in_words_and_ways_to_them_are_kept_back() {
    for app in TestApp::each().await {
        let filled = filled(&app).await;
        let member = reader(&app, &filled.owner).await;
        let told = async |client: &Client| {
            let mails = client.get("/api/v1/mails?limit=200").await.ok();
            let bodies = mails["items"].as_array().unwrap().iter().filter(|mail| mail["body"] != json!([])).count();
            let quote = client.get(&format!("/api/v1/quotes/{}", filled.id("quo sent"))).await.ok();
            let pair = json!({ "survivor": filled.id("con"), "loser": filled.id("con twin") });
            let merged = client.post("/api/v1/merges/preview", pair).await.ok().to_string();
            (bodies > 0, quote["public_url"].is_string(), merged.contains("91.13"))
        };
        assert_eq!(told(&filled.owner).await, (true, true, true), "{:?}", app.kind);
        assert_eq!(told(&member).await, (false, false, false), "{:?}", app.kind);
    }
}
