//! How much lies in the queue: for metrics, readiness, and tests that want to leave nothing behind.

use chrono::{DateTime, Utc};
use store::{Store, sql};

/// Of the whole installation, not of one tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Depth {
    /// Jobs that could run now and have not been taken.
    pub due: i64,
    /// Jobs that are running, held back after a failure, or wanted later.
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
            "SELECT count(CASE WHEN state = 'waiting' AND run_at <= {} THEN 1 END), \
             count(CASE WHEN state = 'waiting' THEN 1 END), count(CASE WHEN state = 'dead' THEN 1 END), \
             min(CASE WHEN state = 'waiting' AND run_at <= {} THEN run_at END) FROM job",
            now,
            now
        ))
        .await?;
    Ok(Depth { due, later: waiting - due, dead, oldest_due })
}
