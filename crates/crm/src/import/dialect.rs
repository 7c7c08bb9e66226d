//! How the file is written, as it travels between the screen and the server.

use kernel::{Error, Result, error::Fields};
use serde::{Deserialize, Serialize};
use tabular::{Dialect, Terminator, TextEncoding};
use utoipa::ToSchema;

/// How a file writes its table. Guessed, and editable by a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportDialect {
    /// `utf-8`, `utf-8-bom`, `utf-16le`, `windows-1252` or any other WHATWG label.
    #[schema(example = "utf-8")]
    pub encoding: String,
    /// One punctuation character or a tab.
    #[schema(example = ";")]
    pub delimiter: String,
    /// What encloses a cell with delimiters or line breaks in it; null: quotes are plain text.
    #[schema(example = "\"")]
    pub quote: Option<String>,
    /// Does the first line name the columns?
    pub has_header: bool,
    /// What ends a line: `lf`, `crlf`, `cr` or `any`.
    #[serde(default = "any")]
    #[schema(example = "any")]
    pub terminator: String,
    /// Remove blanks around cells.
    #[serde(default)]
    pub trim: bool,
    /// Lines before the header or the first row.
    #[serde(default)]
    pub skip_lines: u32,
    /// Columns every row must have; null: as many as the header or the first row has.
    #[serde(default)]
    pub columns: Option<u16>,
    /// Fill rows that end early with empty cells instead of refusing them.
    #[serde(default)]
    pub pad_short_rows: bool,
}

fn any() -> String {
    "any".to_owned()
}

impl From<&Dialect> for ImportDialect {
    fn from(dialect: &Dialect) -> Self {
        ImportDialect {
            encoding: dialect.encoding.label(),
            delimiter: dialect.delimiter.to_string(),
            quote: dialect.quote.map(String::from),
            has_header: dialect.has_header,
            terminator: serde_json::to_value(dialect.terminator)
                .ok()
                .and_then(|v| v.as_str().map(str::to_owned))
                .unwrap_or_else(any),
            trim: dialect.trim,
            skip_lines: dialect.skip_lines,
            columns: dialect.columns,
            pad_short_rows: dialect.pad_short_rows,
        }
    }
}

/// The dialect a person wrote, or every field of it that cannot be.
pub fn parse(input: &ImportDialect) -> Result<Dialect> {
    let mut refused = Fields::default();
    let encoding = TextEncoding::by_label(&input.encoding);
    if encoding.is_none() {
        refused.refuse(
            "dialect.encoding",
            "encoding_unknown",
            "The encoding is not known. Use a name such as utf-8 or windows-1252.",
        );
    }
    let delimiter = single(&input.delimiter);
    if delimiter.is_none() {
        refused.refuse(
            "dialect.delimiter",
            "delimiter_invalid",
            "Choose one punctuation character or a tab as the delimiter.",
        );
    }
    let quote = input.quote.as_deref().filter(|quote| !quote.is_empty());
    if quote.is_some_and(|quote| single(quote).is_none()) {
        refused.refuse("dialect.quote", "quote_invalid", "Choose one punctuation character as the quote, or none.");
    }
    let terminator = match input.terminator.as_str() {
        "lf" => Terminator::Lf,
        "crlf" => Terminator::Crlf,
        "cr" => Terminator::Cr,
        "any" => Terminator::Any,
        _ => {
            refused.refuse("dialect.terminator", "terminator_unknown", "Use lf, crlf, cr or any.");
            Terminator::Any
        }
    };
    refused.finish()?;
    let dialect = Dialect {
        encoding: encoding.unwrap_or(TextEncoding::UTF_8),
        delimiter: delimiter.unwrap_or(','),
        quote: quote.and_then(single),
        has_header: input.has_header,
        terminator,
        trim: input.trim,
        skip_lines: input.skip_lines,
        columns: input.columns,
        pad_short_rows: input.pad_short_rows,
    };
    dialect.check().map_err(|e| Error::invalid(format!("dialect.{}", e.field), e.code, e.message))?;
    Ok(dialect)
}

/// The only character of a text.
fn single(text: &str) -> Option<char> {
    let mut characters = text.chars();
    characters.next().filter(|_| characters.next().is_none())
}
