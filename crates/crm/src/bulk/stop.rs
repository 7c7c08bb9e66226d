//! Stopping a bulk change, or its undoing, before its end: by a person, or because it cannot go on.

use jobs::Context;
use kernel::{Change, Error, Event, Result};
use serde_json::json;
use store::Tx;

use super::{BulkChange, BulkChangeId, BulkState, UseBulkChanges, locked};

/// Stops it at its next step. Stopping what has ended is refused; stopping twice is harmless.
pub async fn stop(tx: &mut Tx, id: BulkChangeId) -> Result<BulkChange> {
    let change = locked(tx, id).await?;
    if change.state == BulkState::Stopped {
        return Ok(change);
    }
    if !change.is_stoppable() {
        return Err(Error::conflict("bulk_change_over", "This has ended already. Undo it instead."));
    }
    stopped(tx, change, "stopped").await
}

async fn stopped(tx: &mut Tx, change: BulkChange, code: &'static str) -> Result<BulkChange> {
    let stopped = BulkChange {
        state: BulkState::Stopped,
        error_code: Some(code.to_owned()),
        finished_at: change.finished_at.or(Some(tx.now())),
        ..change.clone()
    };
    let stopped = tx.update(&stopped).await?;
    tx.audit(Change::new("bulk_change.stop", stopped.id).before(&change).after(&stopped)).await?;
    let data = json!({ "code": code, "done": stopped.done, "total": stopped.total });
    tx.emit(Event::new("bulk_change.stopped", stopped.id).data(data)).await?;
    Ok(stopped)
}

/// Ends what cannot go on, as the product.
pub async fn halt(context: &Context, id: BulkChangeId, code: &'static str) -> Result<()> {
    let mut tx = context.store.begin(&context.can::<UseBulkChanges>()?).await?;
    let change: BulkChange = tx.get_locked(id).await?;
    if !change.is_stoppable() {
        return Ok(());
    }
    stopped(&mut tx, change, code).await?;
    Ok(tx.commit().await?)
}
