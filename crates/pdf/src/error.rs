//! Why a document could not be typeset. Messages say what to do and never repeat the document's text, so they may be
//! logged.

/// A document that could not become a PDF.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PdfError {
    /// More entries than one document may hold.
    #[error("{field} has {count} entries, a document holds at most {max}: split it into several documents")]
    TooMany { field: &'static str, count: usize, max: usize },
    /// One text longer than its place on a document allows; lengths in characters.
    #[error("{field} is longer than {max} characters: shorten it")]
    TextTooLong { field: &'static str, max: usize },
    /// A date the calendar of PDF cannot hold.
    #[error("the issue date must lie between the years 1 and 9999")]
    IssueDate,
    /// The logo cannot be used.
    #[error("the logo cannot be used: {0}")]
    Logo(#[from] LogoFault),
    /// The template did not compile with this document: a fault of the program.
    #[error("the document could not be typeset: {0}")]
    Typesetting(String),
    /// The PDF could not be written in conformity with PDF/A: a fault of the program, or of the logo.
    #[error("the PDF could not be written: {0}")]
    Export(String),
}

/// What is wrong with a logo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LogoFault {
    #[error("the file is larger than 2 MiB: upload a smaller one")]
    TooLarge,
    #[error("it is larger than 4096 by 4096 pixels: upload a smaller one")]
    TooManyPixels,
    #[error("the file is not the image it claims to be: upload it again as PNG, JPEG or WebP")]
    Unreadable,
}
