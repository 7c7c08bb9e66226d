//! Groups through the routes of lists, on both databases: every count and every sum a second time from the list itself.

mod model;
mod speed;

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::{
    field::custom::tests::field_of,
    tests::{Answer, Desk, desks},
};

fn encoded(filter: &Value) -> String {
    percent_encoding::utf8_percent_encode(&filter.to_string(), percent_encoding::NON_ALPHANUMERIC).to_string()
}

async fn groups(desk: &Desk, path: &str) -> Value {
    desk.get(&format!("/api/v1/{path}")).await.ok().body
}

/// Label or key of each group with its count.
fn counts(groups: &Value) -> Vec<(String, i64)> {
    let of = |group: &Value| {
        let name = group["label"].as_str().or(group["key"].as_str()).unwrap_or("none");
        (name.to_owned(), group["count"].as_i64().unwrap())
    };
    groups["groups"].as_array().unwrap().iter().map(of).collect()
}

fn pairs(wanted: &[(&str, i64)]) -> Vec<(String, i64)> {
    wanted.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect()
}

async fn person(desk: &Desk, body: Value) -> Answer {
    desk.post("/api/v1/contacts", body).await.ok()
}

#[tokio::test]
async fn a_list_is_grouped_by_words_people_tags_and_choices_and_each_group_opens_as_the_list() {
    for desk in desks().await {
        field_of(
            &desk,
            json!({ "object": "contact", "label": "Level", "kind": "choice", "choices": ["Gold", "Silver"] }),
        )
        .await;
        field_of(
            &desk,
            json!({ "object": "contact", "label": "Likes", "kind": "multi_choice", "choices": ["Tea", "Coffee"] }),
        )
        .await;
        let me = desk.ours.member_id.to_string();
        let company = desk.post("/api/v1/companies", json!({ "name": "Faro" })).await.ok().id();
        person(&desk, json!({ "given_name": "Ana", "city": "Lugo", "tags": ["vip", "north"], "owner_id": me, "company_id": company, "custom": { "level": "c002", "likes": ["c001", "c002"] } })).await;
        let bea = person(&desk, json!({ "given_name": "Bea", "city": "LUGO", "tags": ["vip"], "custom": { "level": "c001", "likes": ["c002"] } })).await.id();
        // Whoever makes somebody has them, until they give them away.
        desk.patch(&format!("/api/v1/contacts/{bea}"), 1, json!({ "owner_id": null })).await.ok();
        person(&desk, json!({ "given_name": "Cruz", "city": "Ávila", "owner_id": me, "language": "pt" })).await;
        let gone = person(&desk, json!({ "given_name": "Dora", "city": "Lugo" })).await.id();
        desk.delete(&format!("/api/v1/contacts/{gone}")).await.ok();
        for (by, found) in [
            ("city", pairs(&[("Ávila", 1), ("LUGO", 2)])),
            ("owner_id", pairs(&[("Ana Ruiz", 2), ("none", 1)])),
            ("company_id", pairs(&[("Faro", 1), ("none", 2)])),
            ("tags", pairs(&[("north", 1), ("vip", 2), ("none", 1)])),
            ("custom.level", pairs(&[("Gold", 1), ("Silver", 1), ("none", 1)])),
            ("custom.likes", pairs(&[("Tea", 1), ("Coffee", 2), ("none", 1)])),
        ] {
            let groups = groups(&desk, &format!("contacts/groups?by={by}")).await;
            assert_eq!(counts(&groups), found, "{by}");
            assert_eq!((&groups["total"]["count"], &groups["more"]), (&json!(3), &json!(false)), "{by}");
            for group in groups["groups"].as_array().unwrap() {
                let listed = desk.get(&format!("/api/v1/contacts?filter={}", encoded(&group["filter"]))).await.ok();
                assert_eq!(listed.each("id").len(), group["count"].as_u64().unwrap() as usize, "{by}: {group}");
            }
        }
        // The same conditions as the list, its search included.
        let vip = encoded(&json!({ "field": "tags", "op": "any_of", "value": ["vip"] }));
        assert_eq!(
            counts(&groups(&desk, &format!("contacts/groups?by=city&filter={vip}")).await),
            pairs(&[("LUGO", 2)])
        );
        assert_eq!(counts(&groups(&desk, "contacts/groups?by=city&q=cruz").await), pairs(&[("Ávila", 1)]));
        assert_eq!(counts(&groups(&desk, "contacts/groups?by=city&deleted=true").await), pairs(&[("Lugo", 1)]));
        let theirs = desk.they("GET", "/api/v1/contacts/groups?by=city", None).await.ok();
        assert_eq!((counts(&theirs.body), &theirs.body["total"]["count"]), (Vec::new(), &json!(0)));
        let refused = desk.ask(&desk.ours, "support", "GET", "/api/v1/deals/groups?by=state", None, None).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        for (query, refused) in [
            ("by=shoe", ("by", "unknown_field")),
            ("by=email", ("by", "cannot_group")),
            ("by=city:month", ("by", "cannot_group")),
            ("by=created_at:decade", ("by", "cannot_group")),
            ("by=city&aggregate=sum:city", ("aggregate", "op_unknown")),
            ("aggregate=sum:created_at", ("aggregate", "op_unknown")),
            ("aggregate=max:shoe", ("aggregate", "unknown_field")),
        ] {
            assert_eq!(desk.get(&format!("/api/v1/contacts/groups?{query}")).await.refused(), refused, "{query}");
        }
    }
}

#[tokio::test]
async fn moments_are_grouped_by_the_readers_days_also_when_clocks_change() {
    for desk in desks().await {
        // Madrid is two hours ahead until 2026-10-25T01:00Z, and one after.
        let moments = [
            ("2026-09-30T21:59:59Z", "2026-09"),
            ("2026-09-30T22:00:00Z", "2026-10"),
            ("2026-10-31T22:59:59Z", "2026-10"),
            ("2026-10-31T23:00:00Z", "2026-11"),
        ];
        for (at, _) in moments {
            let id = person(&desk, json!({ "given_name": at })).await.id();
            let id: crate::contact::ContactId = id.parse().unwrap();
            let mut tx = desk.tx().await;
            let at: chrono::DateTime<chrono::Utc> = at.parse().unwrap();
            let tenant = tx.tenant_id();
            tx.execute(store::sql!(
                "UPDATE contact SET created_at = {} WHERE tenant_id = {} AND id = {}",
                at,
                tenant,
                id
            ))
            .await
            .unwrap();
            tx.audit(kernel::Change::new("contact.update", id)).await.unwrap();
            tx.commit().await.unwrap();
        }
        let months = groups(&desk, "contacts/groups?by=created_at").await;
        assert_eq!(
            counts(&months),
            pairs(&[("2026-11-01", 1), ("2026-10-01", 2), ("2026-09-01", 1)]),
            "the latest first"
        );
        assert_eq!(months["each"], json!("month"));
        for group in months["groups"].as_array().unwrap() {
            let listed = desk.get(&format!("/api/v1/contacts?filter={}", encoded(&group["filter"]))).await.ok();
            let of =
                |name: &String| moments.iter().any(|(at, month)| at == name && group["key"] == format!("{month}-01"));
            assert!(listed.each("name").iter().all(of), "{group}: {listed:?}");
            assert_eq!(listed.each("name").len() as i64, group["count"].as_i64().unwrap());
        }
        let days = groups(&desk, "contacts/groups?by=created_at:day&aggregate=min:created_at,max:created_at").await;
        assert_eq!(counts(&days), pairs(&[("2026-11-01", 1), ("2026-10-31", 1), ("2026-10-01", 1), ("2026-09-30", 1)]));
        assert_eq!(days["total"]["values"][0][0]["value"], json!("2026-09-30T21:59:59.000000Z"));
        let quarters = groups(&desk, "contacts/groups?by=created_at:quarter").await;
        assert_eq!(counts(&quarters), pairs(&[("2026-10-01", 3), ("2026-07-01", 1)]));
        let years = groups(&desk, "contacts/groups?by=birth_date:year").await;
        assert_eq!(counts(&years), pairs(&[("none", 4)]));
    }
}

#[tokio::test]
async fn of_very_many_values_the_largest_groups_are_answered_and_it_says_so() {
    for desk in desks().await {
        for n in 0..super::MOST + 2 {
            person(&desk, json!({ "given_name": "A", "city": format!("Town {n}") })).await;
        }
        person(&desk, json!({ "given_name": "B", "city": format!("Town {}", super::MOST + 1) })).await;
        let towns = groups(&desk, "contacts/groups?by=city").await;
        assert_eq!(towns["groups"].as_array().unwrap().len(), super::MOST);
        assert_eq!((&towns["more"], &towns["total"]["count"]), (&json!(true), &json!(super::MOST + 3)));
        assert!(counts(&towns).contains(&(format!("Town {}", super::MOST + 1), 2)), "the largest is never cut");
    }
}
