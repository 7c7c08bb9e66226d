//! A thing that happened, written to the outbox in the transaction that made it happen. Higher domains and the
//! browser hear of it only after that transaction has been committed.

use serde_json::Value;

use crate::id::Id;

/// `kind` is `noun.past_tense`; `subject` is the record it happened to; `related` are further records whose
/// timeline should show it. `data` carries what a listener needs and no personal data beyond ids.
#[derive(Debug, Clone)]
pub struct Event {
    pub kind: &'static str,
    pub subject: String,
    pub related: Vec<String>,
    pub data: Value,
}

impl Event {
    pub fn new(kind: &'static str, subject: impl Id) -> Self {
        Self { kind, subject: subject.to_string(), related: Vec::new(), data: Value::Null }
    }

    pub fn related(mut self, record: impl Id) -> Self {
        self.related.push(record.to_string());
        self
    }

    /// The same for an optional link.
    pub fn related_if(self, record: Option<impl Id>) -> Self {
        match record {
            Some(record) => self.related(record),
            None => self,
        }
    }

    pub fn data(mut self, data: Value) -> Self {
        self.data = data;
        self
    }
}
