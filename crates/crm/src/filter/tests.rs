//! Filters through the routes of lists, on both databases, and against a model.

mod model;

use serde_json::{Value, json};

use crate::{
    field::custom::tests::field_of,
    object::tests::{object, record},
    tests::{Answer, Desk, desks},
};

fn encoded(filter: &Value) -> String {
    percent_encoding::utf8_percent_encode(&filter.to_string(), percent_encoding::NON_ALPHANUMERIC).to_string()
}

pub(super) async fn asked(desk: &Desk, list: &str, filter: &Value) -> Answer {
    let sign = if list.contains('?') { '&' } else { '?' };
    desk.get(&format!("{list}{sign}filter={}", encoded(filter))).await
}

async fn names(desk: &Desk, filter: Value) -> Vec<String> {
    let mut names = asked(desk, "/api/v1/contacts?sort=name", &filter).await.ok().each("name");
    names.sort();
    names
}

async fn people(desk: &Desk) {
    let level = json!({ "object": "contact", "label": "Level", "kind": "choice", "choices": ["Gold", "Silver"] });
    field_of(desk, level).await;
    field_of(desk, json!({ "object": "contact", "label": "Spent", "kind": "money" })).await;
    field_of(desk, json!({ "object": "contact", "label": "Renewal", "kind": "date" })).await;
    field_of(
        desk,
        json!({ "object": "contact", "label": "Likes", "kind": "multi_choice", "choices": ["Tea", "Coffee"] }),
    )
    .await;
    let me = desk.ours.member_id.to_string();
    for body in [
        json!({ "given_name": "Ana", "city": "València", "country": "ES", "tags": ["vip", "north"], "owner_id": me,
            "custom": { "level": "c001", "spent": { "amount": "100.00", "currency": "EUR" }, "likes": ["c001", "c002"] } }),
        json!({ "given_name": "Bea", "city": "MADRID", "tags": ["vip"], "owner_id": null, "birth_date": "1990-05-01",
            "custom": { "level": "c002", "spent": { "amount": "250.00", "currency": "EUR" }, "likes": ["c001"] } }),
        json!({ "given_name": "Cruz", "email": "Cruz@Example.com", "custom": { "renewal": "2026-12-01",
            "spent": { "amount": "9000.00", "currency": "MXN" } } }),
        json!({ "given_name": "Dídac 100%", "job_title": "Head_of" }),
    ] {
        desk.post("/api/v1/contacts", body).await.ok();
    }
}

#[tokio::test]
async fn conditions_of_every_kind_find_whom_they_mean() {
    for desk in desks().await {
        people(&desk).await;
        let leaf = |field: &str, op: &str, value: Value| json!({ "field": field, "op": op, "value": value });
        for (filter, found) in [
            (leaf("name", "contains", json!("DIDAC")), vec!["Dídac 100%"]),
            (leaf("job_title", "contains", json!("d_o")), vec!["Dídac 100%"]),
            (leaf("job_title", "contains", json!("d%o")), vec![]),
            (leaf("city", "is", json!("madrid")), vec!["Bea"]),
            (leaf("city", "is_not", json!("madrid")), vec!["Ana", "Cruz", "Dídac 100%"]),
            (leaf("city", "starts_with", json!("val")), vec!["Ana"]),
            (leaf("city", "empty", Value::Null), vec!["Cruz", "Dídac 100%"]),
            (leaf("city", "any_of", json!(["MADRID", "Paris"])), vec!["Bea"]),
            (leaf("email", "is", json!("cruz@example.com")), vec!["Cruz"]),
            (leaf("tags", "any_of", json!(["north", "vip"])), vec!["Ana", "Bea"]),
            (leaf("tags", "all_of", json!(["north", "vip"])), vec!["Ana"]),
            (leaf("tags", "none_of", json!(["north"])), vec!["Bea", "Cruz", "Dídac 100%"]),
            (leaf("tags", "empty", Value::Null), vec!["Cruz", "Dídac 100%"]),
            (leaf("owner_id", "is", json!("me")), vec!["Ana", "Bea", "Cruz", "Dídac 100%"]),
            (leaf("owner_id", "is_not", json!("me")), vec![]),
            (leaf("owner_id", "empty", Value::Null), vec![]),
            (leaf("birth_date", "between", json!(["1990-01-01", "1990-12-31"])), vec!["Bea"]),
            (leaf("birth_date", "before", json!("1990-05-01")), vec![]),
            (leaf("created_at", "last_days", json!(1)), vec!["Ana", "Bea", "Cruz", "Dídac 100%"]),
            (leaf("created_at", "older_than_days", json!(1)), vec![]),
            (leaf("custom.level", "is", json!("c001")), vec!["Ana"]),
            (leaf("custom.level", "is_not", json!("c001")), vec!["Bea", "Cruz", "Dídac 100%"]),
            (leaf("custom.level", "filled", Value::Null), vec!["Ana", "Bea"]),
            (leaf("custom.spent", "at_least", json!("200")), vec!["Bea"]),
            (leaf("custom.spent", "at_least", json!({ "amount": "1.00", "currency": "MXN" })), vec!["Cruz"]),
            (leaf("custom.spent", "between", json!(["50", "150"])), vec!["Ana"]),
            (leaf("custom.renewal", "after", json!("2026-11-30")), vec!["Cruz"]),
            (leaf("custom.likes", "all_of", json!(["c001", "c002"])), vec!["Ana"]),
            (leaf("custom.likes", "any_of", json!(["c001", "c002"])), vec!["Ana", "Bea"]),
            (leaf("custom.likes", "none_of", json!(["c002"])), vec!["Bea", "Cruz", "Dídac 100%"]),
            (json!({ "all": [] }), vec!["Ana", "Bea", "Cruz", "Dídac 100%"]),
            (json!({ "any": [] }), vec![]),
            (
                json!({ "all": [leaf("tags", "any_of", json!(["vip"])), { "any": [leaf("city", "is", json!("madrid")),
                    leaf("custom.level", "is", json!("c002"))] }] }),
                vec!["Bea"],
            ),
            (
                json!({ "not": { "all": [leaf("tags", "any_of", json!(["vip"])), leaf("city", "is", json!("madrid"))] } }),
                vec!["Ana", "Cruz", "Dídac 100%"],
            ),
        ] {
            assert_eq!(names(&desk, filter.clone()).await, found, "{filter}");
        }
        let theirs = format!("/api/v1/contacts?filter={}", encoded(&leaf("name", "filled", Value::Null)));
        assert!(desk.they("GET", &theirs, None).await.ok().each("name").is_empty());
    }
}

#[tokio::test]
async fn addresses_links_and_numbers_are_found_by_a_part_as_people_write_it() {
    for desk in desks().await {
        for (label, kind) in [("Work mail", "email"), ("Page", "link"), ("Mobile", "phone")] {
            field_of(&desk, json!({ "object": "contact", "label": label, "kind": kind })).await;
        }
        let held = json!({ "work_mail": "Ana.Ruiz@Faro-Azul.example", "page": "https://Faro.example/Team", "mobile": "+34 612 345 678" });
        let ana = json!({ "given_name": "Ana", "phone": "+34 911 222 333", "custom": held });
        desk.post("/api/v1/contacts", ana).await.ok();
        desk.post("/api/v1/contacts", json!({ "given_name": "Bea" })).await.ok();
        let leaf = |field: &str, op: &str, value: &str| json!({ "field": field, "op": op, "value": value });
        for (field, op, value) in [
            ("custom.work_mail", "contains", "@faro-azul"),
            ("custom.work_mail", "starts_with", "ANA.ruiz"),
            ("custom.page", "contains", "Faro.example/te"),
            ("custom.page", "starts_with", "https://faro"),
            ("custom.mobile", "contains", "612 345"),
            ("custom.mobile", "starts_with", "+34 (612)"),
            ("phone", "contains", "911 22"),
            ("phone", "is", "+34 911 222 333"),
        ] {
            assert_eq!(names(&desk, leaf(field, op, value)).await, ["Ana"], "{field} {op} {value}");
        }
        assert_eq!(names(&desk, leaf("custom.work_mail", "not_contains", "@faro-azul")).await, ["Bea"]);
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_filter_is_said_with_its_place() {
    for desk in desks().await {
        let level = json!({ "object": "contact", "label": "Level", "kind": "choice", "choices": ["Gold"] });
        field_of(&desk, level).await;
        let deep = (0..7).fold(json!({ "field": "name", "op": "filled" }), |inner, _| json!({ "all": [inner] }));
        let many: Vec<Value> = (0..41).map(|_| json!({ "field": "name", "op": "filled" })).collect();
        for (filter, field, code) in [
            (json!(3), "filter", "filter_unreadable"),
            (json!({ "all": 3 }), "filter.all", "filter_unreadable"),
            (json!({ "all": [3] }), "filter.all.0", "filter_unreadable"),
            (json!({ "any": [{ "field": "shoe", "op": "is" }] }), "filter.any.0.field", "unknown_field"),
            (json!({ "field": "custom.gone", "op": "is", "value": "a" }), "filter.field", "unknown_field"),
            (json!({ "field": "name", "op": "contains", "value": "%" }), "filter.value", "wrong_type"),
            (json!({ "field": "name", "op": "smells" }), "filter.op", "op_unknown"),
            (json!({ "field": "name", "op": "last_days", "value": 3 }), "filter.op", "op_unknown"),
            (json!({ "field": "created_at", "op": "last_days", "value": "a" }), "filter.value", "wrong_type"),
            (json!({ "not": { "field": "owner_id", "op": "is", "value": "com_1" } }), "filter.not.value", "wrong_type"),
            (json!({ "field": "language", "op": "any_of", "value": ["es", "de"] }), "filter.value.1", "wrong_type"),
            (json!({ "field": "custom.level", "op": "is", "value": "c009" }), "filter.value", "wrong_type"),
            (json!({ "field": "name", "op": "is", "value": "a", "or": 1 }), "filter", "filter_unreadable"),
            (json!({ "all": many }), "filter.all.40", "too_many"),
        ] {
            assert_eq!(asked(&desk, "/api/v1/contacts", &filter).await.refused(), (field, code), "{filter}");
        }
        assert_eq!(asked(&desk, "/api/v1/contacts", &deep).await.refused().1, "too_deep");
        // Groups that ask nothing are counted too: a chain of a thousand is more than a database parses.
        let hollow: Vec<Value> = (0..1_500).map(|_| json!({ "all": [] })).collect();
        assert_eq!(asked(&desk, "/api/v1/contacts", &json!({ "all": hollow })).await.refused().1, "too_many");
        assert_eq!(desk.get("/api/v1/contacts?filter=%7B").await.refused(), ("filter", "filter_unreadable"));
    }
}

#[tokio::test]
async fn every_list_takes_the_filters_that_its_catalogue_offers() {
    for desk in desks().await {
        let vehicles = object(&desk, "Vehicle", "Vehicles").await;
        field_of(&desk, json!({ "object": vehicles, "label": "Year", "kind": "number" })).await;
        record(&desk, &vehicles, "Van", json!({ "year": "2020" })).await.ok();
        record(&desk, &vehicles, "Car", json!({ "year": "2024" })).await.ok();
        desk.post("/api/v1/deals", json!({ "name": "Fleet", "amount": { "amount": "80.00", "currency": "EUR" } }))
            .await
            .ok();
        desk.post("/api/v1/companies", json!({ "name": "Aurora", "country": "ES" })).await.ok();
        for (list, noun, filter, found) in [
            ("/api/v1/deals", "deal", json!({ "field": "amount", "op": "at_least", "value": "80" }), vec!["Fleet"]),
            ("/api/v1/deals", "deal", json!({ "field": "amount", "op": "at_least", "value": "80.01" }), vec![]),
            ("/api/v1/deals", "deal", json!({ "field": "state", "op": "is", "value": "open" }), vec!["Fleet"]),
            ("/api/v1/companies", "company", json!({ "field": "country", "op": "is", "value": "es" }), vec!["Aurora"]),
            (
                &format!("/api/v1/custom-objects/{vehicles}/records"),
                &vehicles,
                json!({ "field": "custom.year", "op": "at_least", "value": "2021" }),
                vec!["Car"],
            ),
        ] {
            assert_eq!(asked(&desk, list, &filter).await.ok().each("name"), found, "{filter}");
            let fields = desk.get(&format!("/api/v1/filter-fields?noun={noun}")).await.ok();
            assert!(fields.each("name").contains(&filter["field"].as_str().unwrap().to_owned()), "{noun}");
            // Whatever is offered can be asked.
            for field in fields.body["items"].as_array().unwrap() {
                let empty = json!({ "field": field["name"], "op": "empty" });
                asked(&desk, list, &empty).await.ok();
            }
        }
        let role = desk.ask(&desk.ours, "support", "GET", "/api/v1/filter-fields?noun=deal", None, None).await;
        assert_eq!(role.status.as_u16(), 403);
    }
}

/// The embedded database keeps no statistics: without a word it walks the index of the order past everybody.
#[tokio::test]
async fn a_page_of_those_whom_few_fit_is_ordered_after_they_are_found_and_has_no_gap() {
    for desk in desks().await {
        people(&desk).await;
        let recent = json!({ "all": [
            { "field": "created_at", "op": "last_days", "value": 14 },
            { "field": "country", "op": "is_not", "value": "FR" },
        ] });
        let (mut found, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = asked(&desk, &format!("/api/v1/contacts?sort=-name&limit=1{cursor}"), &recent).await.ok();
            found.extend(page.each("name"));
            match page.body["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(found, ["Dídac 100%", "Cruz", "Bea", "Ana"]);

        let mut tx = desk.tx().await;
        for (filter, few) in [
            (recent.clone(), true),
            (json!({ "field": "country", "op": "is", "value": "ES" }), false),
            (json!({ "any": [recent["all"][0], recent["all"][1]] }), false),
        ] {
            let list = vec![("filter".to_owned(), filter.to_string())];
            let tree = crate::filter::asked(&mut tx, crate::filter::catalogue::Noun::Contact, &list).await.unwrap();
            let select = tree.unwrap().narrow(&tx, tx.select::<crate::contact::Contact>(), "contact.id");
            assert_eq!(select.is_gathered(), few, "{filter}");
        }
    }
}
