//! One entry of the audit trail: what was done to which record, with the values before and after.

use serde::Serialize;
use serde_json::Value;

use crate::id::Id;

/// `action` is `noun.verb`. `before` and `after` hold the record's fields; `store` keeps only those that differ.
#[derive(Debug, Clone)]
pub struct Change {
    pub action: &'static str,
    pub subject: String,
    pub before: Option<Value>,
    pub after: Option<Value>,
}

impl Change {
    pub fn new(action: &'static str, subject: impl Id) -> Self {
        Self { action, subject: subject.to_string(), before: None, after: None }
    }

    pub fn before(mut self, record: &impl Serialize) -> Self {
        self.before = serde_json::to_value(record).ok();
        self
    }

    pub fn after(mut self, record: &impl Serialize) -> Self {
        self.after = serde_json::to_value(record).ok();
        self
    }
}
