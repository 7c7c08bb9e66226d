//! What is computed: a document, its lines and its discounts, and the limits they must keep.

use iso_currency::Currency;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::error::{Field, Problem, TotalsError};
use super::tax::Tax;
use super::{Norm, Totals, by_category, by_line, pricing};

/// Lines of one document.
pub(super) const MOST_LINES: usize = 2_000;
/// Taxes of one line.
const MOST_TAXES: usize = 8;
/// Decimals of a quantity or a unit price (Facturae 3.2.2 allows eight).
const MOST_DECIMALS: u32 = 8;
/// Decimals of a rate or a percentage. Quebec's 9.975 needs three.
pub(super) const RATE_DECIMALS: u32 = 6;
const LARGEST_QUANTITY: i64 = 1_000_000_000;
const LARGEST_PRICE: i64 = 1_000_000_000_000;
const LONGEST_NAME: usize = 60;

/// A discount. It always makes the figure smaller in size: on a line of negative quantity it is negative too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Discount {
    /// Percent of the amount, 0 to 100, up to six decimals.
    Percent(Decimal),
    /// In major units of the currency, not below zero, not above the amount; with tax where prices include it.
    Amount(Decimal),
}

/// A line of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Up to eight decimals and a thousand million; below zero to give something back.
    pub quantity: Decimal,
    /// In major units, up to eight decimals and a million million; never below zero (EN 16931 BR-27).
    pub unit_price: Decimal,
    /// Taken off this line.
    pub discount: Option<Discount>,
    /// Up to eight, each only once.
    pub taxes: Vec<Tax>,
}

/// A document to compute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Gives the decimals of every figure.
    pub currency: Currency,
    /// Where figures are rounded: [`Norm::for_country`] of the issuer.
    pub norm: Norm,
    /// Whether unit prices and discounts in money include the taxes added.
    pub prices_include_tax: bool,
    /// Up to two thousand.
    pub lines: Vec<Line>,
    /// Taken off the document, shared among its tax groups in proportion.
    pub allowance: Option<Discount>,
}

impl Document {
    /// The figures of the document, or the first thing that is wrong with it.
    pub fn compute(&self) -> Result<Totals, TotalsError> {
        self.check()?;
        let priced = pricing::price(self)?;
        match self.norm {
            Norm::ByCategory => by_category::compute(self, &priced),
            Norm::ByLine => by_line::compute(self, &priced),
        }
    }

    /// The document that takes this one back in full: every figure of its totals is the negative of this one's.
    pub fn reversed(&self) -> Document {
        let lines = self.lines.iter().map(|line| Line { quantity: -line.quantity, ..line.clone() });
        Document { lines: lines.collect(), ..self.clone() }
    }

    /// Decimals of the currency.
    pub(super) fn decimals(&self) -> Result<u32, TotalsError> {
        let exponent = self.currency.exponent().map(u32::from).filter(|exponent| *exponent <= RATE_DECIMALS);
        exponent.ok_or(TotalsError::document(Field::Currency, Problem::NoMinorUnit))
    }

    fn check(&self) -> Result<(), TotalsError> {
        self.decimals()?;
        if self.lines.len() > MOST_LINES {
            return Err(TotalsError::document(Field::Lines, Problem::TooMany { most: MOST_LINES }));
        }
        for (at, line) in self.lines.iter().enumerate() {
            line.check().map_err(|(field, problem)| TotalsError::line(at, field, problem))?;
        }
        match &self.allowance {
            Some(allowance) => allowance.check().map_err(|problem| TotalsError::document(Field::Allowance, problem)),
            None => Ok(()),
        }
    }
}

impl Line {
    fn check(&self) -> Result<(), (Field, Problem)> {
        size(self.quantity, MOST_DECIMALS, LARGEST_QUANTITY).map_err(|problem| (Field::Quantity, problem))?;
        size(self.unit_price, MOST_DECIMALS, LARGEST_PRICE).map_err(|problem| (Field::UnitPrice, problem))?;
        if self.unit_price < Decimal::ZERO {
            return Err((Field::UnitPrice, Problem::Negative));
        }
        if let Some(discount) = &self.discount {
            discount.check().map_err(|problem| (Field::Discount, problem))?;
        }
        if self.taxes.len() > MOST_TAXES {
            return Err((Field::Taxes, Problem::TooMany { most: MOST_TAXES }));
        }
        for (at, tax) in self.taxes.iter().enumerate() {
            tax.check().map_err(|problem| (Field::Taxes, problem))?;
            if self.taxes[..at].iter().any(|other| other.key() == tax.key()) {
                return Err((Field::Taxes, Problem::DuplicateTax));
            }
        }
        Ok(())
    }
}

impl Discount {
    fn check(&self) -> Result<(), Problem> {
        match self {
            Discount::Percent(percent) => percentage(*percent),
            Discount::Amount(amount) if *amount < Decimal::ZERO => Err(Problem::Negative),
            // Its decimals are judged where the decimals of the figures are known.
            Discount::Amount(amount) => size(*amount, MOST_DECIMALS, i64::MAX),
        }
    }
}

impl Tax {
    fn check(&self) -> Result<(), Problem> {
        percentage(self.rate)?;
        let name = self.name.trim();
        if name.is_empty() || name.chars().count() > LONGEST_NAME {
            return Err(Problem::TaxName { longest: LONGEST_NAME });
        }
        match (self.withheld, self.rate.is_zero()) {
            (false, false) if self.category.must_be_zero_rated() => Err(Problem::RateNotAllowed),
            (false, true) if self.category == super::Category::S => Err(Problem::RateMissing),
            _ => Ok(()),
        }
    }
}

fn percentage(value: Decimal) -> Result<(), Problem> {
    if value < Decimal::ZERO || value > Decimal::ONE_HUNDRED {
        return Err(Problem::NotPercent);
    }
    size(value, RATE_DECIMALS, 100)
}

fn size(value: Decimal, decimals: u32, largest: i64) -> Result<(), Problem> {
    if value.normalize().scale() > decimals {
        return Err(Problem::TooManyDecimals { most: decimals });
    }
    if value.abs() > Decimal::from(largest) {
        return Err(Problem::TooLarge { largest });
    }
    Ok(())
}
