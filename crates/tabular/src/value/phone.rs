//! Phone numbers to E.164, by Google's numbering plans.
//!
//! A number without a country code is read in the default country. Whether it rings is not asked, only whether the plan
//! of its country has such a number.

mod plan;

use phonenumber::country::Id;
use unicode_normalization::UnicodeNormalization;

use self::plan::Candidate;
use super::{EMPTY, ValueError};

const NOT_A_NUMBER: ValueError =
    ValueError::new("phone_not_a_number", "This is not a phone number. Write it as +34 612 345 678.");
const SCIENTIFIC: ValueError = ValueError::new(
    "phone_rounded",
    "A spreadsheet has turned this number into 5.2E+11 and lost its end. Format the column as text and export it again.",
);
const COUNTRY_NEEDED: ValueError = ValueError::new(
    "phone_country_needed",
    "The number has no country code and no default country is chosen. Choose one, or write it as +34 612 345 678.",
);
const COUNTRY_UNKNOWN: ValueError =
    ValueError::new("phone_country_unknown", "No country has this code. Check the digits after the plus.");
const TOO_SHORT: ValueError = ValueError::new("phone_too_short", "The number is too short for its country.");
const TOO_LONG: ValueError = ValueError::new("phone_too_long", "The number is too long for its country.");
const INVALID: ValueError =
    ValueError::new("phone_invalid", "No phone of its country has this number. Check the digits.");
const OLD_MEXICAN: ValueError = ValueError::new(
    "phone_old_prefix",
    "Mexican numbers have been dialled without 1, 044 and 045 since 2019: write +52 and the ten digits.",
);

pub(super) const REASONS: &[ValueError] =
    &[NOT_A_NUMBER, SCIENTIFIC, COUNTRY_NEEDED, COUNTRY_UNKNOWN, TOO_SHORT, TOO_LONG, INVALID, OLD_MEXICAN];

/// A number that the plan of its country knows.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Phone {
    /// `+` and digits.
    pub e164: String,
    /// Digits of an extension, if one was written.
    pub extension: Option<String>,
    /// Alpha-2 code of its country; `None` for numbers of no country, such as +800.
    pub country: Option<&'static str>,
    /// What kind of line it is.
    pub kind: PhoneKind,
}

/// Kind of line, as far as the numbering plan tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhoneKind {
    /// A mobile.
    Mobile,
    /// A fixed line.
    FixedLine,
    /// One or the other: the plan does not tell (North America, Mexico).
    FixedLineOrMobile,
    /// Free to the caller.
    TollFree,
    /// At a higher price to the caller.
    PremiumRate,
    /// Internet telephony.
    Voip,
    /// Anything else: shared cost, personal, pager, company-wide.
    Other,
}

/// Reads a number as people write it: blanks, brackets, `00` or `+`, letters (`1-800-FLOWERS`), extensions.
///
/// `default_country` is an alpha-2 code, used where the number has no country code of its own.
///
/// # Errors
/// `empty`, `phone_not_a_number`, `phone_rounded`, `phone_country_needed`, `phone_country_unknown`, `phone_too_short`,
/// `phone_too_long`, `phone_invalid`, `phone_old_prefix`.
pub fn phone(cell: &str, default_country: Option<&str>) -> Result<Phone, ValueError> {
    let written = clean(cell);
    if written.is_empty() {
        return Err(EMPTY);
    }
    if is_scientific(&written) {
        return Err(SCIENTIFIC);
    }
    let digits = written.bytes().filter(u8::is_ascii_digit).count();
    if digits < 2 || written.contains('@') {
        return Err(NOT_A_NUMBER);
    }
    if written.len() > 60 || digits > 40 {
        return Err(TOO_LONG);
    }
    let region: Option<Id> = default_country.and_then(|code| code.to_ascii_uppercase().parse().ok());
    // 00 is how most of the world dials a plus.
    let written = match (region, written.strip_prefix("00")) {
        (None, Some(rest)) => format!("+{rest}"),
        _ => written,
    };
    if region.is_none() && !written.starts_with('+') {
        return Err(COUNTRY_NEEDED);
    }
    let mut reason = None;
    for candidate in plan::candidates(region, &written) {
        match candidate {
            Ok(number) => match plan::line(&number) {
                Some((country, kind)) => return Ok(found(number, country, kind)),
                None => reason = reason.or_else(|| Some(why_invalid(&number))),
            },
            Err(error) => reason = reason.or_else(|| Some(refusal(&error))),
        }
    }
    Err(reason.unwrap_or(NOT_A_NUMBER))
}

fn found(number: Candidate, country: &str, kind: PhoneKind) -> Phone {
    Phone {
        e164: format!("+{}{}", number.code, number.national),
        extension: number.extension,
        country: super::country(country).ok(),
        kind,
    }
}

/// Compatibility forms to plain digits, invisible marks and a spreadsheet's apostrophe off.
fn clean(cell: &str) -> String {
    let plain: String = cell.nfkc().take(200).collect();
    let text = super::text::one_line(&plain);
    let text = text.trim_start_matches('\'').trim();
    text.strip_prefix("tel:").unwrap_or(text).trim().to_owned()
}

fn is_scientific(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['e', 'E']) else { return false };
    let mantissa_ok = mantissa.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b',');
    let exponent = exponent.strip_prefix('+').unwrap_or(exponent);
    mantissa_ok
        && !mantissa.is_empty()
        && (1..=3).contains(&exponent.len())
        && exponent.bytes().all(|b| b.is_ascii_digit())
}

fn refusal(error: &phonenumber::ParseError) -> ValueError {
    use phonenumber::ParseError;
    match error {
        ParseError::InvalidCountryCode => COUNTRY_UNKNOWN,
        ParseError::TooShortAfterIdd | ParseError::TooShortNsn => TOO_SHORT,
        ParseError::TooLong => TOO_LONG,
        _ => NOT_A_NUMBER,
    }
}

fn why_invalid(number: &Candidate) -> ValueError {
    let national = &number.national;
    let old =
        ["1", "044", "045"].iter().any(|prefix| national.strip_prefix(prefix).is_some_and(|rest| rest.len() == 10));
    if number.code == 52 && old {
        return OLD_MEXICAN;
    }
    match plan::lengths(number.code) {
        Some((shortest, _)) if national.len() < shortest => TOO_SHORT,
        Some((_, longest)) if national.len() > longest => TOO_LONG,
        _ => INVALID,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(cell: &str, country: Option<&str>) -> &'static str {
        phone(cell, country).map_or_else(|error| error.code, |_| "accepted")
    }

    #[test]
    fn numbers_are_read_as_people_and_spreadsheets_write_them() {
        for (cell, country, e164) in [
            ("612 34 56 78", Some("ES"), "+34612345678"),
            ("'+34 612 345 678", None, "+34612345678"),
            ("0034612345678", None, "+34612345678"),
            ("tel:+34-612-345-678", Some("MX"), "+34612345678"),
            ("\u{202a}+34 612 345 678\u{202c}", None, "+34612345678"),
            ("+３４ ６１２ ３４５ ６７８", None, "+34612345678"),
            ("(55) 1234-5678", Some("mx"), "+525512345678"),
            ("+39 06 6982 1234", None, "+390669821234"),
            ("+800 1234 5678", None, "+80012345678"),
        ] {
            assert_eq!(phone(cell, country).map(|phone| phone.e164).as_deref(), Ok(e164), "{cell}");
        }
        let found = phone("(55) 1234-5678 ext. 12", Some("MX")).unwrap();
        assert_eq!(
            (found.extension.as_deref(), found.country, found.kind),
            (Some("12"), Some("MX"), PhoneKind::FixedLineOrMobile)
        );
        assert_eq!(phone("+800 1234 5678", None).unwrap().country, None);
    }

    #[test]
    fn each_wrong_number_has_its_reason() {
        for (cell, country, expected) in [
            ("", None, "empty"),
            ("n/a", Some("ES"), "phone_not_a_number"),
            ("ana@example.com", Some("ES"), "phone_not_a_number"),
            ("5.25512E+11", Some("MX"), "phone_rounded"),
            ("612345678", None, "phone_country_needed"),
            ("612345678", Some("XX"), "phone_country_needed"),
            ("+999 12345678", None, "phone_country_unknown"),
            ("12345", Some("ES"), "phone_too_short"),
            ("+34 612 345 678 901", None, "phone_too_long"),
            ("112345678", Some("ES"), "phone_invalid"),
            ("+52 1 55 1234 5678", None, "phone_old_prefix"),
            ("044 55 1234 5678", Some("MX"), "phone_old_prefix"),
            ("1".repeat(70).as_str(), Some("ES"), "phone_too_long"),
        ] {
            assert_eq!(code(cell, country), expected, "{cell}");
        }
    }
}
