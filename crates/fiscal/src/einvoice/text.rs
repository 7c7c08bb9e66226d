//! Texts and codes as every syntax of the standard can carry them.

use std::fmt;

/// A text without characters that XML 1.0 forbids and without white space around it; line breaks are `\n`. Both are put
/// right when it is made: a forbidden character has no glyph and no meaning, so it is dropped. May be empty where the
/// standard demands a text; [`check`](super::check()) says so.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(String);

impl Text {
    /// The text, or nothing if nothing is left of it.
    pub fn some(text: &str) -> Option<Text> {
        Some(Text::from(text)).filter(|text| !text.is_empty())
    }

    /// As a string.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether nothing is written.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Text {
        let legal: String = text.replace("\r\n", "\n").replace('\r', "\n").chars().filter(|c| is_legal(*c)).collect();
        Text(legal.trim().to_owned())
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The production `Char` of XML 1.0; a Rust `char` is never a surrogate.
fn is_legal(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// A code of a code list: 1 to 35 visible ASCII characters. Which list, the field says; whether it is on it,
/// [`check`](super::check()) says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(String);

impl Code {
    /// The code, white space around it taken off; `None` if it cannot be one.
    pub fn parse(text: &str) -> Option<Code> {
        let text = text.trim();
        let fits = (1..=35).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        fits.then(|| Code(text.to_owned()))
    }

    /// One that is on a list of ours.
    pub(super) fn known(code: &str) -> Code {
        Code(code.to_owned())
    }

    /// As a string.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl PartialEq<str> for Code {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for Code {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}
