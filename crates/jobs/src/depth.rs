//! How much lies in the queue: for metrics, readiness, and tests that want to leave nothing behind.

use chrono::{DateTime, Utc};
use store::{Store, Tx, sql};

/// Of the whole installation, not of one tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Depth {
    /// Jobs that could run now and have not been taken.
    pub due: i64,
    /// Jobs that are running, held back after a failure, wanted later, or of a closed tenant.
    pub later: i64,
    /// Jobs that used up their tries.
    pub dead: i64,
    /// Since when the oldest due job has been waiting.
    pub oldest_due: Option<DateTime<Utc>>,
}

/// Counts the rows.
pub async fn depth(store: &Store) -> store::Result<Depth> {
    let mut tx = store.platform_read().await?;
    let now = tx.now();
    let (due, waiting, dead, oldest_due): (i64, i64, i64, Option<DateTime<Utc>>) = tx
        .one(sql!(
            "SELECT count(CASE WHEN state = 'waiting' AND run_at <= {} AND tenant_closure.tenant_id IS NULL THEN 1 END), \
             count(CASE WHEN state = 'waiting' THEN 1 END), count(CASE WHEN state = 'dead' THEN 1 END), \
             min(CASE WHEN state = 'waiting' AND run_at <= {} AND tenant_closure.tenant_id IS NULL THEN run_at END) \
             FROM job LEFT JOIN tenant_closure ON tenant_closure.tenant_id = job.tenant_id",
            now,
            now
        ))
        .await?;
    Ok(Depth { due, later: waiting - due, dead, oldest_due })
}

/// The work of one tenant, by what is becoming of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Work {
    /// Due and not yet taken.
    pub waiting: i64,
    /// A worker is at it.
    pub running: i64,
    /// Failed, and tried again after a while.
    pub held_back: i64,
    /// Wanted at a later time.
    pub later: i64,
    pub dead: i64,
    pub oldest_waiting: Option<DateTime<Utc>>,
}

/// Counts the rows of the transaction's tenant. For a holder of [`ReadJobs`](crate::ReadJobs).
pub async fn work(tx: &mut Tx) -> store::Result<Work> {
    let (tenant, now) = (tx.tenant_id(), tx.now());
    let counted = tx
        .one(sql!(
            "SELECT count(CASE WHEN state = 'waiting' AND run_at <= {} THEN 1 END), \
             count(CASE WHEN state = 'waiting' AND run_at > {} AND leased_until IS NOT NULL THEN 1 END), \
             count(CASE WHEN state = 'waiting' AND run_at > {} AND leased_until IS NULL AND attempts > 0 THEN 1 END), \
             count(CASE WHEN state = 'waiting' AND run_at > {} AND leased_until IS NULL AND attempts = 0 THEN 1 END), \
             count(CASE WHEN state = 'dead' THEN 1 END), min(CASE WHEN state = 'waiting' AND run_at <= {} THEN run_at END) \
             FROM job WHERE tenant_id = {}",
            now,
            now,
            now,
            now,
            now,
            tenant
        ))
        .await?;
    let (waiting, running, held_back, later, dead, oldest_waiting) = counted;
    Ok(Work { waiting, running, held_back, later, dead, oldest_waiting })
}
