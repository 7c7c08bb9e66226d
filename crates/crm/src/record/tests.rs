//! Records of custom objects through their routes, on both databases.

use axum::http::StatusCode;
use serde_json::json;

use super::found;
use crate::{
    field::custom::tests::field_of,
    object::tests::{object, record},
    tests::desks,
};

#[tokio::test]
async fn a_record_is_made_changed_found_deleted_and_brought_back() {
    for desk in desks().await {
        let vehicles = object(&desk, "Vehicle", "Vehicles").await;
        field_of(&desk, json!({ "object": vehicles, "label": "Plate", "kind": "text", "required": true })).await;
        field_of(&desk, json!({ "object": vehicles, "label": "Price", "kind": "money" })).await;
        assert_eq!(record(&desk, &vehicles, "Van", json!({})).await.refused(), ("custom.plate", "required"));
        assert_eq!(
            record(&desk, &vehicles, "Van", json!({ "plate": "Q", "colour": "red" })).await.refused(),
            ("custom.colour", "unknown_field")
        );
        assert_eq!(record(&desk, &vehicles, " ", json!({ "plate": "Q" })).await.refused(), ("name", "required"));
        let van = record(&desk, &vehicles, "Furgón 3", json!({ "plate": "4821 KLM" })).await.ok();
        assert_eq!(van.body["actions"], json!(["update", "delete"]));
        let path = format!("/api/v1/custom-records/{}", van.id());
        let price = json!({ "price": { "amount": "18000.00", "currency": "EUR" } });
        let changed = desk.patch(&path, 1, json!({ "name": "Furgón 4", "custom": price })).await.ok();
        assert_eq!((changed.text("name").as_str(), &changed.body["custom"]["plate"]), ("Furgón 4", &json!("4821 KLM")));
        assert_eq!(desk.patch(&path, 1, json!({ "name": "Late" })).await.status, StatusCode::PRECONDITION_FAILED);
        for text in ["furgon", "4821"] {
            let found = desk.get(&format!("/api/v1/search?q={text}")).await.ok();
            let hit = &found.body["items"][0];
            assert_eq!(
                (&hit["id"], &hit["noun"], &hit["subtitle"]),
                (&json!(van.id()), &json!("record"), &json!("Vehicle"))
            );
        }
        let timeline = desk.get(&format!("/api/v1/timeline?subject={}", van.id())).await.ok();
        assert_eq!(timeline.each("kind"), ["custom_record.updated", "custom_record.created"]);
        assert_eq!(timeline.body["items"][0]["subject_name"], "Furgón 4");
        desk.delete(&path).await.ok();
        assert_eq!(desk.patch(&path, 3, json!({ "name": "Gone" })).await.conflict(), "record_deleted");
        assert!(desk.get("/api/v1/search?q=furgon").await.each("id").is_empty());
        let records = format!("/api/v1/custom-objects/{vehicles}/records");
        assert!(desk.get(&records).await.each("id").is_empty());
        assert_eq!(desk.get(&format!("{records}?deleted=true")).await.each("id"), [van.id()]);
        desk.press(&format!("{path}/restore")).await.ok();
        assert_eq!(desk.get(&format!("{records}?q=furg")).await.each("id"), [van.id()]);
        assert_eq!(desk.they("GET", &path, None).await.status, StatusCode::NOT_FOUND);
        for (role, allowed) in [
            ("read_only", StatusCode::FORBIDDEN),
            ("support", StatusCode::FORBIDDEN),
            ("sales", StatusCode::NO_CONTENT),
        ] {
            assert_eq!(desk.ask(&desk.ours, role, "DELETE", &path, None, None).await.status, allowed, "{role}");
        }
    }
}

#[tokio::test]
async fn records_of_one_object_are_listed_narrowed_and_ordered_apart_from_those_of_another() {
    for desk in desks().await {
        let (vehicles, policies) =
            (object(&desk, "Vehicle", "Vehicles").await, object(&desk, "Policy", "Policies").await);
        for owner in [&vehicles, &policies] {
            field_of(&desk, json!({ "object": owner, "label": "Year", "kind": "number" })).await;
        }
        for (name, year) in [("Álamo", 2020), ("Boj", 2024), ("cedro", 2022)] {
            record(&desk, &vehicles, name, json!({ "year": year })).await.ok();
            record(&desk, &policies, name, json!({ "year": year })).await.ok();
        }
        let listed = |query: &str| {
            let path = format!("/api/v1/custom-objects/{vehicles}/records?{query}");
            let desk = &desk;
            async move { desk.get(&path).await.ok().each("name") }
        };
        assert_eq!(listed("sort=name").await, ["Álamo", "Boj", "cedro"]);
        assert_eq!(listed("sort=-custom.year").await, ["Boj", "cedro", "Álamo"]);
        assert_eq!(listed("custom.year.from=2021&sort=name").await, ["Boj", "cedro"]);
        assert_eq!(listed("q=alamo").await, ["Álamo"]);
        let first = desk.get(&format!("/api/v1/custom-objects/{vehicles}/records?sort=name&limit=2")).await.ok();
        let next = listed(&format!("sort=name&limit=2&cursor={}", first.text("next_cursor"))).await;
        assert_eq!(next, ["cedro"]);
    }
}

#[tokio::test]
async fn a_search_in_one_object_is_not_crowded_out_by_another() {
    for desk in desks().await {
        let (vehicles, policies) =
            (object(&desk, "Vehicle", "Vehicles").await, object(&desk, "Policy", "Policies").await);
        let ours = record(&desk, &vehicles, "Zebedee", json!({})).await.ok().id();
        for n in 0..4 {
            record(&desk, &policies, &format!("Zebedee {n}"), json!({})).await.ok();
        }
        let (object, mut tx) = (vehicles.parse().unwrap(), desk.tx().await);
        for most in [2, 4, 50] {
            let found = found(&mut tx, object, "zebedee", most).await.unwrap();
            assert!(found.contains(&ours.parse().unwrap()), "at most {most}");
        }
        drop(tx);
        assert_eq!(desk.get(&format!("/api/v1/custom-objects/{vehicles}/records?q=zebedee")).await.each("id"), [ours]);
    }
}

#[tokio::test]
async fn a_relation_reaches_records_of_its_own_object_only_and_is_seen_from_the_other_end() {
    for desk in desks().await {
        let (vehicles, policies) =
            (object(&desk, "Vehicle", "Vehicles").await, object(&desk, "Policy", "Policies").await);
        let keeper = json!({ "object": vehicles, "label": "Keeper", "kind": "relation", "target": "contact" });
        field_of(&desk, keeper).await;
        let covers = json!({ "object": policies, "label": "Covers", "kind": "relation", "target": vehicles });
        field_of(&desk, covers).await;
        let eva = desk.post("/api/v1/contacts", json!({ "given_name": "Eva" })).await.ok();
        let van = record(&desk, &vehicles, "Van", json!({ "keeper": eva.id() })).await.ok();
        assert_eq!(van.body["custom_names"][eva.id()], "Eva");
        let policy = record(&desk, &policies, "P-1", json!({ "covers": van.id() })).await.ok();
        assert_eq!(policy.body["custom_names"][van.id()], "Van");
        let wrong = record(&desk, &policies, "P-2", json!({ "covers": policy.id() })).await;
        assert_eq!(wrong.refused(), ("custom.covers", "record_unknown"));
        let of_eva = desk.get(&format!("/api/v1/related?record={}", eva.id())).await.ok();
        let relation = &of_eva.body["items"][0];
        assert_eq!((&relation["plural"], &relation["label"]), (&json!("Vehicles"), &json!("Keeper")));
        assert_eq!(relation["items"], json!([{ "id": van.id(), "name": "Van" }]));
        let of_van = desk.get(&format!("/api/v1/related?record={}", van.id())).await.ok();
        assert_eq!(of_van.body["items"][0]["items"], json!([{ "id": policy.id(), "name": "P-1" }]));
        // What was deleted points at nothing any more, and stays readable where it is pointed at.
        desk.delete(&format!("/api/v1/custom-records/{}", van.id())).await.ok();
        assert_eq!(desk.get(&format!("/api/v1/related?record={}", eva.id())).await.ok().body["items"], json!([]));
        let read = desk.get(&format!("/api/v1/custom-records/{}", policy.id())).await.ok();
        assert_eq!(read.body["custom_names"][van.id()], "Van");
        assert_eq!(
            desk.they("GET", &format!("/api/v1/related?record={}", eva.id()), None).await.status,
            StatusCode::NOT_FOUND
        );
    }
}

#[tokio::test]
async fn a_board_has_a_column_for_each_choice_and_one_for_none() {
    for desk in desks().await {
        let vehicles = object(&desk, "Vehicle", "Vehicles").await;
        let state = field_of(
            &desk,
            json!({ "object": vehicles, "label": "State", "kind": "choice", "choices": ["Road", "Workshop", "Sold"] }),
        )
        .await;
        let choice = |n: usize| state.body["choices"][n]["id"].clone();
        for (name, at) in [("A", Some(0)), ("B", Some(1)), ("C", Some(1)), ("D", None)] {
            let custom = at.map_or(json!({}), |at| json!({ "state": choice(at) }));
            record(&desk, &vehicles, name, custom).await.ok();
        }
        // The sold are no longer offered, and none is sold: the column goes.
        let offered =
            json!({ "choices": [{ "id": choice(0), "label": "Road" }, { "id": choice(1), "label": "Workshop" }] });
        desk.patch(&format!("/api/v1/custom-fields/{}", state.id()), 1, offered).await.ok();
        let board = desk.get(&format!("/api/v1/custom-objects/{vehicles}/board?field=state")).await.ok();
        let columns: Vec<(String, Vec<String>)> = board.body["columns"]
            .as_array()
            .unwrap()
            .iter()
            .map(|column| {
                let names = column["items"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|record| record["name"].as_str().unwrap().to_owned());
                (column["label"].as_str().unwrap_or("none").to_owned(), names.collect())
            })
            .collect();
        let expected: [(&str, &[&str]); 3] = [("none", &["D"]), ("Road", &["A"]), ("Workshop", &["C", "B"])];
        assert_eq!(columns.len(), 3);
        for ((label, names), (wanted, of)) in columns.iter().zip(expected) {
            assert_eq!(
                (label.as_str(), names.as_slice()),
                (wanted, of.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>().as_slice())
            );
        }
        let first = desk.get(&format!("/api/v1/custom-objects/{vehicles}/board")).await.ok();
        assert_eq!(first.body, board.body, "the first field of a choice, unless another is named");
        let other = desk.get(&format!("/api/v1/custom-objects/{vehicles}/board?field=name")).await;
        assert_eq!(other.refused(), ("field", "unknown_field"));
    }
}
