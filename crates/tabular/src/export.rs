//! CSV for people and spreadsheets: RFC 4180, streamed, and harmless.
//!
//! A spreadsheet executes a cell that begins with `=`, `+`, `-` or `@`, and takes a leading tab, carriage return or line
//! feed as a way around that (OWASP, "CSV injection"). The rule here, see [`guard`]:
//! - such a cell, also behind blanks and in full-width forms, gets a leading apostrophe, which spreadsheets show as text;
//! - phones in E.164 (`+34612345678`) get it too: they are no formula, but a spreadsheet would turn them into a number,
//!   drop the plus and save that back;
//! - a plain negative number (`-12.50`) is left alone, so that columns of amounts still add up;
//! - every cell is quoted, so that a spreadsheet whose list separator is the semicolon cannot split a cell in two and
//!   execute the second half.
//!
//! Invariant: [`restore`] is the exact inverse of [`guard`] for every text, and `Rows` applies it: what was exported can
//! be imported unchanged.

mod guard;
mod write;

pub use guard::{guard, restore};
pub use write::{CsvWriter, ExportOptions};
