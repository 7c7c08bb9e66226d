//! Throwing a dead job away.

use kernel::{Change, Event, JobId};
use serde_json::json;
use store::{Record, Tx, sql};

use super::{DeadJob, NOUN};

/// Removes it for good; the audit trail keeps what it was and what it failed of. For a holder of
/// [`ReplayJobs`](crate::ReplayJobs). A job that is not dead, or not the tenant's, is not found.
pub async fn discard(tx: &mut Tx, id: JobId) -> kernel::Result<()> {
    let gone =
        sql!("DELETE FROM job WHERE tenant_id = {} AND id = {} AND state = 'dead' RETURNING ", tx.tenant_id(), id);
    let job: Option<DeadJob> = tx.optional(gone.append(DeadJob::columns())).await?;
    let job = job.ok_or(kernel::Error::not_found(NOUN))?;
    let was = json!({ "kind": job.kind, "attempts": job.attempts, "failure": job.failure() });
    tx.audit(Change::new("job.discard", id).before(&was)).await?;
    tx.emit(Event::new("job.discarded", id)).await?;
    Ok(())
}
