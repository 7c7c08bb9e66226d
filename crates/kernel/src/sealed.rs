//! Text that is stored only sealed with its tenant's key: tax ids, the secret of a quote's page.
//!
//! Invariant: it reaches a database only through a record, whose transaction seals it for exactly that row; a driver
//! that meets it elsewhere refuses it. It is shown by nothing by accident: `Debug` says nothing, and as JSON (the
//! audit trail, an event) it is masked. Whoever wants the text says [`Sealed::reveal`].

use std::fmt;

use serde::{Serialize, Serializer, de::DeserializeOwned};

use crate::value::{Column, Value, ValueError};

/// In memory the text itself; in a column of type BYTEA its ciphertext.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed(String);

impl Sealed {
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text. Each use is a decision to show or compare it.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// All but the last three characters hidden; of a short text, all.
    pub fn masked(&self) -> String {
        let length = self.0.chars().count();
        let shown = if length > 6 { 3 } else { 0 };
        "*".repeat(length - shown) + &self.0.chars().skip(length - shown).collect::<String>()
    }
}

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealed(..)")
    }
}

impl Serialize for Sealed {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.masked())
    }
}

impl Column for Sealed {
    const SEALED: bool = true;

    fn from_value(value: Value) -> Result<Self, ValueError> {
        match value {
            Value::Sealed(text) => Ok(Self(text)),
            _ => Err(ValueError { wanted: "sealed text read as the field of a record" }),
        }
    }

    fn into_value(self) -> Value {
        Value::Sealed(self.0)
    }
}

/// A serialisable value that is stored only sealed, such as the text of a mail, which may hold a secret link.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedJson<T>(pub T);

impl<T> fmt::Debug for SealedJson<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealedJson(..)")
    }
}

impl<T> Serialize for SealedJson<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str("***")
    }
}

impl<T: Serialize + DeserializeOwned> Column for SealedJson<T> {
    const SEALED: bool = true;

    fn from_value(value: Value) -> Result<Self, ValueError> {
        let text = Sealed::from_value(value)?;
        serde_json::from_str(text.reveal())
            .map(SealedJson)
            .map_err(|_| ValueError { wanted: "sealed JSON of its shape" })
    }

    fn into_value(self) -> Value {
        Value::Sealed(serde_json::to_string(&self.0).unwrap_or_default())
    }
}

/// The column `<field>_index` beside a [`Sealed`] field of that name: a keyed digest by which rows are found and kept
/// unique. It has no value of its own in the program; the transaction that writes the record computes it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BlindIndex;

impl Serialize for BlindIndex {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_none()
    }
}

impl Column for BlindIndex {
    fn from_value(_: Value) -> Result<Self, ValueError> {
        Ok(Self)
    }

    fn into_value(self) -> Value {
        Value::Blind
    }
}
