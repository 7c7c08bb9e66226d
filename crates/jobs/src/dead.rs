//! Jobs that used up their tries, or were given up by their handler. They are kept until somebody decides.

use chrono::{DateTime, Utc};
use kernel::JobId;

pub mod discard;
pub mod list;
pub mod replay;
pub mod routes;

store::record! {
    /// A dead job. Its payload stays inside: it is for the program, not for people.
    pub struct DeadJob in job {
        id: JobId,
        kind: String,
        attempts: i64,
        /// What the last try failed of. The first line is for everybody, further lines are for operators.
        last_error: Option<String>,
        created_at: DateTime<Utc>,
        /// When it died.
        run_at: DateTime<Utc>,
    }
}

impl DeadJob {
    /// What of the failure its tenant may read.
    pub fn failure(&self) -> Option<&str> {
        self.last_error.as_deref()?.lines().next()
    }
}

/// What it is called where it is not found.
pub(crate) const NOUN: &str = "job";
