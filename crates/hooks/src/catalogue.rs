//! Every type of event there is, with an example of its message.
//!
//! Invariant: what any crate emits stands here; a test reads the code and compares. What an event carries besides ids is
//! passed on only where it is named here: amounts, numbers, counts, codes; never words that somebody typed.

mod list;
mod noun;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use edge::{App, Json, May};
use kernel::Page;
use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::ReadWebhooks;

pub use list::EVENT_TYPES;
pub use noun::{Noun, noun};

/// One type of event.
#[derive(Debug, Clone, Copy)]
pub struct EventType {
    /// `noun.past_tense`.
    pub name: &'static str,
    /// What happens, for people who write programs.
    pub about: &'static str,
    /// The prefix of the record it happens to.
    pub subject: &'static str,
    /// Fields of the event that are passed on, each with an example.
    pub carries: &'static [(&'static str, Example)],
}

/// What a field may look like.
#[derive(Debug, Clone, Copy)]
pub enum Example {
    Text(&'static str),
    Number(i64),
    Money,
}

impl Example {
    fn value(self) -> Value {
        match self {
            Example::Text(text) => json!(text),
            Example::Number(number) => json!(number),
            Example::Money => json!({ "amount": "84.77", "currency": "EUR" }),
        }
    }
}

/// Sent by hand, to see whether an endpoint works; happens to nothing.
pub const TEST: &str = "webhook.tested";

/// A type by its name.
pub fn find(name: &str) -> Option<&'static EventType> {
    EVENT_TYPES.iter().find(|known| known.name == name)
}

/// The message of an event, as it is signed and sent. What the catalogue does not name stays here.
#[derive(Debug, Serialize)]
pub struct Message<'a> {
    pub r#type: &'a str,
    pub timestamp: DateTime<Utc>,
    pub data: Map<String, Value>,
}

/// What is known of an event when its message is written.
pub struct Happened<'a> {
    pub kind: &'a str,
    pub at: DateTime<Utc>,
    pub subject: &'a str,
    /// The version of the record as it is now: that of the event or a later one.
    pub version: Option<i64>,
    pub related: &'a [String],
    pub carried: &'a Value,
}

/// Writes the message. `public_url` is where the API is reached.
pub fn message(happened: &Happened<'_>, public_url: &str) -> String {
    let mut data = Map::new();
    data.insert("id".into(), json!(happened.subject));
    data.insert("version".into(), json!(happened.version));
    let path = happened.subject.split_once('_').and_then(|(prefix, _)| noun(prefix)).and_then(|noun| noun.path);
    data.insert("url".into(), json!(path.map(|path| format!("{public_url}{path}/{}", happened.subject))));
    data.insert("related".into(), json!(happened.related));
    for (field, _) in find(happened.kind).map(|known| known.carries).unwrap_or_default() {
        data.insert((*field).into(), happened.carried.get(field).cloned().unwrap_or(Value::Null));
    }
    let message = Message { r#type: happened.kind, timestamp: happened.at, data };
    serde_json::to_string(&message).unwrap_or_default()
}

impl EventType {
    /// What its message may look like.
    pub fn example(&self) -> Value {
        let hex = "019abc0123457def8123456789abcdef";
        let carried: Map<String, Value> =
            self.carries.iter().map(|(field, example)| ((*field).to_owned(), example.value())).collect();
        let known = noun(self.subject);
        let happened = Happened {
            kind: self.name,
            at: DateTime::from_timestamp(1_767_225_600, 0).unwrap_or_default(),
            subject: &format!("{}_{hex}", self.subject),
            version: known.and_then(|known| known.table).map(|_| 3),
            related: &[],
            carried: &Value::Object(carried),
        };
        serde_json::from_str(&message(&happened, "https://app.example.com")).unwrap_or_default()
    }
}

/// A type of event, for the picker and for who writes a receiver.
#[derive(Debug, Serialize, ToSchema)]
pub struct EventTypeView {
    #[schema(example = "invoice.issued")]
    pub name: &'static str,
    /// What it is about; the part before the full stop.
    #[schema(example = "invoice")]
    pub group: &'static str,
    #[schema(example = "An invoice was issued and got its number.")]
    pub about: &'static str,
    /// A message of this type.
    #[schema(value_type = Object)]
    pub example: Value,
}

#[utoipa::path(get, path = "/api/v1/webhook-event-types", operation_id = "webhook_event_type_list", tag = "webhooks",
    responses((status = 200, description = "Every type of event, by group", body = Page<EventTypeView>)))]
async fn webhook_event_type_list(May(_can): May<ReadWebhooks>) -> Json<Page<EventTypeView>> {
    let mut groups: BTreeMap<&str, Vec<EventTypeView>> = BTreeMap::new();
    for known in EVENT_TYPES {
        let group = known.name.split('.').next().unwrap_or_default();
        let view = EventTypeView { name: known.name, group, about: known.about, example: known.example() };
        groups.entry(group).or_default().push(view);
    }
    Json(Page { items: groups.into_values().flatten().collect(), next_cursor: None })
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(webhook_event_type_list))
}

/// The message of a test.
pub(crate) fn test_message(endpoint: impl std::fmt::Display, at: DateTime<Utc>, public_url: &str) -> String {
    let subject = endpoint.to_string();
    let carried = Value::Null;
    message(&Happened { kind: TEST, at, subject: &subject, version: None, related: &[], carried: &carried }, public_url)
}

#[cfg(test)]
mod tests;
