//! Workers die, people stop; nothing is lost and nothing is done twice.

use super::{
    run::{Turn, Way, turn},
    *,
};

#[tokio::test]
async fn a_worker_that_dies_half_way_doubles_nothing() {
    for desk in desks().await {
        let ids = desk.crowd(250).await;
        let set = json!({ "kind": "set", "fields": { "city": "Valencia" } });
        let begun = desk.change("contact", &ids, set).await.ok();
        assert_eq!((begun.text("state"), begun.number("done")), ("running".into(), 0), "{begun:?}");
        let id: BulkChangeId = begun.id().parse().unwrap();
        // A worker takes one step and is killed before it can say a word about its job, which stays in the queue.
        let (store, can) = (&desk.store.store, desk.bulk_can());
        assert_eq!(turn(&desk.bulk().at(SMALL), store, &can, id, Way::Forth).await.unwrap(), Turn::More);
        let half = desk.bulk_change(&begun.id()).await;
        assert_eq!((half.number("done"), half.number("changed")), (100, 100));
        assert_eq!(desk.audited("contact.update").await, 100);
        desk.bulk_work().await;
        assert_eq!(desk.bulk_change(&begun.id()).await.came_to(), (250, 0, 0));
        assert_eq!((desk.audited("contact.update").await, desk.events("contact.updated").await), (250, 250));
        // A late worker finds nothing left to do.
        assert_eq!(turn(&desk.bulk(), store, &can, id, Way::Forth).await.unwrap(), Turn::Over);
        assert_eq!(desk.audited("contact.update").await, 250);
        let mut tx = desk.tx().await;
        let tenant = tx.tenant_id();
        let twice =
            sql!("SELECT count(*) FROM contact WHERE tenant_id = {} AND (version <> 2 OR city <> 'Valencia')", tenant);
        assert_eq!(tx.count(twice).await.unwrap(), 0);
        drop(tx);

        // The same on the way back.
        let undoing = desk.press(&format!("/api/v1/bulk-changes/{id}/undo")).await.ok();
        assert_eq!((undoing.text("state"), undoing.number("undone")), ("undoing".into(), 0));
        assert_eq!(turn(&desk.bulk().at(SMALL), store, &can, id, Way::Back).await.unwrap(), Turn::More);
        assert_eq!(desk.bulk_change(&begun.id()).await.number("undone"), 100);
        desk.bulk_work().await;
        let undone = desk.bulk_change(&begun.id()).await;
        assert_eq!((undone.text("state"), undone.number("undone"), undone.number("kept")), ("undone".into(), 250, 0));
        assert_eq!(desk.audited("contact.update").await, 500);
        let again = desk.press(&format!("/api/v1/bulk-changes/{id}/undo")).await;
        assert_eq!(again.conflict(), "bulk_change_not_undoable");
    }
}

#[tokio::test]
async fn what_was_stopped_stays_and_can_be_undone() {
    for desk in desks().await {
        let ids = desk.crowd(230).await;
        let begun = desk.change("contact", &ids, json!({ "kind": "delete" })).await.ok();
        let id: BulkChangeId = begun.id().parse().unwrap();
        let (store, can) = (&desk.store.store, desk.bulk_can());
        turn(&desk.bulk().at(SMALL), store, &can, id, Way::Forth).await.unwrap();
        let stopped = desk.press(&format!("/api/v1/bulk-changes/{id}/stop")).await.ok();
        assert_eq!((stopped.text("state"), stopped.text("error_code")), ("stopped".into(), "stopped".into()));
        desk.press(&format!("/api/v1/bulk-changes/{id}/stop")).await.ok();
        desk.bulk_work().await;
        assert_eq!(
            (desk.bulk_change(&begun.id()).await.number("done"), desk.events("contact.deleted").await),
            (100, 100)
        );
        desk.press(&format!("/api/v1/bulk-changes/{id}/undo")).await.ok();
        // Its undoing is stopped too, and goes on when asked again.
        turn(&desk.bulk().at(Pace { rows: 40, ..SMALL }), store, &can, id, Way::Back).await.unwrap();
        let stopped = desk.press(&format!("/api/v1/bulk-changes/{id}/stop")).await.ok();
        assert_eq!((stopped.number("undone"), &stopped.body["actions"]), (40, &json!(["undo"])));
        desk.press(&format!("/api/v1/bulk-changes/{id}/undo")).await.ok();
        desk.bulk_work().await;
        let undone = desk.bulk_change(&begun.id()).await;
        assert_eq!((undone.text("state"), undone.number("undone")), ("undone".into(), 100));
        assert_eq!((desk.events("contact.restored").await, desk.events("bulk_change.stopped").await), (100, 2));
        assert_eq!(desk.press(&format!("/api/v1/bulk-changes/{id}/stop")).await.conflict(), "bulk_change_over");
    }
}

#[tokio::test]
async fn a_step_that_is_done_again_record_by_record_comes_to_an_end_however_short_the_turns() {
    for desk in desks().await {
        let company = async |name: &str| {
            let body = json!({ "name": name, "country": "ES", "tax_id": "B58378431" });
            desk.post("/api/v1/companies", body).await.ok().id()
        };
        let gone = async |id: &str| drop(desk.delete(&format!("/api/v1/companies/{id}")).await);
        let first = company("First").await;
        gone(&first).await;
        company("Second").await;
        let third = desk.companies(&["Third"]).await.remove(0);
        gone(&third).await;
        // The database refuses the second of them when the first has been written.
        let body = json!({ "noun": "company", "ids": [third, first], "action": { "kind": "restore" } });
        let new: start::NewBulkChange = serde_json::from_value(body).unwrap();
        let (store, can) = (&desk.store.store, desk.bulk_can());
        let mut tx = desk.store.begin(&can).await.unwrap();
        let id = start::start(&mut tx, &desk.bulk(), new).await.unwrap().id;
        tx.commit().await.unwrap();
        let mut turns = 0;
        while turn(&desk.bulk().at(SMALL), store, &can, id, Way::Forth).await.unwrap() == Turn::More {
            turns += 1;
            assert!(turns < 5, "the same step is begun again and again");
        }
        assert_eq!(desk.bulk_change(&id.to_string()).await.came_to(), (1, 0, 1));
    }
}
