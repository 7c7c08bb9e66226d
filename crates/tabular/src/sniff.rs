//! What is this file? Guesses the dialect of a table from its first bytes, with the evidence, or refuses the file.
//!
//! Invariant: the guess is only a proposal: everything in it is a field of [`Dialect`] that a person may change, and
//! [`examine`] answers for a changed dialect in the same shape.
//!
//! Refused here: empty files, and files that are no text table (spreadsheets, archives, documents, images, programs,
//! web pages, JSON, address cards), each with what to do instead.

mod delimiter;
mod encoding;
mod header;
mod magic;
#[cfg(test)]
mod tests;

use crate::dialect::{Dialect, Terminator};
use crate::laid::Laid;
use crate::row::{Limits, ReadError, Record, RefusedRow, Rows};

/// How much of a file [`sniff`] wants to see: more changes no guess.
pub const SAMPLE_BYTES: usize = 256 << 10;

/// Good rows returned for a preview.
const SAMPLE_ROWS: usize = 50;

/// A guess and its reasons.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Sniffed {
    /// How to read the file.
    pub dialect: Dialect,
    /// How sure, 0 to 100; below 60 a person should look.
    pub confidence: u8,
    /// Why, one entry for each field that was guessed.
    pub evidence: Vec<Evidence>,
    /// Cells of every good row.
    pub columns: usize,
    /// Names of the columns, if there is a header.
    pub header: Option<Vec<String>>,
    /// The first good rows, at most 50.
    pub sample_rows: Vec<Vec<String>>,
    /// Rows of the sample that cannot be read, with reasons.
    pub refused: Vec<RefusedRow>,
    /// Rows in the whole file by its size: exact when the sample is the whole file.
    pub estimated_rows: u64,
}

/// Why one field of the dialect was guessed so.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Evidence {
    /// The field: `encoding`, `delimiter`, `quote`, `has_header`, `terminator`, `trim`, `skip_lines`, `columns`.
    pub about: &'static str,
    /// Stable code of the reason.
    pub code: &'static str,
    /// The reason as a sentence.
    pub detail: String,
}

impl Evidence {
    pub(crate) fn new(about: &'static str, code: &'static str, detail: impl Into<String>) -> Evidence {
        Evidence { about, code, detail: detail.into() }
    }
}

/// The file is not a table of text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct FileRefusal {
    /// Stable code, `file_is_...`.
    pub code: &'static str,
    /// What to do, for a person.
    pub message: &'static str,
}

/// Guesses how to read a file from its first [`SAMPLE_BYTES`] (fewer if it is smaller) and its size in bytes.
///
/// # Errors
/// The file is empty or is not a table of text.
pub fn sniff(sample: &[u8], total_size: u64) -> Result<Sniffed, FileRefusal> {
    let sample = &sample[..sample.len().min(SAMPLE_BYTES)];
    let whole = total_size <= sample.len() as u64;
    magic::refuse(sample)?;
    let (encoding, encoding_evidence, encoding_sure) = encoding::guess(sample, whole);
    let text = encoding::decode(sample, encoding, whole);
    magic::refuse_text(&text)?;

    let (skip_lines, announced) = delimiter::announced(&text);
    let body = delimiter::after_lines(&text, skip_lines);
    let terminator = delimiter::terminator(body);
    let split = delimiter::guess(body, announced, terminator.0, whole);
    let head = header::guess(&split.rows);

    let mut evidence = vec![encoding_evidence, terminator.1];
    evidence.extend(split.evidence);
    evidence.push(head.evidence);
    if skip_lines > 0 {
        let detail = "The first line announces the delimiter and holds no data.";
        evidence.push(Evidence::new("skip_lines", "separator_line", detail));
    }
    let first_width = split.rows.first().map_or(0, Vec::len);
    let columns = if !head.has_header && split.columns > 0 {
        u16::try_from(split.columns).ok()
    } else if split.columns > first_width {
        let detail = format!("The header names {first_width} columns and most rows have {}.", split.columns);
        evidence.push(Evidence::new("columns", "header_is_short", detail));
        u16::try_from(split.columns).ok()
    } else {
        None
    };
    let dialect = Dialect {
        encoding,
        delimiter: split.delimiter,
        quote: split.quote,
        has_header: head.has_header,
        terminator: terminator.0,
        trim: split.trim,
        skip_lines,
        columns,
        pad_short_rows: false,
    };
    let confidence = split.sure.min(encoding_sure).min(head.sure);
    let mut sniffed = Sniffed {
        dialect,
        confidence,
        evidence,
        columns: 0,
        header: None,
        sample_rows: Vec::new(),
        refused: Vec::new(),
        estimated_rows: 0,
    };
    // The guess above can be read; should it not be, the preview is empty and the reason comes from `Rows` later.
    let _ = fill(&mut sniffed, sample, total_size);
    Ok(sniffed)
}

/// The same answer for a dialect a person has edited: evidence is empty and confidence 100.
///
/// # Errors
/// The dialect cannot be used, or its header cannot be read.
pub fn examine(sample: &[u8], total_size: u64, dialect: &Dialect) -> Result<Sniffed, ReadError> {
    let mut sniffed = Sniffed {
        dialect: dialect.clone(),
        confidence: 100,
        evidence: Vec::new(),
        columns: 0,
        header: None,
        sample_rows: Vec::new(),
        refused: Vec::new(),
        estimated_rows: 0,
    };
    fill(&mut sniffed, &sample[..sample.len().min(SAMPLE_BYTES)], total_size)?;
    Ok(sniffed)
}

/// The same for a table that was laid out, of which only whether its first row names the columns is guessed.
///
/// # Errors
/// The header cannot be read.
pub fn seen(sample: &[u8], laid: &Laid) -> Result<Sniffed, ReadError> {
    let bare = Dialect { has_header: false, ..laid.dialect.clone() };
    let rows = examine(sample, laid.bytes, &bare)?.sample_rows;
    let head = header::guess(&rows);
    let dialect = Dialect { has_header: head.has_header, ..laid.dialect.clone() };
    let sniffed = examine(sample, laid.bytes, &dialect)?;
    let estimated_rows = laid.rows.saturating_sub(laid.above + u64::from(head.has_header));
    Ok(Sniffed { confidence: head.sure, evidence: vec![head.evidence], estimated_rows, ..sniffed })
}

/// Reads the sample with the dialect: header, preview, refused rows, estimate.
fn fill(sniffed: &mut Sniffed, sample: &[u8], total_size: u64) -> Result<(), ReadError> {
    let whole = total_size <= sample.len() as u64;
    let mut rows = Rows::open(sample, &sniffed.dialect, Limits::default())?;
    sniffed.header = rows.header().map(<[String]>::to_vec);
    let mut read = 0u64;
    let mut last_refused = false;
    for record in rows.by_ref() {
        read += 1;
        last_refused = false;
        match record? {
            Record::Row(row) if sniffed.sample_rows.len() < SAMPLE_ROWS => sniffed.sample_rows.push(row.cells),
            Record::Row(_) => {}
            Record::Refused(refused) => {
                last_refused = true;
                sniffed.refused.push(refused);
            }
        }
    }
    sniffed.columns = rows.width();
    if !whole && last_refused {
        // The sample ends in the middle of a row: that says nothing about the file.
        sniffed.refused.pop();
    }
    sniffed.estimated_rows = match sample.len() as u64 {
        0 => 0,
        _ if whole => read,
        length => (u128::from(read) * u128::from(total_size) / u128::from(length)) as u64,
    };
    Ok(())
}

/// Every refusal of a whole file.
pub(crate) fn refusals() -> impl Iterator<Item = &'static FileRefusal> {
    magic::ALL.iter()
}

pub(crate) fn is_line_end(terminator: Terminator, c: char) -> bool {
    c == '\n' || (c == '\r' && matches!(terminator, Terminator::Cr | Terminator::Any))
}
