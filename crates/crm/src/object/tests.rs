//! Custom objects through their routes, on both databases.

use axum::http::StatusCode;
use serde_json::json;
use store::sql;

use crate::{
    field::custom::tests::{field_of, rows, work},
    tests::{Answer, Desk, desks},
};

/// Makes an object and answers its id.
pub(crate) async fn object(desk: &Desk, singular: &str, plural: &str) -> String {
    desk.post("/api/v1/custom-objects", json!({ "singular": singular, "plural": plural })).await.ok().id()
}

/// Makes a record of it.
pub(crate) async fn record(desk: &Desk, object: &str, name: &str, custom: serde_json::Value) -> Answer {
    desk.post(&format!("/api/v1/custom-objects/{object}/records"), json!({ "name": name, "custom": custom })).await
}

#[tokio::test]
async fn an_object_is_made_renamed_moved_and_kept_apart_by_tenant() {
    for desk in desks().await {
        let made = desk
            .post("/api/v1/custom-objects", json!({ "singular": "Véhicule 🚐", "plural": "Véhicules 🚐" }))
            .await
            .ok();
        assert_eq!(made.text("key"), "vehicules_minibus", "{made:?}");
        assert_eq!(made.body["actions"], json!(["create_record", "update", "archive"]));
        let other = object(&desk, "سياسة", "سياسات").await;
        let listed = desk.get("/api/v1/custom-objects").await;
        assert_eq!(listed.each("id"), [made.id(), other.clone()]);
        let path = format!("/api/v1/custom-objects/{other}");
        let moved = desk.patch(&path, 1, json!({ "position": 0, "plural": "Policies" })).await.ok();
        assert_eq!((moved.text("plural").as_str(), &moved.body["position"]), ("Policies", &json!(0)));
        assert_eq!(desk.get("/api/v1/custom-objects").await.each("id"), [other.clone(), made.id()]);
        assert_eq!(desk.patch(&path, 1, json!({ "plural": "Late" })).await.status, StatusCode::PRECONDITION_FAILED);
        for (body, refused) in [
            (json!({ "singular": " ", "plural": "B" }), ("singular", "required")),
            (json!({ "singular": "A", "plural": "x".repeat(61) }), ("plural", "too_long")),
            (json!({ "singular": "A", "plural": "B", "key": "A b" }), ("key", "key_invalid")),
            (json!({ "singular": "A", "plural": "B", "key": "vehicules_minibus" }), ("key", "key_taken")),
        ] {
            assert_eq!(desk.post("/api/v1/custom-objects", body.clone()).await.refused(), refused, "{body}");
        }
        assert!(desk.they("GET", "/api/v1/custom-objects", None).await.ok().each("id").is_empty());
        assert_eq!(desk.they("GET", &path, None).await.status, StatusCode::NOT_FOUND);
        let theirs = format!("{path}/records");
        assert_eq!(desk.they("GET", &theirs, None).await.status, StatusCode::NOT_FOUND);
        let new = json!({ "name": "A" });
        assert_eq!(desk.they("POST", &theirs, Some(new)).await.status, StatusCode::NOT_FOUND);
        for (role, method, allowed) in [
            ("read_only", "GET", StatusCode::OK),
            ("sales", "DELETE", StatusCode::FORBIDDEN),
            ("read_only", "DELETE", StatusCode::FORBIDDEN),
        ] {
            assert_eq!(desk.ask(&desk.ours, role, method, &path, None, None).await.status, allowed, "{role} {method}");
        }
    }
}

#[tokio::test]
async fn fifty_objects_are_enough() {
    let desk = desks().await.remove(0);
    for n in 0..50 {
        object(&desk, "Thing", &format!("Things {n}")).await;
    }
    let more = desk.post("/api/v1/custom-objects", json!({ "singular": "A", "plural": "B" })).await;
    assert_eq!(more.conflict(), "too_many_objects");
}

#[tokio::test]
async fn an_archived_object_takes_nothing_new_and_keeps_what_it_has() {
    for desk in desks().await {
        let vehicles = object(&desk, "Vehicle", "Vehicles").await;
        let van = record(&desk, &vehicles, "Van", json!({})).await.ok();
        let path = format!("/api/v1/custom-objects/{vehicles}");
        desk.press(&format!("{path}/archive")).await.ok();
        desk.press(&format!("{path}/archive")).await.ok();
        assert_eq!(record(&desk, &vehicles, "Car", json!({})).await.conflict(), "object_archived");
        let field = json!({ "object": vehicles, "label": "Plate", "kind": "text" });
        assert_eq!(desk.post("/api/v1/custom-fields", field).await.refused(), ("object", "object_unknown"));
        let relation = json!({ "object": "deal", "label": "Van", "kind": "relation", "target": vehicles });
        assert_eq!(desk.post("/api/v1/custom-fields", relation).await.refused(), ("target", "object_unknown"));
        desk.get(&format!("/api/v1/custom-records/{}", van.id())).await.ok();
        assert!(desk.get("/api/v1/custom-objects").await.each("id").is_empty());
        assert_eq!(desk.get("/api/v1/custom-objects?archived=true").await.each("id"), std::slice::from_ref(&vehicles));
        desk.press(&format!("{path}/restore")).await.ok();
        record(&desk, &vehicles, "Car", json!({})).await.ok();
    }
}

#[tokio::test]
async fn deleting_an_object_erases_its_records_and_all_that_was_written_down_about_them() {
    for desk in desks().await {
        let vehicles = object(&desk, "Vehicle", "Vehicles").await;
        field_of(&desk, json!({ "object": vehicles, "label": "Plate", "kind": "text" })).await;
        let link =
            field_of(&desk, json!({ "object": "deal", "label": "Van", "kind": "relation", "target": vehicles })).await;
        let kept = object(&desk, "Policy", "Policies").await;
        record(&desk, &kept, "Kept", json!({})).await.ok();
        for n in 0..3 {
            let van = record(&desk, &vehicles, &format!("Zebedee {n}"), json!({ "plate": "Q1" })).await.ok();
            desk.post("/api/v1/notes", json!({ "subject": van.id(), "body": "scratched" })).await.ok();
            let call = json!({ "kind": "call", "title": "Workshop", "about": [van.id()], "direction": "outbound" });
            desk.post("/api/v1/activities", call).await.ok();
            let renamed = json!({ "kind": "set", "fields": { "name": format!("Zebedee {n} again") } });
            let renamed = json!({ "noun": vehicles, "ids": [van.id()], "action": renamed });
            desk.post("/api/v1/bulk-changes", renamed).await.ok();
        }
        assert_eq!(rows(&desk, "bulk_image").await, 3);
        let view = json!({ "noun": vehicles, "name": "Old vans", "filter": { "field": "name", "op": "contains", "value": "Zebedee" } });
        let view = desk.post("/api/v1/views", view).await.ok().id();
        let choice = json!({ "pinned": true, "opens": false });
        desk.ask(&desk.ours, "owner", "PUT", &format!("/api/v1/views/{view}/choice"), None, Some(choice)).await.ok();
        let path = format!("/api/v1/custom-objects/{vehicles}");
        assert_eq!(desk.delete(&path).await.conflict(), "object_not_archived");
        desk.press(&format!("{path}/archive")).await.ok();
        assert_eq!(desk.delete(&path).await.conflict(), "object_pointed_at");
        let field = format!("/api/v1/custom-fields/{}", link.id());
        desk.press(&format!("{field}/archive")).await.ok();
        desk.delete(&field).await.ok();
        work(&desk).await;
        let van = desk.get("/api/v1/search?q=zebedee").await.each("id");
        assert_eq!(van.len(), 3);
        desk.delete(&path).await.ok();
        // Gone at once, before it has been erased.
        assert_eq!(desk.get(&format!("/api/v1/custom-records/{}", van[0])).await.status, StatusCode::NOT_FOUND);
        assert_eq!(desk.get(&format!("/api/v1/timeline?subject={}", van[0])).await.status, StatusCode::NOT_FOUND);
        let late = desk.post("/api/v1/notes", json!({ "subject": van[0], "body": "too late" })).await;
        assert_eq!(late.refused(), ("subject", "subject_unknown"));
        work(&desk).await;
        assert!(desk.get("/api/v1/search?q=zebedee").await.each("id").is_empty());
        assert_eq!(desk.get("/api/v1/search?q=kept").await.each("id").len(), 1);
        for (table, left) in [
            ("custom_record", 1),
            ("custom_value", 0),
            ("note", 0),
            ("activity_link", 0),
            ("saved_view", 0),
            ("view_choice", 0),
            ("bulk_image", 0),
        ] {
            assert_eq!(rows(&desk, table).await, left, "{table}");
        }
        let mut tx = desk.tx().await;
        // The trail says that something was done, and nothing of what stood in the records, their notes and their views.
        for said in ["%Zebedee%", "%scratched%", "%Q1%", "%Old vans%"] {
            let query = sql!(
                "SELECT count(*) FROM audit_detail WHERE tenant_id = {} AND CAST(changes AS TEXT) LIKE {}",
                tx.tenant_id(),
                said
            );
            assert_eq!(tx.count(query).await.unwrap(), 0, "{said}");
        }
        let query = sql!(
            "SELECT count(*) FROM custom_field WHERE tenant_id = {} AND object = {} AND deleted_at IS NULL",
            tx.tenant_id(),
            vehicles.clone()
        );
        assert_eq!(tx.count(query).await.unwrap(), 0);
        drop(tx);
        let again = json!({ "singular": "A", "plural": "B", "key": "vehicles" });
        assert_eq!(desk.post("/api/v1/custom-objects", again).await.refused(), ("key", "key_taken"));
    }
}
