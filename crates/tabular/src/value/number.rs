//! Decimal numbers as people write them, kept as text: exact, never a float.

use super::{EMPTY, ValueError};

const INVALID: ValueError = ValueError::new("number_invalid", "This is not a number such as 1234.50.");
const AMBIGUOUS_MARK: ValueError = ValueError::new(
    "number_mark",
    "The decimal mark does not fit the rest of the column. Choose point or comma for the column.",
);

pub(super) const REASONS: &[ValueError] = &[INVALID, AMBIGUOUS_MARK];

/// What divides units from decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DecimalMark {
    /// `1,234.50`
    Point,
    /// `1.234,50`
    Comma,
}

/// Which mark a column uses; `fallback` when no cell tells (`1.234` may be either).
pub fn decimal_mark<'a>(cells: impl Iterator<Item = &'a str>, fallback: DecimalMark) -> DecimalMark {
    let (mut point, mut comma) = (0usize, 0usize);
    for cell in cells.filter(|cell| looks_like_number(cell)) {
        match (cell.rfind('.'), cell.rfind(',')) {
            (Some(p), Some(c)) if p > c => point += 1,
            (Some(_), Some(_)) => comma += 1,
            (Some(_), None) if is_decimal(cell, '.') => point += 1,
            (None, Some(_)) if is_decimal(cell, ',') => comma += 1,
            _ => {}
        }
    }
    match point.cmp(&comma) {
        std::cmp::Ordering::Greater => DecimalMark::Point,
        std::cmp::Ordering::Less => DecimalMark::Comma,
        std::cmp::Ordering::Equal => fallback,
    }
}

/// A single mark that cannot group thousands.
fn is_decimal(cell: &str, mark: char) -> bool {
    cell.matches(mark).count() == 1 && cell.split_once(mark).is_some_and(|(_, rest)| digits(rest) != 3)
}

fn digits(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count()
}

/// The number in canonical form: optional `-`, digits, and a point with decimals if any (`-1234.50`). Currency signs, per
/// cent signs, blanks and grouping are taken off; `(12)` is negative, as accountants write it.
///
/// # Errors
/// `empty`, `number_invalid`; `number_mark` when the grouping contradicts the mark.
pub fn number(cell: &str, mark: DecimalMark) -> Result<String, ValueError> {
    let cell = cell.trim();
    if cell.is_empty() {
        return Err(EMPTY);
    }
    if !looks_like_number(cell) {
        return Err(INVALID);
    }
    let negative = cell.contains(['-', '−', '(']);
    let (decimal, group) = match mark {
        DecimalMark::Point => ('.', ','),
        DecimalMark::Comma => (',', '.'),
    };
    let body: String = cell.chars().filter(|c| c.is_ascii_digit() || *c == decimal || *c == group).collect();
    let (whole, fraction) = body.split_once(decimal).unwrap_or((&body, ""));
    let groups: Vec<&str> = whole.split(group).collect();
    let grouped =
        groups.iter().skip(1).all(|g| g.len() == 3) && (groups.len() == 1 || (1..=3).contains(&groups[0].len()));
    if !grouped || fraction.contains([decimal, group]) {
        return Err(AMBIGUOUS_MARK);
    }
    let whole = groups.concat();
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        rest => rest,
    };
    let zero = whole == "0" && fraction.bytes().all(|b| b == b'0');
    let sign = if negative && !zero { "-" } else { "" };
    Ok(if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") })
}

/// Digits with marks, at most one sign, one currency or per cent sign: no letters but a three-letter currency code.
pub(crate) fn looks_like_number(cell: &str) -> bool {
    let cell = cell.trim();
    let inner = cell.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or(cell).trim();
    let unsigned = inner.trim_start_matches(is_unit).trim_start();
    let unsigned = unsigned.strip_prefix(['-', '+', '−']).unwrap_or(unsigned).trim_start_matches(is_unit).trim();
    let bare = unsigned.strip_suffix('-').unwrap_or(unsigned).trim_end_matches(is_unit).trim_end();
    let bare =
        bare.strip_suffix("EUR").or(bare.strip_suffix("USD")).or(bare.strip_suffix("MXN")).unwrap_or(bare).trim_end();
    let marks = |c: char| matches!(c, '.' | ',' | '\'' | ' ' | '\u{a0}' | '\u{202f}');
    bare.starts_with(|c: char| c.is_ascii_digit())
        && bare.ends_with(|c: char| c.is_ascii_digit())
        && bare.len() <= 40
        && bare.chars().all(|c| c.is_ascii_digit() || marks(c))
        && !bare.as_bytes().windows(2).any(|pair| pair.iter().all(|b| b".,' ".contains(b)))
}

fn is_unit(c: char) -> bool {
    matches!(c, '€' | '$' | '£' | '¥' | '%' | ' ' | '\u{a0}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_out_canonical() {
        use DecimalMark::{Comma, Point};
        for (cell, mark, value) in [
            ("1,234.50", Point, "1234.50"),
            ("1.234,50", Comma, "1234.50"),
            ("€ 1 234,5", Comma, "1234.5"),
            ("(12.00)", Point, "-12.00"),
            ("-0,00", Comma, "0.00"),
            ("007", Point, "7"),
            ("12 %", Point, "12"),
            ("-$5.10", Point, "-5.10"),
            ("$-5.10", Point, "-5.10"),
            ("1.234", Comma, "1234"),
            ("1.234", Point, "1.234"),
            ("100,5 EUR", Comma, "100.5"),
        ] {
            assert_eq!(number(cell, mark).as_deref(), Ok(value), "{cell}");
        }
        for (cell, code) in [
            ("", "empty"),
            ("abc", "number_invalid"),
            ("1..2", "number_invalid"),
            ("12,34.5", "number_mark"),
            ("--1", "number_invalid"),
            ("1.5,00", "number_mark"),
        ] {
            assert_eq!(number(cell, Point).map_err(|e| e.code), Err(code), "{cell}");
        }
    }

    #[test]
    fn the_column_tells_its_mark() {
        use DecimalMark::{Comma, Point};
        assert_eq!(decimal_mark(["1.234", "5,5"].into_iter(), Point), Comma);
        assert_eq!(decimal_mark(["1,234.5"].into_iter(), Comma), Point);
        assert_eq!(decimal_mark(["1.234", "x"].into_iter(), Comma), Comma);
    }
}
