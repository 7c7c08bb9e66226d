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
    /// Cut off by the orderly end of the program: due at once, and the try does not count.
    GivenBack {
        unique_key: Option<String>,
    },
    Again {
        at: DateTime<Utc>,
        reason: String,
        unique_key: Option<String>,
    },
    Dead {
        reason: String,
        unique_key: Option<String>,
    },
}

/// Writes it. False: the job was no longer this worker's.
pub(crate) async fn settle(store: &Store, job: &Claimed, fate: &Fate) -> store::Result<bool> {
    match fate {
        Fate::Done => remove(store, job).await,
        Fate::GivenBack { unique_key } => {
            let set = sql!(
                "UPDATE job SET run_at = {}, leased_until = NULL, attempts = attempts - 1, last_error = NULL, \
                 unique_key = {}",
                store.clock().now(),
                unique_key.clone()
            );
            put_back(store, job, set).await
        }
        Fate::Again { at, reason, unique_key } => {
            let set = sql!(
                "UPDATE job SET run_at = {}, leased_until = NULL, last_error = {}, unique_key = {}",
                *at,
                &**reason,
                unique_key.clone()
            );
            put_back(store, job, set).await
        }
        Fate::Dead { reason, unique_key } => bury(store, job, reason, unique_key.clone()).await,
    }
}

/// The job waits again. Where the same work was wanted anew while this try ran, that job has all its tries and takes the
/// place of this one.
async fn put_back(store: &Store, job: &Claimed, set: Sql) -> store::Result<bool> {
    let mut tx = store.platform().await?;
    match tx.execute(fence(set, job)).await {
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
