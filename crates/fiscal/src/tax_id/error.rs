//! Why a tax id was refused, in a form a program can match and a sentence a person can act on.
//!
//! The sentence never repeats the number: for a person it is personal data, and errors end in logs.

use std::fmt;

use serde::Serialize;

use super::registry::Rule;

/// What is wrong with the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TaxIdReason {
    /// The country is not an ISO 3166-1 alpha-2 code.
    Country,
    /// Nothing was entered.
    Empty,
    /// A character that no tax id has.
    Characters,
    /// Too short or too long.
    Length,
    /// Letters and digits are not where they belong.
    Shape,
    /// It starts with something the country never issues.
    Prefix,
    /// The date inside it does not exist.
    Date,
    /// The check digit or letter does not match.
    CheckDigit,
    /// It is written like a United States Social Security number.
    SocialSecurity,
}

/// A refused tax id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TaxIdError {
    /// What is wrong.
    pub reason: TaxIdReason,
    /// What the country calls the number.
    pub label: &'static str,
    /// What such a number has, to complete "It has ...".
    pub hint: &'static str,
    /// A number that is accepted.
    pub example: &'static str,
}

impl TaxIdError {
    pub(super) fn new(reason: TaxIdReason, rule: Option<&Rule>) -> TaxIdError {
        match rule {
            Some(rule) => TaxIdError { reason, label: rule.label, hint: rule.hint, example: rule.example },
            None => TaxIdError { reason, label: "Tax ID", hint: "2 to 32 printable characters", example: "123456789" },
        }
    }

    /// Stable code for the wire.
    pub fn code(&self) -> &'static str {
        match self.reason {
            TaxIdReason::Country => "tax_id_country",
            TaxIdReason::Empty => "tax_id_empty",
            TaxIdReason::Characters => "tax_id_characters",
            TaxIdReason::Length => "tax_id_length",
            TaxIdReason::Shape => "tax_id_shape",
            TaxIdReason::Prefix => "tax_id_prefix",
            TaxIdReason::Date => "tax_id_date",
            TaxIdReason::CheckDigit => "tax_id_check_digit",
            TaxIdReason::SocialSecurity => "tax_id_ssn",
        }
    }
}

impl fmt::Display for TaxIdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let TaxIdError { reason, label, hint, example } = self;
        match reason {
            TaxIdReason::Country => f.write_str("Choose the country from the list: the code given is not one."),
            TaxIdReason::Empty => write!(f, "Enter the {label}, as in {example}."),
            TaxIdReason::Characters => {
                write!(f, "Enter the {label} with letters, digits and separators only, as in {example}.")
            }
            TaxIdReason::Length => {
                write!(f, "Check the length of the {label}: it has {hint}, as in {example}.")
            }
            TaxIdReason::Shape => {
                write!(f, "Check where letters and digits stand in the {label}: it has {hint}, as in {example}.")
            }
            TaxIdReason::Prefix => write!(
                f,
                "Check the beginning of the {label}: none starts like this. If another country issued it, choose that country."
            ),
            TaxIdReason::Date => {
                write!(f, "Check the date (year, month, day) inside the {label}: there is no such day.")
            }
            TaxIdReason::CheckDigit => {
                write!(f, "Check the {label} for a mistyped character: its check digit does not match.")
            }
            TaxIdReason::SocialSecurity => f.write_str(
                "This is written like a Social Security number, which we do not keep. Enter the EIN; the IRS gives one \
                 to sole proprietors too, free of charge.",
            ),
        }
    }
}

impl std::error::Error for TaxIdError {}
