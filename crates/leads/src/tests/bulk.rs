//! Leads in bulk changes: assigned by the verb that assigns one, and put back with what belongs together.

use serde_json::{Value, json};

use super::{Desk, desks};

async fn change(desk: &Desk, ids: &[String], action: Value) -> super::Answer {
    desk.post("/api/v1/bulk-changes", json!({ "noun": "lead", "ids": ids, "action": action })).await.ok()
}

#[tokio::test]
async fn leads_are_assigned_and_disqualified_many_at_once_and_put_back() {
    for desk in desks().await {
        let eva = desk.hire("eva@faroazul.example").await;
        let mut ids = Vec::new();
        for name in ["Ada", "Bea", "Cleo"] {
            ids.push(desk.post("/api/v1/leads", json!({ "given_name": name })).await.ok().id());
        }
        let before = desk.events("lead.assigned").await;
        let given = change(&desk, &ids, json!({ "kind": "assign", "owner_id": eva })).await;
        assert_eq!((given.body["changed"].clone(), desk.events("lead.assigned").await - before), (json!(3), 3));
        desk.post(&format!("/api/v1/leads/{}/convert", ids[2]), json!({})).await.ok();
        // One that was converted is refused; a reason and its status come and go together.
        let refuse =
            json!({ "kind": "set", "fields": { "status": "disqualified", "disqualified_reason": "No budget" } });
        let refused = change(&desk, &ids, refuse).await;
        assert_eq!((&refused.body["changed"], &refused.body["refused"]), (&json!(2), &json!(1)), "{refused:?}");
        let again = change(&desk, &ids[..1], json!({ "kind": "set", "fields": { "status": "working" } })).await;
        desk.press(&format!("/api/v1/bulk-changes/{}/undo", again.id())).await.ok();
        let lead = desk.get(&format!("/api/v1/leads/{}", ids[0])).await.ok();
        assert_eq!(
            (lead.text("status"), lead.text("disqualified_reason")),
            ("disqualified".into(), "No budget".into())
        );
        let found = json!({ "noun": "lead", "find": "q=bea", "action": { "kind": "delete" } });
        assert_eq!(desk.post("/api/v1/bulk-changes", found).await.ok().body["changed"], json!(1));
    }
}
