//! The form of a number, read from text such as `{series}-{yyyy}-{n:5}`. A pattern that was read can be written with.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{LONGEST, PatternError};

/// A piece of a pattern.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Token {
    Text(String),
    Series,
    /// Four digits.
    Year,
    /// Two digits.
    ShortYear,
    Month,
    /// The counter, with zeros in front up to this many digits.
    Counter(usize),
}

/// The form of a number: `{series}`, `{yyyy}`, `{yy}`, `{mm}`, `{n}` or `{n:1}` to `{n:9}`, and fixed text of letters,
/// digits and `- / _ . #` or a space. The counter stands in it exactly once.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Pattern {
    text: String,
    pub(super) tokens: Vec<Token>,
}

impl Pattern {
    /// Reads a pattern.
    pub fn parse(text: &str) -> Result<Pattern, PatternError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(PatternError::Empty);
        }
        if text.chars().count() > LONGEST {
            return Err(PatternError::TooLong);
        }
        let tokens = tokens(text)?;
        if tokens.iter().filter(|token| matches!(token, Token::Counter(_))).count() != 1 {
            return Err(PatternError::Counter);
        }
        Ok(Pattern { text: text.to_owned(), tokens })
    }

    /// As it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    pub(super) fn has(&self, wanted: &[Token]) -> bool {
        self.tokens.iter().any(|token| wanted.contains(token))
    }
}

fn tokens(text: &str) -> Result<Vec<Token>, PatternError> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.chars().next() {
        if start == '{' {
            let (name, after) = rest[1..].split_once('}').ok_or(PatternError::Token)?;
            tokens.push(token(name)?);
            rest = after;
        } else {
            let end = rest.find('{').unwrap_or(rest.len());
            let (fixed, after) = rest.split_at(end);
            if !fixed.chars().all(|c| c.is_ascii_alphanumeric() || "-/_.# ".contains(c)) {
                return Err(PatternError::Character);
            }
            tokens.push(Token::Text(fixed.to_owned()));
            rest = after;
        }
    }
    Ok(tokens)
}

fn token(name: &str) -> Result<Token, PatternError> {
    match name {
        "series" => Ok(Token::Series),
        "yyyy" => Ok(Token::Year),
        "yy" => Ok(Token::ShortYear),
        "mm" => Ok(Token::Month),
        "n" => Ok(Token::Counter(1)),
        _ => match name.strip_prefix("n:").map(str::as_bytes) {
            Some([digits @ b'1'..=b'9']) => Ok(Token::Counter(usize::from(digits - b'0'))),
            _ => Err(PatternError::Token),
        },
    }
}

impl FromStr for Pattern {
    type Err = PatternError;

    fn from_str(text: &str) -> Result<Pattern, PatternError> {
        Pattern::parse(text)
    }
}

impl TryFrom<String> for Pattern {
    type Error = PatternError;

    fn try_from(text: String) -> Result<Pattern, PatternError> {
        Pattern::parse(&text)
    }
}

impl From<Pattern> for String {
    fn from(pattern: Pattern) -> String {
        pattern.text
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
