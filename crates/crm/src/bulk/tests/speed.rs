//! How long 10,000 records take, forth and back. Run by hand: `cargo nextest run -p crm --run-ignored only -E 'test(bulk::tests::speed)'`.

use std::time::Instant;

use super::*;

#[tokio::test]
#[ignore = "takes a minute"]
async fn ten_thousand_contacts_are_changed_in_under_two_minutes() {
    for desk in desks().await {
        let ids = desk.crowd(10_000).await;
        for action in [json!({ "kind": "assign", "owner_id": desk.ours.member_id }), json!({ "kind": "delete" })] {
            let began = Instant::now();
            let begun = desk.change("contact", &ids, action.clone()).await.ok();
            let (asked, began) = (began.elapsed(), Instant::now());
            desk.bulk_work().await;
            let forth = began.elapsed();
            assert_eq!(desk.bulk_change(&begun.id()).await.came_to(), (10_000, 0, 0));
            let began = Instant::now();
            desk.press(&format!("/api/v1/bulk-changes/{}/undo", begun.id())).await.ok();
            desk.bulk_work().await;
            let back = began.elapsed();
            println!("{} {}: asked {asked:?}, done {forth:?}, undone {back:?}", desk.store.kind(), action["kind"]);
            assert_eq!(desk.bulk_change(&begun.id()).await.number("undone"), 10_000);
            assert!(forth.as_secs() < 120 && back.as_secs() < 120);
        }
    }
}
