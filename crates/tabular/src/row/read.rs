//! The iterator over a table's rows: header, width, blank lines, reasons.

use std::io::Read;

use super::{Limits, ReadError, Record, RefusedRow, Row, Scan, Scanner};
use crate::dialect::Dialect;
use crate::export::restore;
use crate::laid::LINE_BREAK;

/// Most bytes of a refused row that are kept.
const RAW_KEPT: usize = 4 << 10;

/// Rows of one table. Iterating yields good and refused rows in file order; an `Err` ends it.
///
/// Cells guarded by [`crate::export::guard`] come back as they were before. Blank lines, and lines of delimiters only,
/// are passed over.
pub struct Rows<R> {
    scanner: Scanner<R>,
    header: Option<Vec<String>>,
    /// 0 until the first row has told it.
    width: usize,
    pad: bool,
    /// Do line separators in cells stand for line breaks?
    laid: bool,
    number: u64,
    done: bool,
}

impl<R: Read> Rows<R> {
    /// Reads up to the header, if the dialect has one.
    ///
    /// # Errors
    /// `Dialect` for an unusable dialect, `HeaderMissing`, `HeaderUnreadable`, `Io`.
    pub fn open(reader: R, dialect: &Dialect, limits: Limits) -> Result<Rows<R>, ReadError> {
        dialect.check()?;
        let mut rows = Rows {
            scanner: Scanner::new(reader, dialect, limits),
            header: None,
            width: dialect.columns.map_or(0, usize::from),
            pad: dialect.pad_short_rows,
            laid: false,
            number: 0,
            done: false,
        };
        for _ in 0..dialect.skip_lines {
            if !rows.scanner.skip_line()? {
                break;
            }
        }
        if dialect.has_header {
            rows.read_header()?;
        }
        Ok(rows)
    }

    /// Reads cells as [`TableWriter`](crate::laid::TableWriter) wrote them, with the line breaks they had.
    pub fn laid(self) -> Self {
        Rows { laid: true, ..self }
    }

    /// Names of the columns as in the file; padded with empty names to [`Rows::width`].
    pub fn header(&self) -> Option<&[String]> {
        self.header.as_deref()
    }

    /// Cells of every good row; 0 before the first row of a table without header.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Bytes of the file consumed so far, for progress. Runs ahead of the rows by at most a chunk.
    pub fn bytes_read(&self) -> u64 {
        self.scanner.bytes_read()
    }

    fn read_header(&mut self) -> Result<(), ReadError> {
        let scan = loop {
            match self.scanner.next_scan()? {
                None => return Err(ReadError::HeaderMissing),
                Some(scan) if is_blank(&scan) => continue,
                Some(scan) => break scan,
            }
        };
        if let Some((_, reason)) = self.fault(&scan) {
            return Err(ReadError::HeaderUnreadable { line: scan.line, reason });
        }
        let mut names: Vec<String> = scan.cells.iter().map(|cell| restore(cell.trim()).to_owned()).collect();
        if self.width == 0 {
            self.width = names.len();
        }
        names.resize(self.width, String::new());
        self.header = Some(names);
        Ok(())
    }

    /// What is wrong with a record apart from its width.
    fn fault(&self, scan: &Scan) -> Option<(&'static str, String)> {
        if scan.fault.is_some() {
            return scan.fault.clone();
        }
        let raw = self.scanner.raw(scan);
        if raw.contains('\0') {
            let message = "The row holds binary data. Export the table as CSV text and try again.";
            return Some(("binary_in_row", message.into()));
        }
        // What was laid out by us is in the encoding we wrote it in: there it is a character like others.
        if !self.laid && raw.contains(char::REPLACEMENT_CHARACTER) {
            let message = "The row holds characters that cannot be read in this encoding. Choose another encoding.";
            return Some(("unreadable_characters", message.into()));
        }
        None
    }

    fn judge(&mut self, mut scan: Scan) -> Record {
        self.number += 1;
        if let Some((code, message)) = self.fault(&scan) {
            scan.cells.clear();
            return self.refuse(scan, code, message);
        }
        if self.width == 0 {
            self.width = scan.cells.len();
        }
        let (found, wanted) = (scan.cells.len(), self.width);
        if found > wanted {
            if scan.cells[wanted..].iter().any(|cell| !cell.trim().is_empty()) {
                let message = format!(
                    "The row has {found} columns instead of {wanted}. A cell that contains the delimiter must be quoted."
                );
                return self.refuse(scan, "too_many_columns", message);
            }
            scan.cells.truncate(wanted);
        } else if found < wanted {
            if !self.pad {
                let message = format!(
                    "The row has {found} columns instead of {wanted}. Add the missing ones; \
                     a cell that contains a line break must be quoted."
                );
                return self.refuse(scan, "too_few_columns", message);
            }
            scan.cells.resize(wanted, String::new());
        }
        for cell in &mut scan.cells {
            if restore(cell).len() != cell.len() {
                *cell = restore(cell).to_owned();
            }
            if self.laid && cell.contains(LINE_BREAK) {
                *cell = cell.replace(LINE_BREAK, "\n");
            }
        }
        Record::Row(Row { number: self.number, line: scan.line, cells: scan.cells })
    }

    fn refuse(&self, scan: Scan, code: &'static str, message: String) -> Record {
        let raw = self.scanner.raw(&scan).trim_end_matches(['\r', '\n']);
        let kept = &raw[..raw.floor_char_boundary(RAW_KEPT)];
        Record::Refused(RefusedRow {
            number: self.number,
            line: scan.line,
            end_line: scan.end_line,
            code,
            message,
            raw: kept.to_owned(),
            truncated: kept.len() < raw.len(),
            cells: scan.cells,
        })
    }
}

impl<R: Read> Iterator for Rows<R> {
    type Item = Result<Record, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            match self.scanner.next_scan() {
                Ok(Some(scan)) if is_blank(&scan) => continue,
                Ok(Some(scan)) => return Some(Ok(self.judge(scan))),
                Ok(None) => self.done = true,
                Err(error) => {
                    self.done = true;
                    return Some(Err(error));
                }
            }
        }
        None
    }
}

/// A line with nothing in it, or with delimiters only, as spreadsheets leave below a table.
fn is_blank(scan: &Scan) -> bool {
    scan.fault.is_none() && !scan.quoted && scan.cells.iter().all(|cell| cell.trim().is_empty())
}
