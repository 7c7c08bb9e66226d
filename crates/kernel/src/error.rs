//! What can go wrong, as the person or program at the other end needs to hear it: a stable code, a sentence that
//! says what to do, and the fields it concerns. The operator's half (`source`) goes to the log, never to the wire.

use serde::{Deserialize, Serialize};

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// One field that was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct FieldError {
    /// Path of the field, such as `lines.0.quantity`.
    #[schema(example = "email")]
    pub field: String,
    /// Stable machine code.
    #[schema(example = "email_taken")]
    pub code: String,
    /// A sentence for a person.
    pub message: String,
}

/// Every refusal and failure a verb may answer with. Each variant is one HTTP status.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// 401: nobody is signed in, or the session or key has ended.
    #[error("sign in first")]
    Unauthenticated { code: &'static str, detail: String },
    /// 403: the caller is known and lacks the right, and may know that the thing exists.
    #[error("the caller lacks {permission}")]
    Forbidden { permission: &'static str },
    /// 404: not there, or not for this caller to know of.
    #[error("{noun} not found")]
    NotFound { noun: &'static str },
    /// 409: right in form, refused by the state things are in.
    #[error("{code}: {detail}")]
    Conflict { code: &'static str, detail: String },
    /// 412: somebody else saved first.
    #[error("the record has been changed since it was read")]
    Stale,
    /// 413, 415, 428, 429 and the like: refused at the door.
    #[error("{code}: {detail}")]
    Door { status: u16, code: &'static str, detail: String, retry_after_seconds: Option<u64> },
    /// 422: one or more fields are wrong.
    #[error("{} field(s) refused", fields.len())]
    Invalid { fields: Vec<FieldError> },
    /// 503 or 507: a part we need is away for now.
    #[error("unavailable: {operator}")]
    Unavailable { code: &'static str, retry_after_seconds: u64, operator: String },
    /// 500: our fault. `operator` is for the log only.
    #[error("internal: {operator}")]
    Internal { operator: String },
}

impl Error {
    pub fn not_found(noun: &'static str) -> Self {
        Error::NotFound { noun }
    }

    pub fn conflict(code: &'static str, detail: impl Into<String>) -> Self {
        Error::Conflict { code, detail: detail.into() }
    }

    pub fn invalid(field: impl Into<String>, code: impl Into<String>, message: impl Into<String>) -> Self {
        Error::Invalid { fields: vec![FieldError { field: field.into(), code: code.into(), message: message.into() }] }
    }

    pub fn unauthenticated(code: &'static str, detail: impl Into<String>) -> Self {
        Error::Unauthenticated { code, detail: detail.into() }
    }

    pub fn internal(operator: impl std::fmt::Display) -> Self {
        Error::Internal { operator: operator.to_string() }
    }

    /// The stable code on the wire.
    pub fn code(&self) -> &'static str {
        match self {
            Error::Unauthenticated { code, .. }
            | Error::Conflict { code, .. }
            | Error::Door { code, .. }
            | Error::Unavailable { code, .. } => code,
            Error::Forbidden { .. } => "forbidden",
            Error::NotFound { .. } => "not_found",
            Error::Stale => "stale",
            Error::Invalid { .. } => "invalid_input",
            Error::Internal { .. } => "internal",
        }
    }
}

/// Collects refused fields so that a form hears all of them at once.
#[derive(Debug, Default)]
pub struct Fields(Vec<FieldError>);

impl Fields {
    pub fn refuse(&mut self, field: impl Into<String>, code: impl Into<String>, message: impl Into<String>) {
        self.0.push(FieldError { field: field.into(), code: code.into(), message: message.into() });
    }

    /// Keeps the value, or notes the refusal under `field`.
    pub fn take<T>(&mut self, field: &str, parsed: Result<T, Error>) -> Option<T> {
        match parsed {
            Ok(value) => Some(value),
            Err(Error::Invalid { fields }) => {
                self.0.extend(fields.into_iter().map(|f| FieldError { field: field.into(), ..f }));
                None
            }
            Err(other) => {
                self.refuse(field, other.code(), other.to_string());
                None
            }
        }
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Ok when nothing was refused.
    pub fn finish(self) -> Result<(), Error> {
        if self.0.is_empty() { Ok(()) } else { Err(Error::Invalid { fields: self.0 }) }
    }
}
