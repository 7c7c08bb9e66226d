//! Dates as the two syntaxes write them.

use chrono::NaiveDate;

/// UBL: `2026-11-23`. What follows the day (a time zone) is passed over: no rule of the standard looks at it.
pub(super) fn read_iso(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let rest = text.get(10..)?;
    let is_zone = rest.is_empty() || rest == "Z" || (rest.len() == 6 && rest.starts_with(['+', '-']));
    NaiveDate::parse_from_str(text.get(..10)?, "%Y-%m-%d").ok().filter(|_| is_zone)
}

/// CII: `20261123` (format 102).
pub(super) fn read_compact(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let is_digits = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    is_digits.then(|| NaiveDate::parse_from_str(text, "%Y%m%d").ok()).flatten()
}

/// UBL.
pub(super) fn iso(date: NaiveDate) -> String {
    date.format("%Y-%m-%d").to_string()
}

/// CII.
pub(super) fn compact(date: NaiveDate) -> String {
    date.format("%Y%m%d").to_string()
}
