//! Random trees over a few records against the plainest reading of them: the same on both databases.

use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, TestRunner},
};
use serde_json::{Value, json};

use super::asked;
use crate::{field::custom::tests::field_of, tests::desks};

/// A record and what it holds: a tag or not, a city or not, a level or not.
type Held = (&'static str, Option<&'static str>, Option<&'static str>, Option<&'static str>);

const RECORDS: [Held; 6] = [
    ("A", Some("vip"), Some("Lugo"), Some("c001")),
    ("B", Some("vip"), None, Some("c002")),
    ("C", None, Some("Lugo"), None),
    ("D", None, Some("Vigo"), Some("c001")),
    ("E", None, None, None),
    ("F", Some("old"), Some("Vigo"), Some("c002")),
];

fn leaf() -> impl Strategy<Value = Value> {
    let city = prop::sample::select(vec!["Lugo", "Vigo", "Nowhere"]);
    let level = prop::sample::select(vec!["c001", "c002"]);
    let tag = prop::sample::select(vec!["vip", "old"]);
    prop_oneof![
        (city, prop::sample::select(vec!["is", "is_not", "contains", "not_contains"]))
            .prop_map(|(city, op)| json!({ "field": "city", "op": op, "value": city })),
        (level, prop::sample::select(vec!["is", "is_not"]))
            .prop_map(|(level, op)| json!({ "field": "custom.level", "op": op, "value": level })),
        (tag, prop::sample::select(vec!["any_of", "none_of"]))
            .prop_map(|(tag, op)| json!({ "field": "tags", "op": op, "value": [tag] })),
        (prop::sample::select(vec!["city", "custom.level", "tags"]), prop::sample::select(vec!["empty", "filled"]))
            .prop_map(|(field, op)| json!({ "field": field, "op": op })),
    ]
}

fn tree() -> impl Strategy<Value = Value> {
    leaf().prop_recursive(3, 12, 3, |inner| {
        let parts = prop::collection::vec(inner.clone(), 0..3);
        prop_oneof![
            parts.clone().prop_map(|parts| json!({ "all": parts })),
            parts.prop_map(|parts| json!({ "any": parts })),
            inner.prop_map(|part| json!({ "not": part })),
        ]
    })
}

/// Does the record fit?
fn fits(tree: &Value, record: &Held) -> bool {
    let (_, tag, city, level) = record;
    if let Some(parts) = tree["all"].as_array() {
        return parts.iter().all(|part| fits(part, record));
    }
    if let Some(parts) = tree["any"].as_array() {
        return parts.iter().any(|part| fits(part, record));
    }
    if tree.get("not").is_some() {
        return !fits(&tree["not"], record);
    }
    let held = match tree["field"].as_str().unwrap() {
        "city" => city,
        "tags" => tag,
        _ => level,
    };
    let value = tree["value"].as_str().or(tree["value"][0].as_str());
    match tree["op"].as_str().unwrap() {
        "empty" => held.is_none(),
        "filled" => held.is_some(),
        "is" | "contains" | "any_of" => *held == value,
        _ => *held != value,
    }
}

#[tokio::test]
async fn any_tree_finds_what_its_plainest_reading_finds() {
    for desk in desks().await {
        let level = json!({ "object": "contact", "label": "Level", "kind": "choice", "choices": ["Gold", "Silver"] });
        field_of(&desk, level).await;
        for (name, tag, city, level) in RECORDS {
            let tags: Vec<&str> = tag.into_iter().collect();
            let body = json!({ "given_name": name, "tags": tags, "city": city, "custom": { "level": level } });
            desk.post("/api/v1/contacts", body).await.ok();
        }
        let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::default() });
        for _ in 0..150 {
            let tree = tree().new_tree(&mut runner).unwrap().current();
            let expected: Vec<&str> =
                RECORDS.iter().filter(|record| fits(&tree, record)).map(|(name, ..)| *name).collect();
            assert_eq!(asked(&desk, "/api/v1/contacts?sort=name", &tree).await.ok().each("name"), expected, "{tree}");
        }
    }
}
