//! The way back: what was there before comes back, and what was changed since stays.

use chrono::TimeDelta;

use super::*;

#[tokio::test]
async fn what_was_changed_since_stays_and_is_counted() {
    for desk in desks().await {
        let mut ids = Vec::new();
        for (name, city) in [("Aurora", "Vigo"), ("Boreal", "Lugo"), ("Cierzo", "León"), ("Duna", "Ávila")] {
            let company = json!({ "name": name, "city": city, "country": "ES", "tax_id": if name == "Aurora" { json!("B58378431") } else { json!(null) } });
            ids.push(desk.post("/api/v1/companies", company).await.ok().id());
        }
        let set = json!({ "kind": "set", "fields": { "city": "Valencia", "region": "VC", "tax_id": null } });
        let done = desk.change("company", &ids, set).await.ok();
        assert_eq!(done.came_to(), (4, 0, 0));
        let path = |n: usize| format!("/api/v1/companies/{}", ids[n]);
        desk.patch(&path(1), 2, json!({ "city": "Gandía" })).await.ok();
        desk.patch(&path(2), 2, json!({ "about": "Called on Monday." })).await.ok();
        desk.delete(&path(3)).await;
        let undone = desk.press(&format!("/api/v1/bulk-changes/{}/undo", done.id())).await.ok();
        assert_eq!((undone.text("state"), undone.number("undone"), undone.number("kept")), ("undone".into(), 2, 2));
        let now = async |n: usize| desk.get(&path(n)).await.ok();
        let aurora = now(0).await;
        assert_eq!(
            (aurora.text("city"), aurora.text("tax_id"), &aurora.body["region"]),
            ("Vigo".into(), "B58378431".into(), &json!(null))
        );
        // The city that somebody wrote since stays; the region goes back.
        assert_eq!((now(1).await.text("city"), now(1).await.body["region"].clone()), ("Gandía".into(), json!(null)));
        assert_eq!(
            (now(2).await.text("city"), now(2).await.text("about")),
            ("León".into(), "Called on Monday.".into())
        );
        assert_eq!(
            (now(3).await.text("city"), now(3).await.body["actions"].clone()),
            ("Valencia".into(), json!(["restore"]))
        );
        assert_eq!((desk.events("bulk_change.undo_started").await, desk.events("bulk_change.undone").await), (1, 1));
    }
}

#[tokio::test]
async fn the_deleted_come_back_unless_somebody_else_deleted_them_again() {
    for desk in desks().await {
        let ids = desk.companies(&["Aurora", "Boreal", "Cierzo"]).await;
        let done = desk.change("company", &ids, json!({ "kind": "delete" })).await.ok();
        let path = |n: usize| format!("/api/v1/companies/{}", ids[n]);
        desk.press(&format!("{}/restore", path(1))).await.ok();
        desk.press(&format!("{}/restore", path(2))).await.ok();
        desk.store.clock().advance(TimeDelta::minutes(1));
        desk.delete(&path(2)).await;
        let undone = desk.press(&format!("/api/v1/bulk-changes/{}/undo", done.id())).await.ok();
        assert_eq!((undone.number("undone"), undone.number("kept")), (1, 2));
        assert_eq!(desk.get("/api/v1/companies").await.each("name"), ["Aurora", "Boreal"]);
    }
}

#[tokio::test]
async fn what_a_person_could_not_write_any_more_is_not_put_back() {
    for desk in desks().await {
        let eva = crate::tests::joined(&desk, "eva@faroazul.example").await;
        let mut ids = Vec::new();
        for owner in [eva.member_id, desk.ours.member_id] {
            ids.push(desk.post("/api/v1/companies", json!({ "name": "Aurora", "owner_id": owner })).await.ok().id());
        }
        let done = desk.change("company", &ids, json!({ "kind": "assign", "owner_id": null })).await.ok();
        let mut tx = desk.tx().await;
        let tenant = tx.tenant_id();
        tx.execute(sql!("UPDATE member SET state = 'removed' WHERE tenant_id = {} AND id = {}", tenant, eva.member_id))
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let undone = desk.press(&format!("/api/v1/bulk-changes/{}/undo", done.id())).await.ok();
        assert_eq!((undone.number("undone"), undone.number("kept")), (1, 1));
        let refused = desk.get(&format!("/api/v1/bulk-changes/{}/refused?undoing=true", done.id())).await.ok();
        assert_eq!(
            (refused.each("record"), refused.each("code")),
            (vec![ids[0].clone()], vec!["member_unknown".to_owned()])
        );
    }
}

#[tokio::test]
async fn what_was_there_before_is_sealed_and_goes_after_thirty_days() {
    for desk in desks().await {
        let id = desk
            .post("/api/v1/contacts", json!({ "given_name": "Eva", "about": "prefers zanahorias" }))
            .await
            .ok()
            .id();
        let set = json!({ "kind": "set", "fields": { "about": "likes berenjenas" } });
        let done = desk.change("contact", std::slice::from_ref(&id), set).await.ok();
        desk.change("contact", &[id], json!({ "kind": "set", "fields": { "about": null } })).await.ok();
        let mut tx = desk.tx().await;
        let tenant = tx.tenant_id();
        let raw: Vec<(Vec<u8>,)> =
            tx.all(sql!("SELECT image FROM bulk_image WHERE tenant_id = {} UNION ALL SELECT action FROM bulk_change WHERE tenant_id = {}", tenant, tenant))
                .await
                .unwrap();
        assert_eq!(raw.len(), 4);
        for (bytes,) in &raw {
            let text = String::from_utf8_lossy(bytes);
            assert!(!text.contains("zanahorias") && !text.contains("berenjenas"), "{text}");
        }
        drop(tx);
        desk.store.clock().advance(TimeDelta::days(29));
        desk.bulk_work().await;
        assert_eq!(desk.bulk_change(&done.id()).await.body["actions"], json!(["undo"]));
        desk.store.clock().advance(TimeDelta::days(1));
        desk.bulk_work().await;
        let over = desk.bulk_change(&done.id()).await;
        assert_eq!(
            (over.text("state"), over.number("changed"), &over.body["actions"]),
            ("final".into(), 1, &json!([]))
        );
        assert_eq!(
            desk.press(&format!("/api/v1/bulk-changes/{}/undo", done.id())).await.conflict(),
            "bulk_change_not_undoable"
        );
        let mut tx = desk.tx().await;
        for left in [
            sql!("SELECT count(*) FROM bulk_image WHERE tenant_id = {}", tenant),
            sql!("SELECT count(*) FROM bulk_part WHERE tenant_id = {}", tenant),
            sql!("SELECT count(*) FROM bulk_change WHERE tenant_id = {} AND action IS NOT NULL", tenant),
        ] {
            assert_eq!(tx.count(left).await.unwrap(), 0);
        }
    }
}
