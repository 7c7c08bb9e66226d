//! Custom fields through their routes, on both databases.

mod kinds;
mod lists;
mod rewriting;
mod speed;

use axum::http::StatusCode;
use serde_json::{Value, json};
use store::sql;

use crate::tests::{Answer, Desk, desks};

/// Makes a field and answers its id.
pub(crate) async fn field(desk: &Desk, object: &str, label: &str, kind: &str) -> String {
    field_of(desk, json!({ "object": object, "label": label, "kind": kind })).await.id()
}

pub(crate) async fn field_of(desk: &Desk, body: Value) -> Answer {
    desk.post("/api/v1/custom-fields", body).await.ok()
}

/// Makes a contact with these values.
pub(crate) async fn person(desk: &Desk, name: &str, custom: Value) -> Answer {
    desk.post("/api/v1/contacts", json!({ "given_name": name, "custom": custom })).await
}

/// Carries out the waiting work.
pub(crate) async fn work(desk: &Desk) {
    crate::jobs(jobs::Runner::new(desk.store.store.clone())).drain().await;
}

pub(crate) async fn rows(desk: &Desk, table: &'static str) -> i64 {
    let mut tx = desk.tx().await;
    let tenant = tx.tenant_id();
    let count = store::Sql::new("SELECT count(*) FROM ").push(table).push(" WHERE tenant_id = ").bind(tenant);
    tx.count(count).await.unwrap()
}

#[tokio::test]
async fn a_field_is_made_named_and_kept_apart_by_object_and_tenant() {
    for desk in desks().await {
        let made = field_of(&desk, json!({ "object": "contact", "label": "Née en été? 🎂", "kind": "text" })).await;
        assert_eq!(made.text("key"), "nee_en_ete_birthday", "{made:?}");
        assert_eq!(made.body["actions"], json!(["update", "convert", "archive"]));
        let again = field_of(&desk, json!({ "object": "contact", "label": "Née en été? 🎂", "kind": "text" })).await;
        assert_eq!((again.text("key").as_str(), &again.body["position"]), ("nee_en_ete_birthday_2", &json!(1)));
        // A key that looks like one of ours lives beside it.
        field_of(&desk, json!({ "object": "contact", "key": "email", "label": "ایمیل", "kind": "text" })).await;
        field_of(&desk, json!({ "object": "company", "key": "email", "label": "Second", "kind": "email" })).await;
        let eva = person(&desk, "Eva", json!({ "email": "not an address" })).await.ok();
        assert_eq!((&eva.body["email"], &eva.body["custom"]["email"]), (&json!(null), &json!("not an address")));
        let new = |body: Value| desk.post("/api/v1/custom-fields", body);
        for (body, refused) in [
            (json!({ "object": "contact", "key": "email", "label": "A", "kind": "text" }), ("key", "key_taken")),
            (json!({ "object": "contact", "key": "A b", "label": "A", "kind": "text" }), ("key", "key_invalid")),
            (json!({ "object": "contact", "label": " ", "kind": "text" }), ("label", "required")),
            (json!({ "object": "contact", "label": "x".repeat(81), "kind": "text" }), ("label", "too_long")),
            (json!({ "object": "contact", "label": "A", "kind": "choice" }), ("choices", "required")),
            (
                json!({ "object": "contact", "label": "A", "kind": "choice", "choices": ["a", "a"] }),
                ("choices.1", "choice_twice"),
            ),
            (json!({ "object": "contact", "label": "A", "kind": "text", "choices": ["a"] }), ("choices", "no_choices")),
            (json!({ "object": "contact", "label": "A", "kind": "relation" }), ("target", "required")),
            (json!({ "object": "contact", "label": "A", "kind": "text", "target": "deal" }), ("target", "no_target")),
            (json!({ "object": "contact", "label": "A", "kind": "colour" }), ("kind", "wrong_type")),
        ] {
            assert_eq!(new(body.clone()).await.refused(), refused, "{body}");
        }
        let theirs = desk.they("GET", "/api/v1/custom-fields", None).await.ok();
        assert!(theirs.each("id").is_empty());
        assert_eq!(
            desk.they("GET", &format!("/api/v1/custom-fields/{}", made.id()), None).await.status,
            StatusCode::NOT_FOUND
        );
        for role in ["sales", "read_only"] {
            let path = format!("/api/v1/custom-fields/{}", made.id());
            assert_eq!(desk.ask(&desk.ours, role, "GET", &path, None, None).await.status, StatusCode::OK);
            assert_eq!(desk.ask(&desk.ours, role, "DELETE", &path, None, None).await.status, StatusCode::FORBIDDEN);
        }
    }
}

#[tokio::test]
async fn a_hundred_fields_are_enough() {
    let desk = desks().await.remove(0);
    for n in 0..100 {
        field(&desk, "deal", &format!("Field {n}"), "text").await;
    }
    let more = desk.post("/api/v1/custom-fields", json!({ "object": "deal", "label": "More", "kind": "text" })).await;
    assert_eq!(more.conflict(), "too_many_fields");
    field(&desk, "company", "Another object", "text").await;
}

#[tokio::test]
async fn fields_are_put_in_another_order() {
    for desk in desks().await {
        let (a, b) = (field(&desk, "deal", "A", "text").await, field(&desk, "deal", "B", "text").await);
        let order = |ids: Value| desk.post("/api/v1/custom-fields/deal/order", json!({ "field_ids": ids }));
        assert_eq!(order(json!([b, a])).await.ok().each("label"), ["B", "A"]);
        assert_eq!(desk.get("/api/v1/custom-fields?object=deal").await.each("label"), ["B", "A"]);
        assert_eq!(order(json!([b])).await.refused(), ("field_ids", "fields_differ"));
        assert_eq!(order(json!([b, b])).await.refused(), ("field_ids", "fields_differ"));
    }
}

#[tokio::test]
async fn a_renamed_choice_stays_and_a_removed_one_stays_readable() {
    for desk in desks().await {
        let made = field_of(
            &desk,
            json!({ "object": "contact", "label": "Level", "kind": "choice", "choices": ["Gold", "Silver"] }),
        )
        .await;
        let (gold, silver) = (made.body["choices"][0]["id"].clone(), made.body["choices"][1]["id"].clone());
        let eva = person(&desk, "Eva", json!({ "level": silver })).await.ok();
        let path = format!("/api/v1/custom-fields/{}", made.id());
        let now = json!({ "choices": [{ "label": "Bronze" }, { "id": gold, "label": "Golden" }] });
        let changed = desk.patch(&path, 1, now).await.ok();
        let offered: Vec<(&Value, &Value)> =
            changed.body["choices"].as_array().unwrap().iter().map(|c| (&c["label"], &c["archived"])).collect();
        assert_eq!(
            offered,
            [(&json!("Bronze"), &json!(false)), (&json!("Golden"), &json!(false)), (&json!("Silver"), &json!(true))]
        );
        assert_ne!(changed.body["choices"][0]["id"], silver, "an id is never given twice");
        let read = desk.get(&format!("/api/v1/contacts/{}", eva.id())).await.ok();
        assert_eq!(read.body["custom"]["level"], silver);
        assert_eq!(
            desk.get(&format!("/api/v1/contacts?custom.level={}", silver.as_str().unwrap())).await.each("id"),
            [eva.id()]
        );
        // Saved again as it stood: fine. Chosen anew: refused.
        desk.patch(&format!("/api/v1/contacts/{}", eva.id()), 1, json!({ "custom": { "level": silver } })).await.ok();
        let adam = person(&desk, "Adam", json!({ "level": silver })).await;
        assert_eq!(adam.refused(), ("custom.level", "choice_unknown"));
        assert_eq!(desk.patch(&path, 1, json!({ "label": "Late" })).await.status, StatusCode::PRECONDITION_FAILED);
    }
}

#[tokio::test]
async fn archiving_keeps_values_and_deleting_erases_them() {
    for desk in desks().await {
        let id = field(&desk, "contact", "Nickname", "text").await;
        let path = format!("/api/v1/custom-fields/{id}");
        let eva = person(&desk, "Eva", json!({ "nickname": "Zebedee" })).await.ok();
        let gone = person(&desk, "Gone", json!({ "nickname": "Zebulon" })).await.ok();
        desk.delete(&format!("/api/v1/contacts/{}", gone.id())).await.ok();
        assert_eq!(desk.delete(&path).await.conflict(), "field_not_archived");
        assert_eq!(desk.press(&format!("{path}/archive")).await.ok().body["values"], 2);
        assert!(desk.get("/api/v1/custom-fields").await.each("id").is_empty());
        assert_eq!(desk.get("/api/v1/custom-fields?archived=true").await.each("id"), std::slice::from_ref(&id));
        let changed = json!({ "custom": { "nickname": "New" } });
        let write = desk.patch(&format!("/api/v1/contacts/{}", eva.id()), 1, changed).await;
        assert_eq!(write.refused(), ("custom.nickname", "unknown_field"));
        desk.press(&format!("{path}/restore")).await.ok();
        assert_eq!(desk.get("/api/v1/contacts?q=zebedee").await.each("id"), [eva.id()]);
        desk.press(&format!("{path}/archive")).await.ok();
        desk.delete(&path).await.ok();
        work(&desk).await;
        assert_eq!(desk.get(&path).await.status, StatusCode::NOT_FOUND);
        assert_eq!(rows(&desk, "custom_value").await, 0);
        let read = desk.get(&format!("/api/v1/contacts/{}", eva.id())).await.ok();
        assert_eq!(read.body["custom"], json!({}));
        assert!(desk.get("/api/v1/contacts?q=zebedee").await.each("id").is_empty());
        let mut tx = desk.tx().await;
        let tenant = tx.tenant_id();
        let left: Vec<(Value,)> =
            tx.all(sql!("SELECT custom FROM contact WHERE tenant_id = {}", tenant)).await.unwrap();
        assert!(left.iter().all(|(custom,)| *custom == json!({})), "{left:?}");
        drop(tx);
        // Its key stays taken.
        let again = json!({ "object": "contact", "key": "nickname", "label": "Nickname", "kind": "text" });
        assert_eq!(desk.post("/api/v1/custom-fields", again).await.refused(), ("key", "key_taken"));
    }
}

#[tokio::test]
async fn values_are_locked_audited_and_required() {
    for desk in desks().await {
        field(&desk, "deal", "Reference", "text").await;
        field_of(&desk, json!({ "object": "deal", "label": "Must", "kind": "number", "required": true })).await;
        let new = |custom: Value| desk.post("/api/v1/deals", json!({ "name": "Fleet", "custom": custom }));
        assert_eq!(new(json!({})).await.refused(), ("custom.must", "required"));
        let deal = new(json!({ "must": "1", "reference": "A" })).await.ok();
        let path = format!("/api/v1/deals/{}", deal.id());
        assert_eq!(
            desk.patch(&path, 1, json!({ "custom": { "must": null } })).await.refused(),
            ("custom.must", "required")
        );
        let changed = desk.patch(&path, 1, json!({ "custom": { "reference": null } })).await.ok();
        assert_eq!((&changed.body["custom"], &changed.body["version"]), (&json!({ "must": "1" }), &json!(2)));
        let stale = desk.patch(&path, 1, json!({ "custom": { "reference": "B" } })).await;
        assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
        assert_eq!(
            desk.patch(&path, 2, json!({ "custom": { "nothing": 1 } })).await.refused(),
            ("custom.nothing", "unknown_field")
        );
        let mut tx = desk.tx().await;
        let tenant = tx.tenant_id();
        let entry = sql!(
            "SELECT audit_entry.fields, audit_detail.changes FROM audit_entry JOIN audit_detail \
             ON audit_detail.tenant_id = audit_entry.tenant_id AND audit_detail.entry_id = audit_entry.id \
             WHERE audit_entry.tenant_id = {} AND audit_entry.action = 'deal.update'",
            tenant
        );
        let entries: Vec<(Value, Value)> = tx.all(entry).await.unwrap();
        assert_eq!(entries[0].0, json!(["custom"]), "the entry itself names the field and holds no value");
        assert_eq!(entries[0].1["custom"][1], json!({ "must": "1" }));
    }
}

#[tokio::test]
async fn a_program_finds_the_schema_of_custom() {
    for desk in desks().await {
        field_of(&desk, json!({ "object": "company", "label": "Size", "kind": "choice", "choices": ["S", "L"] })).await;
        field_of(&desk, json!({ "object": "company", "label": "Since", "kind": "date", "required": true })).await;
        let schema = desk.get("/api/v1/custom-fields/company/schema").await.ok().body;
        assert_eq!(schema["required"], json!(["since"]));
        assert_eq!(schema["properties"]["since"]["format"], "date");
        assert_eq!(schema["properties"]["size"]["anyOf"][0]["oneOf"][1], json!({ "const": "c002", "title": "L" }));
        assert_eq!(schema["additionalProperties"], false);
        assert_eq!(desk.get("/api/v1/custom-fields/quote/schema").await.status, StatusCode::NOT_FOUND);
    }
}
