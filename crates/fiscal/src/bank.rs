//! Bank identifiers printed on documents: IBAN (ISO 13616) and BIC (ISO 9362).
//!
//! Invariant: a parsed one has its country's structure and its check digits match. Nothing is said about whether the
//! account or the bank exists, and errors never repeat the number.

mod structure;
#[cfg(test)]
mod tests;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::country;
use crate::tax_id::{digits, remainder};

/// An account number in its compact form. Deserialising trusts its source: for what we stored, never for input.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Iban(String);

/// A bank's code of 8 or 11 characters. Deserialising trusts its source: for what we stored, never for input.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Bic(String);

/// Why a bank identifier was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BankIdError {
    /// Something else than letters, digits and separators.
    Characters,
    /// The country does not use it, or does not exist.
    Country,
    /// Too short or too long for the country.
    Length,
    /// Letters and digits are not where they belong.
    Shape,
    /// The check digits do not match.
    CheckDigit,
}

impl BankIdError {
    /// Stable code for the wire.
    pub fn code(self) -> &'static str {
        match self {
            BankIdError::Characters => "bank_id_characters",
            BankIdError::Country => "bank_id_country",
            BankIdError::Length => "bank_id_length",
            BankIdError::Shape => "bank_id_shape",
            BankIdError::CheckDigit => "bank_id_check_digit",
        }
    }
}

impl fmt::Display for BankIdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            BankIdError::Characters => "Use only letters, digits and spaces, as on the bank's statement.",
            BankIdError::Country => "Check the two letters of the country: no bank there uses such a number.",
            BankIdError::Length => "Check for missing or extra characters: the length is not that country's.",
            BankIdError::Shape => "Check where letters and digits stand: this is not that country's form.",
            BankIdError::CheckDigit => "Check for a mistyped character: the check digits do not match.",
        })
    }
}

impl std::error::Error for BankIdError {}

impl Iban {
    /// Reads an IBAN with or without spaces.
    pub fn parse(input: &str) -> Result<Iban, BankIdError> {
        let compact = compact(input)?;
        let (Some(country), Some(check), Some(bban)) = (compact.get(..2), compact.get(2..4), compact.get(4..)) else {
            return Err(BankIdError::Length);
        };
        if !country.bytes().all(|b| b.is_ascii_uppercase()) || digits(check).is_none() {
            return Err(BankIdError::Shape);
        }
        let structure = structure::of(country).ok_or(BankIdError::Country)?;
        if bban.len() != structure::length(structure) {
            return Err(BankIdError::Length);
        }
        if !structure::fits(structure, bban) {
            return Err(BankIdError::Shape);
        }
        let rearranged = format!("{bban}{country}{check}");
        if remainder(&rearranged) != Some(1) || !national_check(country, bban) {
            return Err(BankIdError::CheckDigit);
        }
        Ok(Iban(compact))
    }

    /// Without spaces.
    pub fn value(&self) -> &str {
        &self.0
    }

    /// The country of the account.
    pub fn country(&self) -> &str {
        &self.0[..2]
    }

    /// In groups of four, as ISO 13616 prints it.
    pub fn display(&self) -> String {
        let chars: Vec<char> = self.0.chars().collect();
        chars.chunks(4).map(String::from_iter).collect::<Vec<_>>().join(" ")
    }

    /// The country and the last four characters: `ES•• •••• 1332`.
    pub fn masked(&self) -> String {
        let end: String = self.0.chars().skip(self.0.len().saturating_sub(4)).collect();
        format!("{}•• •••• {end}", self.country())
    }
}

impl Bic {
    /// Reads a BIC of 8 or 11 characters.
    pub fn parse(input: &str) -> Result<Bic, BankIdError> {
        let compact = compact(input)?;
        if !matches!(compact.len(), 8 | 11) {
            return Err(BankIdError::Length);
        }
        if !compact.as_bytes()[..6].iter().all(u8::is_ascii_uppercase) {
            return Err(BankIdError::Shape);
        }
        // SWIFT uses XK for Kosovo, which ISO 3166 does not have.
        let country = &compact[4..6];
        if country != "XK" && !country::is_country(country) {
            return Err(BankIdError::Country);
        }
        Ok(Bic(compact))
    }

    /// Without spaces.
    pub fn value(&self) -> &str {
        &self.0
    }

    /// The country of the bank.
    pub fn country(&self) -> &str {
        &self.0[4..6]
    }
}

/// Capitals without separators. What comes out is ASCII, so that it may be cut at any place.
fn compact(input: &str) -> Result<String, BankIdError> {
    let mut compact = String::new();
    for c in input.chars() {
        match c {
            _ if c.is_ascii_alphanumeric() => compact.push(c.to_ascii_uppercase()),
            '-' | '.' => {}
            _ if c.is_whitespace() => {}
            _ => return Err(BankIdError::Characters),
        }
        if compact.len() > 34 {
            return Err(BankIdError::Length);
        }
    }
    Ok(compact)
}

/// The account's own check digits, for the countries whose banks always keep them: Spain (two digits modulo 11 over
/// bank and branch, and over the account), Belgium and Montenegro (modulo 97), Norway (modulo 11).
fn national_check(country: &str, bban: &str) -> bool {
    let Some(d) = digits(bban) else { return true };
    match country {
        "ES" => d[8] == spanish_digit(&d[..8]) && d[9] == spanish_digit(&d[10..]),
        "BE" => {
            let rest = d[..10].iter().fold(0, |rest, digit| (rest * 10 + digit) % 97);
            d[10] * 10 + d[11] == if rest == 0 { 97 } else { rest }
        }
        "ME" => remainder(bban) == Some(1),
        "NO" => {
            let weights = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1];
            d.iter().zip(weights).map(|(digit, weight)| digit * weight).sum::<u32>().is_multiple_of(11)
        }
        _ => true,
    }
}

fn spanish_digit(part: &[u32]) -> u32 {
    let weights = [6, 3, 7, 9, 10, 5, 8, 4, 2, 1];
    let sum: u32 = part.iter().rev().zip(weights).map(|(digit, weight)| digit * weight).sum();
    match 11 - sum % 11 {
        11 => 0,
        10 => 1,
        digit => digit,
    }
}
