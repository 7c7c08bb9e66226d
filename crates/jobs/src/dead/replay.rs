//! Running a dead job again, with all its tries.

use kernel::{Change, Event, JobId};
use serde_json::json;
use store::{Tx, sql};

use super::NOUN;

/// The most that are started again at once.
const MOST: i64 = 1000;

/// Puts it back into the queue, due at once. Where the same work (by its unique key) is waiting already, that one
/// stands for both and the dead row goes. For a holder of [`ReplayJobs`](crate::ReplayJobs). A job that is not dead,
/// or not the tenant's, is not found.
pub async fn replay(tx: &mut Tx, id: JobId) -> kernel::Result<()> {
    revive(tx, id).await?;
    tx.emit(Event::new("job.replayed", id)).await?;
    Ok(())
}

/// The same for every dead job, the oldest death first, at most a thousand; answers how many.
pub async fn replay_all(tx: &mut Tx) -> kernel::Result<i64> {
    let tenant = tx.tenant_id();
    let oldest =
        sql!("SELECT id FROM job WHERE tenant_id = {} AND state = 'dead' ORDER BY run_at, id LIMIT {}", tenant, MOST);
    let dead: Vec<(JobId,)> = tx.all(oldest).await?;
    let mut replayed = 0;
    for (id,) in dead {
        match revive(tx, id).await {
            Ok(()) => replayed += 1,
            // Somebody else has just done it.
            Err(kernel::Error::NotFound { .. }) => {}
            Err(other) => return Err(other),
        }
    }
    if replayed > 0 {
        tx.emit(Event::new("job.replayed", tenant).data(json!({ "count": replayed }))).await?;
    }
    Ok(replayed)
}

async fn revive(tx: &mut Tx, id: JobId) -> kernel::Result<()> {
    let tenant = tx.tenant_id();
    let waits = tx
        .execute(sql!(
            "UPDATE job SET state = 'waiting', attempts = 0, run_at = {} \
             WHERE tenant_id = {} AND id = {} AND state = 'dead' AND NOT EXISTS (SELECT 1 FROM job AS same \
             WHERE same.tenant_id = job.tenant_id AND same.kind = job.kind AND same.unique_key = job.unique_key \
             AND same.state = 'waiting')",
            tx.now(),
            tenant,
            id
        ))
        .await?;
    if waits == 0 {
        let gone = sql!("DELETE FROM job WHERE tenant_id = {} AND id = {} AND state = 'dead'", tenant, id);
        if tx.execute(gone).await? == 0 {
            return Err(kernel::Error::not_found(NOUN));
        }
    }
    let change =
        Change::new("job.replay", id).before(&json!({ "state": "dead" })).after(&json!({ "state": "waiting" }));
    Ok(tx.audit(change).await?)
}
