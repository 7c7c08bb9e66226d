//! Plain text: one normal form, nothing invisible.

use unicode_normalization::UnicodeNormalization;

use super::{EMPTY, ValueError};

const TOO_LONG: ValueError = ValueError::new("text_too_long", "The text is too long for this field. Shorten it.");

pub(super) const REASONS: &[ValueError] = &[TOO_LONG];

/// One line: NFC, control and invisible formatting characters removed, blanks trimmed and runs of them made one.
///
/// # Errors
/// `empty`, `text_too_long` beyond `max_chars` characters: it is refused, never cut.
pub fn text(cell: &str, max_chars: usize) -> Result<String, ValueError> {
    limited(one_line(cell), max_chars)
}

/// Several lines: as [`text`] within each line; line ends become `\n`, at most one empty line in a row is kept.
///
/// # Errors
/// `empty`, `text_too_long`.
pub fn paragraph(cell: &str, max_chars: usize) -> Result<String, ValueError> {
    let unified = cell.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}', '\u{85}'], "\n");
    let mut lines: Vec<String> = Vec::new();
    for line in unified.split('\n').map(one_line) {
        if !line.is_empty() || lines.last().is_some_and(|last| !last.is_empty()) {
            lines.push(line);
        }
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    limited(lines.join("\n"), max_chars)
}

fn limited(text: String, max_chars: usize) -> Result<String, ValueError> {
    if text.is_empty() {
        Err(EMPTY)
    } else if text.chars().count() > max_chars {
        Err(TOO_LONG)
    } else {
        Ok(text)
    }
}

pub(super) fn one_line(cell: &str) -> String {
    let mut out = String::with_capacity(cell.len());
    for c in cell.nfc() {
        if c.is_whitespace() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !c.is_control() && !is_format(c) {
            out.push(c);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Characters that change what is seen without being seen: marks of direction, zero-width space, byte order mark, soft
/// hyphen, private use and tags. The joiners U+200C and U+200D stay: scripts and emoji need them.
fn is_format(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{061C}' | '\u{180E}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E000}'..='\u{F8FF}'
        | '\u{E0000}'..='\u{E007F}' | '\u{F0000}'..='\u{10FFFF}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn text_is_normalised_and_nothing_invisible_is_left() {
        assert_eq!(text("  Jose\u{301}\u{a0} \t Pe\u{200b}rez\u{202e} ", 50).unwrap(), "José Perez");
        assert_eq!(text("a\0b\u{7}c\nd", 50).unwrap(), "abc d");
        assert_eq!(text("👩\u{200d}💻", 50).unwrap(), "👩\u{200d}💻");
        assert_eq!(text("<b>Ana</b>'; DROP TABLE", 50).unwrap(), "<b>Ana</b>'; DROP TABLE");
        assert_eq!(text(" \u{200b}\u{feff}\0 ", 50).unwrap_err().code, "empty");
        assert_eq!(text("ñandú", 4).unwrap_err().code, "text_too_long");
        assert_eq!(text("ñandú", 5).unwrap(), "ñandú");
    }

    #[test]
    fn paragraphs_keep_their_lines() {
        assert_eq!(paragraph(" a \r\nb\rc\n\n\n\n d\n\n", 50).unwrap(), "a\nb\nc\n\nd");
        assert_eq!(paragraph("\n \n", 50).unwrap_err().code, "empty");
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing(cell in "\\PC{0,40}|[\\x00-\\x7f]{0,40}") {
            if let Ok(once) = text(&cell, 1000) {
                prop_assert_eq!(text(&once, 1000).unwrap(), once);
            }
            if let Ok(once) = paragraph(&cell, 1000) {
                prop_assert_eq!(paragraph(&once, 1000).unwrap(), once);
            }
        }
    }
}
