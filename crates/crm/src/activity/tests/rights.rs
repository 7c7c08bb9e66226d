//! Who sees an activity: whoever may read all it is about, its assignee and its author.

use axum::http::StatusCode;
use serde_json::json;

use super::task;
use crate::tests::{desks, joined};

#[tokio::test]
async fn an_activity_is_as_hidden_as_the_most_hidden_record_it_is_about() {
    for desk in desks().await {
        let company = desk.post("/api/v1/companies", json!({ "name": "Aurora" })).await.ok();
        let deal = desk.post("/api/v1/deals", json!({ "name": "Fleet" })).await.ok();
        let open = task(&desk, json!({ "about": [company.id()] })).await;
        let hidden = task(&desk, json!({ "about": [company.id(), deal.id()], "title": "Offer them less" })).await;
        // Support does not see deals.
        let colleague = joined(&desk, "eva@faroazul.example").await;
        let ask = async |path: &str| desk.ask(&colleague, "support", "GET", path, None, None).await;
        assert_eq!(ask("/api/v1/activities").await.ok().each("id"), [open.id()]);
        assert_eq!(ask(&format!("/api/v1/activities/{}", hidden.id())).await.status, StatusCode::NOT_FOUND);
        let timeline = ask(&format!("/api/v1/timeline?subject={}", company.id())).await.ok();
        assert_eq!(timeline.each("kind"), ["task.created", "company.created"]);
        let complete = format!("/api/v1/activities/{}/complete", hidden.id());
        let complete = desk.ask(&colleague, "support", "POST", &complete, None, None).await;
        assert_eq!(complete.status, StatusCode::NOT_FOUND);

        // What is given to them they see, without the deal.
        let path = format!("/api/v1/activities/{}", hidden.id());
        desk.patch(&path, 1, json!({ "assignee_id": colleague.member_id })).await.ok();
        let given = ask(&path).await.ok();
        assert_eq!(given.body["about"], json!([{ "id": company.id(), "name": "Aurora" }]));
        assert_eq!(ask("/api/v1/agenda").await.ok().body["someday"][0]["title"], "Offer them less");
        // And a change of theirs leaves the deal where it was.
        let change = json!({ "about": [] });
        desk.ask(&colleague, "support", "PATCH", &path, Some(2), Some(change)).await.ok();
        assert_eq!(desk.get(&path).await.ok().body["about"], json!([{ "id": deal.id(), "name": "Fleet" }]));
        // Who may only read changes nothing.
        let change = desk.ask(&colleague, "read_only", "PATCH", &path, Some(3), Some(json!({ "title": "x" }))).await;
        assert_eq!(change.status, StatusCode::FORBIDDEN);
        assert_eq!(desk.they("GET", &path, None).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_merge_takes_activities_along_and_its_undo_gives_them_back() {
    for desk in desks().await {
        let mut made = Vec::new();
        for name in ["Eva", "Eva Luz"] {
            made.push(desk.post("/api/v1/contacts", json!({ "given_name": name })).await.ok().id());
        }
        let both = task(&desk, json!({ "about": [made[0], made[1]] })).await;
        let one = task(&desk, json!({ "about": [made[1]] })).await;
        let merge = json!({ "survivor": made[0], "survivor_version": 1, "loser": made[1], "loser_version": 1 });
        let merge = desk.post("/api/v1/merges", merge).await.ok();
        let of = |id: &str| format!("/api/v1/activities?subject={id}");
        assert_eq!(desk.get(&of(&made[0])).await.ok().each("id"), [one.id(), both.id()]);
        let seen = desk.get(&format!("/api/v1/activities/{}", both.id())).await.ok();
        assert_eq!(seen.body["about"], json!([{ "id": made[0], "name": "Eva" }]));
        desk.press(&format!("/api/v1/merges/{}/undo", merge.id())).await.ok();
        assert_eq!(desk.get(&of(&made[0])).await.ok().each("id"), [both.id()]);
        assert_eq!(desk.get(&of(&made[1])).await.ok().each("id"), [one.id(), both.id()]);
    }
}
