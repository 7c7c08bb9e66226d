//! Relations of custom fields that point at a record that is merged.

use serde_json::json;

use super::*;
use crate::{
    field::custom::tests::field_of,
    merge::{links, relations},
    object::tests::{object, record},
};

async fn pointing(desk: &Desk, at: &str) -> Vec<String> {
    let related = desk.get(&format!("/api/v1/related?record={at}")).await.ok();
    let items =
        related.body["items"].as_array().unwrap().iter().flat_map(|one| one["items"].as_array().unwrap().clone());
    items.map(|one| one["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn what_pointed_at_the_loser_points_at_the_survivor_until_the_merge_is_undone() {
    for desk in desks().await {
        let vehicles = object(&desk, "Vehicle", "Vehicles").await;
        field_of(&desk, json!({ "object": vehicles, "label": "Keeper", "kind": "relation", "target": "contact" }))
            .await;
        field_of(&desk, json!({ "object": "deal", "label": "Referee", "kind": "relation", "target": "contact" })).await;
        field_of(&desk, json!({ "object": "contact", "label": "Boss", "kind": "relation", "target": "contact" })).await;
        let (ana, twin, deal) = two(&desk).await;
        let van = record(&desk, &vehicles, "Van", json!({ "keeper": twin })).await.ok().id();
        record(&desk, &vehicles, "Car", json!({ "keeper": ana })).await.ok();
        let version = desk.get(&format!("/api/v1/deals/{deal}")).await.ok().body["version"].as_i64().unwrap();
        desk.patch(&format!("/api/v1/deals/{deal}"), version, json!({ "custom": { "referee": twin } })).await.ok();
        // The two know each other: neither comes to point at itself.
        desk.patch(&format!("/api/v1/contacts/{ana}"), 1, json!({ "custom": { "boss": twin } })).await.ok();

        let preview = json!({ "survivor": ana, "loser": twin });
        let preview = desk.post("/api/v1/merges/preview", preview).await.ok();
        let relations = json!({ "noun": "custom_value", "count": 2 });
        assert!(preview.body["moves"].as_array().unwrap().contains(&relations), "{preview:?}");
        let merge = desk.merging(&ana, &twin, &[]).await.ok();
        let read = desk.get(&format!("/api/v1/custom-records/{van}")).await.ok();
        assert_eq!((&read.body["custom"]["keeper"], &read.body["version"]), (&json!(ana), &json!(2)));
        assert_eq!(pointing(&desk, &ana).await, ["Deal", "Car", "Van"]);
        let list = format!("/api/v1/custom-objects/{vehicles}/records?sort=name&custom.keeper");
        assert_eq!(desk.get(&format!("{list}={ana}")).await.each("name"), ["Car", "Van"]);
        assert_eq!(desk.get(&format!("/api/v1/deals/{deal}")).await.ok().body["custom"]["referee"], json!(ana));
        assert_eq!(desk.of(&ana).await.ok().body["custom"]["boss"], json!(twin));

        let undone = desk.press(&format!("/api/v1/merges/{}/undo", merge.id())).await.ok();
        let returned = undone.body["undone"]["returned"].as_array().unwrap().iter();
        let relations = returned.filter(|moved| moved["noun"] == "custom_value");
        assert_eq!(relations.map(|moved| moved["count"].as_i64().unwrap()).sum::<i64>(), 2, "{undone:?}");
        let read = desk.get(&format!("/api/v1/custom-records/{van}")).await.ok();
        assert_eq!(read.body["custom"]["keeper"], json!(twin));
        assert_eq!(desk.get(&format!("{list}={ana}")).await.each("name"), ["Car"]);
        assert_eq!(desk.get(&format!("{list}={twin}")).await.each("name"), ["Van"]);
        assert_eq!(desk.get(&format!("/api/v1/deals/{deal}")).await.ok().body["custom"]["referee"], json!(twin));
    }
}

/// What a merge moves is named to people: the words of the web are by table.
#[test]
fn all_that_a_merge_moves_has_a_word() {
    let words = concat!(env!("CARGO_MANIFEST_DIR"), "/../../web/src/locales/en/duplicates.json");
    let words: Value = serde_json::from_str(&std::fs::read_to_string(words).unwrap()).unwrap();
    let moved = links::LINKS.iter().map(|link| link.table).chain([relations::TABLE]);
    let nameless: Vec<&str> = moved.filter(|table| !words["moved"][table].is_string()).collect();
    assert_eq!(nameless, Vec::<&str>::new());
}
