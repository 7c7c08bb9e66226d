//! Fields of a workspace's own on leads: their values in forms, lists, groups and bulk changes, and their rewriting.

use jobs::Runner;
use serde_json::{Value, json};

use super::{Answer, Desk, desks};
use crate::lead::create::{NewLead, arrived};

/// Makes a field of leads; its path.
pub(super) async fn field(desk: &Desk, body: Value) -> String {
    let mut field = json!({ "object": "lead" });
    field.as_object_mut().unwrap().extend(body.as_object().unwrap().clone());
    let made = desk.post("/api/v1/custom-fields", field).await.ok();
    format!("/api/v1/custom-fields/{}", made.id())
}

pub(super) async fn lead(desk: &Desk, name: &str, custom: Value) -> Answer {
    desk.post("/api/v1/leads", json!({ "given_name": name, "custom": custom })).await
}

/// Carries out the waiting work, also that of the domain below.
async fn work(desk: &Desk) {
    crm::jobs(crate::jobs(Runner::new(desk.store.store.clone()))).drain().await;
}

async fn named(desk: &Desk, query: &str) -> Vec<String> {
    desk.get(&format!("/api/v1/leads?{query}")).await.ok().each("name")
}

fn encoded(filter: &Value) -> String {
    filter.to_string().bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[tokio::test]
async fn values_of_leads_are_demanded_locked_audited_and_shown() {
    for desk in desks().await {
        field(&desk, json!({ "label": "Vans", "kind": "number", "required": true })).await;
        field(&desk, json!({ "label": "Guide", "kind": "person" })).await;
        assert_eq!(lead(&desk, "Eva", json!({})).await.refused(), ("custom.vans", "required"));
        assert_eq!(lead(&desk, "Eva", json!({ "vans": "x" })).await.refused(), ("custom.vans", "wrong_type"));
        let eva = lead(&desk, "Eva", json!({ "vans": "12.0", "guide": desk.ours.member_id })).await.ok();
        let path = format!("/api/v1/leads/{}", eva.id());
        let read = desk.get(&path).await.ok();
        assert_eq!(read.body["custom"], json!({ "vans": "12.0", "guide": desk.ours.member_id }));
        assert_eq!(read.body["custom_names"][desk.ours.member_id.to_string()], "Ana Ruiz");
        assert_eq!(read.body["score"], eva.body["score"], "fields of one's own are no reason of a score");
        let of = |custom: Value| json!({ "custom": custom });
        let cleared = desk.patch(&path, 1, of(json!({ "vans": null }))).await;
        assert_eq!(cleared.refused(), ("custom.vans", "required"));
        assert_eq!(desk.patch(&path, 1, of(json!({ "none": 1 }))).await.refused(), ("custom.none", "unknown_field"));
        let changed = desk.patch(&path, 1, of(json!({ "guide": null, "vans": 3 }))).await.ok();
        assert_eq!((&changed.body["custom"], &changed.body["version"]), (&json!({ "vans": "3" }), &json!(2)));
        assert_eq!(desk.patch(&path, 1, of(json!({ "vans": "4" }))).await.status, 412);
        let kept = desk.patch(&path, 2, json!({ "status": "working" })).await.ok();
        assert_eq!(kept.body["custom"], json!({ "vans": "3" }));
        let schema = desk.get("/api/v1/custom-fields/lead/schema").await.ok().body;
        assert_eq!((&schema["required"], &schema["title"]), (&json!(["vans"]), &json!("custom of a lead")));
        let mut tx = desk.tx().await;
        let tenant = tx.tenant_id();
        let entries: Vec<(Value,)> = tx
            .all(store::sql!(
                "SELECT fields FROM audit_entry WHERE tenant_id = {} AND action = 'lead.update' ORDER BY id",
                tenant
            ))
            .await
            .unwrap();
        assert_eq!(entries[0].0, json!(["custom"]), "the entry names the field and holds no value");
        drop(tx);
        // Who has written by themselves was not asked.
        let mut tx = desk.tx().await;
        let now = tx.now();
        let new = NewLead { given_name: Some("Noor".into()), ..NewLead::default() };
        let noor = arrived(&mut tx, new, "web_form", now).await.unwrap();
        tx.commit().await.unwrap();
        let path = format!("/api/v1/leads/{}", noor.id);
        assert_eq!(desk.get(&path).await.ok().body["custom"], json!({}));
        desk.patch(&path, 1, json!({ "status": "working" })).await.ok();
    }
}

#[tokio::test]
async fn leads_are_narrowed_ordered_grouped_and_found_by_fields_of_ones_own() {
    for desk in desks().await {
        field(&desk, json!({ "label": "Vans", "kind": "number" })).await;
        field(&desk, json!({ "label": "Level", "kind": "choice", "choices": ["Gold", "Iron"] })).await;
        field(&desk, json!({ "label": "Plate", "kind": "text" })).await;
        let ada = lead(&desk, "Ada", json!({ "vans": "10", "level": "c001", "plate": "Zephyr 9" })).await.ok();
        lead(&desk, "Bea", json!({ "vans": "9", "level": "c002" })).await.ok();
        lead(&desk, "Cleo", json!({ "level": "c001" })).await.ok();
        for (query, wanted) in [
            ("sort=custom.vans", vec!["Bea", "Ada", "Cleo"]),
            ("sort=-custom.vans", vec!["Ada", "Bea", "Cleo"]),
            ("custom.level=c001&sort=name", vec!["Ada", "Cleo"]),
            ("custom.vans.from=9.5", vec!["Ada"]),
            ("custom.vans.set=false", vec!["Cleo"]),
            ("q=zephyr", vec!["Ada"]),
        ] {
            assert_eq!(named(&desk, query).await, wanted, "{query}");
        }
        let tree = json!({ "all": [{ "field": "custom.level", "op": "is_not", "value": "c001" }, { "field": "custom.vans", "op": "at_most", "value": "9" }] });
        assert_eq!(named(&desk, &format!("filter={}", encoded(&tree))).await, ["Bea"]);
        let first = desk.get("/api/v1/leads?sort=custom.vans&limit=2").await.ok();
        assert_eq!(first.each("name"), ["Bea", "Ada"]);
        let next = format!("sort=custom.vans&limit=2&cursor={}", first.text("next_cursor"));
        assert_eq!(named(&desk, &next).await, ["Cleo"]);
        let groups = desk.get("/api/v1/leads/groups?by=custom.level&aggregate=sum:custom.vans").await.ok().body;
        let of =
            |group: &Value| (group["label"].clone(), group["count"].clone(), group["values"][0][0]["value"].clone());
        let seen: Vec<_> = groups["groups"].as_array().unwrap().iter().map(of).collect();
        assert_eq!(seen, [(json!("Gold"), json!(2), json!("10")), (json!("Iron"), json!(1), json!("9"))]);
        assert_eq!(groups["total"]["values"][0][0]["value"], "19");
        let fields = desk.get("/api/v1/filter-fields?noun=lead").await.ok().each("name");
        assert!(fields.contains(&"custom.vans".into()) && fields.contains(&"score".into()), "{fields:?}");
        let theirs = desk.they("GET", "/api/v1/leads?custom.vans=9", None).await;
        assert_eq!(theirs.refused(), ("custom.vans", "unknown_field"));
        // Brought back, it is found as before.
        let path = format!("/api/v1/leads/{}", ada.id());
        desk.delete(&path).await.ok();
        assert_eq!(named(&desk, "q=zephyr").await, [""; 0]);
        desk.press(&format!("{path}/restore")).await.ok();
        assert_eq!(named(&desk, "q=zephyr").await, ["Ada"]);
    }
}

#[tokio::test]
async fn a_field_of_leads_changes_its_kind_and_is_erased_on_every_lead_there_is() {
    for desk in desks().await {
        let path = field(&desk, json!({ "label": "Plate", "kind": "text" })).await;
        let mut leads = Vec::new();
        for (name, plate) in [("Ada", "12"), ("Bea", "9"), ("Cleo", "10")] {
            leads.push(format!("/api/v1/leads/{}", lead(&desk, name, json!({ "plate": plate })).await.ok().id()));
        }
        assert_eq!(named(&desk, "q=12").await, ["Ada"]);
        desk.delete(&leads[1]).await.ok();
        desk.post(&format!("{}/convert", leads[2]), json!({})).await.ok();
        let to = json!({ "kind": "number" });
        let preview = desk.post(&format!("{path}/conversion-preview"), to.clone()).await.ok();
        assert_eq!(preview.body, json!({ "values": 3, "failing": 0 }));
        let score = desk.get(&leads[0]).await.ok().body["score"].clone();
        desk.post(&format!("{path}/convert"), to).await.ok();
        assert_eq!(lead(&desk, "Dee", json!({ "plate": "1" })).await.refused(), ("custom.plate", "field_at_work"));
        work(&desk).await;
        assert_eq!(desk.get(&path).await.ok().text("kind"), "number");
        assert_eq!(named(&desk, "sort=custom.plate").await, ["Cleo", "Ada"]);
        assert_eq!(desk.patch(&leads[0], 1, json!({ "given_name": "Late" })).await.status, 412);
        assert_eq!(desk.get(&leads[0]).await.ok().body["score"], score);
        desk.post(&format!("{path}/convert"), json!({ "kind": "text" })).await.ok();
        work(&desk).await;
        assert_eq!(named(&desk, "q=12").await, ["Ada"], "a number that has become a text is found");
        desk.press(&format!("{path}/archive")).await.ok();
        assert_eq!(desk.get(&leads[0]).await.ok().body["custom"], json!({ "plate": "12" }));
        desk.delete(&path).await.ok();
        work(&desk).await;
        for lead in &leads {
            assert_eq!(desk.get(lead).await.ok().body["custom"], json!({}), "{lead}");
        }
        assert_eq!(named(&desk, "q=12").await, [""; 0]);
        let mut tx = desk.tx().await;
        let tenant = tx.tenant_id();
        let left = tx.count(store::sql!("SELECT count(*) FROM custom_value WHERE tenant_id = {}", tenant)).await;
        assert_eq!(left.unwrap(), 0);
    }
}

#[tokio::test]
async fn fields_of_leads_are_set_many_at_once_and_put_back() {
    for desk in desks().await {
        field(&desk, json!({ "label": "Level", "kind": "choice", "choices": ["Gold", "Iron"] })).await;
        let mut ids = Vec::new();
        for (name, level) in [("Ada", "c001"), ("Bea", "c002")] {
            ids.push(lead(&desk, name, json!({ "level": level })).await.ok().id());
        }
        let set = |fields: Value, which: Value| {
            let mut change = json!({ "noun": "lead", "action": { "kind": "set", "fields": fields } });
            change.as_object_mut().unwrap().extend(which.as_object().unwrap().clone());
            change
        };
        let gold = set(json!({ "custom": { "level": "c001" } }), json!({ "ids": ids }));
        let done = desk.post("/api/v1/bulk-changes", gold).await.ok();
        assert_eq!((&done.body["changed"], &done.body["unchanged"]), (&json!(1), &json!(1)), "{done:?}");
        assert_eq!(named(&desk, "custom.level=c001&sort=name").await, ["Ada", "Bea"]);
        desk.press(&format!("/api/v1/bulk-changes/{}/undo", done.id())).await.ok();
        assert_eq!(named(&desk, "custom.level=c002").await, ["Bea"]);
        let found = set(json!({ "custom": { "level": null } }), json!({ "find": "custom.level=c002" }));
        assert_eq!(desk.post("/api/v1/bulk-changes", found).await.ok().body["changed"], json!(1));
        let unknown = set(json!({ "custom": { "none": 1 } }), json!({ "ids": ids }));
        let refused = desk.post("/api/v1/bulk-changes", unknown).await;
        assert_eq!(refused.refused(), ("custom.none", "unknown_field"));
    }
}
