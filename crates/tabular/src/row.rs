//! Rows of a table, read one by one from any reader in bounded memory.
//!
//! Invariants: at most one row and one chunk are held; every physical line of the file ends up in exactly one of: the
//! header, a [`Row`], a [`RefusedRow`], or a blank line that is skipped. A quote that is opened and not closed refuses
//! the lines up to the end of the line where it was opened, and reading goes on after it: the rest of the file is never
//! swallowed into one cell.
//!
//! Refused: rows of another width, rows and cells over the limits, bytes that are not text in the chosen encoding.

mod decode;
mod read;
mod scan;
#[cfg(test)]
mod tests;

pub use read::Rows;
pub(crate) use scan::{Scan, Scanner};

use crate::dialect::DialectError;

/// How much of one row is held. Sizes are of decoded UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Longest row, in bytes; 1 MiB by default.
    pub max_row_bytes: usize,
    /// Longest cell, in bytes; 64 KiB by default.
    pub max_cell_bytes: usize,
    /// Most columns; 512 by default.
    pub max_columns: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { max_row_bytes: 1 << 20, max_cell_bytes: 64 << 10, max_columns: 512 }
    }
}

/// What comes next in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Record {
    /// A row of the right width.
    Row(Row),
    /// Something that is not a row, with the reason.
    Refused(RefusedRow),
}

/// A row that could be read. Its values are not judged yet.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Row {
    /// Counts data rows from 1, refused ones included, blank lines and the header not.
    pub number: u64,
    /// Physical line where it begins, from 1.
    pub line: u64,
    /// As many cells as [`Rows::width`].
    pub cells: Vec<String>,
}

/// A row that could not be read, kept so that a person can repair it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct RefusedRow {
    /// Counts data rows from 1, refused ones included.
    pub number: u64,
    /// First physical line, from 1.
    pub line: u64,
    /// Last physical line.
    pub end_line: u64,
    /// Stable reason.
    pub code: &'static str,
    /// A sentence for a person.
    pub message: String,
    /// Its cells when it could be split (too many or too few columns), else empty.
    pub cells: Vec<String>,
    /// Its text as in the file, at most 4 KiB.
    pub raw: String,
    /// Whether `raw` is only the beginning.
    pub truncated: bool,
}

/// The file cannot be read any further.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The reader failed.
    #[error("The file could not be read to its end: {0}")]
    Io(#[from] std::io::Error),
    /// The dialect is not usable.
    #[error(transparent)]
    Dialect(#[from] DialectError),
    /// A header was announced and there is nothing.
    #[error("There is no header line. Add a first line with the names of the columns, or say that there is none.")]
    HeaderMissing,
    /// The header cannot be split into names.
    #[error("The header on line {line} cannot be read. {reason}")]
    HeaderUnreadable {
        /// Physical line.
        line: u64,
        /// Why, as a sentence.
        reason: String,
    },
    /// So many quotes do not match that going on would take unbounded time.
    #[error(
        "The quotes in this file do not match, up to line {line} and again and again before. \
         Choose another quote character, or none, and try again."
    )]
    QuotesBeyondRepair {
        /// Physical line reached.
        line: u64,
    },
}

impl ReadError {
    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            ReadError::Io(_) => "read_failed",
            ReadError::Dialect(error) => error.code,
            ReadError::HeaderMissing => "header_missing",
            ReadError::HeaderUnreadable { .. } => "header_unreadable",
            ReadError::QuotesBeyondRepair { .. } => "quotes_beyond_repair",
        }
    }
}
