//! The money part of an invoice, from the totals that the other pictures of the document show.
//!
//! Invariant: nothing is computed anew that the totals hold. Line nets, the document's allowance by category, bases,
//! taxes and sums are theirs to the cent; only prices without tax are derived, where prices include it, so that quantity
//! times price gives the line back. What comes out keeps the sums of EN 16931 exactly, or it is an error.
//!
//! - A **line without tax** is outside the scope of VAT (category O).
//! - **Withheld taxes** (Spanish IRPF, Italian ritenuta) are not in the standard: its total is without them, and a paid
//!   amount (BT-113) is one that was paid. [`Figures::withheld`] has them for a sentence in the payment terms (BT-20);
//!   the amount due (BT-115) is the whole, as the law of Spain has it: they change what is handed over, not the invoice.
//! - **Two taxes on a line** (GST and QST, a surcharge of equivalence) cannot be written: a line has one category.
//! - **Documents by line** (CFDI) are taken where their cents happen to be those of EN 16931, and refused otherwise.

mod error;
mod price;
mod rows;

use iso_currency::Currency;
use rust_decimal::Decimal;

pub use error::FiguresError;

use super::line::{Adjustment, DocumentAdjustment, Line, Side, Vat};
use super::sums::{Sums, VatRow};
use super::text::{Code, Text};
use crate::totals::{self, Category, Discount, Document, LineTotal, Totals};

/// What a line says besides its figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Item name (BT-153).
    pub name: Text,
    /// Item description (BT-154).
    pub description: Option<Text>,
    /// Unit of measure (BT-130).
    pub unit: Code,
    /// Note (BT-127).
    pub note: Option<Text>,
    /// The seller's identifier of the item (BT-155).
    pub seller_item: Option<Text>,
}

/// A tax the buyer keeps back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withheld {
    /// Name of the tax.
    pub name: String,
    /// Percent.
    pub rate: Decimal,
    /// What it is computed on.
    pub base: i64,
    /// Its amount, above zero on an ordinary invoice.
    pub amount: i64,
}

/// The money part of an [`Invoice`](super::Invoice): its fields of the same names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// Of every amount.
    pub currency: Currency,
    /// Invoice lines (BG-25), numbered from 1.
    pub lines: Vec<Line>,
    /// The document's discount, a row for each category and rate (BG-20).
    pub adjustments: Vec<DocumentAdjustment>,
    /// VAT breakdown (BG-23).
    pub vat: Vec<VatRow>,
    /// Document totals (BG-22), nothing paid yet.
    pub sums: Sums,
    /// Taxes the buyer keeps back, which EN 16931 has no place for.
    pub withheld: Vec<Withheld>,
}

impl Figures {
    /// The figures of a document whose totals were computed; `items` beside its lines.
    ///
    /// # Errors
    /// What the standard cannot say, see [`FiguresError`].
    pub fn of(document: &Document, totals: &Totals, items: &[Item]) -> Result<Figures, FiguresError> {
        let count = document.lines.len();
        if totals.lines.len() != count || items.len() != count || totals.currency != document.currency {
            return Err(FiguresError::Mismatch);
        }
        let mut lines = Vec::with_capacity(count);
        for (at, ((typed, total), item)) in document.lines.iter().zip(&totals.lines).zip(items).enumerate() {
            let vat = vat_of(typed).ok_or(FiguresError::TwoTaxes { line: at })?;
            lines.push(line(document, at, typed, total, item, vat).ok_or(FiguresError::Cents)?);
        }
        let adjustments = rows::allowances(document, totals, &lines).ok_or(FiguresError::Overflow)?;
        let vat = rows::breakdown(totals, &lines).ok_or(FiguresError::Overflow)?;
        let sums = sums(totals).ok_or(FiguresError::Overflow)?;
        let withheld = totals.breakdown.iter().filter(|row| row.withheld).map(|row| Withheld {
            name: row.name.clone(),
            rate: row.rate,
            base: row.base,
            amount: row.tax,
        });
        let withheld = withheld.collect();
        let figures = Figures { currency: totals.currency, lines, adjustments, vat, sums, withheld };
        if rows::agree(document, &figures) { Ok(figures) } else { Err(FiguresError::Cents) }
    }

    /// The same with an amount that was paid already (BT-113).
    pub fn with_paid(mut self, paid: i64) -> Result<Figures, FiguresError> {
        let payable = self.sums.gross.checked_sub(paid).ok_or(FiguresError::Overflow)?;
        (self.sums.paid, self.sums.payable) = (paid, payable);
        Ok(self)
    }
}

/// The one category of a line; `None` where it has two.
fn vat_of(line: &totals::Line) -> Option<Vat> {
    let mut added = line.taxes.iter().filter(|tax| !tax.withheld);
    match (added.next(), added.next()) {
        (None, _) => Some(Vat { category: Category::O, rate: Decimal::ZERO }),
        (Some(tax), None) => Some(Vat { category: tax.category, rate: tax.rate.normalize() }),
        _ => None,
    }
}

fn line(
    document: &Document,
    at: usize,
    typed: &totals::Line,
    total: &LineTotal,
    item: &Item,
    vat: Vat,
) -> Option<Line> {
    let places = super::xml::places(document.currency);
    Some(Line {
        id: Text::from((at + 1).to_string().as_str()),
        note: item.note.clone(),
        quantity: typed.quantity.normalize(),
        unit: item.unit.clone(),
        net: total.net,
        order_line: None,
        period: None,
        adjustments: discount(typed.discount, total.gross, total.discount, places).into_iter().collect(),
        price: price::of(document, typed, total.gross, vat.rate, places)?,
        vat,
        name: item.name.clone(),
        description: item.description.clone(),
        seller_item: item.seller_item.clone(),
        buyer_item: None,
        standard_item: None,
    })
}

/// A discount as an allowance with the reason "discount". Base and percentage are given where they give the amount back
/// as closely as validators ask (PEPPOL-EN16931-R040).
fn discount(agreed: Option<Discount>, base: i64, amount: i64, places: u32) -> Option<Adjustment> {
    if amount == 0 {
        return None;
    }
    let percent = match agreed {
        Some(Discount::Percent(percent)) => Some(percent.normalize()),
        _ => None,
    };
    let percent = percent.filter(|percent| price::is_part(amount, base, *percent, places));
    Some(Adjustment {
        side: Side::Allowance,
        amount,
        base: percent.map(|_| base),
        percent,
        reason: None,
        reason_code: Code::parse("95"),
    })
}

fn sums(totals: &Totals) -> Option<Sums> {
    let gross = totals.net.checked_add(totals.tax)?;
    Some(Sums {
        lines: totals.subtotal,
        allowances: totals.allowance,
        charges: 0,
        net: totals.net,
        tax: totals.tax,
        gross,
        paid: 0,
        rounding: 0,
        payable: gross,
    })
}
