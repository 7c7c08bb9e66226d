//! Winning, losing, reopening. Winning what is won is harmless, so that a quote accepted twice wins once.

use kernel::{Change, Error, Result};
use serde_json::json;
use store::Tx;

use super::{
    Deal, DealId, DealState, event, history,
    lost::{self, LostReasonId},
};
use crate::field;

pub async fn win(tx: &mut Tx, id: DealId) -> Result<Deal> {
    let before: Deal = tx.get_locked(id).await?;
    if before.state == DealState::Won {
        return Ok(before);
    }
    let after = Deal {
        state: DealState::Won,
        lost_reason: None,
        lost_reason_id: None,
        closed_at: Some(tx.now()),
        ..before.clone()
    };
    history::leave(tx, id).await?;
    write(tx, "deal.won", before, after, None).await
}

/// Lost, with the reason people will learn from.
pub async fn lose(tx: &mut Tx, id: DealId, reason: Option<&str>, of: Option<LostReasonId>) -> Result<Deal> {
    let lost_reason = field::line("reason", reason, 500)?;
    let chosen = match of {
        Some(of) => Some(lost::offered(tx, of).await?.label),
        None if lost_reason.is_none() => {
            let sentence = "Say why the deal was lost: it is what the next one learns from.";
            return Err(Error::invalid("reason", "required", sentence));
        }
        None => None,
    };
    let before: Deal = tx.get_locked(id).await?;
    match before.state {
        DealState::Lost => Ok(before),
        DealState::Won => Err(Error::conflict("deal_won", "This deal is won. Reopen it before marking it as lost.")),
        DealState::Open => {
            let after = Deal {
                state: DealState::Lost,
                lost_reason,
                lost_reason_id: of,
                closed_at: Some(tx.now()),
                ..before.clone()
            };
            history::leave(tx, id).await?;
            write(tx, "deal.lost", before, after, chosen).await
        }
    }
}

pub async fn reopen(tx: &mut Tx, id: DealId) -> Result<Deal> {
    let before: Deal = tx.get_locked(id).await?;
    if before.state == DealState::Open {
        return Ok(before);
    }
    let after = Deal {
        state: DealState::Open,
        lost_reason: None,
        lost_reason_id: None,
        closed_at: None,
        stage_since: tx.now(),
        ..before.clone()
    };
    history::enter(tx, &after).await?;
    write(tx, "deal.reopened", before, after, None).await
}

/// The event says why in words: those that were written, else what the chosen reason is called.
async fn write(tx: &mut Tx, kind: &'static str, before: Deal, after: Deal, chosen: Option<String>) -> Result<Deal> {
    let after = tx.update(&after).await?;
    tx.audit(Change::new(kind, after.id).before(&before).after(&after)).await?;
    let reason = after.lost_reason.clone().or(chosen);
    tx.emit(event(kind, &after).data(json!({ "amount": after.amount(), "reason": reason }))).await?;
    Ok(after)
}
