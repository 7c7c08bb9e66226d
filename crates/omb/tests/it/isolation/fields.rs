//! A member whose role is not shown some fields: whatever they read, nothing that is planted in those fields stands in it;
//! nothing finds, orders or counts by them; and what they write leaves them as they were.

use reqwest::Method;
use serde_json::{Value, json};

use super::{filled::Filled, reach::read};
use crate::app::{Client, TestApp};

/// What stands in the hidden fields of the fixture's records and nowhere else: the record, the field by the name that
/// rights give it, the change that plants it, and the text to look for.
fn planted() -> Vec<(&'static str, &'static str, Value, &'static str)> {
    vec![
        ("con", "email", json!({ "email": "obsidian@hush.example" }), "obsidian@hush"),
        ("con", "email", json!({ "emails": ["agate@hush.example"] }), "agate@hush"),
        ("con", "phone", json!({ "phone": "+34655123987" }), "655123987"),
        ("con", "address", json!({ "city": "Zumaia", "street": "Calle Feldspar 3" }), "Feldspar"),
        ("con", "about", json!({ "about": "Likes peppercorns" }), "peppercorns"),
        ("con", "job_title", json!({ "job_title": "Lapidary" }), "Lapidary"),
        ("con", "birth_date", json!({ "birth_date": "1971-03-19" }), "1971-03-19"),
        ("con", "tags", json!({ "tags": ["malachite"] }), "malachite"),
        ("con", "custom.grade", json!({ "custom": { "grade": "Chalcedony" } }), "Chalcedony"),
        ("com", "legal_name", json!({ "legal_name": "Onyx Holdings" }), "Onyx Holdings"),
        ("com", "phone", json!({ "phone": "+34655123988" }), "655123988"),
        ("com", "website", json!({ "website": "https://carnelian.example" }), "carnelian"),
        ("com", "tax_id", json!({ "country": "ES", "tax_id": "A58818501" }), "A58818501"),
        ("dea", "expected_close", json!({ "expected_close": "2031-07-13" }), "2031-07-13"),
        ("dea", "custom.grade", json!({ "custom": { "grade": "Jasper" } }), "Jasper"),
        ("lea", "email", json!({ "email": "beryl@hush.example" }), "beryl@hush"),
        ("lea", "message", json!({ "message": "About the citrine" }), "citrine"),
        ("rec", "custom.grade", json!({ "custom": { "grade": "Sardonyx" } }), "Sardonyx"),
    ]
}

/// Where the record is read, and what rights call its object.
fn place(filled: &Filled, noun: &str) -> (String, String) {
    let (path, object) = match noun {
        "con" => ("/api/v1/contacts".to_owned(), "contact".to_owned()),
        "com" => ("/api/v1/companies".to_owned(), "company".to_owned()),
        "dea" => ("/api/v1/deals".to_owned(), "deal".to_owned()),
        "lea" => ("/api/v1/leads".to_owned(), "lead".to_owned()),
        _ => ("/api/v1/custom-records".to_owned(), filled.id("obj")),
    };
    (format!("{path}/{}", filled.id(noun)), object)
}

pub(super) async fn change(client: &Client, path: &str, body: Value) -> crate::app::Answer {
    let version = client.get(path).await.ok()["version"].clone();
    client.patch(path, &version, body).await
}

/// Sets rights of a role.
pub(super) async fn take(owner: &Client, role: &str, changes: Value) -> crate::app::Answer {
    let body = json!({ "changes": changes });
    owner.send(owner.request(Method::PATCH, &format!("/api/v1/roles/{role}/fields")).json(&body)).await
}

/// The fixture with the planted values, and a member who may do everything but be shown them.
async fn filled(app: &TestApp) -> (Filled, Client) {
    let filled = Filled::new(app, "aurora").await;
    let mut changes = Vec::new();
    for noun in ["con", "dea", "rec"] {
        let (_, object) = place(&filled, noun);
        let field = json!({ "object": object, "key": "grade", "label": "Grade", "kind": "text" });
        filled.owner.post("/api/v1/custom-fields", field).await.ok();
    }
    for (noun, field, body, _) in planted() {
        let (path, object) = place(&filled, noun);
        change(&filled.owner, &path, body).await.ok();
        let hidden = json!({ "object": object, "field": field, "right": "hidden" });
        if !changes.contains(&hidden) {
            changes.push(hidden);
        }
    }
    let member = app.member(&filled.owner, "read_only").await;
    let table = filled.owner.get("/api/v1/roles").await.ok();
    let fixed = table["fixed"].as_array().unwrap().clone();
    let mut all = serde_json::Map::new();
    for name in table["permissions"].as_array().unwrap().iter().filter(|name| !fixed.contains(name)) {
        all.insert(name.as_str().unwrap().to_owned(), json!(true));
    }
    filled.owner.send(filled.owner.request(Method::PATCH, "/api/v1/roles/read_only").json(&all)).await.ok();
    take(&filled.owner, "read_only", json!(changes)).await.ok();
    (filled, member)
}

#[tokio::test]
async fn p179_nothing_of_a_hidden_field_stands_in_anything_that_is_read() {
    for app in TestApp::each().await {
        let (filled, member) = filled(&app).await;
        let found = |answers: &[(String, String)]| -> Vec<String> {
            let told = |(path, text): &(String, String)| {
                let in_it = planted().into_iter().filter(|(.., word)| text.contains(word));
                in_it.map(|(.., word)| format!("{word}: {path}")).collect::<Vec<_>>()
            };
            answers.iter().flat_map(told).collect()
        };
        let wrong = found(&read(&member, &filled).await);
        assert!(wrong.is_empty(), "{:?}: {} found: {wrong:#?}", app.kind, wrong.len());
        let seen = found(&read(&filled.owner, &filled).await);
        let missed: Vec<_> =
            planted().into_iter().filter(|(.., word)| !seen.iter().any(|s| s.starts_with(word))).collect();
        assert!(missed.is_empty(), "{:?}: nobody reads {missed:?}, so nothing is said by its absence", app.kind);
    }
}

#[tokio::test]
async fn what_is_hidden_is_not_guessed_by_asking() {
    for app in TestApp::each().await {
        let (filled, member) = filled(&app).await;
        let contact = filled.id("con");
        let filter = |field: &str, value: &str| {
            let asked = json!({ "field": field, "op": "is", "value": value }).to_string();
            asked.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>()
        };
        for query in [
            format!("filter={}", filter("email", "obsidian@hush.example")),
            format!("filter={}", filter("city", "Zumaia")),
            "q=obsidian".to_owned(),
            "q=34655123987".to_owned(),
            "q=Zumaia".to_owned(),
            "q=Chalcedony".to_owned(),
        ] {
            let found = async |client: &Client| {
                let list = client.get(&format!("/api/v1/contacts?{query}")).await.ok();
                list["items"].as_array().unwrap().iter().any(|item| item["id"] == json!(contact))
            };
            assert_eq!((found(&filled.owner).await, found(&member).await), (true, false), "{:?}: {query}", app.kind);
        }
        member.get("/api/v1/contacts?sort=custom.grade").await.field("sort", "unknown_field");
        let fields = member.get("/api/v1/filter-fields?noun=contact").await.ok().to_string();
        assert!(!fields.contains("\"email\"") && !fields.contains("grade") && fields.contains("\"owner_id\""));
        let like = json!({ "given_name": "Somebody", "email": "obsidian@hush.example" });
        let likely = async |client: &Client| client.post("/api/v1/contacts/duplicates", like.clone()).await.ok();
        assert_ne!(likely(&filled.owner).await["items"], json!([]), "{:?}", app.kind);
        assert_eq!(likely(&member).await["items"], json!([]), "{:?}", app.kind);
        assert_eq!(member.get("/api/v1/search?q=A58818501").await.ok()["items"], json!([]), "{:?}", app.kind);
        // By their names they are found.
        let person = filled.owner.get(&format!("/api/v1/contacts/{contact}")).await.ok();
        let name = person["given_name"].as_str().unwrap();
        let found = member.get(&format!("/api/v1/search?q={name}")).await.ok();
        let hit = found["items"].as_array().unwrap().iter().find(|hit| hit["id"] == json!(contact)).unwrap();
        assert_eq!(hit["subtitle"], Value::Null, "{:?}", app.kind);
    }
}

#[tokio::test]
async fn what_is_hidden_stays_as_it_was_when_its_record_is_written() {
    for app in TestApp::each().await {
        let (filled, member) = filled(&app).await;
        for (noun, body) in [
            ("con", json!({ "given_name": "Renamed", "email": null, "tags": [] })),
            ("com", json!({ "name": "Renamed" })),
            ("dea", json!({ "name": "Renamed", "expected_close": null })),
            ("lea", json!({ "given_name": "Renamed", "phone": null })),
            ("rec", json!({ "name": "Renamed" })),
        ] {
            let (path, _) = place(&filled, noun);
            let score = |read: &Value| read["score"].clone();
            let before = filled.owner.get(&path).await.ok();
            let answer = change(&member, &path, body).await.ok();
            let after = filled.owner.get(&path).await.ok();
            assert!(after.to_string().contains("Renamed"), "{:?}: {after}", app.kind);
            if noun != "lea" {
                assert_eq!(score(&before), score(&after), "{:?}", app.kind);
            }
            for (.., body, word) in planted().into_iter().filter(|(other, ..)| *other == noun) {
                assert!(after.to_string().contains(word), "{:?}: {body} is gone from {after}", app.kind);
                assert!(!answer.to_string().contains(word), "{:?}: {answer} tells {word}", app.kind);
            }
        }
        // The words it is found by are those of the whole record.
        let found = filled.owner.get("/api/v1/search?q=obsidian").await.ok();
        assert_eq!(found["items"][0]["title"].as_str().map(|name| name.starts_with("Renamed")), Some(true), "{found}");
        let held = filled.owner.get("/api/v1/contacts?custom.grade=Chalcedony").await.ok();
        assert_eq!(held["items"].as_array().map(Vec::len), Some(1), "{:?}: {held}", app.kind);
        // What would need all of it is refused, and what sets a hidden field too.
        let (contact, twin) = (filled.id("con"), filled.id("con twin"));
        let pair = json!({ "survivor": contact, "loser": twin });
        member.post("/api/v1/merges/preview", pair).await.refused(403, "fields_hidden");
        let lead = format!("/api/v1/leads/{}/convert", filled.id("lea"));
        let version = member.get(&place(&filled, "lea").0).await.ok()["version"].clone();
        let convert = member.request(Method::POST, &lead).header("if-match", format!("\"{version}\"")).json(&json!({}));
        member.send(convert).await.refused(403, "fields_hidden");
        let (path, _) = place(&filled, "con");
        change(&member, &path, json!({ "email": "mine@hush.example" })).await.field("email", "field_locked");
        change(&member, &path, json!({ "custom": { "grade": "Flint" } })).await.field("custom.grade", "unknown_field");
        let new = json!({ "given_name": "New", "phone": "+34655123111" });
        member.post("/api/v1/contacts", new).await.field("phone", "field_locked");
    }
}
