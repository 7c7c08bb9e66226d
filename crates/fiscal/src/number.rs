//! How the documents of a series are numbered: a pattern such as `{series}-{yyyy}-{n:5}`, and when counting starts anew.
//!
//! Invariant: a [`Numbering`] never writes the same number twice within an issuer and kind of document, as long as the
//! counter is unique per series and [`Numbering::period_key`]: a pattern that starts anew carries the period, and a
//! series cannot run into the counter. Taking the next counter is the work of the issuing transaction, not of this.

mod pattern;
#[cfg(test)]
mod tests;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

pub use pattern::Pattern;
use pattern::Token;

/// Longest pattern, and longest number it may write. CFDI takes 40 (Folio), VeriFactu 60.
const LONGEST: usize = 30;
/// Longest series. CFDI takes 25.
const LONGEST_SERIES: usize = 10;

/// When counting starts at one again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reset {
    /// Never: one count for the whole series.
    Never,
    /// With each calendar year.
    Year,
    /// With each calendar month.
    Month,
}

/// Why a pattern, a series or a number was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum PatternError {
    #[error("Enter a pattern, for instance {{series}}-{{yyyy}}-{{n:5}}.")]
    Empty,
    #[error("Shorten the pattern to 30 characters.")]
    TooLong,
    #[error("Use only {{series}}, {{yyyy}}, {{yy}}, {{mm}}, {{n}} or {{n:1}} to {{n:9}} in braces.")]
    Token,
    #[error("Use only letters without accents, digits, spaces and - / _ . # between the braces.")]
    Character,
    #[error("Put the counter {{n}} into the pattern exactly once.")]
    Counter,
    #[error("Put the year into the pattern (and the month, if counting starts anew each month), or numbers repeat.")]
    Period,
    #[error(
        "Enter a series of 1 to 10 letters and digits, with a separator where a digit of it would touch other digits."
    )]
    Series,
    #[error("Count from 1.")]
    Zero,
    #[error("Shorten the pattern or the series: the number would be longer than 30 characters.")]
    NumberTooLong,
    #[error("Use a date between the years 1000 and 9999.")]
    Date,
}

impl PatternError {
    /// Stable code for the wire.
    pub fn code(self) -> &'static str {
        match self {
            PatternError::Empty => "number_pattern_empty",
            PatternError::TooLong => "number_pattern_too_long",
            PatternError::Token => "number_pattern_token",
            PatternError::Character => "number_pattern_character",
            PatternError::Counter => "number_pattern_counter",
            PatternError::Period => "number_pattern_period",
            PatternError::Series => "number_series",
            PatternError::Zero => "number_zero",
            PatternError::NumberTooLong => "number_too_long",
            PatternError::Date => "number_date",
        }
    }
}

impl Reset {
    /// What tells one count from the next: nothing, `2026` or `2026-11`.
    pub fn period_key(self, date: NaiveDate) -> String {
        match self {
            Reset::Never => String::new(),
            Reset::Year => format!("{:04}", date.year()),
            Reset::Month => format!("{:04}-{:02}", date.year(), date.month()),
        }
    }
}

/// A pattern that fits the way its counter starts anew.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Numbering {
    pattern: Pattern,
    reset: Reset,
}

impl Numbering {
    /// Puts the two together, if numbers cannot repeat.
    pub fn new(pattern: Pattern, reset: Reset) -> Result<Numbering, PatternError> {
        let year = pattern.has(&[Token::Year, Token::ShortYear]);
        let month = pattern.has(&[Token::Month]);
        match reset {
            Reset::Year if !year => Err(PatternError::Period),
            Reset::Month if !year || !month => Err(PatternError::Period),
            _ => Ok(Numbering { pattern, reset }),
        }
    }

    /// [`Pattern::parse`] and [`Numbering::new`] in one.
    pub fn parse(pattern: &str, reset: Reset) -> Result<Numbering, PatternError> {
        Numbering::new(Pattern::parse(pattern)?, reset)
    }

    /// The pattern.
    pub fn pattern(&self) -> &Pattern {
        &self.pattern
    }

    /// When counting starts anew.
    pub fn reset(&self) -> Reset {
        self.reset
    }

    /// The period of a date, part of the key of the counter.
    pub fn period_key(&self, date: NaiveDate) -> String {
        self.reset.period_key(date)
    }

    /// Whether a series can be used with this pattern. Without `{series}` in it, any is accepted and none is written: then
    /// the series of an issuer must differ in the fixed text of their patterns.
    pub fn check_series(&self, series: &str) -> Result<(), PatternError> {
        if !self.pattern.has(&[Token::Series]) {
            return Ok(());
        }
        let length_fits = (1..=LONGEST_SERIES).contains(&series.len());
        if !length_fits || !series.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return Err(PatternError::Series);
        }
        // Series A1 with counter 1 and series A with counter 11 must not read alike, on either side.
        let digit = |c: char| c.is_ascii_digit();
        let runs_on = self.pattern.tokens.windows(2).any(|pair| match pair {
            [Token::Series, Token::Text(text)] => series.ends_with(digit) && text.starts_with(digit),
            [Token::Text(text), Token::Series] => series.starts_with(digit) && text.ends_with(digit),
            [Token::Series, _] => series.ends_with(digit),
            [_, Token::Series] => series.starts_with(digit),
            _ => false,
        });
        if runs_on { Err(PatternError::Series) } else { Ok(()) }
    }

    /// The number of a document. `n` counts from 1; beyond the zeros of the pattern it simply grows.
    pub fn format(&self, series: &str, date: NaiveDate, n: u64) -> Result<String, PatternError> {
        self.check_series(series)?;
        if n == 0 {
            return Err(PatternError::Zero);
        }
        if !(1000..=9999).contains(&date.year()) {
            return Err(PatternError::Date);
        }
        let piece = |token: &Token| match token {
            Token::Text(text) => text.clone(),
            Token::Series => series.to_owned(),
            Token::Year => format!("{:04}", date.year()),
            Token::ShortYear => format!("{:02}", date.year() % 100),
            Token::Month => format!("{:02}", date.month()),
            Token::Counter(digits) => format!("{n:0digits$}"),
        };
        let number: String = self.pattern.tokens.iter().map(piece).collect();
        if number.len() > LONGEST { Err(PatternError::NumberTooLong) } else { Ok(number) }
    }
}
