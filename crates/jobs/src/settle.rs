//! Writing down how a try ended. Each word is fenced by the number of the try and the end of its lease: once another
//! worker has taken the job, or somebody has replayed it, the word of the worker before counts for nothing.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use kernel::{Caller, Can, Event};
use serde_json::json;
use store::{Error, Sql, Store, sql};

use crate::{ReplayJobs, claim::Claimed};

/// The event a tenant is told by when one of its jobs dies. Its subject is the job.
const DIED: &str = "job.died";

/// What becomes of the row. `unique_key` is the job's own, which it lost when it was claimed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fate {
    Done,
    Again { at: DateTime<Utc>, reason: String, unique_key: Option<String> },
    Dead { reason: String, unique_key: Option<String> },
}

/// Writes it. False: the job was no longer this worker's.
pub(crate) async fn settle(store: &Store, job: &Claimed, fate: &Fate) -> store::Result<bool> {
    match fate {
        Fate::Done => remove(store, job).await,
        Fate::Again { at, reason, unique_key } => {
            let mut tx = store.platform().await?;
            let written = tx
                .execute(fence(
                    sql!(
                        "UPDATE job SET run_at = {}, leased_until = NULL, last_error = {}, unique_key = {}",
                        *at,
                        &**reason,
                        unique_key.clone()
                    ),
                    job,
                ))
                .await;
            match written {
                // The same work was wanted again while this try ran, and waits as a job of its own, with all its tries.
                Err(Error::Unique { .. }) => {
                    drop(tx);
                    remove(store, job).await
                }
                written => {
                    let held = written? == 1;
                    tx.commit().await?;
                    Ok(held)
                }
            }
        }
        Fate::Dead { reason, unique_key } => bury(store, job, reason, unique_key.clone()).await,
    }
}

async fn remove(store: &Store, job: &Claimed) -> store::Result<bool> {
    let mut tx = store.platform().await?;
    let held = tx.execute(fence(Sql::new("DELETE FROM job"), job)).await? == 1;
    tx.commit().await?;
    Ok(held)
}

async fn bury(store: &Store, job: &Claimed, reason: &str, unique_key: Option<String>) -> store::Result<bool> {
    let can =
        Can::<ReplayJobs>::check(Arc::new(Caller::system(job.tenant_id))).map_err(|e| Error::Refused(Box::new(e)))?;
    let mut tx = store.begin(&can).await?;
    let set = sql!(
        "UPDATE job SET state = 'dead', run_at = {}, leased_until = NULL, last_error = {}, unique_key = {}",
        tx.now(),
        reason,
        unique_key
    );
    let held = tx.execute(fence(set, job)).await? == 1;
    // A listener that dies of telling this event is not told about by the same event, or the telling never ends.
    if held && job.payload["kind"] != DIED {
        tx.emit(Event::new(DIED, job.id).data(json!({ "kind": job.kind, "attempts": job.attempts }))).await?;
    }
    tx.commit().await?;
    Ok(held)
}

fn fence(sql: Sql, job: &Claimed) -> Sql {
    sql.push(" WHERE state = 'waiting'")
        .and("tenant_id =", job.tenant_id)
        .and("id =", job.id)
        .and("attempts =", job.attempts)
        .and("run_at =", job.lease_end)
}
