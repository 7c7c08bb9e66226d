//! The document as its owner hands it over: finished. Every amount is an exact integer of minor units, already
//! rounded and added up by the domain that owns it; nothing here computes or checks a total.

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;

use crate::region::Locale;

/// What the document is; decides its title, its words and which headline it carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Quote,
    Invoice,
    CreditNote,
    DebitNote,
    Receipt,
}

impl Kind {
    pub const ALL: [Kind; 5] = [Kind::Quote, Kind::Invoice, Kind::CreditNote, Kind::DebitNote, Kind::Receipt];
}

/// An ISO 4217 code with its number of decimals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Currency {
    pub code: String,
    pub exponent: u8,
}

/// One commercial document. Amounts are minor units of `currency`, printed with their sign as given.
#[derive(Clone, PartialEq)]
pub struct Document {
    pub kind: Kind,
    pub locale: Locale,
    /// `None` prints a draft: watermark on each page, no number.
    pub number: Option<String>,
    pub issue_date: NaiveDate,
    /// The due date of an invoice, the last day of validity of a quote.
    pub due: Option<NaiveDate>,
    /// Date of supply where it differs from the issue date (Directive 2006/112/EC art. 226 (7)).
    pub supplied_on: Option<NaiveDate>,
    /// Receipt: the day the money came.
    pub paid_on: Option<NaiveDate>,
    /// Receipt: how it was paid, in the customer's words.
    pub payment_method: Option<String>,
    pub issuer: Party,
    pub customer: Party,
    pub currency: Currency,
    pub lines: Vec<Line>,
    /// One row a tax category, as the fiscal engine grouped them.
    pub breakdown: Vec<TaxRow>,
    /// The document's own discount, positive; printed with a minus between the lines and `net`.
    pub allowance: i64,
    pub net: i64,
    pub tax: i64,
    /// Sum withheld by the customer, positive; printed with a minus.
    pub withheld: i64,
    pub total: i64,
    /// Sum already paid, positive; printed with a minus on an invoice.
    pub paid: i64,
    pub balance: i64,
    pub notes: Option<String>,
    pub terms: Option<String>,
    /// How to pay, in the order to be printed.
    pub payment: Vec<PaymentField>,
    /// The customer's purchase order.
    pub reference: Option<String>,
    pub corrects: Option<Corrects>,
    /// Prints the sentence that says how the cents came about.
    pub rounding: Option<Rounding>,
    pub accepted: Option<Acceptance>,
    /// Where the customer sees the document online; must be a full `https://` (or `http://`) address to become a link.
    pub public_url: Option<String>,
    /// Hex digest of the content, printed small at the end.
    pub content_hash: Option<String>,
    /// Text the law or the fiscal engine asks for, printed small at the end.
    pub legend: Option<String>,
    pub logo: Option<Logo>,
}

impl Document {
    /// A draft with nothing on it yet; fill in the fields you have.
    pub fn new(
        kind: Kind,
        locale: Locale,
        currency: Currency,
        issue_date: NaiveDate,
        issuer: Party,
        customer: Party,
    ) -> Self {
        Self {
            kind,
            locale,
            number: None,
            issue_date,
            due: None,
            supplied_on: None,
            paid_on: None,
            payment_method: None,
            issuer,
            customer,
            currency,
            lines: Vec::new(),
            breakdown: Vec::new(),
            allowance: 0,
            net: 0,
            tax: 0,
            withheld: 0,
            total: 0,
            paid: 0,
            balance: 0,
            notes: None,
            terms: None,
            payment: Vec::new(),
            reference: None,
            corrects: None,
            rounding: None,
            accepted: None,
            public_url: None,
            content_hash: None,
            legend: None,
            logo: None,
        }
    }
}

/// Who issues or receives the document.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Party {
    pub name: String,
    /// "RFC", "NIF", "VAT"; printed before `tax_id`.
    pub tax_id_label: Option<String>,
    pub tax_id: Option<String>,
    /// In the order of the country of the address.
    pub address_lines: Vec<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
}

/// One line as priced. `net` is what it adds to the document's net, after discount.
#[derive(Clone, PartialEq)]
pub struct Line {
    pub description: String,
    pub details: Option<String>,
    pub quantity: Decimal,
    /// "h", "kg", "pieces"; printed after the quantity.
    pub unit: Option<String>,
    /// Major units, exact: printed with all its decimals.
    pub unit_price: Decimal,
    pub discount: Option<Discount>,
    pub net: i64,
    /// "IVA 16 %": one or several, separated by line breaks.
    pub tax_label: String,
}

/// A discount as agreed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Discount {
    /// `10` is ten per cent.
    Percent(Decimal),
    /// Minor units.
    Amount(i64),
}

/// One row of the tax breakdown.
#[derive(Clone, PartialEq, Eq)]
pub struct TaxRow {
    pub label: String,
    pub base: i64,
    /// As given; positive also when withheld, where a minus is printed before it.
    pub tax: i64,
    pub withheld: bool,
}

/// The document a credit note corrects.
#[derive(Clone, PartialEq, Eq)]
pub struct Corrects {
    pub number: String,
    pub date: Option<NaiveDate>,
    pub reason: Option<String>,
}

/// Evidence of an accepted quote.
#[derive(Clone, PartialEq, Eq)]
pub struct Acceptance {
    pub name: String,
    pub when: DateTime<Utc>,
    pub ip: Option<String>,
}

/// One fact a payer needs; the label comes in the document's language.
#[derive(Clone, PartialEq, Eq)]
pub struct PaymentField {
    pub kind: PaymentFieldKind,
    pub value: String,
}

/// What a [`PaymentField`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaymentFieldKind {
    Bank,
    Holder,
    Account,
    /// Printed in groups of four.
    Iban,
    Bic,
    /// Mexico: 18 digits.
    Clabe,
    /// United States: ABA routing number.
    Routing,
    /// Canada: transit and institution number.
    Transit,
    /// Brazil.
    Pix,
    /// What to quote in the transfer.
    Reference,
    /// Where to pay online; a full address becomes a link.
    Link,
}

/// Which rule produced the cents; see the norms in the fiscal crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounding {
    /// EN 16931: lines to the currency's decimals, tax once per category.
    PerCategory,
    /// Tax rounded on every line, then added.
    PerLine,
    /// CFDI 4.0: lines and line taxes to six decimals, totals rounded at the end.
    PerLineSix,
}

/// A picture printed in the head. At most 2 MiB and 4096 by 4096 pixels.
#[derive(Clone, PartialEq, Eq)]
pub struct Logo {
    pub bytes: Vec<u8>,
    pub kind: LogoKind,
}

/// The image formats a logo may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogoKind {
    Png,
    Jpeg,
    Webp,
}
