//! A record while it is being read.

/// Where in a record the next byte stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    CellStart,
    Plain,
    Quoted,
    /// Just after a quote inside a quoted cell: it closes, or it is doubled.
    QuoteSeen,
    /// Blanks after a closing quote.
    AfterQuote,
    /// The record is refused; only its last line's end is wanted.
    SkipLine,
}

/// A record while it is being read.
pub(super) struct Draft {
    pub(super) start: usize,
    pub(super) at: usize,
    pub(super) line: u64,
    pub(super) state: State,
    pub(super) cells: Vec<String>,
    pub(super) cell: String,
    pub(super) from: usize,
    pub(super) quoted: bool,
    /// Line of the last opening quote, and the first line break since: offset after it, line after it.
    pub(super) quote_line: u64,
    pub(super) quote_break: Option<(usize, u64)>,
    /// The first line break inside the record.
    pub(super) first_break: Option<(usize, u64)>,
    pub(super) fault: Option<(&'static str, String)>,
}

/// What a byte led to.
pub(super) enum Step {
    Go,
    Done,
    /// Give up and resume at this offset and line.
    Back(usize, u64),
}

impl Draft {
    pub(super) fn new(at: usize, line: u64) -> Draft {
        Draft {
            start: at,
            at,
            line,
            state: State::CellStart,
            cells: Vec::new(),
            cell: String::new(),
            from: at,
            quoted: false,
            quote_line: line,
            quote_break: None,
            first_break: None,
            fault: None,
        }
    }

    pub(super) fn open_quote(&mut self) {
        self.at += 1;
        self.from = self.at;
        self.cell.clear();
        self.quoted = true;
        self.quote_line = self.line;
        self.quote_break = None;
        self.state = State::Quoted;
    }

    /// Moves over one byte of a quoted cell, or over a line break of `length` bytes.
    pub(super) fn pass(&mut self, length: usize) {
        self.at += length.max(1);
        if length > 0 {
            self.line += 1;
            self.quote_break.get_or_insert((self.at, self.line));
            self.first_break.get_or_insert((self.at, self.line));
        }
    }

    /// Marks the record refused; unless its caller steps back, the rest of the current line is passed over.
    pub(super) fn refuse(&mut self, code: &'static str, message: String) {
        self.fault = Some((code, message));
        self.cells.clear();
        self.cell.clear();
        self.state = State::SkipLine;
    }
}
