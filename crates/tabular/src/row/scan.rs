//! Text to cells: RFC 4180 with recovery.
//!
//! One pass over the bytes of a growing buffer. Where a quote turns out to be unbalanced (text follows a closing quote
//! lines later, the cell outgrows its limit, the file ends), the record is given up and reading resumes on the line
//! after the one where that quote was opened. Such steps back are budgeted, so that hostile input stays linear.
mod draft;
mod step;

use std::io::Read;
use std::ops::Range;

use self::draft::{Draft, State, Step};
use super::decode::{CHUNK, Text};
use super::{Limits, ReadError};
use crate::dialect::{Dialect, Terminator};

/// Bytes that may be read twice before a file is given up: this much, plus four times its own length.
const RESCAN_ALLOWANCE: u64 = 32 << 20;
/// Bytes of a refused row that are kept whatever the limits: more than is shown of it.
const KEPT: usize = 8 << 10;

/// The part of a dialect that splits text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rules {
    pub(crate) delimiter: u8,
    pub(crate) quote: Option<u8>,
    pub(crate) lone_cr_ends_line: bool,
    pub(crate) trim: bool,
}

impl Rules {
    pub(crate) fn of(dialect: &Dialect) -> Rules {
        Rules {
            delimiter: dialect.delimiter as u8,
            quote: dialect.quote.map(|quote| quote as u8),
            lone_cr_ends_line: matches!(dialect.terminator, Terminator::Cr | Terminator::Any),
            trim: dialect.trim,
        }
    }
}

/// One record of the file.
#[derive(Debug)]
pub(crate) struct Scan {
    pub(crate) line: u64,
    pub(crate) end_line: u64,
    pub(crate) cells: Vec<String>,
    /// Whether any cell was quoted: a quoted empty cell is not a blank line.
    pub(crate) quoted: bool,
    /// What is wrong with it, if anything: code and sentence.
    pub(crate) fault: Option<(&'static str, String)>,
    /// Where its text lies in the buffer, until the next record is asked for.
    pub(crate) raw: Range<usize>,
}

pub(crate) struct Scanner<R> {
    text: Text<R>,
    buffer: String,
    /// Offset in `buffer` of the next record.
    next: usize,
    /// Physical line of the next record, from 1.
    line: u64,
    rules: Rules,
    limits: Limits,
    scanned: u64,
    rescanned: u64,
}

impl<R: Read> Scanner<R> {
    pub(crate) fn new(reader: R, dialect: &Dialect, limits: Limits) -> Scanner<R> {
        Scanner {
            text: Text::new(reader, dialect.encoding),
            buffer: String::new(),
            next: 0,
            line: 1,
            rules: Rules::of(dialect),
            limits,
            scanned: 0,
            rescanned: 0,
        }
    }

    pub(crate) fn bytes_read(&self) -> u64 {
        self.text.bytes_read
    }

    pub(crate) fn raw(&self, scan: &Scan) -> &str {
        self.buffer.get(scan.raw.clone()).unwrap_or_default()
    }

    /// Passes over one physical line, whatever is in it; false at the end of the file.
    pub(crate) fn skip_line(&mut self) -> Result<bool, ReadError> {
        self.compact();
        let mut any = false;
        while let Some(byte) = self.byte(self.next)? {
            any = true;
            let length = self.break_at(self.next, byte)?;
            self.next += length.max(1);
            if length > 0 {
                self.line += 1;
                break;
            }
            self.compact();
        }
        Ok(any)
    }

    /// The next record, good or faulty; `None` at the end of the file.
    pub(crate) fn next_scan(&mut self) -> Result<Option<Scan>, ReadError> {
        self.compact();
        if self.byte(self.next)?.is_none() {
            return Ok(None);
        }
        let start = self.next;
        let first_line = self.line;
        let mut draft = Draft::new(start, first_line);
        let resume = loop {
            let over = draft.at - start > self.limits.max_row_bytes;
            let step = match self.byte(draft.at)? {
                _ if over && draft.state != State::SkipLine => self.too_large(&mut draft),
                None => self.end_of_file(&mut draft),
                Some(byte) => self.step(&mut draft, byte)?,
            };
            match step {
                Step::Go => {}
                Step::Done => break None,
                Step::Back(at, line) => break Some((at, line)),
            }
            // A refused line may be longer than memory should be: let go of what was read of it.
            if draft.state == State::SkipLine && draft.at - start > self.limits.max_row_bytes.max(KEPT) + 4 * CHUNK {
                let keep = self.buffer.floor_char_boundary(start + self.limits.max_row_bytes.max(KEPT));
                let passed = self.buffer.floor_char_boundary(draft.at);
                self.buffer.drain(keep..passed);
                draft.at -= passed - keep;
            }
        };
        let (next, line) = resume.unwrap_or((draft.at, draft.line));
        self.rescanned += (draft.at - next) as u64;
        self.scanned += (next - start) as u64;
        if self.rescanned > RESCAN_ALLOWANCE + 4 * self.scanned {
            return Err(ReadError::QuotesBeyondRepair { line: draft.line });
        }
        self.next = next;
        self.line = line;
        let end_line = if self.ends_with_break(next) { line.saturating_sub(1) } else { line }.max(first_line);
        Ok(Some(Scan {
            line: first_line,
            end_line,
            cells: draft.cells,
            quoted: draft.quoted,
            fault: draft.fault,
            raw: start..next,
        }))
    }

    fn ends_with_break(&self, end: usize) -> bool {
        end.checked_sub(1).and_then(|last| self.buffer.as_bytes().get(last)).is_some_and(|b| matches!(b, b'\n' | b'\r'))
    }

    /// Drops what was consumed; called only between records, so that offsets stay valid within one.
    fn compact(&mut self) {
        if self.next >= CHUNK && self.buffer.is_char_boundary(self.next) {
            self.buffer.drain(..self.next);
            self.next = 0;
        }
    }

    /// The byte at `at`, reading on if need be.
    fn byte(&mut self, at: usize) -> Result<Option<u8>, ReadError> {
        loop {
            if let Some(byte) = self.buffer.as_bytes().get(at) {
                return Ok(Some(*byte));
            }
            if !self.text.append(&mut self.buffer)? {
                return Ok(None);
            }
        }
    }

    /// Length of the line break at `at`: 0 when there is none.
    fn break_at(&mut self, at: usize, byte: u8) -> Result<usize, ReadError> {
        Ok(match byte {
            b'\n' => 1,
            b'\r' if self.byte(at + 1)? == Some(b'\n') => 2,
            b'\r' if self.rules.lone_cr_ends_line => 1,
            _ => 0,
        })
    }
}
