//! What a quote or invoice adds up to: line amounts, discounts, taxes, the amount to pay.
//!
//! There are two lawful ways to round ([`Norm`]), and a document says which it used. EN 16931: line nets are rounded to
//! the currency, and tax is the base of a category times its rate, rounded once. CFDI: line amounts and line taxes keep
//! six decimals, and the header is their sum rounded at the end. Halves go away from zero, so that a credit note mirrors
//! its invoice to the cent.
//!
//! Invariants: every column of the lines adds up to its header figure; `net + tax - withheld = payable`; with prices that
//! include tax, base and tax give the price back; nothing here depends on the order of lines by category. Arithmetic is
//! on integers and checked: a figure too large is an error, never a panic and never a wrapped number.
//!
//! It refuses contradictions (a rate on an exempt category, a discount above its line), and does not judge whether the
//! law allows the document: that is the work of the rules that run before it is issued. Taxes on top of other taxes
//! (compound) are not computed.

mod by_category;
mod by_line;
mod error;
mod exact;
mod explain;
mod input;
mod pricing;
mod tax;
#[cfg(test)]
mod tests;

use iso_currency::Currency;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

pub use error::{Field, Problem, TotalsError};
pub use explain::{Figure, Step};
pub use input::{Discount, Document, Line};
pub use tax::{Category, Tax, UnknownCategory};

/// Where figures are rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Norm {
    /// EN 16931: tax once per category and rate, from rounded line nets.
    ByCategory,
    /// CFDI 4.0: tax per line with six decimals, rounded when summed.
    ByLine,
}

impl Norm {
    /// The norm of the country the issuer is established in.
    pub fn for_country(country: &str) -> Norm {
        if country.eq_ignore_ascii_case("MX") { Norm::ByLine } else { Norm::ByCategory }
    }
}

/// The figures of a document, in minor units of its currency (cents, or whole units where it has none).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// The currency of every figure.
    pub currency: Currency,
    /// How they were rounded.
    pub norm: Norm,
    /// One per line of the document, in its order.
    pub lines: Vec<LineTotal>,
    /// One per tax, category and rate: first the taxes added, then those withheld.
    pub breakdown: Vec<TaxSubtotal>,
    /// Sum of quantity times price without tax, before any discount (CFDI SubTotal).
    pub gross: i64,
    /// Sum of the lines' discounts.
    pub discount: i64,
    /// `gross - discount`: the sum of line nets (EN 16931 BT-106).
    pub subtotal: i64,
    /// The document's discount (BT-107).
    pub allowance: i64,
    /// `subtotal - allowance`: the total without tax (BT-109).
    pub net: i64,
    /// Taxes added (BT-110).
    pub tax: i64,
    /// Taxes withheld by the buyer, as a figure to subtract.
    pub withheld: i64,
    /// `net + tax - withheld`: what the buyer pays (BT-115 when nothing was prepaid).
    pub payable: i64,
}

/// The figures of one line without tax. When a figure is shared out or carried, remainders go to the lines they came
/// closest to, so that each column adds up to its header figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineTotal {
    /// Quantity times price.
    pub gross: i64,
    /// The line's own discount.
    pub discount: i64,
    /// `gross - discount`.
    pub net: i64,
    /// Its share of the document's discount.
    pub allowance: i64,
    /// Its share of the taxes added.
    pub tax: i64,
    /// Its share of the taxes withheld.
    pub withheld: i64,
    /// The figures as a CFDI states them; only by [`Norm::ByLine`].
    pub exact: Option<ExactLine>,
}

impl LineTotal {
    /// What its taxes are computed on.
    pub fn base(&self) -> i64 {
        self.net - self.allowance
    }

    /// What a buyer sees as its price with tax, discounts taken off.
    pub fn with_tax(&self) -> i64 {
        self.base() + self.tax
    }
}

/// A line as a CFDI states it: up to six decimals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExactLine {
    /// Importe.
    pub gross: Decimal,
    /// Descuento: the line's own and its share of the document's, since a CFDI knows no discount of the document.
    pub discount: Decimal,
    /// `gross - discount`: the Base of its taxes.
    pub net: Decimal,
    /// In the order of the line's taxes.
    pub taxes: Vec<ExactTax>,
}

/// One tax of one line (Traslado or Retención).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExactTax {
    /// The tax as it was given.
    pub tax: Tax,
    /// What it is computed on.
    pub base: Decimal,
    /// Its amount.
    pub amount: Decimal,
}

/// One row of the tax breakdown (EN 16931 BG-23).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxSubtotal {
    /// Category (BT-118).
    pub category: Category,
    /// Percent (BT-119).
    pub rate: Decimal,
    /// Name of the tax.
    pub name: String,
    /// Whether the buyer withholds it.
    pub withheld: bool,
    /// The reasons for exemption given on its lines, sorted (BT-121).
    pub exemption_codes: Vec<String>,
    /// What it is computed on (BT-116).
    pub base: i64,
    /// Its amount (BT-117), positive for a withheld tax too.
    pub tax: i64,
}

impl Totals {
    /// The same figures with the other sign: how a credit note enters a balance.
    pub fn negated(&self) -> Totals {
        let mut totals = self.clone();
        for figure in [
            &mut totals.gross,
            &mut totals.discount,
            &mut totals.subtotal,
            &mut totals.allowance,
            &mut totals.net,
            &mut totals.tax,
            &mut totals.withheld,
            &mut totals.payable,
        ] {
            *figure = -*figure;
        }
        for row in &mut totals.breakdown {
            (row.base, row.tax) = (-row.base, -row.tax);
        }
        for line in &mut totals.lines {
            *line = line.negated();
        }
        totals
    }
}

impl LineTotal {
    fn negated(&self) -> LineTotal {
        let exact = self.exact.as_ref().map(|exact| ExactLine {
            gross: -exact.gross,
            discount: -exact.discount,
            net: -exact.net,
            taxes: exact.taxes.iter().map(|t| ExactTax { base: -t.base, amount: -t.amount, ..t.clone() }).collect(),
        });
        LineTotal {
            gross: -self.gross,
            discount: -self.discount,
            net: -self.net,
            allowance: -self.allowance,
            tax: -self.tax,
            withheld: -self.withheld,
            exact,
        }
    }
}
