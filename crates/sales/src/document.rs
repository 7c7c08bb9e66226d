//! What quotes and invoices share: lines, their totals, and the frozen picture of what was sent.

mod party;
pub mod print;
pub mod routes;
pub mod view;

use chrono::NaiveDate;
use fiscal::totals::{Discount, Document, Line, Norm, Tax, Totals};
use kernel::{Currency, Error, Language, Money, Result, error::Fields};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

pub use party::{PartySnapshot, PostalAddress};

use crate::invoice::InvoiceKind;

/// Most lines of one document.
pub const MOST_LINES: usize = 500;

/// A line as written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DocumentLine {
    /// What the line is for; must not be blank when the document is stored.
    #[serde(default)]
    #[schema(example = "Front brake pads")]
    pub description: String,
    #[serde(default)]
    pub details: Option<String>,
    /// Exact, at most 8 decimals.
    #[schema(value_type = String, example = "2")]
    pub quantity: kernel::Decimal,
    #[serde(default)]
    #[schema(example = "h")]
    pub unit: Option<String>,
    /// Exact price of one unit, at most 8 decimals.
    #[schema(value_type = String, example = "37.76")]
    pub unit_price: kernel::Decimal,
    #[serde(default)]
    #[schema(value_type = Option<DiscountShape>)]
    pub discount: Option<Discount>,
    #[serde(default)]
    #[schema(value_type = Vec<TaxShape>)]
    pub taxes: Vec<Tax>,
}

/// How a discount is written: exactly one of the two.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = Discount)]
pub struct DiscountShape {
    #[schema(example = "10")]
    pub percent: Option<String>,
    #[schema(example = "5.00")]
    pub amount: Option<String>,
}

/// How a tax of a line is written.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = Tax)]
pub struct TaxShape {
    /// EN 16931 category (UNCL 5305): S, Z, E, AE, K, G, O, L or M.
    #[schema(example = "S")]
    pub category: String,
    /// Percent.
    #[schema(example = "21")]
    pub rate: String,
    /// Of the tax: IVA, VAT, GST, IRPF.
    #[schema(example = "IVA")]
    pub name: String,
    /// Is it kept back by the customer?
    pub withheld: Option<bool>,
    /// Why it is exempt, where it is.
    pub exemption_code: Option<String>,
}

/// What totals are computed from.
#[derive(Debug, Clone)]
pub struct Priced<'a> {
    pub currency: Currency,
    pub norm: Norm,
    pub prices_include_tax: bool,
    pub lines: &'a [DocumentLine],
    pub allowance: Option<Discount>,
}

impl Priced<'_> {
    /// The document the tax engine reads.
    pub fn document(&self) -> Result<Document> {
        let code = self.currency.code();
        Ok(Document {
            currency: fiscal_currency(code)?,
            norm: self.norm,
            prices_include_tax: self.prices_include_tax,
            lines: self
                .lines
                .iter()
                .map(|l| Line {
                    quantity: l.quantity,
                    unit_price: l.unit_price,
                    discount: l.discount,
                    taxes: l.taxes.clone(),
                })
                .collect(),
            allowance: self.allowance,
        })
    }

    /// The only place where a document's figures come from.
    pub fn totals(&self) -> Result<Totals> {
        self.document()?.compute().map_err(|e| {
            let path = e.path().replace('[', ".").replace(']', "");
            Error::invalid(path, e.code(), e.to_string())
        })
    }
}

pub(crate) fn fiscal_currency(code: &str) -> Result<iso_currency::Currency> {
    iso_currency::Currency::from_code(code).ok_or_else(|| Error::internal("a stored currency is unknown"))
}

/// Reads lines at the door: text trimmed and bounded, at least `least` of them.
pub fn parse_lines(lines: Vec<DocumentLine>, least: usize) -> Result<Vec<DocumentLine>> {
    let mut refused = Fields::default();
    if lines.len() > MOST_LINES {
        refused.refuse("lines", "too_many_lines", format!("A document has at most {MOST_LINES} lines."));
    }
    if lines.len() < least {
        refused.refuse("lines", "lines_missing", "Add at least one line.");
    }
    let parsed = lines
        .into_iter()
        .take(MOST_LINES)
        .enumerate()
        .map(|(i, line)| {
            let description = crm::field::take(
                &mut refused,
                crm::field::text(&format!("lines.{i}.description"), Some(&line.description), 1000),
            );
            if description.is_none() {
                refused.refuse(format!("lines.{i}.description"), "required", "Say what the line is for.");
            }
            DocumentLine {
                description: description.unwrap_or_default(),
                details: crm::field::take(
                    &mut refused,
                    crm::field::text(&format!("lines.{i}.details"), line.details.as_deref(), 4000),
                ),
                unit: crm::field::take(
                    &mut refused,
                    crm::field::line(&format!("lines.{i}.unit"), line.unit.as_deref(), 20),
                ),
                ..line
            }
        })
        .collect();
    refused.finish()?;
    Ok(parsed)
}

/// Everything a sent or issued document shows, and nothing else: the page and the PDF are made from this alone, so that
/// later changes of customer, prices or settings do not change it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    pub number: String,
    pub title: Option<String>,
    pub language: Language,
    /// Of the reader's region: the issuer's country.
    pub country: String,
    pub currency: Currency,
    pub issue_date: NaiveDate,
    /// Invoice: due date. Quote: last day of validity.
    pub due: NaiveDate,
    pub issuer: PartySnapshot,
    pub customer: PartySnapshot,
    pub lines: Vec<DocumentLine>,
    pub totals: Totals,
    pub notes: Option<String>,
    pub terms: Option<String>,
    pub reference: Option<String>,
    pub payment_instructions: Option<String>,
    /// Of a note: what it corrects. Left out where there is nothing, so that earlier pictures keep their digest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub correction: Option<Correction>,
}

/// What a credit or debit note corrects, and why (EN 16931 BG-3; Directive 2006/112/EC art. 219).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    pub kind: InvoiceKind,
    pub number: String,
    pub issue_date: NaiveDate,
    pub reason: String,
}

impl Snapshot {
    /// SHA-256, hexadecimal, over the snapshot's JSON with keys in a fixed order (they are struct fields).
    pub fn sha256(&self) -> String {
        hex::encode(Sha256::digest(serde_json::to_vec(self).unwrap_or_default()))
    }

    /// Are issuer and customer of two countries? Only then do their addresses name them.
    pub fn is_abroad(&self) -> bool {
        self.customer.country.is_some() && self.customer.country != self.issuer.country
    }

    pub fn payable(&self) -> Money {
        Money::new(self.totals.payable, self.currency)
    }
}
