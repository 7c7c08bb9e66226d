//! Saved views through their routes, on both databases.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::{
    field::custom::tests::{field_of, work},
    tests::{desks, joined},
};

fn mine() -> Value {
    json!({ "noun": "contact", "name": "Mine", "filter": { "field": "owner_id", "op": "is", "value": "me" },
        "q": " Aurora  Norte ", "sort": "-updated_at", "columns": ["name", "custom.level"] })
}

#[tokio::test]
async fn a_view_is_kept_changed_shared_deleted_and_brought_back() {
    for desk in desks().await {
        let made = desk.post("/api/v1/views", mine()).await.ok();
        let path = format!("/api/v1/views/{}", made.id());
        assert_eq!(
            (&made.body["shared"], &made.body["problem"], &made.body["actions"]),
            (&json!(false), &json!(null), &json!(["update", "delete"]))
        );
        assert_eq!(made.body["columns"], json!(["name", "custom.level"]));
        let changed = desk.patch(&path, 1, json!({ "name": "Ours", "shared": true, "sort": null })).await.ok();
        assert_eq!(
            (changed.text("name").as_str(), &changed.body["sort"], &changed.body["shared"]),
            ("Ours", &json!(null), &json!(true))
        );
        assert_eq!(changed.body["filter"], mine()["filter"], "what is not named stays");
        assert_eq!((made.text("q"), changed.text("q")), ("Aurora Norte".into(), "Aurora Norte".into()));
        assert_eq!(desk.patch(&path, 1, json!({ "name": "Late" })).await.status, StatusCode::PRECONDITION_FAILED);
        desk.delete(&path).await.ok();
        assert!(desk.get("/api/v1/views?noun=contact").await.each("id").is_empty());
        assert_eq!(desk.patch(&path, 3, json!({ "name": "Gone" })).await.conflict(), "view_deleted");
        desk.press(&format!("{path}/restore")).await.ok();
        assert_eq!(desk.get("/api/v1/views?noun=contact").await.each("name"), ["Ours"]);
        assert!(desk.get("/api/v1/views?noun=company").await.each("name").is_empty());
        desk.post("/api/v1/views", json!({ "noun": "company", "name": "Zebra" })).await.ok();
        assert_eq!(desk.get("/api/v1/views").await.each("name"), ["Zebra", "Ours"], "by list, then by name");
        for (body, refused) in [
            (json!({ "noun": "contact", "name": " " }), ("name", "required")),
            (json!({ "noun": "shoe", "name": "A" }), ("noun", "wrong_type")),
            (json!({ "noun": "contact", "name": "A", "q": "x".repeat(201) }), ("q", "too_long")),
            (json!({ "noun": "contact", "name": "A", "aggregates": vec![""; 7] }), ("aggregates", "too_many")),
            (json!({ "noun": "report", "name": "A", "q": "x", "report": { "kind": "lost" } }), ("q", "no_search")),
            (
                json!({ "noun": "contact", "name": "A", "filter": { "field": "shoe", "op": "is" } }),
                ("filter.field", "unknown_field"),
            ),
        ] {
            assert_eq!(desk.post("/api/v1/views", body.clone()).await.refused(), refused, "{body}");
        }
        assert_eq!(desk.they("GET", &path, None).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_private_view_is_nobody_elses_and_a_shared_one_is_changed_by_those_who_may() {
    for desk in desks().await {
        let other = joined(&desk, "colleague@example.com").await;
        let made = desk.post("/api/v1/views", mine()).await.ok();
        let path = format!("/api/v1/views/{}", made.id());
        let them = |method: &'static str, role: &'static str, path: String, body: Option<Value>| {
            let (desk, other) = (&desk, &other);
            async move { desk.ask(other, role, method, &path, Some(2), body).await }
        };
        assert_eq!(them("GET", "administrator", path.clone(), None).await.status, StatusCode::NOT_FOUND);
        assert_eq!(them("DELETE", "administrator", path.clone(), None).await.status, StatusCode::NOT_FOUND);
        assert!(them("GET", "administrator", "/api/v1/views?noun=contact".into(), None).await.each("id").is_empty());
        desk.patch(&path, 1, json!({ "shared": true })).await.ok();
        assert_eq!(them("GET", "read_only", path.clone(), None).await.ok().body["actions"], json!([]));
        assert_eq!(
            them("PATCH", "read_only", path.clone(), Some(json!({ "name": "A" }))).await.status,
            StatusCode::FORBIDDEN
        );
        assert_eq!(
            them(
                "POST",
                "read_only",
                "/api/v1/views".into(),
                Some(json!({ "noun": "contact", "name": "A", "shared": true }))
            )
            .await
            .status,
            StatusCode::FORBIDDEN
        );
        them("POST", "read_only", "/api/v1/views".into(), Some(json!({ "noun": "contact", "name": "A" }))).await.ok();
        them("PATCH", "sales", path.clone(), Some(json!({ "name": "Theirs" }))).await.ok();
        // Whose records one may not read, of those there are no views either.
        let deals = json!({ "noun": "deal", "name": "Deals", "shared": true });
        let deals = desk.post("/api/v1/views", deals).await.ok();
        let of_deals = format!("/api/v1/views/{}", deals.id());
        assert_eq!(them("GET", "support", of_deals, None).await.status, StatusCode::NOT_FOUND);
        assert_eq!(them("GET", "support", "/api/v1/views?noun=deal".into(), None).await.status, StatusCode::FORBIDDEN);
    }
}

#[tokio::test]
async fn each_member_pins_for_themselves_and_a_list_opens_with_one() {
    for desk in desks().await {
        let first = desk.post("/api/v1/views", json!({ "noun": "contact", "name": "A", "shared": true })).await.ok();
        let second = desk.post("/api/v1/views", json!({ "noun": "contact", "name": "B", "shared": true })).await.ok();
        for (view, pinned, opens) in [(&first, true, true), (&second, false, true), (&second, true, true)] {
            let path = format!("/api/v1/views/{}/choice", view.id());
            let chosen = desk
                .ask(&desk.ours, "owner", "PUT", &path, None, Some(json!({ "pinned": pinned, "opens": opens })))
                .await
                .ok();
            assert_eq!((&chosen.body["pinned"], &chosen.body["opens"]), (&json!(pinned), &json!(opens)));
        }
        let seen = desk.get("/api/v1/views?noun=contact").await.ok();
        let chosen = |at: usize| (seen.body["items"][at]["pinned"].clone(), seen.body["items"][at]["opens"].clone());
        assert_eq!((chosen(0), chosen(1)), ((json!(true), json!(false)), (json!(true), json!(true))));
        let other = joined(&desk, "colleague@example.com").await;
        let theirs = desk.ask(&other, "sales", "GET", "/api/v1/views?noun=contact", None, None).await.ok();
        assert_eq!(
            (&theirs.body["items"][0]["pinned"], &theirs.body["items"][1]["opens"]),
            (&json!(false), &json!(false))
        );
    }
}

#[tokio::test]
async fn a_view_whose_field_has_gone_says_so_and_can_be_mended() {
    for desk in desks().await {
        let level = json!({ "object": "contact", "label": "Level", "kind": "choice", "choices": ["Gold"] });
        let field = field_of(&desk, level).await;
        let filter = json!({ "field": "custom.level", "op": "is", "value": "c001" });
        let view =
            desk.post("/api/v1/views", json!({ "noun": "contact", "name": "Gold", "filter": filter })).await.ok();
        let path = format!("/api/v1/custom-fields/{}", field.id());
        // Another kind: the operators are others.
        desk.post(&format!("{path}/convert"), json!({ "kind": "text" })).await.ok();
        work(&desk).await;
        desk.press(&format!("{path}/archive")).await.ok();
        desk.delete(&path).await.ok();
        work(&desk).await;
        let of = format!("/api/v1/views/{}", view.id());
        let broken = desk.get(&of).await.ok();
        assert!(broken.text("problem").contains("custom.level"), "{broken:?}");
        assert_eq!(
            desk.get("/api/v1/views?noun=contact").await.ok().body["items"][0]["problem"],
            broken.body["problem"]
        );
        let mended = desk.patch(&of, 1, json!({ "filter": null })).await.ok();
        assert_eq!(mended.body["problem"], json!(null));
    }
}

#[tokio::test]
async fn a_filter_that_no_list_would_take_is_not_kept() {
    for desk in desks().await {
        let values: Vec<String> = (0..100).map(|n| format!("{n}{}", "x".repeat(400))).collect();
        let filter = json!({ "field": "city", "op": "any_of", "value": values });
        let view = json!({ "noun": "contact", "name": "Large", "filter": filter });
        assert_eq!(desk.post("/api/v1/views", view).await.refused(), ("filter", "too_long"));
    }
}

#[tokio::test]
async fn of_two_choices_at_once_one_is_what_the_list_opens_with() {
    for desk in desks().await {
        for round in 0..5 {
            let noun = ["contact", "company", "deal"][round % 3];
            let made = [0, 1].map(|_| desk.post("/api/v1/views", json!({ "noun": noun, "name": "A" })));
            let [one, other] = made;
            let views = [one.await.ok().id(), other.await.ok().id()];
            let choose = |view: &str| {
                let path = format!("/api/v1/views/{view}/choice");
                let (desk, body) = (&desk, json!({ "pinned": true, "opens": true }));
                async move { desk.ask(&desk.ours, "owner", "PUT", &path, None, Some(body)).await }
            };
            let (one, other, again) = tokio::join!(choose(&views[0]), choose(&views[1]), choose(&views[0]));
            for answer in [one, other, again] {
                answer.ok();
            }
            let seen = desk.get(&format!("/api/v1/views?noun={noun}")).await.ok();
            let opening = seen.body["items"].as_array().unwrap().iter().filter(|view| view["opens"] == true).count();
            assert_eq!(opening, 1, "{seen:?}");
        }
    }
}

#[tokio::test]
async fn a_view_keeps_how_it_stands_and_says_when_that_has_gone() {
    for desk in desks().await {
        let level = json!({ "object": "contact", "label": "Level", "kind": "choice", "choices": ["Gold"] });
        let field = field_of(&desk, level).await;
        let new = json!({ "noun": "contact", "name": "Board", "layout": "board", "layout_field": "custom.level",
            "group_by": "created_at:quarter", "aggregates": ["max:created_at"] });
        let made = desk.post("/api/v1/views", new).await.ok();
        let of = format!("/api/v1/views/{}", made.id());
        let stands = |view: &Value| {
            (view["layout"].clone(), view["layout_field"].clone(), view["group_by"].clone(), view["aggregates"].clone())
        };
        let board = (json!("board"), json!("custom.level"), json!("created_at:quarter"), json!(["max:created_at"]));
        assert_eq!((stands(&made.body), &made.body["problem"]), (board, &json!(null)));
        let plain = desk.post("/api/v1/views", json!({ "noun": "contact", "name": "Plain" })).await.ok();
        assert_eq!(stands(&plain.body), (json!("table"), json!(null), json!(null), json!([])));
        let calendar = json!({ "layout": "calendar", "layout_field": "created_at", "group_by": null });
        let changed = desk.patch(&of, 1, calendar).await.ok();
        let kept = (json!("calendar"), json!("created_at"), json!(null), json!(["max:created_at"]));
        assert_eq!(stands(&changed.body), kept, "what is not named stays");
        for (change, refused) in [
            (json!({ "layout": "board" }), ("layout_field", "layout_unfit")),
            (json!({ "layout": "table" }), ("layout_field", "layout_unfit")),
            (json!({ "layout_field": "shoe" }), ("layout_field", "unknown_field")),
            (json!({ "group_by": "email" }), ("group_by", "cannot_group")),
            (json!({ "aggregates": ["sum:city"] }), ("aggregates", "op_unknown")),
            (json!({ "layout": "shelf" }), ("layout", "wrong_type")),
            (json!({ "report": { "kind": "pipeline" } }), ("report", "no_report")),
        ] {
            assert_eq!(desk.patch(&of, 2, change.clone()).await.refused(), refused, "{change}");
        }
        desk.patch(&of, 2, json!({ "layout": "board", "layout_field": "custom.level" })).await.ok();
        let path = format!("/api/v1/custom-fields/{}", field.id());
        desk.press(&format!("{path}/archive")).await.ok();
        desk.delete(&path).await.ok();
        work(&desk).await;
        assert!(desk.get(&of).await.text("problem").contains("custom.level"));
        // It can be renamed all the same, and mended.
        desk.patch(&of, 3, json!({ "name": "Old board" })).await.ok();
        let mended = desk.patch(&of, 4, json!({ "layout": "table", "layout_field": null })).await.ok();
        assert_eq!(mended.body["problem"], json!(null));
    }
}

#[tokio::test]
async fn a_report_is_kept_like_a_view_for_those_who_may_see_what_it_counts() {
    for desk in desks().await {
        let other = joined(&desk, "colleague@example.com").await;
        let won = json!({ "field": "state", "op": "is", "value": "won" });
        let new = json!({ "noun": "report", "name": "Won lately", "shared": true, "filter": won,
            "report": { "kind": "velocity", "period": "last_quarter", "owner_id": desk.ours.member_id } });
        let made = desk.post("/api/v1/views", new).await.ok();
        let of = format!("/api/v1/views/{}", made.id());
        let settings = json!({ "kind": "velocity", "pipeline_id": null, "owner_id": desk.ours.member_id, "period": "last_quarter" });
        assert_eq!((&made.body["report"], &made.body["problem"]), (&settings, &json!(null)));
        assert_eq!(desk.get("/api/v1/views?noun=report").await.each("name"), ["Won lately"]);
        let theirs = |role: &'static str, path: &'static str| desk.ask(&other, role, "GET", path, None, None);
        assert_eq!(theirs("sales", "/api/v1/views?noun=report").await.each("name"), ["Won lately"]);
        assert_eq!(theirs("support", "/api/v1/views?noun=report").await.status, StatusCode::FORBIDDEN);
        for (body, refused) in [
            (json!({ "noun": "report", "name": "A" }), ("report", "required")),
            (json!({ "noun": "contact", "name": "A", "report": { "kind": "lost" } }), ("report", "no_report")),
            (
                json!({ "noun": "report", "name": "A", "report": { "kind": "activity" }, "filter": won }),
                ("filter", "no_filter"),
            ),
            (
                json!({ "noun": "report", "name": "A", "report": { "kind": "lost" }, "layout": "board" }),
                ("layout_field", "layout_unfit"),
            ),
        ] {
            assert_eq!(desk.post("/api/v1/views", body.clone()).await.refused(), refused, "{body}");
        }
        let lost = json!({ "report": { "kind": "lost", "period": "days_30" }, "filter": null });
        let changed = desk.patch(&of, 1, lost).await.ok();
        assert_eq!(changed.body["report"]["kind"], json!("lost"));
        // Nobody keeps what they may not see: here no role reads leads.
        let of_leads = json!({ "noun": "report", "name": "A", "report": { "kind": "source" } });
        assert_eq!(desk.post("/api/v1/views", of_leads).await.status, StatusCode::FORBIDDEN);
        let to_leads = json!({ "report": { "kind": "source" } });
        assert_eq!(desk.patch(&of, 2, to_leads).await.status, StatusCode::FORBIDDEN);
        // A filter that is about deals says nothing of people's work.
        let refused = desk.patch(&of, 2, json!({ "report": { "kind": "activity" }, "filter": won })).await;
        assert_eq!(refused.refused(), ("filter", "no_filter"));
        let chosen = json!({ "pinned": true, "opens": true });
        let chosen = desk.ask(&desk.ours, "owner", "PUT", &format!("{of}/choice"), None, Some(chosen)).await.ok();
        assert_eq!(chosen.body["opens"], json!(true));
        assert_eq!(desk.they("GET", &of, None).await.status, StatusCode::NOT_FOUND);
    }
}
