//! Rows to the bytes of a laid table.

use std::{borrow::Cow, io::Write};

use super::{Laid, LayError, MOST_COLUMNS, MOST_TABLE_BYTES, TABLE_TOO_LARGE, TABLE_TOO_WIDE};
use crate::export::guard;

/// What stands for a line break inside a cell, so that one row is one line.
pub(crate) const LINE_BREAK: char = '\u{2028}';
/// Blank rows between two others; the longest sheet has some million rows.
const MOST_BLANK: u64 = 1 << 21;
/// Rows among which the header is looked for.
const SEEN: usize = 30;

/// Writes rows, each on the line of its number.
pub struct TableWriter<W> {
    out: W,
    /// Lines written.
    line: u64,
    rows: u64,
    bytes: u64,
    width: usize,
    /// Line and filled cells of the first rows.
    seen: Vec<(u64, usize)>,
    text: String,
}

impl<W: Write> TableWriter<W> {
    /// Nothing is written yet.
    pub fn new(out: W) -> Self {
        TableWriter { out, line: 0, rows: 0, bytes: 0, width: 0, seen: Vec::new(), text: String::new() }
    }

    /// Writes the row of a number, counted from 0 and never going back; one without anything in it is left out.
    ///
    /// # Errors
    /// `file_holds_too_much`, `file_is_too_wide`, `Io`.
    pub fn row(&mut self, number: u64, cells: &[String]) -> Result<(), LayError> {
        let Some(last) = cells.iter().rposition(|cell| !cell.trim().is_empty()) else { return Ok(()) };
        if last >= MOST_COLUMNS {
            return Err(TABLE_TOO_WIDE.into());
        }
        // A file may number a row as it likes, and each number before it is a line.
        if number.saturating_sub(self.line) > MOST_BLANK {
            return Err(TABLE_TOO_LARGE.into());
        }
        self.text.clear();
        for _ in self.line..number {
            self.text.push('\n');
        }
        for (at, cell) in cells[..=last].iter().enumerate() {
            if at > 0 {
                self.text.push(',');
            }
            write_cell(&mut self.text, cell);
        }
        self.text.push('\n');
        self.bytes += self.text.len() as u64;
        if self.bytes > MOST_TABLE_BYTES {
            return Err(TABLE_TOO_LARGE.into());
        }
        self.out.write_all(self.text.as_bytes())?;
        if self.seen.len() < SEEN {
            self.seen.push((number, cells.iter().filter(|cell| !cell.trim().is_empty()).count()));
        }
        (self.line, self.rows, self.width) = (number.max(self.line) + 1, self.rows + 1, self.width.max(last + 1));
        Ok(())
    }

    /// Ends the table.
    ///
    /// # Errors
    /// `Io`.
    pub fn finish(mut self) -> Result<Laid, LayError> {
        self.out.flush()?;
        let header = header_line(&self.seen);
        let above = self.seen.iter().filter(|(line, _)| *line < header).count() as u64;
        Ok(Laid::new(self.width, header, (self.rows, above), self.bytes))
    }
}

/// The first row that is filled like a table; titles and dates of printing stand above it with a cell or two.
fn header_line(seen: &[(u64, usize)]) -> u64 {
    let most = seen.iter().map(|(_, filled)| *filled).max().unwrap_or_default();
    seen.iter().find(|(_, filled)| filled * 2 >= most).map_or(0, |(line, _)| *line)
}

fn write_cell(text: &mut String, cell: &str) {
    if cell.is_empty() {
        return;
    }
    text.push('"');
    // Guarded as it is written, since the reader takes the guard off before it knows of line breaks.
    text.push_str(&guard(&in_one_line(cell)).replace('"', "\"\""));
    text.push('"');
}

/// The cell with separators for its line breaks, and without what no text holds.
fn in_one_line(cell: &str) -> Cow<'_, str> {
    if !cell.contains(['\n', '\r', '\0']) {
        return Cow::Borrowed(cell);
    }
    Cow::Owned(cell.replace("\r\n", "\n").replace('\0', "").replace(['\n', '\r'], LINE_BREAK.encode_utf8(&mut [0; 4])))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Limits, Record, Rows};

    fn laid(rows: &[(u64, Vec<String>)]) -> (Laid, Vec<u8>) {
        let mut bytes = Vec::new();
        let mut table = TableWriter::new(&mut bytes);
        for (number, cells) in rows {
            table.row(*number, cells).unwrap();
        }
        (table.finish().unwrap(), bytes)
    }

    proptest! {
        #[test]
        fn what_is_laid_out_is_read_as_it_was(
            rows in proptest::collection::vec((0_u64..4, proptest::collection::vec("\\PC{0,12}|[-=+@'\"\n,; a]{0,8}", 1..5)), 1..12)
        ) {
            let mut number = 0;
            let mut given = Vec::new();
            for (gap, cells) in rows {
                number += gap + 1;
                given.push((number - 1, cells));
            }
            let (laid, bytes) = laid(&given);
            let dialect = Dialect { has_header: false, skip_lines: 0, ..laid.dialect };
            let read: Vec<_> = Rows::open(&*bytes, &dialect, Limits::default()).unwrap().laid().map(Result::unwrap).collect();
            let filled: Vec<_> = given.iter().filter(|(_, cells)| cells.iter().any(|cell| !cell.trim().is_empty())).collect();
            prop_assert_eq!((read.len(), laid.rows), (filled.len(), filled.len() as u64));
            for (record, (number, cells)) in read.into_iter().zip(filled) {
                let Record::Row(row) = record else { panic!("{record:?}") };
                prop_assert_eq!(row.line, number + 1);
                for (at, cell) in cells.iter().enumerate() {
                    let wanted = cell.replace(LINE_BREAK, "\n");
                    prop_assert_eq!(row.cells.get(at).map_or("", String::as_str).trim_end(), wanted.trim_end());
                }
            }
        }
    }

    /// A line break first is no formula, and what guards one is taken off again.
    #[test]
    fn a_cell_that_begins_with_a_line_break_comes_back_as_it_was() {
        for cell in ["\n,", "\n=1", "'\n=1", "a\r\nb"] {
            let (laid, bytes) = laid(&[(0, vec![cell.to_owned()])]);
            let dialect = Dialect { has_header: false, skip_lines: 0, ..laid.dialect };
            let mut rows = Rows::open(&*bytes, &dialect, Limits::default()).unwrap().laid();
            let Record::Row(row) = rows.next().unwrap().unwrap() else { panic!("{cell:?} was refused") };
            assert_eq!(row.cells[0].trim_start(), cell.replace("\r\n", "\n").trim_start());
        }
    }

    use crate::Dialect;

    #[test]
    fn titles_above_the_table_are_not_its_header() {
        let row = |number, cells: &[&str]| (number, cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>());
        let rows = [
            row(0, &["Customers of 2026"]),
            row(3, &["name", "email", "city", "phone"]),
            row(4, &["Ana", "ana@example.com", "", ""]),
        ];
        let (laid, bytes) = laid(&rows);
        assert_eq!((laid.dialect.skip_lines, laid.dialect.columns, laid.rows, laid.above), (3, Some(4), 3, 1));
        let read = Rows::open(&*bytes, &laid.dialect, Limits::default()).unwrap();
        assert_eq!(read.header().unwrap(), ["name", "email", "city", "phone"]);
        let wide = vec!["x".to_owned(); 513];
        let refused = TableWriter::new(Vec::new()).row(0, &wide).unwrap_err();
        assert!(refused.to_string().contains("512"), "{refused}");
        let refused = TableWriter::new(Vec::new()).row(u64::from(u32::MAX), &["x".to_owned()]).unwrap_err();
        assert!(matches!(refused, LayError::Refused(refusal) if refusal.code == "file_holds_too_much"));
    }
}
