//! How one file writes its table: encoding, delimiter, quote, header, line ends. Guessed by `sniff`, editable by a person.
//!
//! Invariant: a dialect that passed [`Dialect::check`] can be read by `Rows` without ambiguity.

use std::fmt;

use encoding_rs::Encoding;
use serde::{Deserialize, Serialize};

/// How a file is to be read. Travels as JSON between the import screen and the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dialect {
    /// Character encoding of the bytes.
    pub encoding: TextEncoding,
    /// What stands between two cells: one printable ASCII character or a tab.
    pub delimiter: char,
    /// What encloses a cell that contains delimiters or line breaks; doubled inside. `None`: quotes are plain text.
    #[serde(default)]
    pub quote: Option<char>,
    /// Whether the first line after `skip_lines` names the columns.
    pub has_header: bool,
    /// What ends a line.
    #[serde(default)]
    pub terminator: Terminator,
    /// Remove blanks around cells that are not quoted, and allow blanks around quotes.
    #[serde(default)]
    pub trim: bool,
    /// Physical lines before the header or the first row, for instance Excel's `sep=;`.
    #[serde(default)]
    pub skip_lines: u32,
    /// Columns every row must have; `None`: as many as the header or the first row has.
    #[serde(default)]
    pub columns: Option<u16>,
    /// Fill rows that end early with empty cells instead of refusing them.
    #[serde(default)]
    pub pad_short_rows: bool,
}

/// What ends a line. A line feed ends one in every mode; the mode says what a lone carriage return is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Terminator {
    /// Line feed (Unix); a lone carriage return is data.
    Lf,
    /// Carriage return and line feed (Windows, RFC 4180); a lone carriage return is data.
    Crlf,
    /// Carriage return (old Macintosh).
    Cr,
    /// Any of the three, mixed.
    #[default]
    Any,
}

/// A character encoding by its WHATWG label, plus whether a byte order mark stands first.
/// As JSON: `"utf-8"`, `"utf-8-bom"`, `"utf-16le"`, `"windows-1252"`, `"iso-8859-2"`, ...
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct TextEncoding {
    encoding: &'static Encoding,
    bom: bool,
}

/// A dialect nobody could read a file with: which field is wrong and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct DialectError {
    /// Name of the field of [`Dialect`].
    pub field: &'static str,
    /// Stable code.
    pub code: &'static str,
    /// A sentence for a person.
    pub message: String,
}

impl Dialect {
    /// What [`crate::CsvWriter`] writes with its default options: UTF-8 with a mark, commas, CRLF, a header.
    pub fn export() -> Dialect {
        Dialect {
            encoding: TextEncoding::UTF_8_BOM,
            delimiter: ',',
            quote: Some('"'),
            has_header: true,
            terminator: Terminator::Crlf,
            trim: false,
            skip_lines: 0,
            columns: None,
            pad_short_rows: false,
        }
    }

    /// Refuses delimiters and quotes that are not one ASCII character, that are letters or digits, or that are the same.
    pub fn check(&self) -> Result<(), DialectError> {
        let usable = |c: char| c == '\t' || (c.is_ascii() && !c.is_ascii_control() && !c.is_ascii_alphanumeric());
        if !usable(self.delimiter) || self.delimiter == '"' {
            return Err(DialectError {
                field: "delimiter",
                code: "delimiter_invalid",
                message: "Choose one punctuation character or a tab as the delimiter.".into(),
            });
        }
        match self.quote {
            Some(quote) if quote == self.delimiter => Err(DialectError {
                field: "quote",
                code: "quote_is_delimiter",
                message: "The quote and the delimiter must be different characters.".into(),
            }),
            Some(quote) if !usable(quote) || quote == '\t' || quote == ' ' => Err(DialectError {
                field: "quote",
                code: "quote_invalid",
                message: "Choose one punctuation character as the quote, or none.".into(),
            }),
            _ if self.columns == Some(0) => Err(DialectError {
                field: "columns",
                code: "columns_invalid",
                message: "A table has at least one column.".into(),
            }),
            _ => Ok(()),
        }
    }
}

impl TextEncoding {
    /// UTF-8 without a mark.
    pub const UTF_8: TextEncoding = TextEncoding { encoding: encoding_rs::UTF_8, bom: false };
    /// UTF-8 with a byte order mark, as Excel writes and wants it.
    pub const UTF_8_BOM: TextEncoding = TextEncoding { encoding: encoding_rs::UTF_8, bom: true };

    /// By WHATWG label, any case; `utf-8-bom` is ours. `None` for unknown labels and for encodings that are not text.
    pub fn by_label(label: &str) -> Option<TextEncoding> {
        if label.trim().eq_ignore_ascii_case("utf-8-bom") {
            return Some(TextEncoding::UTF_8_BOM);
        }
        let encoding = Encoding::for_label_no_replacement(label.as_bytes())?;
        (encoding != encoding_rs::X_USER_DEFINED).then_some(TextEncoding { encoding, bom: false })
    }

    pub(crate) fn of(encoding: &'static Encoding, bom: bool) -> TextEncoding {
        TextEncoding { encoding, bom }
    }

    /// The label it travels by.
    pub fn label(&self) -> String {
        let name = self.encoding.name().to_ascii_lowercase();
        if self.bom && self.encoding == encoding_rs::UTF_8 { format!("{name}-bom") } else { name }
    }

    /// A decoder that drops a byte order mark whether or not one was announced: users edit this field.
    pub(crate) fn decoder(&self) -> encoding_rs::Decoder {
        self.encoding.new_decoder_with_bom_removal()
    }
}

impl fmt::Debug for TextEncoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.label())
    }
}

impl From<TextEncoding> for String {
    fn from(encoding: TextEncoding) -> String {
        encoding.label()
    }
}

impl TryFrom<String> for TextEncoding {
    type Error = String;

    fn try_from(label: String) -> Result<Self, String> {
        TextEncoding::by_label(&label)
            .ok_or_else(|| "The encoding is not known: use a name such as utf-8 or windows-1252.".into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dialect_travels_as_json_and_unknown_fields_are_refused() {
        let json = serde_json::to_string(&Dialect::export()).unwrap();
        assert!(json.contains(r#""encoding":"utf-8-bom","delimiter":",""#), "{json}");
        assert_eq!(serde_json::from_str::<Dialect>(&json).unwrap(), Dialect::export());
        assert!(serde_json::from_str::<Dialect>(&json.replace("trim", "trimm")).is_err());
        assert!(serde_json::from_str::<Dialect>(&json.replace("utf-8-bom", "klingon")).is_err());
        let short: Dialect =
            serde_json::from_str(r#"{"encoding":"latin1","delimiter":"\t","has_header":false}"#).unwrap();
        assert_eq!((short.encoding.label().as_str(), short.quote), ("windows-1252", None));
    }

    #[test]
    fn delimiters_and_quotes_that_cannot_work_are_refused_by_field() {
        let code = |delimiter, quote| {
            let dialect = Dialect { delimiter, quote, ..Dialect::export() };
            dialect.check().err().map(|e| (e.field, e.code))
        };
        assert_eq!(code(';', Some('\'')), None);
        assert_eq!(code('\t', None), None);
        for bad in ['a', '7', '\n', '\r', 'é', '"', '\0'] {
            assert_eq!(code(bad, None), Some(("delimiter", "delimiter_invalid")), "{bad:?}");
        }
        assert_eq!(code('|', Some('|')), Some(("quote", "quote_is_delimiter")));
        assert_eq!(code('|', Some('x')), Some(("quote", "quote_invalid")));
    }
}
