//! The apostrophe that keeps a spreadsheet from executing a cell.

use std::borrow::Cow;

/// The cell as it is written: with a leading apostrophe if a spreadsheet could execute or reinterpret it, or if it
/// already looks like a guarded one.
pub fn guard(cell: &str) -> Cow<'_, str> {
    if is_dangerous(cell) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// The cell as it was before [`guard`]; cells that were not guarded come back as they are.
pub fn restore(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_dangerous(rest) => rest,
        _ => cell,
    }
}

/// Looks behind any apostrophes, so that a text that begins with `'=` of its own accord survives the round trip.
fn is_dangerous(cell: &str) -> bool {
    let text = cell.trim_start_matches('\'');
    if text.starts_with(['\t', '\r', '\n']) {
        return true;
    }
    let visible = text.trim_start_matches(|c: char| c.is_whitespace() || c.is_control() || is_invisible(c));
    match visible.chars().next() {
        Some('-') => !is_plain_number(visible),
        Some('=' | '+' | '@' | '＝' | '＋' | '－' | '＠' | '−') => true,
        _ => false,
    }
}

/// Byte order mark, zero-width characters, soft hyphen: some readers drop them before they look at the cell.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{FEFF}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{00AD}')
}

/// `-` and digits, with at most one point or comma between digits. Nothing else is safe to leave alone.
fn is_plain_number(text: &str) -> bool {
    let Some(digits) = text.strip_prefix('-') else { return false };
    let mut parts = digits.splitn(2, ['.', ',']);
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    parts.next().is_some_and(is_digits) && parts.next().is_none_or(is_digits)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_a_spreadsheet_would_execute_is_guarded() {
        for cell in [
            "=1+1",
            "=CMD|'/C calc'!A0",
            "@SUM(A1)",
            "+34612345678",
            "-2+3+cmd|' /C calc'!A0",
            "\t=1",
            "\r=1",
            "\n=1",
            " =1",
            "\u{FEFF}=1",
            "＝1",
            "－1+1",
            "-",
            "-1-1",
            "-1.2.3",
            "-1,",
            "+1",
            "--1",
            "-1e5",
            "\tx",
            "−5+A1",
        ] {
            assert_eq!(guard(cell), format!("'{cell}"), "{cell:?}");
            assert_eq!(restore(&guard(cell)), cell);
        }
    }

    #[test]
    fn plain_text_and_plain_negative_numbers_are_left_alone() {
        for cell in ["", "Ana", "-12", "-12.50", "-12,50", "12+3", "a=b", "O'Neil", "'t Hooft", "'", "''", "'-5"] {
            assert_eq!(guard(cell), cell);
            assert_eq!(restore(cell), cell);
        }
    }

    #[test]
    fn a_text_that_already_looks_guarded_survives() {
        assert_eq!(guard("'=1"), "''=1");
        assert_eq!(restore("''=1"), "'=1");
        assert_eq!(restore("'+34612345678"), "+34612345678");
    }

    proptest! {
        #[test]
        fn restore_undoes_guard(cell in "[-'=+@\\t\\r\\n 0-9.,a＝\u{FEFF}]{0,8}|\\PC{0,20}") {
            let written = guard(&cell);
            prop_assert_eq!(restore(&written), cell.as_str());
        }

        #[test]
        fn nothing_guarded_begins_like_a_formula(cell in "[-'=+@\\t\\r\\n 0-9.,a]{0,8}") {
            let written = guard(&cell);
            let first = written.chars().next();
            let harmless = !matches!(first, Some('=' | '+' | '@' | '\t' | '\r' | '\n')) && (first != Some('-') || is_plain_number(&written));
            prop_assert!(harmless, "{:?}", written);
        }
    }
}
