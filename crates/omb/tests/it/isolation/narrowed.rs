//! What else a member hears and may do whose role sees only their own records.

use reqwest::Method;
use serde_json::json;

use super::{reach::narrowed, reading::listen};
use crate::app::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn p179_live_events_tell_of_ones_own_records_only() {
    for app in TestApp::each().await {
        let owner = app.owner("aurora").await;
        let member = narrowed(&app, &owner, "own").await;
        let mut stream = member.request(Method::GET, "/events").send().await.unwrap();
        listen(&mut stream, "ready").await;
        let hidden = owner.post("/api/v1/companies", json!({ "name": "Levante" })).await.ok()["id"].clone();
        let own = member.post("/api/v1/companies", json!({ "name": "Mistral" })).await.ok()["id"].clone();
        let heard = listen(&mut stream, own.as_str().unwrap()).await;
        assert!(!heard.contains(hidden.as_str().unwrap()), "{:?}: {heard}", app.kind);
    }
}

#[tokio::test]
async fn p179_nobody_gives_a_role_that_sees_more_than_they_do_nor_has_everything_told() {
    for app in TestApp::each().await {
        let owner = app.owner("aurora").await;
        let member = narrowed(&app, &owner, "own").await;
        let invited = json!({ "email": "wide@aurora.example", "role": "billing" });
        member.post("/api/v1/invitations", invited).await.field("role", "role_above_own");
        let me = member.get("/api/v1/me").await.ok()["member"]["id"].clone();
        let path = format!("/api/v1/members/{}", me.as_str().unwrap());
        let version = member.get(&path).await.ok()["version"].clone();
        member.patch(&path, &version, json!({ "role": "billing" })).await.field("role", "role_above_own");
        let hook = json!({ "url": "https://example.com/in" });
        member.post("/api/v1/webhooks", hook).await.refused(409, "reach_above_own");
        let like = json!({ "email": "like@aurora.example", "role": "sales" });
        member.post("/api/v1/invitations", like).await.ok();
    }
}

#[tokio::test]
async fn a_link_beyond_reach_stays_when_it_is_sent_back_and_cannot_be_made() {
    for app in TestApp::each().await {
        let owner = app.owner("aurora").await;
        let member = narrowed(&app, &owner, "own").await;
        let me = member.get("/api/v1/me").await.ok()["member"]["id"].clone();
        let [hidden, other] = [
            owner.post("/api/v1/companies", json!({ "name": "Levante" })).await.ok()["id"].clone(),
            owner.post("/api/v1/companies", json!({ "name": "Poniente" })).await.ok()["id"].clone(),
        ];
        let person = json!({ "given_name": "Iris", "company_id": hidden, "owner_id": me });
        let path =
            format!("/api/v1/contacts/{}", owner.post("/api/v1/contacts", person).await.ok()["id"].as_str().unwrap());
        let read = member.get(&path).await.ok();
        let back = json!({ "job_title": "Buyer", "company_id": read["company_id"] });
        let changed = member.patch(&path, &read["version"], back).await.ok();
        assert_eq!((&changed["company_id"], &changed["job_title"]), (&hidden, &json!("Buyer")), "{:?}", app.kind);
        let moved = json!({ "company_id": other });
        member.patch(&path, &changed["version"], moved).await.field("company_id", "company_unknown");
    }
}

#[tokio::test]
async fn who_changes_an_activity_keeps_its_links_to_what_they_do_not_see() {
    for app in TestApp::each().await {
        let owner = app.owner("aurora").await;
        let member = narrowed(&app, &owner, "own").await;
        let me = member.get("/api/v1/me").await.ok()["member"]["id"].clone();
        let hidden = owner.post("/api/v1/companies", json!({ "name": "Levante" })).await.ok()["id"].clone();
        let task = json!({ "kind": "task", "title": "Call", "about": [hidden], "assignee_id": me });
        let path =
            format!("/api/v1/activities/{}", owner.post("/api/v1/activities", task).await.ok()["id"].as_str().unwrap());
        let read = member.get(&path).await.ok();
        assert_eq!(read["about"], json!([]), "{:?}", app.kind);
        member.patch(&path, &read["version"], json!({ "title": "Call again", "about": [] })).await.ok();
        assert_eq!(owner.get(&path).await.ok()["about"][0]["id"], hidden, "{:?}", app.kind);
    }
}

#[tokio::test]
async fn a_file_ends_where_reach_does_and_so_does_what_the_trail_counts() {
    for app in TestApp::each().await {
        let owner = app.owner("aurora").await;
        let member = narrowed(&app, &owner, "own").await;
        let vehicle = json!({ "singular": "Vehicle", "plural": "Vehicles" });
        let object = owner.post("/api/v1/custom-objects", vehicle).await.ok()["id"].clone();
        let records = format!("/api/v1/custom-objects/{}/records", object.as_str().unwrap());
        for (path, action) in [("/api/v1/deals", "deal.export"), (&records, "custom_record.export")] {
            for (client, name) in [(&owner, "Levante"), (&owner, "Poniente"), (&member, "Mistral")] {
                client.post(path, json!({ "name": name })).await.ok();
            }
            let file = member.get(&format!("{path}/export.csv")).await;
            let text = String::from_utf8_lossy(&file.bytes);
            assert!(text.contains("Mistral") && text.lines().count() == 2, "{:?}: {text}", app.kind);
            assert_eq!(member.get(&format!("{path}/export.xlsx")).await.status, 200, "{:?}: {path}", app.kind);
            let trail = owner.get(&format!("/api/v1/audit?action={action}")).await.ok();
            let counted: Vec<_> =
                trail["items"].as_array().unwrap().iter().map(|told| &told["changes"]["records"]).collect();
            assert_eq!(counted, [&json!([null, 1]); 2], "{:?}: {trail}", app.kind);
        }
    }
}

/// A refused attempt names a permission, which begins like an id and is none.
#[tokio::test]
async fn the_trail_is_read_by_who_sees_a_part_also_where_it_names_no_record() {
    for app in TestApp::each().await {
        let owner = app.owner("aurora").await;
        let reader = app.member(&owner, "read_only").await;
        reader.post("/api/v1/contacts", json!({ "given_name": "Iris" })).await.refused(403, "forbidden");
        let member = narrowed(&app, &owner, "own").await;
        let trail = member.get("/api/v1/audit?action=access.refused").await.ok();
        assert_eq!(trail["items"][0]["subject"], "contact.edit", "{:?}: {trail}", app.kind);
    }
}
