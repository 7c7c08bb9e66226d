//! Values of leads that go on: to what a lead becomes, and to who may see them.

use serde_json::{Value, json};

use super::{
    Desk,
    custom::{field, lead},
    desks,
};

async fn field_of(desk: &Desk, object: &str, body: Value) {
    let mut field = json!({ "object": object });
    field.as_object_mut().unwrap().extend(body.as_object().unwrap().clone());
    desk.post("/api/v1/custom-fields", field).await.ok();
}

async fn convert(desk: &Desk, lead: &str, into: Value) -> Value {
    desk.post(&format!("/api/v1/leads/{lead}/convert"), into).await.ok().body
}

async fn made(desk: &Desk, done: &Value, noun: &str, list: &str) -> Value {
    let id = done[noun]["id"].as_str().unwrap_or_else(|| panic!("no {noun} in {done}"));
    desk.get(&format!("/api/v1/{list}/{id}")).await.ok().body["custom"].clone()
}

#[tokio::test]
async fn a_value_goes_to_what_is_made_where_a_field_of_its_key_and_kind_is_and_else_stays_with_the_lead() {
    for desk in desks().await {
        field(&desk, json!({ "label": "Vans", "kind": "number" })).await;
        field(&desk, json!({ "label": "Level", "kind": "choice", "choices": ["Gold", "Iron"] })).await;
        field(&desk, json!({ "label": "Likes", "kind": "multi_choice", "choices": ["Tea", "Mate"] })).await;
        field(&desk, json!({ "label": "Since", "kind": "date" })).await;
        field(&desk, json!({ "label": "Budget", "kind": "money" })).await;
        // Demanded, in another order, not offered, of another kind.
        field_of(&desk, "contact", json!({ "label": "Vans", "kind": "number", "required": true })).await;
        field_of(&desk, "contact", json!({ "label": "Level", "kind": "choice", "choices": ["Iron", "gold"] })).await;
        field_of(&desk, "contact", json!({ "label": "Likes", "kind": "multi_choice", "choices": ["Tea"] })).await;
        field_of(&desk, "contact", json!({ "label": "Since", "kind": "text" })).await;
        field_of(&desk, "company", json!({ "label": "Vans", "kind": "number" })).await;
        field_of(&desk, "deal", json!({ "label": "Budget", "kind": "money" })).await;
        let budget = json!({ "amount": "120.50", "currency": "EUR" });
        let custom = json!({ "vans": "12", "level": "c001", "likes": ["c001", "c002"], "since": "2027-03-01", "budget": budget });
        let eva = json!({ "given_name": "Eva", "company_name": "Aurora", "custom": custom });
        let eva = desk.post("/api/v1/leads", eva).await.ok().id();
        // What is given goes before what the lead brings.
        let into = json!({ "new_company": true, "company_custom": { "vans": "3" }, "deal": { "name": "Fleet" } });
        let done = convert(&desk, &eva, into).await;
        assert_eq!(done["custom"], custom, "all of it stays with the lead too");
        assert_eq!(made(&desk, &done, "contact", "contacts").await, json!({ "vans": "12", "level": "c002" }));
        assert_eq!(made(&desk, &done, "company", "companies").await, json!({ "vans": "3" }));
        assert_eq!(made(&desk, &done, "deal", "deals").await, json!({ "budget": budget }));
        assert_eq!(desk.get("/api/v1/contacts?custom.level=c002").await.ok().each("name"), ["Eva"]);
        // Given as nothing, it is nothing; and who is there already is not changed by the way.
        let ada = lead(&desk, "Ada", json!({ "vans": "7", "level": "c002" })).await.ok().id();
        let done = convert(&desk, &ada, json!({ "contact_custom": { "level": null } })).await;
        assert_eq!(made(&desk, &done, "contact", "contacts").await, json!({ "vans": "7" }));
        let known = done["contact"]["id"].clone();
        let bea = lead(&desk, "Bea", json!({ "vans": "8", "level": "c001" })).await.ok().id();
        let done = convert(&desk, &bea, json!({ "contact_id": known })).await;
        assert_eq!(made(&desk, &done, "contact", "contacts").await, json!({ "vans": "7" }));
    }
}

#[tokio::test]
async fn who_has_left_and_what_is_gone_stays_with_the_lead_and_is_in_nobodys_way() {
    for desk in desks().await {
        let bea = desk.hire("bea@faroazul.example").await;
        let house = desk.post("/api/v1/companies", json!({ "name": "House" })).await.ok().id();
        let friend = lead(&desk, "Friend", json!({})).await.ok().id();
        let relation = |label: &str, target: &str| json!({ "label": label, "kind": "relation", "target": target });
        for object in ["lead", "contact"] {
            field_of(&desk, object, json!({ "label": "Guide", "kind": "person" })).await;
            field_of(&desk, object, relation("House", "company")).await;
            field_of(&desk, object, relation("Friend", "lead")).await;
        }
        let unknown = lead(&desk, "Eva", json!({ "friend": "lea_019abc0123457def8123456789abcdef" })).await;
        assert_eq!(unknown.refused(), ("custom.friend", "lead_unknown"));
        let eva = lead(&desk, "Eva", json!({ "guide": bea, "house": house, "friend": friend })).await.ok();
        assert_eq!(eva.body["custom_names"], json!({ &bea: "Ana Ruiz", &house: "House", &friend: "Friend" }));
        // Seen from the other end.
        let related = format!("/api/v1/related?record={friend}");
        let pointing = desk.get(&related).await.ok().body["items"][0].clone();
        assert_eq!((&pointing["object"], &pointing["items"][0]["id"]), (&json!("lead"), &json!(eva.id())));
        desk.delete(&format!("/api/v1/companies/{house}")).await.ok();
        let mut tx = desk.tx().await;
        let tenant = tx.tenant_id();
        let left: kernel::MemberId = bea.parse().unwrap();
        let leave = store::sql!("UPDATE member SET state = 'removed' WHERE tenant_id = {} AND id = {}", tenant, left);
        tx.execute(leave).await.unwrap();
        tx.commit().await.unwrap();
        let done = convert(&desk, &eva.id(), json!({})).await;
        assert_eq!(made(&desk, &done, "contact", "contacts").await, json!({ "friend": friend }));
        let pointing = desk.get(&related).await.ok().each("object");
        assert_eq!(pointing, ["contact", "lead"]);
        let by = desk.get("/api/v1/leads/groups?by=custom.friend").await.ok().body;
        assert_eq!(by["groups"][0]["label"], "Friend");
    }
}

#[tokio::test]
async fn who_sees_no_amounts_learns_none_from_leads_and_overwrites_none() {
    for desk in desks().await {
        field(&desk, json!({ "label": "Budget", "kind": "money" })).await;
        field_of(&desk, "contact", json!({ "label": "Budget", "kind": "money" })).await;
        let budget = json!({ "budget": { "amount": "91.13", "currency": "EUR" } });
        let eva = lead(&desk, "Eva", budget.clone()).await.ok().id();
        let path = format!("/api/v1/leads/{eva}");
        let blind = "sales-amount.read";
        let ask = async |method: &str, path: &str, version: Option<i64>, body: Option<Value>| {
            desk.ask(&desk.ours, blind, method, path, version, body).await
        };
        let from = ask("GET", "/api/v1/leads?custom.budget.from=91", None, None).await;
        assert_eq!(from.refused(), ("custom.budget.from", "unknown_field"));
        let sorted = ask("GET", "/api/v1/leads?sort=custom.budget", None, None).await;
        assert_eq!(sorted.refused(), ("sort", "unknown_field"));
        let summed = ask("GET", "/api/v1/leads/groups?aggregate=sum:custom.budget", None, None).await;
        assert!(summed.status.is_client_error(), "{summed:?}");
        let fields = ask("GET", "/api/v1/filter-fields?noun=lead", None, None).await.ok().each("name");
        assert!(!fields.contains(&"custom.budget".into()), "{fields:?}");
        let cleared = ask("PATCH", &path, Some(1), Some(json!({ "custom": { "budget": null } }))).await;
        assert_eq!((cleared.status.as_u16(), &cleared.body["code"]), (403, &json!("amounts_hidden")));
        // It goes on unseen.
        let done = ask("POST", &format!("{path}/convert"), None, Some(json!({}))).await.ok().body;
        assert_eq!(made(&desk, &done, "contact", "contacts").await, budget);
    }
}
