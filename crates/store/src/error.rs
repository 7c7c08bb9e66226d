//! What a database can answer instead of rows, told apart as far as callers can act on it.

/// A failed statement.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A uniqueness rule. The name follows one convention on both databases: `<table>_<columns without tenant_id>_key`.
    #[error("{constraint} is violated")]
    Unique { constraint: String },
    /// A reference to a row that is not there, or a row that is still referred to.
    #[error("a foreign key is violated: {detail}")]
    ForeignKey { detail: String },
    /// A named CHECK.
    #[error("check {constraint} is violated")]
    Check { constraint: String },
    /// An update met a newer version of its row.
    #[error("the row has changed")]
    Stale,
    /// The wanted row is not there.
    #[error("{table} row not found")]
    NotFound { table: &'static str },
    /// The database gave this transaction up because another one stood in its way: a deadlock, a serialization failure,
    /// a lock that did not become free. Nothing of it remains; done again, it succeeds.
    #[error("the transaction met another one: {detail}")]
    Conflict { detail: String },
    /// The database cannot be reached or is too busy. Worth another try.
    #[error("the database is unavailable: {detail}")]
    Unavailable { detail: String },
    /// The connection broke while a commit was under way: it may have taken place or not.
    #[error("the answer to a commit was lost: {detail}")]
    CommitLost { detail: String },
    /// The disk is full.
    #[error("the database cannot grow: {detail}")]
    Full { detail: String },
    #[error("reading {sql}: a value is not {wanted}")]
    Decode { sql: String, wanted: &'static str },
    #[error("{detail} in {sql}")]
    Statement { sql: String, detail: String },
    /// A sealed value that does not open: moved from elsewhere, changed, or sealed with a key that is gone.
    #[error("the sealed value in {table}.{column} of row {row} does not open")]
    Sealed { table: &'static str, column: &'static str, row: kernel::Uuid },
    /// The tenant's key, or the master key that wraps it, cannot be had.
    #[error("{detail}")]
    Key { detail: String },
    /// Refused by a rule of the domain while the transaction was being finished.
    #[error(transparent)]
    Refused(Box<kernel::Error>),
}

impl From<crate::KeyFileError> for Error {
    fn from(error: crate::KeyFileError) -> Self {
        Error::Key { detail: error.to_string() }
    }
}

/// The stable code of [`Error::Conflict`]. The door carries a request that failed with it out again.
pub const WRITE_CONFLICT: &str = "write_conflict";

pub type Result<T, E = Error> = std::result::Result<T, E>;

impl From<Error> for kernel::Error {
    fn from(error: Error) -> Self {
        match error {
            Error::Unique { constraint } => kernel::Error::Conflict {
                code: "duplicate",
                detail: format!("Something with the same unique value exists already ({constraint})."),
            },
            Error::ForeignKey { detail } => kernel::Error::Conflict {
                code: "reference",
                detail: format!("A linked record is missing or still in use: {detail}"),
            },
            Error::Stale => kernel::Error::Stale,
            Error::NotFound { table } => kernel::Error::NotFound { noun: table },
            Error::Unavailable { detail } => {
                kernel::Error::Unavailable { code: "database_unavailable", retry_after_seconds: 2, operator: detail }
            }
            Error::Conflict { detail } => {
                kernel::Error::Unavailable { code: WRITE_CONFLICT, retry_after_seconds: 1, operator: detail }
            }
            Error::CommitLost { detail } => {
                kernel::Error::Unavailable { code: "outcome_unknown", retry_after_seconds: 2, operator: detail }
            }
            Error::Full { detail } => {
                kernel::Error::Unavailable { code: "storage_full", retry_after_seconds: 60, operator: detail }
            }
            Error::Refused(error) => *error,
            other => kernel::Error::internal(other),
        }
    }
}

/// Turns a violated constraint into the error a form needs.
pub trait OnConstraint<T> {
    /// `insert(…).await.on_constraint("company_tax_id_key", || Error::invalid("tax_id", "taken", "…"))?`
    fn on_constraint(self, name: &str, error: impl FnOnce() -> kernel::Error) -> kernel::Result<T>;
}

impl<T> OnConstraint<T> for Result<T> {
    fn on_constraint(self, name: &str, error: impl FnOnce() -> kernel::Error) -> kernel::Result<T> {
        match self {
            Err(Error::Unique { constraint } | Error::Check { constraint }) if constraint == name => Err(error()),
            other => other.map_err(Into::into),
        }
    }
}
