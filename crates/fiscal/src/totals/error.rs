//! Why a document cannot be computed: where, and what to change.

use std::fmt;

use serde::Serialize;

/// The part of the input that is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The currency.
    Currency,
    /// The lines as a whole.
    Lines,
    /// A line's quantity.
    Quantity,
    /// A line's unit price.
    UnitPrice,
    /// A line's discount.
    Discount,
    /// A line's taxes.
    Taxes,
    /// The document's discount.
    Allowance,
}

impl Field {
    fn name(self) -> &'static str {
        match self {
            Field::Currency => "currency",
            Field::Lines => "lines",
            Field::Quantity => "quantity",
            Field::UnitPrice => "unit_price",
            Field::Discount => "discount",
            Field::Taxes => "taxes",
            Field::Allowance => "allowance",
        }
    }
}

/// What is wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// The currency has no defined minor unit (XXX, gold) or more decimals than we keep.
    NoMinorUnit,
    /// More of them than a document or line may have.
    TooMany { most: usize },
    /// More decimals than are kept.
    TooManyDecimals { most: u32 },
    /// Larger than any document needs, in size.
    TooLarge { largest: i64 },
    /// Below zero.
    Negative,
    /// Not between 0 and 100.
    NotPercent,
    /// A discount larger than what it is taken off.
    ExceedsAmount,
    /// The category allows no rate but zero.
    RateNotAllowed,
    /// The standard category needs a rate above zero.
    RateMissing,
    /// The tax has no name, or a name too long.
    TaxName { longest: usize },
    /// The same tax twice on a line.
    DuplicateTax,
    /// A figure does not fit; lower quantities or prices.
    Overflow,
}

/// A document that cannot be computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct TotalsError {
    /// Which line, counted from zero; `None` when it is about the document.
    pub line: Option<usize>,
    /// Which part.
    pub field: Field,
    /// What is wrong with it.
    pub problem: Problem,
}

impl TotalsError {
    pub(super) fn line(line: usize, field: Field, problem: Problem) -> TotalsError {
        TotalsError { line: Some(line), field, problem }
    }

    pub(super) fn document(field: Field, problem: Problem) -> TotalsError {
        TotalsError { line: None, field, problem }
    }

    pub(super) fn overflow() -> TotalsError {
        TotalsError::document(Field::Lines, Problem::Overflow)
    }

    /// Stable code for the wire.
    pub fn code(&self) -> &'static str {
        match self.problem {
            Problem::NoMinorUnit => "currency_without_minor_unit",
            Problem::TooMany { .. } => "too_many",
            Problem::TooManyDecimals { .. } => "too_many_decimals",
            Problem::TooLarge { .. } => "too_large",
            Problem::Negative => "negative",
            Problem::NotPercent => "not_percent",
            Problem::ExceedsAmount => "discount_exceeds_amount",
            Problem::RateNotAllowed => "tax_rate_not_allowed",
            Problem::RateMissing => "tax_rate_missing",
            Problem::TaxName { .. } => "tax_name",
            Problem::DuplicateTax => "tax_duplicate",
            Problem::Overflow => "amount_overflow",
        }
    }

    /// Where it is in the document, as the wire names fields: `lines[2].quantity`.
    pub fn path(&self) -> String {
        match self.line {
            Some(line) => format!("lines[{line}].{}", self.field.name()),
            None => self.field.name().to_owned(),
        }
    }
}

impl fmt::Display for TotalsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "Line {}: ", line + 1)?;
        }
        match self.problem {
            Problem::NoMinorUnit => {
                f.write_str("choose a currency that is legal tender; this one has no cents or units.")
            }
            Problem::TooMany { most } => write!(f, "use at most {most} {}.", self.field.name()),
            Problem::TooManyDecimals { most } => write!(f, "use at most {most} decimals."),
            Problem::TooLarge { largest } => write!(f, "enter a number of at most {largest}."),
            Problem::Negative => {
                f.write_str("enter a number that is not below zero; to give back, make the quantity negative.")
            }
            Problem::NotPercent => f.write_str("enter a percentage between 0 and 100."),
            Problem::ExceedsAmount => f.write_str("lower the discount: it is larger than the amount it is taken off."),
            Problem::RateNotAllowed => f.write_str("set the rate to 0, or choose a category that is charged."),
            Problem::RateMissing => f.write_str("enter a rate above 0, or choose zero rated or exempt."),
            Problem::TaxName { longest } => write!(f, "give the tax a name of 1 to {longest} characters."),
            Problem::DuplicateTax => f.write_str("remove the tax that is there twice."),
            Problem::Overflow => {
                f.write_str("lower quantities or prices: the total is larger than a document can hold.")
            }
        }
    }
}

impl std::error::Error for TotalsError {}
