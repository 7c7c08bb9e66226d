//! One byte at a time: what it means where it stands, and what to do when it cannot be right.

use std::io::Read;

use super::Scanner;
use super::draft::{Draft, State, Step};
use crate::row::ReadError;

impl<R: Read> Scanner<R> {
    pub(super) fn step(&mut self, draft: &mut Draft, byte: u8) -> Result<Step, ReadError> {
        let rules = self.rules;
        let blank = rules.trim && (byte == b' ' || byte == b'\t') && byte != rules.delimiter;
        let is_quote = rules.quote == Some(byte);
        match draft.state {
            State::CellStart if blank => draft.at += 1,
            State::CellStart if is_quote => draft.open_quote(),
            State::CellStart => {
                // Blanks before a plain cell are cut with those after it, so the cell may begin here.
                draft.from = draft.at;
                draft.state = State::Plain;
                draft.at = self.run(draft, rules.delimiter, draft.from + self.limits.max_cell_bytes + 1);
            }
            State::QuoteSeen if is_quote => {
                draft.from = draft.at;
                draft.at += 1;
                draft.state = State::Quoted;
            }
            State::Quoted if is_quote => {
                draft.cell.push_str(&self.buffer[draft.from..draft.at]);
                draft.at += 1;
                draft.state = State::QuoteSeen;
            }
            State::Quoted => return self.inside_quotes(draft, byte),
            State::QuoteSeen | State::AfterQuote if blank => {
                draft.at += 1;
                draft.state = State::AfterQuote;
            }
            _ if byte == rules.delimiter && draft.state != State::SkipLine => {
                return Ok(self.end_cell(draft, 1));
            }
            _ => return self.outside_quotes(draft, byte),
        }
        Ok(Step::Go)
    }

    /// Where the plain bytes from here on end: before a line end or `stop`, at the end of the buffer, or at a limit.
    fn run(&self, draft: &Draft, stop: u8, most: usize) -> usize {
        let bytes = self.buffer.as_bytes();
        let end = bytes.len().min(most).min(draft.start + self.limits.max_row_bytes + 1);
        let mut at = draft.at;
        while at < end && bytes[at] != stop && bytes[at] != b'\n' && bytes[at] != b'\r' {
            at += 1;
        }
        at
    }

    fn inside_quotes(&mut self, draft: &mut Draft, byte: u8) -> Result<Step, ReadError> {
        let room = self.limits.max_cell_bytes.saturating_sub(draft.cell.len());
        let ahead = self.run(draft, self.rules.quote.unwrap_or(b'\n'), draft.from + room);
        if ahead > draft.at {
            draft.at = ahead;
            return Ok(Step::Go);
        }
        let length = self.break_at(draft.at, byte)?;
        draft.pass(length);
        let size = draft.cell.len() + (draft.at - draft.from);
        if size > self.limits.max_cell_bytes {
            return Ok(if draft.quote_break.is_some() { self.unclosed(draft) } else { self.cell_too_large(draft) });
        }
        Ok(Step::Go)
    }

    fn outside_quotes(&mut self, draft: &mut Draft, byte: u8) -> Result<Step, ReadError> {
        let length = self.break_at(draft.at, byte)?;
        if length > 0 {
            let ended = draft.at;
            let step = if draft.state == State::SkipLine { Step::Done } else { self.end_cell(draft, 0) };
            if !matches!(step, Step::Back(..)) {
                draft.at = ended + length;
                draft.line += 1;
                return Ok(Step::Done);
            }
            return Ok(step);
        }
        match draft.state {
            State::QuoteSeen | State::AfterQuote if draft.quote_break.is_some() => return Ok(self.unclosed(draft)),
            State::QuoteSeen | State::AfterQuote => {
                let message = format!(
                    "Text follows a closing quote on line {}. Double the quotes that belong to the text, or remove them.",
                    draft.line
                );
                draft.refuse("text_after_quote", message);
            }
            State::Plain if draft.at - draft.from > self.limits.max_cell_bytes => return Ok(self.cell_too_large(draft)),
            _ => {}
        }
        draft.at += 1;
        Ok(Step::Go)
    }

    /// Closes the current cell at `draft.at` and moves `advance` bytes on.
    fn end_cell(&mut self, draft: &mut Draft, advance: usize) -> Step {
        match draft.state {
            State::Plain if draft.at - draft.from > self.limits.max_cell_bytes => {
                let step = self.cell_too_large(draft);
                draft.at += advance;
                return step;
            }
            State::Plain => {
                let text = &self.buffer[draft.from..draft.at];
                draft.cells.push(if self.rules.trim { text.trim() } else { text }.to_owned());
            }
            State::CellStart => draft.cells.push(String::new()),
            _ => draft.cells.push(std::mem::take(&mut draft.cell)),
        }
        draft.at += advance;
        draft.state = State::CellStart;
        if draft.cells.len() > self.limits.max_columns {
            let message = format!("The row has more than {} columns.", self.limits.max_columns);
            // Over many lines it is a chain of stray quotes rather than a wide row.
            if let Some((at, line)) = draft.first_break {
                draft.refuse("too_many_columns", message);
                return Step::Back(at, line);
            }
            draft.refuse("too_many_columns", message);
        }
        Step::Go
    }

    pub(super) fn end_of_file(&mut self, draft: &mut Draft) -> Step {
        match draft.state {
            State::Quoted => self.unclosed(draft),
            State::SkipLine => Step::Done,
            _ => match self.end_cell(draft, 0) {
                Step::Back(at, line) => Step::Back(at, line),
                _ => Step::Done,
            },
        }
    }

    fn unclosed(&self, draft: &mut Draft) -> Step {
        let message = format!(
            "A quote opened on line {} is not closed. Close it, double it if it belongs to the text, or choose another quote.",
            draft.quote_line
        );
        draft.refuse("quote_never_closed", message);
        match draft.quote_break {
            Some((at, line)) => Step::Back(at, line),
            None => Step::Go,
        }
    }

    pub(super) fn too_large(&self, draft: &mut Draft) -> Step {
        if draft.state == State::Quoted && draft.quote_break.is_some() {
            return self.unclosed(draft);
        }
        draft.refuse("row_too_large", format!("The row is longer than {} KiB.", self.limits.max_row_bytes >> 10));
        match draft.first_break {
            Some((at, line)) => Step::Back(at, line),
            None => Step::Go,
        }
    }

    fn cell_too_large(&self, draft: &mut Draft) -> Step {
        let message =
            format!("Cell {} is longer than {} KiB.", draft.cells.len() + 1, self.limits.max_cell_bytes >> 10);
        draft.refuse("cell_too_large", message);
        Step::Go
    }
}
