//! What counts against something that is sent, and what can be switched off.

use axum::http::StatusCode;
use chrono::TimeDelta;
use serde_json::json;
use store::sql;

use super::{
    Answer, Desk, contact, desks,
    guarding::{SPAM, guarded, signs},
};

#[tokio::test]
async fn each_part_can_be_switched_off_and_the_threshold_is_the_form_s() {
    for desk in desks().await {
        let trap = [("email", "eva@a.example"), ("message", "Two vans"), ("hp_homepage", "https://x.example")];
        let links = [("email", "eva@a.example"), ("message", SPAM)];
        let tries = [
            (json!({}), &trap[..], vec!["trap"]),
            (json!({ "trap": false }), &trap[..], vec![]),
            (json!({}), &links[..], vec!["links", "offer"]),
            (json!({ "content": false }), &links[..], vec![]),
            (json!({ "threshold": 50 }), &links[..], vec![]),
            (json!({ "on": false }), &links[..], vec![]),
        ];
        for (at, (guard, typed, expected)) in tries.into_iter().enumerate() {
            let (id, page) = desk.published(json!({ "slug": format!("try-{at}"), "guard": guard })).await;
            let answer = desk.browse_or_fill(&page, typed).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER);
            let held = desk.get(&format!("/api/v1/quarantine?form_id={id}")).await.ok();
            let found: Vec<&str> = held.body["items"].get(0).map(signs).unwrap_or_default();
            assert_eq!(found, expected, "{guard}");
        }
        for threshold in [2, 101, -1] {
            let refused = desk.post("/api/v1/forms", contact(json!({ "guard": { "threshold": threshold } }))).await;
            assert_eq!(refused.refused(), ("guard.threshold", "out_of_range"));
        }
    }
}

impl Desk {
    /// As `browse`, also where the page has no stamp.
    async fn browse_or_fill(&self, page: &str, typed: &[(&str, &str)]) -> Answer {
        if self.look(page).await.ok().text.contains("name=\"stamp\"") {
            return self.browse(page, 20, typed).await;
        }
        self.fill(page, &[("origin", "http://localhost")], typed).await
    }
}

#[tokio::test]
async fn a_stamp_of_another_form_a_page_sent_again_and_the_same_words_count_against_it() {
    for desk in desks().await {
        let low = json!({ "guard": { "threshold": 3 } });
        let (_, page) = desk.published(low.clone()).await;
        let (_, other) = desk.published(json!({ "slug": "other", "guard": { "threshold": 3 } })).await;
        let shown = desk.look(&other).await.ok();
        let (once, stamp) = (shown.hidden("once"), shown.hidden("stamp"));
        desk.store.clock().advance(TimeDelta::seconds(20));
        let from = [("origin", "http://localhost")];
        desk.fill(&page, &from, &[("email", "a@a.example"), ("once", &once), ("stamp", &stamp)]).await;
        assert_eq!(signs(&desk.held().await[0]), ["stamp_forged"]);
        // The page that belongs to it is good for one sending.
        for (at, expected) in [("b@a.example", 1), ("c@a.example", 2)] {
            desk.fill(&other, &from, &[("email", at), ("once", &once), ("stamp", &stamp)]).await;
            assert_eq!(desk.held().await.len(), expected);
        }
        assert_eq!(signs(&desk.held().await[0]), ["stamp_reused"]);
        let words = "We were looking at your site and found errors. May we send our prices?";
        desk.browse(&page, 20, &[("email", "d@a.example"), ("message", words)]).await;
        desk.browse(&page, 20, &[("email", "e@a.example"), ("message", &words.to_uppercase())]).await;
        assert_eq!(signs(&desk.held().await[0])[..1], ["shouting"]);
        assert!(signs(&desk.held().await[0]).contains(&"text_repeated"));
        desk.fill(&page, &[], &[("email", "f@a.example")]).await;
        assert_eq!(signs(&desk.held().await[0]), ["stamp_missing", "no_browser"]);
    }
}

#[tokio::test]
async fn an_address_that_sends_without_end_is_stopped_and_no_address_is_stored() {
    for desk in desks().await {
        let (_, page) = desk.published(guarded(json!({}))).await;
        for at in 0..61 {
            let answer = desk.give_from("203.0.113.7", &page, &format!("e{at}@a.example")).await;
            let expected = if at < 60 { StatusCode::CREATED } else { StatusCode::TOO_MANY_REQUESTS };
            assert_eq!(answer.status, expected, "{at}");
        }
        let held = desk.held().await;
        assert!(signs(&held[0]).contains(&"address_flood"), "{held:?}");
        assert_eq!(desk.give_from("203.0.113.8", &page, "other@a.example").await.status, StatusCode::CREATED);
        let mut tx = desk.tx().await;
        let tenant = tx.tenant_id();
        let keys: Vec<(String,)> = tx
            .all(sql!("SELECT key FROM web_form_trace WHERE tenant_id = {} AND kind = 'address'", tenant))
            .await
            .unwrap();
        assert_eq!(keys.len(), 2);
        assert!(keys.iter().all(|(key,)| key.len() == 32 && !key.contains("203.0")), "{keys:?}");
        drop(tx);
        // Tomorrow the same address has another digest.
        desk.store.clock().advance(TimeDelta::days(1));
        desk.give_from("203.0.113.7", &page, "tomorrow@a.example").await.ok();
        let mut tx = desk.tx().await;
        let again: Vec<(String,)> = tx
            .all(sql!("SELECT key FROM web_form_trace WHERE tenant_id = {} AND kind = 'address' AND seen = 1", tenant))
            .await
            .unwrap();
        assert!(again.iter().any(|(key,)| keys.iter().all(|(old,)| old != key)), "{again:?}");
    }
}

#[tokio::test]
async fn the_page_asks_for_work_only_where_the_form_wants_it_and_hides_its_trap() {
    for desk in desks().await {
        let (_, plain) = desk.published(guarded(json!({ "slug": "plain" }))).await;
        let shown = desk.look(&plain).await.ok();
        assert!(!shown.text.contains("<script") && !shown.header("content-security-policy").contains("script-src"));
        assert!(shown.text.contains("aria-hidden=\"true\"") && shown.text.contains("name=\"hp_homepage\""));
        assert!(shown.text.contains("tabindex=\"-1\" autocomplete=\"off\""), "{}", shown.text);
        let (_, page) = desk.published(json!({ "slug": "work", "guard": { "proof": true, "trap": false } })).await;
        let shown = desk.look(&page).await.ok();
        assert!(shown.text.contains("<script src=\"/f/guard.js\" defer>") && !shown.text.contains("hp_homepage"));
        assert!(shown.header("content-security-policy").contains("script-src 'self'; "));
        assert!(desk.look("/f/guard.js").await.ok().text.contains("crypto.subtle"));
        // What the address of the page says cannot bring a stamp along.
        let brought = desk.look(&format!("{plain}?stamp=1.a&once=b&proof=1&hp_homepage=x")).await.ok();
        assert!(!brought.text.contains("value=\"1.a\"") && !brought.text.contains("value=\"x\""));
    }
}
