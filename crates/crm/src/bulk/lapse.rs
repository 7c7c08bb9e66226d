//! When the time to undo is over: what each record held before goes, with the list of records and the reasons of those that
//! were refused. The counts stay.

use chrono::TimeDelta;
use jobs::{Context, Verdict};
use kernel::{Change, Result, permissions};
use serde::{Deserialize, Serialize};
use store::{EnqueueJob, Tx, sql};

use super::{BulkChange, BulkChangeId, BulkState};

permissions! {
    /// Erase what bulk changes kept to be undone; held by the product's own workers.
    pub LapseBulkChanges = "bulk_change.lapse": [];
}

/// Due when the bulk change can no longer be undone.
#[derive(Debug, Serialize, Deserialize)]
pub struct LapseBulkChange {
    pub bulk_change_id: BulkChangeId,
}

impl kernel::Job for LapseBulkChange {
    const KIND: &'static str = "bulk_change.lapse";
}

/// Can be run again at any time.
pub async fn run(context: Context, job: LapseBulkChange) -> Result<Verdict> {
    let mut tx = context.store.begin(&context.can::<LapseBulkChanges>()?).await?;
    let Some(change) = tx.find::<BulkChange>(job.bulk_change_id).await? else { return Ok(Verdict::Done) };
    let change: BulkChange = tx.get_locked(change.id).await?;
    if tx.now() < change.undo_until || change.is_stoppable() {
        let again = change.undo_until.max(tx.now() + TimeDelta::hours(1));
        tx.enqueue_at(&job, again).await?;
    } else if change.action.is_some() {
        forget(&mut tx, change).await?;
    }
    tx.commit().await?;
    Ok(Verdict::Done)
}

async fn forget(tx: &mut Tx, change: BulkChange) -> Result<()> {
    let (tenant, id) = (tx.tenant_id(), change.id);
    tx.execute(sql!("DELETE FROM bulk_image WHERE tenant_id = {} AND bulk_change_id = {}", tenant, id)).await?;
    tx.execute(sql!("DELETE FROM bulk_part WHERE tenant_id = {} AND bulk_change_id = {}", tenant, id)).await?;
    tx.execute(sql!("DELETE FROM bulk_refusal WHERE tenant_id = {} AND bulk_change_id = {}", tenant, id)).await?;
    let state = if change.state == BulkState::Undone { BulkState::Undone } else { BulkState::Final };
    let over = tx.update(&BulkChange { state, action: None, ..change.clone() }).await?;
    tx.audit(Change::new("bulk_change.lapse", id).before(&change).after(&over)).await?;
    Ok(())
}
