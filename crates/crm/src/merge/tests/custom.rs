//! Custom fields of the two: chosen one by one, found and sorted by afterwards, put back one by one.

use serde_json::{Value, json};

use super::*;

struct Story {
    ana: String,
    twin: String,
    level: String,
}

/// Two contacts with three custom fields, of which two differ.
async fn story(desk: &Desk) -> Story {
    let new = |label: &str, kind: &str| json!({ "object": "contact", "key": label.to_lowercase(), "label": label, "kind": kind });
    desk.post("/api/v1/custom-fields", new("Nickname", "text")).await.ok();
    desk.post("/api/v1/custom-fields", new("Score", "number")).await.ok();
    let level = desk.post("/api/v1/custom-fields", new("Level", "text")).await.ok().id();
    let of = |name: &str, custom: Value| json!({ "given_name": name, "custom": custom });
    let ana = desk.contact(of("Ana", json!({ "nickname": "Anita", "score": "3" }))).await;
    let twin = desk.contact(of("Anna", json!({ "nickname": "Annie", "score": "40", "level": "gold" }))).await;
    Story { ana, twin, level }
}

async fn found(desk: &Desk, filter: &str) -> Vec<String> {
    let answer = desk.get(&format!("/api/v1/contacts?{filter}")).await.ok();
    answer.body["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn each_custom_field_is_chosen_by_itself_and_found_afterwards() {
    for desk in desks().await {
        let Story { ana, twin, .. } = story(&desk).await;
        let wanted = json!({ "survivor": ana, "loser": twin, "take": ["custom.score"] });
        let preview = desk.post("/api/v1/merges/preview", wanted).await.ok().body;
        let shown = preview["fields"].as_array().unwrap().iter().filter(|f| !f["label"].is_null());
        let shown: Vec<_> = shown.map(|f| (&f["label"], &f["survivor"], &f["loser"], &f["result"])).collect();
        let (three, forty) = (json!("3"), json!("40"));
        assert_eq!(
            shown,
            [
                (&json!("Nickname"), &json!("Anita"), &json!("Annie"), &json!("Anita")),
                (&json!("Score"), &three, &forty, &forty),
                (&json!("Level"), &Value::Null, &json!("gold"), &json!("gold")),
            ]
        );
        let merge = desk.merging(&ana, &twin, &["custom.score"]).await.ok().id();
        let values = json!({ "nickname": "Anita", "score": "40", "level": "gold" });
        assert_eq!(desk.of(&ana).await.ok().body["custom"], values);
        assert_eq!(found(&desk, "custom.score.from=40").await, std::slice::from_ref(&ana));
        assert_eq!(found(&desk, "custom.level=gold").await, std::slice::from_ref(&ana));

        // One of them is changed afterwards: that one stays, the others go back.
        let version = desk.of(&ana).await.ok().body["version"].as_i64().unwrap();
        let change = json!({ "custom": { "level": "silver" } });
        desk.patch(&format!("/api/v1/contacts/{ana}"), version, change).await.ok();
        let undone = desk.press(&format!("/api/v1/merges/{merge}/undo")).await.ok().body;
        assert_eq!(undone["undone"]["kept"], json!(["custom.level"]), "{undone}");
        let values = json!({ "nickname": "Anita", "score": "3", "level": "silver" });
        assert_eq!(desk.of(&ana).await.ok().body["custom"], values);
        assert_eq!(found(&desk, "custom.score.from=40").await, std::slice::from_ref(&twin));
        assert_eq!(found(&desk, "custom.level=silver").await, std::slice::from_ref(&ana));
    }
}

#[tokio::test]
async fn what_was_erased_meanwhile_does_not_come_back_and_an_unknown_name_is_refused() {
    for desk in desks().await {
        let Story { ana, twin, level } = story(&desk).await;
        assert_eq!(desk.merging(&ana, &twin, &["custom.shoe"]).await.refused(), ("take.0", "field_unknown"));
        let merge = desk.merging(&twin, &ana, &["custom.level"]).await.ok().id();
        assert!(desk.of(&twin).await.ok().body["custom"].get("level").is_none(), "nothing was chosen over gold");
        let field = format!("/api/v1/custom-fields/{level}");
        desk.press(&format!("{field}/archive")).await.ok();
        desk.delete(&field).await.ok();
        desk.drain().await;
        desk.press(&format!("/api/v1/merges/{merge}/undo")).await.ok();
        assert_eq!(desk.of(&twin).await.ok().body["custom"], json!({ "nickname": "Annie", "score": "40" }));
    }
}
