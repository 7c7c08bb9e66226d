//! Answering: one answer a revision, with its evidence; a changed quote is another quote.

use serde_json::json;
use store::sql;

use super::{Shop, code, offer, shops};
use crate::quote::{
    Quote, QuoteState,
    answer::{Answered, Given, answer},
    delete::delete,
    send::revoke,
    update::{ChangeQuote, update},
};

fn yes() -> Given {
    Given::Accept { name: "Luz Prado".into(), consent_text: "Acepto".into() }
}

fn no() -> Given {
    Given::Decline { reason: "Demasiado caro".into() }
}

async fn give(shop: &Shop, quote: &Quote, given: Given) -> kernel::Result<Answered> {
    let mut tx = shop.recipient(quote).await;
    let answered = answer(&mut tx, quote.id, given).await?;
    tx.commit().await?;
    Ok(answered)
}

async fn evidence(shop: &Shop, quote: &Quote) -> i64 {
    let mut tx = shop.tx().await;
    let query =
        sql!("SELECT count(*) FROM quote_answer WHERE tenant_id = {} AND quote_id = {}", tx.tenant_id(), quote.id);
    tx.count(query).await.unwrap()
}

#[tokio::test]
async fn accepting_twice_is_accepting_once() {
    for shop in shops().await {
        let quote = shop.sent(offer()).await;
        let first = give(&shop, &quote, yes()).await.unwrap();
        let second = give(&shop, &quote, yes()).await.unwrap();
        assert!(first.first && !second.first);
        assert_eq!(first.answer.id, second.answer.id);
        assert_eq!((shop.events("quote.accepted", quote.id).await, evidence(&shop, &quote).await), (1, 1));
        assert_eq!(Some(first.answer.snapshot_sha256), quote.snapshot_sha256);
        assert_eq!(Some(first.answer.pdf_sha256), quote.pdf_sha256);
        assert_eq!(code(give(&shop, &quote, no()).await), "quote_accepted");
        assert_eq!(first.quote.state, QuoteState::Accepted);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_answers_at_once_exactly_one_counts() {
    for shop in shops().await {
        for _ in 0..5 {
            let quote = shop.sent(offer()).await;
            let (accepted, declined) = tokio::join!(give(&shop, &quote, yes()), give(&shop, &quote, no()));
            assert_eq!(usize::from(accepted.is_ok()) + usize::from(declined.is_ok()), 1, "{accepted:?} {declined:?}");
            let told = shop.events("quote.accepted", quote.id).await + shop.events("quote.declined", quote.id).await;
            assert_eq!((told, evidence(&shop, &quote).await), (1, 1));
        }
    }
}

#[tokio::test]
async fn a_quote_past_its_last_day_takes_no_answer() {
    for shop in shops().await {
        let quote = shop.sent(offer()).await;
        shop.later(30);
        assert!(give(&shop, &quote, Given::Decline { reason: " ".into() }).await.is_err());
        shop.later(1);
        assert_eq!(code(give(&shop, &quote, yes()).await), "quote_expired");
        assert_eq!(evidence(&shop, &quote).await, 0);
    }
}

#[tokio::test]
async fn changing_a_sent_quote_ends_its_link_and_sending_again_is_a_new_revision() {
    for shop in shops().await {
        let quote = shop.sent(offer()).await;
        let mut tx = shop.tx().await;
        let change: ChangeQuote = serde_json::from_value(json!({ "title": "Otra oferta" })).unwrap();
        let read: Quote = tx.get(quote.id).await.unwrap();
        let draft = update(&mut tx, read, change).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!((draft.state, draft.public_token.as_ref()), (QuoteState::Draft, None));
        let old = quote.public_token.as_ref().unwrap().reveal();
        let gone = identity::link::resolve(&shop.store, "quote", old, kernel::Origin::default()).await;
        assert_eq!(gone.unwrap_err().code(), "link_expired");
        let mut tx = shop.tx().await;
        assert_eq!(code(delete(&mut tx, draft.clone()).await), "quote_was_sent");
        drop(tx);
        let again = shop.send(&draft).await;
        assert_eq!((again.revision, &again.number), (2, &quote.number));
        assert_ne!(again.snapshot_sha256, quote.snapshot_sha256);
        give(&shop, &again, yes()).await.unwrap();
        let mut tx = shop.tx().await;
        let accepted: Quote = tx.get(quote.id).await.unwrap();
        assert_eq!(code(update(&mut tx, accepted, ChangeQuote::default()).await), "quote_accepted");
    }
}

#[tokio::test]
async fn a_quote_that_was_taken_back_takes_no_answer() {
    for shop in shops().await {
        let quote = shop.sent(offer()).await;
        let mut held = shop.recipient(&quote).await;
        drop(held);
        let mut tx = shop.tx().await;
        assert_eq!(revoke(&mut tx, quote.id).await.unwrap().state, QuoteState::Revoked);
        tx.commit().await.unwrap();
        held = shop.tx().await;
        assert_eq!(code(answer(&mut held, quote.id, yes()).await), "quote_not_open");
    }
}
