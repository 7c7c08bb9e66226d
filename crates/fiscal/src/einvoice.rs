//! Electronic invoices by the European standard EN 16931: one neutral model, written as UBL 2.1 or CII D16B (which is
//! also what a Factur-X carries) and read from both.
//!
//! [`Invoice`] holds the business terms (BT) and groups (BG) of the standard; each field names its own. Its money part is
//! made by [`Figures::of`] from the totals that screen, page and PDF show, so that they cannot disagree by a cent.
//! [`check()`] says beforehand what a receiver's validator would refuse, rule by rule.
//!
//! Invariants: the same invoice gives the same bytes; what is written is read back as the same invoice, from either
//! syntax; no bytes make a reader panic; texts hold no character that XML forbids ([`Text`]).
//!
//! What the model leaves out, and a reader passes over: the seller's tax representative (BG-11), attachments (BG-24),
//! project, tender, despatch, receipt and accounting references (BT-11, BT-14 to BT-19), tax point codes (BT-8),
//! identifiers of places (BT-71), item attributes, classifications and origin (BG-32, BT-158, BT-159). No amount is
//! among them.

mod check;
pub mod cii;
mod date;
mod figures;
mod kind;
mod line;
mod party;
mod payment;
mod profile;
mod sums;
#[cfg(test)]
mod tests;
mod text;
pub mod ubl;
mod unit;
mod xml;

use chrono::NaiveDate;
use iso_currency::Currency;

pub use check::{Fault, check, check_facturx};
pub use figures::{Figures, FiguresError, Item, Withheld};
pub use kind::Kind;
pub use line::{Adjustment, DocumentAdjustment, Line, Price, Side, Vat};
pub use party::{Address, Contact, Identifier, Party, Payee};
pub use payment::{Account, AccountNumber, Card, Mandate, Payment};
pub use profile::Profile;
pub use sums::{Sums, VatRow};
pub use text::{Code, Text};
pub use unit::unit;
pub use xml::{Problem, ReadError};

/// An invoice or credit note. Amounts are minor units of [`Invoice::currency`]; quantities, prices and rates are exact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invoice {
    /// The specification it keeps to and the business process (BT-24, BT-23).
    pub profile: Profile,
    /// Invoice number (BT-1).
    pub number: Text,
    /// Issue date (BT-2).
    pub issued: NaiveDate,
    /// Invoice type code (BT-3).
    pub kind: Kind,
    /// Invoice currency code (BT-5).
    pub currency: Currency,
    /// The VAT in the currency of the seller's tax office, where that is another one (BT-6, BT-111).
    pub accounting_tax: Option<AccountingTax>,
    /// Value added tax point date (BT-7).
    pub tax_point: Option<NaiveDate>,
    /// Payment due date (BT-9).
    pub due: Option<NaiveDate>,
    /// Buyer reference, such as a German Leitweg-ID (BT-10).
    pub buyer_reference: Option<Text>,
    /// Contract reference (BT-12).
    pub contract: Option<Text>,
    /// Purchase order reference (BT-13).
    pub order: Option<Text>,
    /// Payment terms (BT-20).
    pub payment_terms: Option<Text>,
    /// Invoice notes (BG-1).
    pub notes: Vec<Note>,
    /// Preceding invoices, those which a credit note corrects (BG-3).
    pub preceding: Vec<Preceding>,
    /// Seller (BG-4).
    pub seller: Party,
    /// Buyer (BG-7).
    pub buyer: Party,
    /// Who is paid, where it is not the seller (BG-10).
    pub payee: Option<Payee>,
    /// Delivery information (BG-13).
    pub delivery: Option<Delivery>,
    /// Invoicing period (BG-14).
    pub period: Option<Period>,
    /// Payment instructions (BG-16).
    pub payment: Option<Payment>,
    /// Allowances and charges on the document (BG-20, BG-21).
    pub adjustments: Vec<DocumentAdjustment>,
    /// Document totals (BG-22).
    pub sums: Sums,
    /// VAT breakdown (BG-23).
    pub vat: Vec<VatRow>,
    /// Invoice lines (BG-25).
    pub lines: Vec<Line>,
}

/// The VAT total in another currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccountingTax {
    /// VAT accounting currency code (BT-6).
    pub currency: Currency,
    /// Invoice total VAT amount in that currency, in its minor units (BT-111).
    pub tax: i64,
}

/// A remark about the document (BG-1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What it is about, by UNTDID 4451 (BT-21); French law asks for `PMD`, `PMT` and `AAB`. Three capital letters.
    pub subject: Option<Code>,
    /// Its text (BT-22).
    pub text: Text,
}

/// An earlier invoice this one refers to (BG-3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preceding {
    /// Preceding invoice reference (BT-25).
    pub number: Text,
    /// Preceding invoice issue date (BT-26).
    pub issued: Option<NaiveDate>,
}

/// Where and when goods or services were delivered (BG-13).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Delivery {
    /// Deliver to party name (BT-70).
    pub name: Option<Text>,
    /// Actual delivery date (BT-72).
    pub date: Option<NaiveDate>,
    /// Deliver to address (BG-15). A supply within the Union needs its country (BT-80).
    pub address: Option<Address>,
}

/// A period of the document (BG-14) or of a line (BG-26).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Period {
    /// First day (BT-73, BT-134).
    pub start: Option<NaiveDate>,
    /// Last day (BT-74, BT-135).
    pub end: Option<NaiveDate>,
}
