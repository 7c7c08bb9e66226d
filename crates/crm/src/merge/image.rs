//! What a merge changed, so that it can be put back: the survivor's fields before and after, and the ids of what moved.
//! It is personal, kept sealed, and erased when the time to undo is over.

use chrono::{DateTime, NaiveDate, Utc};
use kernel::{Uuid, Value};
use serde::{Deserialize, Serialize};

use crate::affiliation::merge::Settled;

/// See the module.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    pub fields: Vec<FieldImage>,
    pub links: Vec<LinkImage>,
    #[serde(default)]
    pub affiliations: Settled,
}

/// One field of the survivor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldImage {
    pub field: String,
    pub before: Kept,
    pub after: Kept,
}

/// The rows whose link was moved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkImage {
    pub table: String,
    pub column: String,
    pub ids: Vec<Uuid>,
}

/// A stored value as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kept {
    Null,
    Bool(bool),
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
    Uuid(Uuid),
    Time(DateTime<Utc>),
    Date(NaiveDate),
    Decimal(String),
    Json(serde_json::Value),
    Sealed(String),
}

impl From<Value> for Kept {
    fn from(value: Value) -> Self {
        match value {
            Value::Null | Value::Blind => Kept::Null,
            Value::Bool(b) => Kept::Bool(b),
            Value::Int(n) => Kept::Int(n),
            Value::Text(text) => Kept::Text(text),
            Value::Bytes(bytes) => Kept::Bytes(bytes),
            Value::Uuid(id) => Kept::Uuid(id),
            Value::Time(at) => Kept::Time(at),
            Value::Date(day) => Kept::Date(day),
            Value::Decimal(number) => Kept::Decimal(number.to_string()),
            Value::Json(json) => Kept::Json(json),
            Value::Sealed(text) => Kept::Sealed(text),
        }
    }
}

impl From<Kept> for Value {
    fn from(kept: Kept) -> Self {
        match kept {
            Kept::Null => Value::Null,
            Kept::Bool(b) => Value::Bool(b),
            Kept::Int(n) => Value::Int(n),
            Kept::Text(text) | Kept::Decimal(text) => Value::Text(text),
            Kept::Bytes(bytes) => Value::Bytes(bytes),
            Kept::Uuid(id) => Value::Uuid(id),
            Kept::Time(at) => Value::Time(at),
            Kept::Date(day) => Value::Date(day),
            Kept::Json(json) => Value::Json(json),
            Kept::Sealed(text) => Value::Sealed(text),
        }
    }
}
