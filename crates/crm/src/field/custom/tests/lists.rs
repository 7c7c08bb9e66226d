//! Lists narrowed and ordered by custom fields.

use serde_json::json;

use super::{field, field_of, person};
use crate::tests::{Desk, desks};

async fn named(desk: &Desk, query: &str) -> Vec<String> {
    desk.get(&format!("/api/v1/contacts?{query}")).await.ok().each("name")
}

#[tokio::test]
async fn a_list_is_narrowed_by_every_kind() {
    for desk in desks().await {
        field(&desk, "contact", "Note", "text").await;
        field(&desk, "contact", "Age", "number").await;
        field(&desk, "contact", "Budget", "money").await;
        field(&desk, "contact", "Since", "date").await;
        field_of(&desk, json!({ "object": "contact", "label": "Tags", "kind": "multi_choice", "choices": ["A", "B"] }))
            .await;
        let of = |age: &str, amount: &str, currency: &str, since: &str, tags: serde_json::Value| json!({ "note": format!("Nº {age}"), "age": age, "budget": { "amount": amount, "currency": currency }, "since": since, "tags": tags });
        person(&desk, "Ana", of("-2.5", "100", "EUR", "2020-01-01", json!(["c001"]))).await.ok();
        person(&desk, "Bea", of("9", "20", "EUR", "2021-01-01", json!(["c001", "c002"]))).await.ok();
        person(&desk, "Cai", of("10", "50", "USD", "2022-01-01", json!(["c002"]))).await.ok();
        person(&desk, "Dee", json!({})).await.ok();
        for (query, wanted) in [
            ("custom.age=9.0", vec!["Bea"]),
            ("custom.age.from=-2.5&custom.age.to=9", vec!["Ana", "Bea"]),
            ("custom.age.from=9.5", vec!["Cai"]),
            ("custom.age=9&custom.age=10", vec!["Bea", "Cai"]),
            ("custom.note=n%C2%BA+10", vec!["Cai"]),
            ("custom.budget.from=30", vec!["Ana"]),
            ("custom.budget.from=30+USD", vec!["Cai"]),
            ("custom.budget.to=30", vec!["Bea"]),
            ("custom.budget.from=30&custom.budget.to=100", vec!["Ana"]),
            ("custom.since.to=2021-01-01", vec!["Ana", "Bea"]),
            ("custom.tags=c001", vec!["Ana", "Bea"]),
            ("custom.tags=c002&custom.age.from=10", vec!["Cai"]),
            ("custom.age.set=false", vec!["Dee"]),
            ("custom.age.set=true", vec!["Ana", "Bea", "Cai"]),
        ] {
            assert_eq!(named(&desk, query).await, wanted, "{query}");
        }
        for (query, refused) in [
            ("custom.nothing=1", ("custom.nothing", "unknown_field")),
            ("custom.age=x", ("custom.age", "query_unreadable")),
            ("custom.age.near=1", ("custom.age.near", "query_unreadable")),
            ("custom.tags.from=c001", ("custom.tags.from", "query_unreadable")),
            ("sort=custom.tags", ("sort", "sort_unknown")),
            ("sort=custom.nothing", ("sort", "unknown_field")),
        ] {
            assert_eq!(desk.get(&format!("/api/v1/contacts?{query}")).await.refused(), refused, "{query}");
        }
        assert_eq!(
            desk.they("GET", "/api/v1/contacts?custom.age=9", None).await.refused(),
            ("custom.age", "unknown_field")
        );
    }
}

#[tokio::test]
async fn a_list_is_ordered_by_a_field_page_by_page_and_those_without_come_last() {
    for desk in desks().await {
        for (object, path) in [("contact", "contacts"), ("company", "companies"), ("deal", "deals")] {
            field(&desk, object, "Rank", "number").await;
            let name = if object == "contact" { "given_name" } else { "name" };
            for (n, rank) in [Some("10"), None, Some("9"), Some("-1"), None, Some("9")].into_iter().enumerate() {
                let custom = rank.map_or(json!({}), |rank| json!({ "rank": rank }));
                desk.post(&format!("/api/v1/{path}"), json!({ name: format!("N{n}"), "custom": custom })).await.ok();
            }
            for (sort, wanted) in [
                ("custom.rank", ["N3", "N2", "N5", "N0", "N4", "N1"]),
                ("-custom.rank", ["N0", "N5", "N2", "N3", "N4", "N1"]),
            ] {
                for limit in 1..=7 {
                    let (mut names, mut cursor) = (Vec::new(), String::new());
                    loop {
                        let page = desk.get(&format!("/api/v1/{path}?sort={sort}&limit={limit}{cursor}")).await.ok();
                        names.extend(page.each("name"));
                        assert!(page.each("name").len() <= limit);
                        match page.body["next_cursor"].as_str() {
                            Some(next) => cursor = format!("&cursor={next}"),
                            None => break,
                        }
                    }
                    assert_eq!(names, wanted, "{object} {sort} {limit}");
                }
            }
        }
    }
}

#[tokio::test]
async fn values_find_their_record() {
    for desk in desks().await {
        field(&desk, "company", "Code name", "text").await;
        field(&desk, "company", "Second mail", "email").await;
        let made = desk
            .post(
                "/api/v1/companies",
                json!({ "name": "Aurora", "custom": { "code_name": "Zephyr", "second_mail": "desk@zulu.example" } }),
            )
            .await
            .ok();
        for q in ["zephyr", "zulu"] {
            assert_eq!(desk.get(&format!("/api/v1/companies?q={q}")).await.each("id"), [made.id()], "{q}");
        }
        let path = format!("/api/v1/companies/{}", made.id());
        desk.patch(&path, 1, json!({ "custom": { "code_name": null } })).await.ok();
        assert!(desk.get("/api/v1/companies?q=zephyr").await.each("id").is_empty());
        desk.delete(&path).await.ok();
        desk.press(&format!("{path}/restore")).await.ok();
        assert_eq!(desk.get("/api/v1/companies?q=zulu").await.each("id"), [made.id()]);
    }
}
