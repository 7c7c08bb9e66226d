//! Noting what came of messages that were sent, and what it means for the endpoint.

use capabilities::fetch::FetchError;
use kernel::{Result, Sealed};
use store::Tx;

use super::{Delivery, DeliveryState, Outcome, Try, TryId, schedule, send::Sent};
use crate::endpoint::{
    DisabledReason, EndpointId,
    disable::disable,
    health::{self, Health},
};

/// Bytes of an answer that are kept.
const KEPT: usize = 4096;
/// The endpoint wants nothing more.
const GONE: u16 = 410;

/// Notes them. Answers whether it is worth sending more at once: everything was taken.
pub(super) async fn settle(tx: &mut Tx, public_url: &str, id: EndpointId, sent: Vec<Sent>) -> Result<bool> {
    let taken = sent.iter().filter(|sent| outcome(sent) == Outcome::Delivered).count();
    let all = taken == sent.len();
    let gone = sent.iter().any(|sent| matches!(&sent.answer, Ok(answer) if answer.status == GONE));
    for sent in sent {
        note(tx, sent).await?;
    }
    let (now, before) = (tx.now(), health::of(tx, &[id]).await?.remove(&id).unwrap_or_default());
    let after = if taken > 0 { Health::default() } else { before.failed(now) };
    if after != before {
        health::note(tx, id, after).await?;
    }
    if gone {
        disable(tx, public_url, id, DisabledReason::Gone).await?;
    } else if after.is_hopeless(now) {
        disable(tx, public_url, id, DisabledReason::Failing).await?;
    }
    Ok(all)
}

fn outcome(sent: &Sent) -> Outcome {
    match &sent.answer {
        Ok(answer) if (200..300).contains(&answer.status) => Outcome::Delivered,
        Ok(_) => Outcome::Refused,
        Err(FetchError::Timeout) => Outcome::Timeout,
        Err(FetchError::NameUnknown) => Outcome::NameUnknown,
        Err(FetchError::AddressRefused) => Outcome::AddressRefused,
        Err(FetchError::Unreachable) => Outcome::Unreachable,
        Err(FetchError::Interrupted) => Outcome::Interrupted,
    }
}

async fn note(tx: &mut Tx, sent: Sent) -> Result<()> {
    let outcome = outcome(&sent);
    let answered = sent.answer.as_ref().ok();
    let status = answered.map(|answer| i64::from(answer.status));
    let text = answered
        .filter(|answer| !answer.body.is_empty())
        .map(|answer| Sealed::new(String::from_utf8_lossy(&answer.body[..answer.body.len().min(KEPT)]).into_owned()));
    tx.insert(&Try {
        id: TryId::new(),
        delivery_id: sent.delivery.id,
        at: sent.at,
        took_ms: i64::try_from(sent.took.as_millis()).unwrap_or(i64::MAX),
        outcome,
        status,
        answer: text,
    })
    .await?;
    let tries = sent.delivery.tries + 1;
    let asked = answered.and_then(|answer| answer.retry_after);
    let again = if outcome == Outcome::Delivered { None } else { schedule::wait(tries, asked) };
    let (state, next_try_at) = match (outcome, again) {
        (Outcome::Delivered, _) => (DeliveryState::Delivered, None),
        (_, Some(wait)) => (DeliveryState::Waiting, Some(tx.now() + wait)),
        (_, None) => (DeliveryState::Failed, None),
    };
    let settled_at = (state != DeliveryState::Waiting).then(|| tx.now());
    let delivery = Delivery { state, tries, next_try_at, outcome: Some(outcome), status, settled_at, ..sent.delivery };
    tx.update(&delivery).await?;
    Ok(())
}
