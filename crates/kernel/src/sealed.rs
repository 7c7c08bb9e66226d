//! Text that is stored only sealed with its tenant's key: tax ids, the secret of a quote's page.
//!
//! Invariant: it reaches a database only through a record, whose transaction seals it for exactly that row; a driver
//! that meets it elsewhere refuses it. It is shown by nothing by accident: `Debug` says nothing, and as JSON (the
//! audit trail, an event) it is masked. Whoever wants the text says [`Sealed::reveal`].

use std::fmt;

use serde::{Serialize, Serializer};

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
