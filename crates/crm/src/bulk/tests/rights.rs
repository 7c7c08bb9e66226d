//! Who may do it, also while it runs; and what is nobody else's to see.

use axum::http::StatusCode;

use super::{
    run::{Way, turn},
    *,
};
use crate::tests::joined;

#[tokio::test]
async fn who_loses_the_right_meanwhile_is_stopped() {
    for desk in desks().await {
        let ids = desk.crowd(220).await;
        let eva = joined(&desk, "eva@faroazul.example").await;
        let body = json!({ "noun": "contact", "ids": ids, "action": { "kind": "delete" } });
        let begun = desk.ask(&eva, "sales", "POST", "/api/v1/bulk-changes", None, Some(body.clone())).await.ok();
        let id: BulkChangeId = begun.id().parse().unwrap();
        turn(&desk.bulk().at(SMALL), &desk.store.store, &desk.bulk_can(), id, Way::Forth).await.unwrap();
        // Marketing changes contacts and does not delete them.
        desk.role_of(eva.member_id, Role::Marketing).await;
        desk.bulk_work().await;
        let stopped = desk.bulk_change(&begun.id()).await;
        assert_eq!((stopped.text("state"), stopped.text("error_code")), ("stopped".into(), "rights_lost".into()));
        assert_eq!((stopped.number("done"), desk.events("contact.deleted").await), (100, 100));
        // And who has left does nothing at all.
        desk.role_of(eva.member_id, Role::Sales).await;
        let begun = desk.ask(&eva, "sales", "POST", "/api/v1/bulk-changes", None, Some(body)).await.ok();
        let mut tx = desk.tx().await;
        let (tenant, member) = (tx.tenant_id(), eva.member_id);
        tx.execute(sql!("UPDATE member SET state = 'removed' WHERE tenant_id = {} AND id = {}", tenant, member))
            .await
            .unwrap();
        tx.commit().await.unwrap();
        desk.bulk_work().await;
        let stopped = desk.bulk_change(&begun.id()).await;
        assert_eq!((stopped.text("error_code"), stopped.number("done")), ("rights_lost".into(), 0));
    }
}

#[tokio::test]
async fn it_asks_for_the_right_to_change_one() {
    for desk in desks().await {
        let ids = desk.companies(&["Aurora"]).await;
        let ask = async |role: &str, action: Value| {
            let body = json!({ "noun": "company", "ids": ids, "action": action });
            desk.ask(&desk.ours, role, "POST", "/api/v1/bulk-changes", None, Some(body)).await
        };
        let tag = || json!({ "kind": "tag", "add": ["VIP"] });
        assert_eq!(ask("read_only", tag()).await.status, StatusCode::FORBIDDEN);
        assert_eq!(ask("support", json!({ "kind": "delete" })).await.status, StatusCode::FORBIDDEN);
        assert_eq!(ask("support", json!({ "kind": "restore" })).await.status, StatusCode::FORBIDDEN);
        assert_eq!(ask("support", tag()).await.ok().came_to(), (1, 0, 0));
        let gone = ask("sales", json!({ "kind": "delete" })).await.ok();
        // To bring back what was deleted is the right of who may delete.
        let undo = format!("/api/v1/bulk-changes/{}/undo", gone.id());
        assert_eq!(desk.ask(&desk.ours, "support", "POST", &undo, None, None).await.status, StatusCode::FORBIDDEN);
        assert_eq!(desk.get(&format!("/api/v1/companies/{}", ids[0])).await.ok().body["actions"], json!(["restore"]));
    }
}

#[tokio::test]
async fn ones_own_are_seen_and_those_of_others_by_who_manages() {
    for desk in desks().await {
        let eva = joined(&desk, "eva@faroazul.example").await;
        let ids = desk.companies(&["Aurora"]).await;
        let done = desk.change("company", &ids, json!({ "kind": "delete" })).await.ok();
        let paths = ["", "/refused"].map(|rest| ("GET", format!("/api/v1/bulk-changes/{}{rest}", done.id())));
        let presses = ["/stop", "/undo"].map(|rest| ("POST", format!("/api/v1/bulk-changes/{}{rest}", done.id())));
        for (method, path) in paths.into_iter().chain(presses) {
            assert_eq!(desk.they(method, &path, None).await.status, StatusCode::NOT_FOUND, "{path}");
            let other = desk.ask(&eva, "sales", method, &path, None, None).await;
            assert_eq!(other.status, StatusCode::NOT_FOUND, "{path}");
        }
        let list =
            async |role: &str| desk.ask(&eva, role, "GET", "/api/v1/bulk-changes", None, None).await.ok().each("id");
        assert_eq!((list("sales").await, list("administrator").await), (vec![], vec![done.id()]));
        assert_eq!(desk.they("GET", "/api/v1/bulk-changes", None).await.each("id"), [""; 0]);
        let undo = format!("/api/v1/bulk-changes/{}/undo", done.id());
        desk.ask(&eva, "administrator", "POST", &undo, None, None).await.ok();
    }
}

#[tokio::test]
async fn a_foreign_id_is_told_what_a_made_up_one_is_told() {
    for desk in desks().await {
        let ids = desk.companies(&["Secret"]).await;
        let ask = async |ids: &[String]| {
            let body = json!({ "noun": "company", "ids": ids, "action": { "kind": "delete" } });
            desk.they("POST", "/api/v1/bulk-changes", Some(body)).await
        };
        let made = [crate::company::CompanyId::new().to_string()];
        let (foreign, made_up) = (ask(&ids).await, ask(&made).await);
        assert_eq!(foreign.refused(), ("ids", "records_unknown"));
        assert_eq!(foreign.body["fields"], made_up.body["fields"]);
        // Beside one of their own it is refused like one that nobody has, and stays as it was.
        let own = desk.they("POST", "/api/v1/companies", Some(json!({ "name": "Own" }))).await.ok().id();
        let done = ask(&[own, ids[0].clone(), made[0].clone()]).await.ok();
        assert_eq!(done.came_to(), (1, 0, 2));
        let refused = desk.they("GET", &format!("/api/v1/bulk-changes/{}/refused", done.id()), None).await.ok();
        assert_eq!(
            (refused.each("code"), refused.each("name")),
            (vec!["not_found".to_owned(); 2], vec![String::new(); 2])
        );
        let still = desk.get(&format!("/api/v1/companies/{}", ids[0])).await.ok();
        assert_eq!(still.number("version"), 1);
    }
}
