//! Enqueueing: a job is a row of the transaction that wants it, and lives or dies with it. Claiming and running are
//! the `jobs` crate's.
//!
//! Invariant: what a unique key folds away is not lost. The waiting job that stands for it cannot be claimed before
//! the transaction that relied on it has ended, so its run sees what that transaction wrote. A job without a key folds
//! nothing away and travels with the next statement.

use chrono::{DateTime, Utc};
use kernel::{Job, JobId};
use serde_json::Value;

use crate::{
    Tx,
    error::{Error, Result},
    sql,
};

/// The ways to enqueue.
#[allow(async_fn_in_trait)]
pub trait EnqueueJob {
    /// Due at once. A waiting job of the tenant with the same unique key stands for both and is due at the earlier of
    /// the two times, unless it has failed before and is being held back. A job that a worker has taken no longer
    /// counts as waiting: what it may have missed is a job of its own.
    async fn enqueue<J: Job>(&mut self, job: &J) -> Result<()>;
    /// Due at a time; otherwise as [`EnqueueJob::enqueue`].
    async fn enqueue_at<J: Job>(&mut self, job: &J, at: DateTime<Utc>) -> Result<()>;
}

impl EnqueueJob for Tx {
    async fn enqueue<J: Job>(&mut self, job: &J) -> Result<()> {
        let now = self.now;
        self.enqueue_at(job, now).await
    }

    async fn enqueue_at<J: Job>(&mut self, job: &J, at: DateTime<Utc>) -> Result<()> {
        let payload = serde_json::to_value(job)
            .map_err(|e| Error::Statement { sql: format!("job {}", J::KIND), detail: e.to_string() })?;
        self.enqueue_row(JobId::new(), J::KIND, payload, job.unique_key(), J::MAX_ATTEMPTS, at).await
    }
}

impl Tx {
    pub(crate) async fn enqueue_row(
        &mut self,
        id: JobId,
        kind: &str,
        payload: Value,
        unique_key: Option<String>,
        max_attempts: i64,
        at: DateTime<Utc>,
    ) -> Result<()> {
        let caller = self.caller.clone();
        // Even where it changes nothing, DO UPDATE locks the row it met until this transaction ends, and the workers
        // pass over locked rows. DO NOTHING would let the old job finish before this transaction's change is visible.
        let is_unique = unique_key.is_some();
        let insert = sql!(
            "INSERT INTO job (tenant_id, id, kind, payload, unique_key, state, run_at, attempts, max_attempts, \
             actor_kind, actor_id, request_id, reach, created_at) \
             VALUES ({}, {}, {}, {}, {}, 'waiting', {}, 0, {}, {}, {}, {}, {}, {}) \
             ON CONFLICT (tenant_id, kind, unique_key) WHERE unique_key IS NOT NULL AND state = 'waiting' \
             DO UPDATE SET run_at = excluded.run_at WHERE job.attempts = 0 AND excluded.run_at < job.run_at",
            caller.tenant_id,
            id,
            kind,
            payload,
            unique_key,
            at,
            max_attempts,
            caller.actor.kind(),
            caller.actor.id(),
            caller.origin.request_id.clone(),
            caller.reach.narrowed().cloned().map(kernel::Json),
            self.now,
        );
        self.committed.jobs = true;
        if is_unique {
            self.execute(insert).await?;
        } else {
            self.defer(insert);
        }
        Ok(())
    }
}
