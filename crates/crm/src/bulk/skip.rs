//! Leaving out the record that took its own transaction with it.

use kernel::{Can, Error, Result, Uuid};
use store::Store;

use super::{
    BulkChange, BulkChangeId, BulkState, UseBulkChanges, part,
    refusal::BulkRefusal,
    step::{Step, settle},
};

/// Counts the record as refused, if it is still the next.
pub async fn skip(
    store: &Store,
    can: &Can<UseBulkChanges>,
    id: BulkChangeId,
    record: Uuid,
    error: Error,
) -> Result<Step> {
    let mut tx = store.begin(can).await?;
    let before: BulkChange = tx.get_locked(id).await?;
    if before.state != BulkState::Running {
        return Ok(Step::Over);
    }
    if part::next(&mut tx, &before, 1).await?.first() != Some(&record) {
        return Ok(Step::On);
    }
    let refusal = BulkRefusal::new(&tx, id, false, record, error);
    tx.insert(&refusal).await?;
    let mut now = BulkChange { done: before.done + 1, refused: before.refused + 1, ..before.clone() };
    let over = now.done >= now.total;
    settle(&mut tx, &before, &mut now, over, false).await?;
    tx.commit().await?;
    Ok(if over { Step::Over } else { Step::On })
}
