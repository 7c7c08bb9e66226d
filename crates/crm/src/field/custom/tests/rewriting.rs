//! A kind changed under data: only when every value converts, whole, and never twice.

use serde_json::{Value, json};

use super::{field, field_of, person, rows, work};
use crate::tests::desks;

#[tokio::test]
async fn a_kind_changes_when_every_value_does_and_not_before() {
    for desk in desks().await {
        let id = field(&desk, "contact", "Age", "text").await;
        let path = format!("/api/v1/custom-fields/{id}");
        let eva = person(&desk, "Eva", json!({ "age": "9" })).await.ok();
        let adam = person(&desk, "Adam", json!({ "age": "ten" })).await.ok();
        let to = json!({ "kind": "number" });
        let preview = desk.post(&format!("{path}/conversion-preview"), to.clone()).await.ok();
        assert_eq!(preview.body, json!({ "values": 2, "failing": 1 }));
        desk.post(&format!("{path}/convert"), to.clone()).await.ok();
        work(&desk).await;
        let refused = desk.get(&path).await.ok();
        assert_eq!(
            (refused.text("kind").as_str(), &refused.body["work_failed"], &refused.body["work"]),
            ("text", &json!(1), &Value::Null)
        );
        assert_eq!(desk.get(&format!("/api/v1/contacts/{}", eva.id())).await.ok().body["custom"]["age"], "9");
        desk.patch(&format!("/api/v1/contacts/{}", adam.id()), 1, json!({ "custom": { "age": " 10.50 " } })).await.ok();
        let begun = desk.post(&format!("{path}/convert"), to.clone()).await.ok();
        assert_eq!(begun.body["work"], json!({ "kind": "number", "total": 2, "done": 0 }));
        // Meanwhile nothing may change under it.
        let write = person(&desk, "Cai", json!({ "age": "x" })).await;
        assert_eq!(write.refused(), ("custom.age", "field_at_work"));
        assert_eq!(desk.press(&format!("{path}/archive")).await.conflict(), "field_at_work");
        work(&desk).await;
        let done = desk.get(&path).await.ok();
        assert_eq!((done.text("kind").as_str(), &done.body["work"]), ("number", &Value::Null));
        let adam = desk.get(&format!("/api/v1/contacts/{}", adam.id())).await.ok();
        assert_eq!(adam.body["custom"]["age"], "10.50");
        assert_eq!(desk.get("/api/v1/contacts?sort=custom.age").await.each("name"), ["Eva", "Adam"]);
        let stale = desk.patch(&format!("/api/v1/contacts/{}", eva.id()), 1, json!({ "job_title": "Late" })).await;
        assert_eq!(stale.status.as_u16(), 412, "whoever read the old value reads again");
        assert_eq!(rows(&desk, "custom_value").await, 2);
    }
}

#[tokio::test]
async fn choices_become_texts_and_texts_choices() {
    for desk in desks().await {
        let made = field_of(
            &desk,
            json!({ "object": "contact", "label": "Level", "kind": "choice", "choices": ["Gold", "Silver"] }),
        )
        .await;
        let path = format!("/api/v1/custom-fields/{}", made.id());
        let eva = person(&desk, "Eva", json!({ "level": "c002" })).await.ok();
        let read =
            async || desk.get(&format!("/api/v1/contacts/{}", eva.id())).await.ok().body["custom"]["level"].clone();
        for (to, wanted) in [
            (json!({ "kind": "multi_choice" }), json!(["c002"])),
            (json!({ "kind": "choice" }), json!("c002")),
            (json!({ "kind": "text" }), json!("Silver")),
            (json!({ "kind": "choice", "choices": ["Iron", "silver"] }), json!("c002")),
            (json!({ "kind": "long_text" }), json!("silver")),
        ] {
            desk.post(&format!("{path}/convert"), to.clone()).await.ok();
            work(&desk).await;
            assert_eq!(desk.get(&path).await.ok().body["kind"], to["kind"]);
            assert_eq!(read().await, wanted, "{to}");
        }
        let person = json!({ "kind": "person" });
        assert_eq!(desk.post(&format!("{path}/convert"), person).await.conflict(), "kind_not_convertible");
        let same = desk.post(&format!("{path}/convert"), json!({ "kind": "long_text" })).await;
        assert_eq!(same.refused(), ("kind", "kind_same"));
    }
}
