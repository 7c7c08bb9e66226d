//! The check digit arithmetic that several countries share. All of it works on single digits (0 to 9).

use super::TaxIdReason;

/// The digits of a text made of ASCII digits only.
pub(crate) fn digits(text: &str) -> Option<Vec<u32>> {
    text.chars().map(|c| c.to_digit(10)).collect()
}

/// Exactly `length` digits, or the reason why not.
pub(super) fn exactly(length: usize, text: &str) -> Result<Vec<u32>, TaxIdReason> {
    if text.chars().count() != length {
        return Err(TaxIdReason::Length);
    }
    digits(text).ok_or(TaxIdReason::Shape)
}

/// Sum of digit times weight, over the shorter of the two.
pub(super) fn weighted(digits: &[u32], weights: &[u32]) -> u32 {
    digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum()
}

/// Sum with weights 2, 3, 4 ... from the right, starting again at 2 after `last`.
pub(super) fn rising(digits: &[u32], last: u32) -> u32 {
    let span = last - 1;
    digits.iter().rev().zip(0..).map(|(digit, place)| digit * (2 + place % span)).sum()
}

/// Luhn's sum: weights 1, 2, 1, 2 from the right, products above nine lowered by nine.
pub(super) fn luhn_sum(digits: &[u32]) -> u32 {
    let fold = |(place, digit): (usize, &u32)| match (place % 2, *digit) {
        (0, digit) => digit,
        (_, digit) if digit > 4 => digit * 2 - 9,
        (_, digit) => digit * 2,
    };
    digits.iter().rev().enumerate().map(fold).sum()
}

/// ISO/IEC 7812-1: whether Luhn's sum is a multiple of ten.
pub(super) fn luhn(digits: &[u32]) -> bool {
    luhn_sum(digits).is_multiple_of(10)
}

/// ISO/IEC 7064 MOD 11,10, the last digit being the check digit.
pub(super) fn mod_11_10(digits: &[u32]) -> bool {
    let step = |check: u32, digit: &u32| {
        let doubled = if check == 0 { 10 } else { check } * 2 % 11;
        (doubled + digit) % 10
    };
    digits.iter().fold(5, step) == 1
}

/// The number these digits spell, modulo `modulus`.
pub(super) fn modulo(digits: &[u32], modulus: u32) -> u32 {
    digits.iter().fold(0, |rest, digit| (rest * 10 + digit) % modulus)
}

/// ISO/IEC 7064 MOD 97-10: the remainder by 97 of digits and letters (A is 10, Z is 35); 1 when the check digits match.
/// `None` for any other character.
pub(crate) fn remainder(text: &str) -> Option<u32> {
    let step = |rest: u32, c: char| {
        let value = c.to_digit(36)?;
        let shifted = if value < 10 { rest * 10 } else { rest * 100 };
        Some((shifted + value) % 97)
    };
    text.chars().try_fold(0, step)
}

/// Whether year, month and day (of four, two and two digits' value) are a day of the calendar.
pub(super) fn is_day(year: u32, month: u32, day: u32) -> bool {
    i32::try_from(year).is_ok_and(|year| chrono::NaiveDate::from_ymd_opt(year, month, day).is_some())
}
