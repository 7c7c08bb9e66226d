//! How a value is stored: the few shapes both databases share, and the trait by which a type becomes one.
//!
//! Invariant: `T::from_value(value.into_value()) == value` on either database, whatever shape its driver gives back
//! (SQLite keeps times, decimals and JSON as text, booleans as integers, UUIDs as 16 bytes).

use chrono::{DateTime, NaiveDate, SubsecRound, Utc};
use rust_decimal::{Decimal, prelude::ToPrimitive};
use uuid::Uuid;

/// A stored value, on its way to or from a driver.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Null,
    Bool(bool),
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
    Uuid(Uuid),
    Time(DateTime<Utc>),
    Date(NaiveDate),
    Decimal(Decimal),
    Json(serde_json::Value),
    /// The open text of a [`crate::Sealed`], between its record and the key. No driver takes or gives it.
    Sealed(String),
    /// The place of a [`crate::BlindIndex`], which the record's transaction fills in.
    Blind,
}

/// The stored value is not of the wanted type: a fault of ours, never of the user.
#[derive(Debug, Clone, thiserror::Error)]
#[error("a stored value is not {wanted}")]
pub struct ValueError {
    pub wanted: &'static str,
}

/// A type that can stand in a column.
pub trait Column: Sized {
    /// Is the column's content sealed with the tenant's key?
    const SEALED: bool = false;
    fn from_value(value: Value) -> Result<Self, ValueError>;
    fn into_value(self) -> Value;
}

macro_rules! column {
    ($type:ty, $wanted:literal, $into:expr, { $($pattern:pat => $from:expr),+ $(,)? }) => {
        impl Column for $type {
            fn from_value(value: Value) -> Result<Self, ValueError> {
                let read: Option<Self> = match value { $($pattern => $from,)+ _ => None };
                read.ok_or(ValueError { wanted: $wanted })
            }
            fn into_value(self) -> Value {
                ($into)(self)
            }
        }
    };
}

column!(bool, "a boolean", Value::Bool, { Value::Bool(b) => Some(b), Value::Int(i) => Some(i != 0) });
column!(i64, "an integer", Value::Int, { Value::Int(i) => Some(i), Value::Decimal(d) => d.to_i64() });
column!(i32, "a small integer", |i| Value::Int(i64::from(i)), { Value::Int(i) => i32::try_from(i).ok() });
column!(String, "text", Value::Text, { Value::Text(t) => Some(t) });
column!(Vec<u8>, "bytes", Value::Bytes, { Value::Bytes(b) => Some(b), Value::Uuid(u) => Some(u.as_bytes().to_vec()) });
column!(Uuid, "a UUID", Value::Uuid, { Value::Uuid(u) => Some(u), Value::Bytes(b) => Uuid::from_slice(&b).ok() });
column!(NaiveDate, "a date", Value::Date, { Value::Date(d) => Some(d), Value::Text(t) => t.parse().ok() });
column!(Decimal, "a decimal", Value::Decimal, {
    Value::Decimal(d) => Some(d), Value::Text(t) => t.parse().ok(), Value::Int(i) => Some(Decimal::from(i)),
});
column!(DateTime<Utc>, "a time", |t: DateTime<Utc>| Value::Time(t.trunc_subsecs(6)), {
    Value::Time(t) => Some(t), Value::Text(t) => DateTime::parse_from_rfc3339(&t).ok().map(|t| t.to_utc()),
});
column!(serde_json::Value, "JSON", Value::Json, {
    Value::Json(j) => Some(j), Value::Text(t) => serde_json::from_str(&t).ok(),
});

impl Column for &str {
    fn from_value(_: Value) -> Result<Self, ValueError> {
        Err(ValueError { wanted: "borrowed text" })
    }
    fn into_value(self) -> Value {
        Value::Text(self.to_owned())
    }
}

/// As it is, for statements that bind values of several types.
impl Column for Value {
    fn from_value(value: Value) -> Result<Self, ValueError> {
        Ok(value)
    }
    fn into_value(self) -> Value {
        self
    }
}

impl<T: Column> Column for Option<T> {
    const SEALED: bool = T::SEALED;

    fn from_value(value: Value) -> Result<Self, ValueError> {
        if matches!(value, Value::Null) { Ok(None) } else { T::from_value(value).map(Some) }
    }
    fn into_value(self) -> Value {
        self.map_or(Value::Null, T::into_value)
    }
}

/// A serialisable value kept as JSON in one column.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Json<T>(pub T);

impl<T: serde::Serialize + serde::de::DeserializeOwned> Column for Json<T> {
    fn from_value(value: Value) -> Result<Self, ValueError> {
        let read = match value {
            Value::Text(text) => serde_json::from_str(&text),
            Value::Json(json) => serde_json::from_value(json),
            _ => return Err(ValueError { wanted: "JSON" }),
        };
        read.map(Json).map_err(|_| ValueError { wanted: "JSON of the wanted shape" })
    }
    fn into_value(self) -> Value {
        Value::Json(serde_json::to_value(self.0).unwrap_or_default())
    }
}

/// Stores types as the text they display and parse: `text_column!(Currency, Language);`
#[macro_export]
macro_rules! text_column {
    ($($type:ty),+ $(,)?) => {$(
        impl $crate::value::Column for $type {
            fn from_value(value: $crate::value::Value) -> ::std::result::Result<Self, $crate::value::ValueError> {
                <String as $crate::value::Column>::from_value(value)?
                    .parse()
                    .map_err(|_| $crate::value::ValueError { wanted: stringify!($type) })
            }
            fn into_value(self) -> $crate::value::Value {
                $crate::value::Value::Text(self.to_string())
            }
        }
    )+};
}

text_column!(crate::Currency, crate::Language, crate::Role);

/// A closed set of states that is one word in the database, on the wire and in the API description:
/// `states! { pub enum QuoteState { Draft = "draft", Sent = "sent" } }`
#[macro_export]
macro_rules! states {
    // `tt`, not `literal`: a literal reaches utoipa wrapped in a group, in which it finds no name to write down.
    ($(#[$doc:meta])* $vis:vis enum $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:tt),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, ::serde::Serialize, ::serde::Deserialize, ::utoipa::ToSchema)]
        $vis enum $name { $($(#[$vdoc])* #[serde(rename = $text)] $variant),+ }
        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant),+];
            pub const fn name(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }
        }
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.name())
            }
        }
        impl ::std::str::FromStr for $name {
            type Err = $crate::value::ValueError;
            fn from_str(text: &str) -> ::std::result::Result<Self, Self::Err> {
                match text { $($text => Ok($name::$variant),)+ _ => Err($crate::value::ValueError { wanted: stringify!($name) }) }
            }
        }
        $crate::text_column!($name);
    };
}
