//! What is done to each record, and what is refused.

use super::*;

#[tokio::test]
async fn each_record_is_changed_as_if_by_hand() {
    for desk in desks().await {
        let field = json!({ "object": "company", "label": "Level", "kind": "choice", "choices": ["Gold", "Silver"] });
        let field = desk.post("/api/v1/custom-fields", field).await.ok();
        let gold = field.body["choices"][0]["id"].clone();
        let ids = desk.companies(&["Aurora", "Boreal", "Cierzo"]).await;
        desk.patch(
            &format!("/api/v1/companies/{}", ids[2]),
            1,
            json!({ "country": "PT", "custom": { "level": gold } }),
        )
        .await
        .ok();
        let set = json!({ "kind": "set", "fields": { "country": "PT", "custom": { "level": gold } } });
        let done = desk.change("company", &ids, set).await.ok();
        // Fewer than fifty are done in the answer; one was so already and is left alone.
        assert_eq!((done.came_to(), done.body["fields"].clone()), ((2, 1, 0), json!(["country", "custom.level"])));
        for id in &ids {
            let company = desk.get(&format!("/api/v1/companies/{id}")).await.ok();
            assert_eq!((company.number("version"), company.text("country")), (2, "PT".into()));
            let timeline = desk.get(&format!("/api/v1/timeline?subject={id}")).await.ok();
            assert_eq!(timeline.each("kind"), ["company.updated", "company.created"]);
        }
        assert_eq!((desk.audited("company.update").await, desk.events("company.updated").await), (3, 3));
        assert_eq!(desk.get("/api/v1/companies?custom.level=c001").await.ok().each("id").len(), 3);
        assert_eq!((desk.events("bulk_change.started").await, desk.events("bulk_change.finished").await), (1, 1));

        // Whoever makes a company has it, so all three belong to somebody.
        let nobody = desk.change("company", &ids, json!({ "kind": "assign", "owner_id": null })).await.ok();
        assert_eq!(nobody.came_to(), (3, 0, 0));
        let given =
            desk.change("company", &ids[..2], json!({ "kind": "assign", "owner_id": desk.ours.member_id })).await;
        assert_eq!(given.ok().came_to(), (2, 0, 0));
        let cleared = desk.change("company", &ids, json!({ "kind": "assign", "owner_id": null })).await.ok();
        assert_eq!(cleared.came_to(), (2, 1, 0));
        let gone = desk.change("company", &ids, json!({ "kind": "delete" })).await.ok();
        assert_eq!((gone.came_to(), desk.get("/api/v1/search?q=aurora").await.each("id").len()), ((3, 0, 0), 0));
        let back = desk.change("company", &ids, json!({ "kind": "restore" })).await.ok();
        assert_eq!((back.came_to(), desk.get("/api/v1/search?q=aurora").await.each("id").len()), ((3, 0, 0), 1));
    }
}

#[tokio::test]
async fn tags_are_added_and_taken_away_without_touching_others() {
    for desk in desks().await {
        let mut ids = Vec::new();
        for tags in [json!([]), json!(["VIP", "Old"]), json!(["Own"])] {
            ids.push(desk.post("/api/v1/contacts", json!({ "given_name": "Eva", "tags": tags })).await.ok().id());
        }
        let tag = json!({ "kind": "tag", "add": [" VIP ", "Fair"], "remove": ["Old"] });
        let done = desk.change("contact", &ids, tag).await.ok();
        assert_eq!(done.came_to(), (3, 0, 0));
        let tags = async |id: &str| desk.get(&format!("/api/v1/contacts/{id}")).await.ok().body["tags"].clone();
        assert_eq!(tags(&ids[0]).await, json!(["VIP", "Fair"]));
        assert_eq!(tags(&ids[1]).await, json!(["VIP", "Fair"]));
        assert_eq!(tags(&ids[2]).await, json!(["Own", "VIP", "Fair"]));
        // Somebody adds one of their own; undoing takes away only what was added, and gives back what was taken.
        desk.patch(&format!("/api/v1/contacts/{}", ids[1]), 2, json!({ "tags": ["VIP", "Fair", "New"] })).await.ok();
        let undone = desk.press(&format!("/api/v1/bulk-changes/{}/undo", done.id())).await.ok();
        assert_eq!((undone.text("state"), undone.number("undone")), ("undone".into(), 3));
        assert_eq!(tags(&ids[0]).await, json!([]));
        assert_eq!(tags(&ids[1]).await, json!(["VIP", "New", "Old"]), "it was a VIP before");
    }
}

#[tokio::test]
async fn deals_are_moved_and_moved_back() {
    for desk in desks().await {
        let pipelines = desk.get("/api/v1/pipelines").await.ok();
        let stage = |n: usize| pipelines.body["items"][0]["stages"][n]["id"].as_str().unwrap().to_owned();
        let mut ids = Vec::new();
        for name in ["One", "Two", "Three"] {
            ids.push(desk.post("/api/v1/deals", json!({ "name": name })).await.ok().id());
        }
        desk.press(&format!("/api/v1/deals/{}/win", ids[2])).await.ok();
        let done = desk.change("deal", &ids, json!({ "kind": "move", "stage_id": stage(1) })).await.ok();
        assert_eq!(done.came_to(), (2, 0, 1));
        let refused = desk.get(&format!("/api/v1/bulk-changes/{}/refused", done.id())).await.ok();
        assert_eq!(
            (refused.each("record"), refused.each("code")),
            (vec![ids[2].clone()], vec!["deal_closed".to_owned()])
        );
        assert_eq!(refused.each("name"), ["Three"]);
        // One goes on by hand; the other goes back.
        let path = format!("/api/v1/deals/{}/move", ids[0]);
        desk.ask(&desk.ours, "owner", "POST", &path, Some(2), Some(json!({ "stage_id": stage(2) }))).await.ok();
        let undone = desk.press(&format!("/api/v1/bulk-changes/{}/undo", done.id())).await.ok();
        assert_eq!((undone.number("undone"), undone.number("kept")), (1, 1));
        for (id, at) in [(&ids[0], stage(2)), (&ids[1], stage(0))] {
            assert_eq!(desk.get(&format!("/api/v1/deals/{id}")).await.ok().body["stage"]["id"], json!(at));
        }
    }
}

#[tokio::test]
async fn what_can_be_done_to_no_record_is_refused_at_the_door() {
    for desk in desks().await {
        let (com, dea) =
            (desk.companies(&["Aurora"]).await, desk.post("/api/v1/deals", json!({ "name": "A" })).await.ok().id());
        let refuse = async |noun: &str, ids: &[String], action: Value, field: &str, code: &str| {
            let answer = desk.change(noun, ids, action).await;
            assert_eq!(answer.refused(), (field, code), "{answer:?}");
        };
        let set = |fields: Value| json!({ "kind": "set", "fields": fields });
        refuse("company", &com, set(json!({ "nmae": "x" })), "action.fields.nmae", "unknown_field").await;
        refuse("company", &com, set(json!({ "source": "x" })), "action.fields.source", "unknown_field").await;
        refuse("company", &com, set(json!({ "tags": 3 })), "action.fields.tags", "wrong_type").await;
        refuse("company", &com, set(json!({ "custom": { "none": 1 } })), "custom.none", "unknown_field").await;
        refuse("company", &com, set(json!({})), "action.fields", "required").await;
        let nobody = kernel::MemberId::new();
        refuse("company", &com, json!({ "kind": "assign", "owner_id": nobody }), "action.owner_id", "member_unknown")
            .await;
        refuse("company", &com, json!({ "kind": "tag", "add": [" "] }), "action.add", "required").await;
        refuse("deal", std::slice::from_ref(&dea), json!({ "kind": "tag", "add": ["x"] }), "action.kind", "no_tags")
            .await;
        let stage = crate::pipeline::StageId::new();
        refuse("company", &com, json!({ "kind": "move", "stage_id": stage }), "action.kind", "no_stages").await;
        refuse("deal", &[dea], json!({ "kind": "move", "stage_id": stage }), "action.stage_id", "stage_unknown").await;
        refuse("quote", &com, json!({ "kind": "delete" }), "noun", "noun_unknown").await;
        refuse("contact", &com, json!({ "kind": "delete" }), "ids", "records_unknown").await;
        refuse("company", &[], json!({ "kind": "delete" }), "ids", "records_unknown").await;
        let many: Vec<String> = (0..10_001).map(|_| crate::company::CompanyId::new().to_string()).collect();
        refuse("company", &many, json!({ "kind": "delete" }), "ids", "too_many").await;
        let both = json!({ "noun": "company", "ids": com, "find": "", "action": { "kind": "delete" } });
        assert_eq!(desk.post("/api/v1/bulk-changes", both).await.refused(), ("ids", "ids_or_find"));
        let none = json!({ "noun": "company", "find": "q=nobody", "action": { "kind": "delete" } });
        assert_eq!(desk.post("/api/v1/bulk-changes", none).await.refused(), ("find", "nothing_found"));
        // What a list would pass over must not come to mean all of it; and activities are not searched.
        for (noun, find) in [("company", "owner=me"), ("company", "filters=%7B%7D"), ("activity", "q=call")] {
            let body = json!({ "noun": noun, "find": find, "action": { "kind": "delete" } });
            assert_eq!(
                desk.post("/api/v1/bulk-changes", body).await.refused(),
                ("find", "condition_unknown"),
                "{find}"
            );
        }
        assert_eq!(desk.get("/api/v1/bulk-changes").await.each("id"), [""; 0]);
    }
}

#[tokio::test]
async fn a_record_that_is_refused_late_is_left_out_alone() {
    for desk in desks().await {
        let company = async |name: &str, tax: Option<&str>| {
            desk.post("/api/v1/companies", json!({ "name": name, "country": "ES", "tax_id": tax })).await.ok().id()
        };
        let first = company("First", Some("B58378431")).await;
        desk.delete(&format!("/api/v1/companies/{first}")).await;
        company("Second", Some("B58378431")).await;
        let mut ids = vec![company("Third", None).await, first.clone(), company("Fourth", None).await];
        for id in [&ids[0], &ids[2]] {
            desk.delete(&format!("/api/v1/companies/{id}")).await;
        }
        ids.push(crate::company::CompanyId::new().to_string());
        // The database itself refuses the tax id that somebody else has by now, in the middle of a transaction.
        let done = desk.change("company", &ids, json!({ "kind": "restore" })).await.ok();
        assert_eq!(done.came_to(), (2, 0, 2), "{done:?}");
        let refused = desk.get(&format!("/api/v1/bulk-changes/{}/refused", done.id())).await.ok();
        assert_eq!(refused.each("code"), ["tax_id_taken", "not_found"], "{refused:?}");
        assert_eq!(desk.get("/api/v1/companies").await.each("name"), ["Fourth", "Second", "Third"]);
        assert_eq!(desk.audited("company.restore").await, 2, "nothing is restored twice");
    }
}

#[tokio::test]
async fn what_the_list_finds_is_fixed_when_it_begins() {
    for desk in desks().await {
        let ids = desk.companies(&["Aurora Norte", "Aurora Sur", "Boreal"]).await;
        let filter = r#"{"all":[{"field":"name","op":"starts_with","value":"Aurora"}]}"#;
        let find: String = filter.bytes().map(|b| format!("%{b:02X}")).collect();
        let body = json!({ "noun": "company", "find": format!("filter={find}&sort=-name&limit=1"), "action": { "kind": "delete" } });
        let can = desk.bulk_can();
        let new: start::NewBulkChange = serde_json::from_value(body).unwrap();
        let mut tx = desk.store.begin(&can).await.unwrap();
        let change = start::start(&mut tx, &desk.bulk(), new).await.unwrap();
        tx.commit().await.unwrap();
        desk.companies(&["Aurora Este"]).await;
        desk.store.clock().advance(chrono::TimeDelta::minutes(1));
        desk.bulk_work().await;
        assert_eq!(desk.bulk_change(&change.id.to_string()).await.came_to(), (2, 0, 0));
        assert_eq!(desk.get("/api/v1/companies").await.each("name"), ["Aurora Este", "Boreal"]);
        let searched = json!({ "noun": "company", "find": "q=boreal", "action": { "kind": "delete" } });
        assert_eq!(desk.post("/api/v1/bulk-changes", searched).await.ok().came_to(), (1, 0, 0));
        assert_eq!(desk.get(&format!("/api/v1/companies/{}", ids[2])).await.ok().body["actions"], json!(["restore"]));
    }
}

#[tokio::test]
async fn records_of_ones_own_objects_and_activities_take_bulk_changes() {
    for desk in desks().await {
        let object = async |name: &str| {
            desk.post("/api/v1/custom-objects", json!({ "singular": name, "plural": format!("{name}s") }))
                .await
                .ok()
                .id()
        };
        let (vans, dogs) = (object("Van").await, object("Dog").await);
        let record = async |object: &str| {
            desk.post(&format!("/api/v1/custom-objects/{object}/records"), json!({ "name": "One" })).await.ok().id()
        };
        let (van, dog) = (record(&vans).await, record(&dogs).await);
        let both = [van.clone(), dog.clone()];
        let done = desk.change(&vans, &both, json!({ "kind": "set", "fields": { "name": "Two" } })).await.ok();
        assert_eq!(done.came_to(), (1, 0, 1), "a record of another object is not there");
        let refused = desk.get(&format!("/api/v1/bulk-changes/{}/refused", done.id())).await.ok();
        assert_eq!((refused.each("code"), refused.each("name")), (vec!["not_found".to_owned()], vec![String::new()]));
        desk.press(&format!("/api/v1/bulk-changes/{}/undo", done.id())).await.ok();
        assert_eq!(desk.get(&format!("/api/v1/custom-records/{van}")).await.text("name"), "One");

        let task = json!({ "kind": "task", "title": "Call" });
        let task = desk.post("/api/v1/activities", task).await.ok().id();
        let given = json!({ "kind": "assign", "owner_id": desk.ours.member_id });
        let given = desk.change("activity", std::slice::from_ref(&task), given).await.ok();
        assert_eq!(given.came_to().2, 0);
        let set = json!({ "kind": "set", "fields": { "priority": "high" } });
        assert_eq!(desk.change("activity", std::slice::from_ref(&task), set).await.ok().came_to(), (1, 0, 0));
        let about = json!({ "kind": "set", "fields": { "about": [] } });
        assert_eq!(desk.change("activity", &[task], about).await.refused().1, "unknown_field");
    }
}
