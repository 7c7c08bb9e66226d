//! Jobs that used up their tries, or were given up by their handler. They are kept until somebody decides.

use chrono::{DateTime, Utc};
use kernel::JobId;
use serde_json::Value;

pub mod discard;
pub mod list;
pub mod replay;
pub mod routes;

store::record! {
    /// A dead job. Of its payload only the record it is about is shown: the rest is for the program, not for people.
    pub struct DeadJob in job {
        id: JobId,
        kind: String,
        payload: Value,
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

    /// The record it was about, such as `mai_…`: what its event was about, else the first id its payload names.
    pub fn subject(&self) -> Option<&str> {
        let fields = self.payload.as_object()?;
        let named = fields.get("subject").and_then(Value::as_str).filter(|text| is_record(text));
        named.or_else(|| fields.values().filter_map(Value::as_str).find(|text| is_record(text)))
    }
}

/// An id on the wire; an event is no record one can look at.
fn is_record(text: &str) -> bool {
    let Some((prefix, digits)) = text.split_once('_') else { return false };
    let hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    prefix.len() == 3 && prefix != "evt" && digits.len() == 32 && digits.bytes().all(hex)
}

/// What it is called where it is not found.
pub(crate) const NOUN: &str = "job";
