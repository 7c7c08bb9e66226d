//! A unit of durable work: a small serialisable value, enqueued in the caller's own transaction, so that it exists
//! exactly when the business change does. The logic stays in the domain; a job only calls it.

use serde::{Serialize, de::DeserializeOwned};

pub trait Job: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// Stable name, stored with the row: `noun.verb`.
    const KIND: &'static str;
    /// Tries before it is set aside as dead and its owner told.
    const MAX_ATTEMPTS: i64 = 10;
    /// How long one try may take before another worker may take it over.
    const LEASE_SECONDS: i64 = 60;

    /// Two waiting jobs of one tenant with the same key are one job.
    fn unique_key(&self) -> Option<String> {
        None
    }
}
