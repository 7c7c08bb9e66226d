//! Writing a quote.

use chrono::{Days, NaiveDate};
use crm::{
    company::{
        self, CompanyId,
        addressee::{self, Purpose},
    },
    contact,
    contact::ContactId,
    deal::Deal,
    deal::DealId,
    field,
};
use fiscal::totals::Discount;
use kernel::{Change, Currency, Error, Json, Language, Result};
use serde::Deserialize;
use store::Tx;
use utoipa::ToSchema;

use super::{Quote, QuoteId, QuoteState, event, index};
use crate::{
    document::{DiscountShape, DocumentLine, Priced, parse_lines},
    entity,
};

/// A quote to be written. Customer and deal may be left open until it is sent.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewQuote {
    #[schema(example = "Brake service for the van fleet")]
    pub title: String,
    #[serde(default)]
    pub company_id: Option<CompanyId>,
    #[serde(default)]
    pub contact_id: Option<ContactId>,
    #[serde(default)]
    pub deal_id: Option<DealId>,
    /// The customer's unless given.
    #[serde(default)]
    pub language: Option<Language>,
    #[serde(default)]
    pub currency: Option<Currency>,
    #[serde(default)]
    pub prices_include_tax: bool,
    #[serde(default)]
    #[schema(value_type = Option<DiscountShape>)]
    pub allowance: Option<Discount>,
    #[serde(default)]
    pub lines: Vec<DocumentLine>,
    /// The issuer's usual validity from today unless given.
    #[serde(default)]
    pub valid_until: Option<NaiveDate>,
    #[serde(default)]
    pub terms: Option<String>,
    #[serde(default)]
    pub notes: Option<String>,
    /// The customer's own reference.
    #[serde(default)]
    pub reference: Option<String>,
}

pub async fn create(tx: &mut Tx, mut input: NewQuote) -> Result<Quote> {
    let entity = entity::default(tx).await?;
    if let Some(deal) = input.deal_id {
        let deal: Deal =
            tx.find(deal).await?.ok_or_else(|| Error::invalid("deal_id", "deal_unknown", "There is no such deal."))?;
        input.company_id = input.company_id.or(deal.company_id);
        input.contact_id = input.contact_id.or(deal.contact_id);
    }
    company::must_exist(tx, "company_id", input.company_id).await?;
    if let (None, Some(company)) = (input.contact_id, input.company_id) {
        input.contact_id = addressee::of(tx, company, Purpose::Offer).await?;
    }
    contact::must_exist(tx, "contact_id", input.contact_id).await?;
    let customer = match input.company_id {
        Some(id) => {
            tx.beyond_fields("a quote is in its customer's language and currency").find::<company::Company>(id).await?
        }
        None => None,
    };
    let title = field::line("title", Some(&input.title), 200)?
        .ok_or_else(|| Error::invalid("title", "required", "Give the quote a title: the customer sees it."))?;
    let lines = parse_lines(input.lines, 0)?;
    let currency = input.currency.or(customer.as_ref().and_then(|c| c.currency)).unwrap_or(entity.currency);
    let totals = Priced {
        currency,
        norm: entity.norm(),
        prices_include_tax: input.prices_include_tax,
        lines: &lines,
        allowance: input.allowance,
    }
    .totals()?;
    let today = today(tx).await?;
    let valid_until =
        input.valid_until.or(today.checked_add_days(Days::new(entity.quote_days.unsigned_abs()))).unwrap_or(today);
    if valid_until < today {
        return Err(Error::invalid("valid_until", "date_in_past", "The last day of validity lies in the past."));
    }
    let quote = Quote {
        id: QuoteId::new(),
        version: 1,
        state: QuoteState::Draft,
        number: None,
        revision: 0,
        title,
        fiscal_entity_id: entity.id,
        company_id: input.company_id,
        contact_id: input.contact_id,
        deal_id: input.deal_id,
        owner_id: tx.caller().owner(),
        language: input.language.or(customer.and_then(|c| c.language)).unwrap_or(entity.language),
        currency,
        prices_include_tax: input.prices_include_tax,
        allowance: input.allowance.map(Json),
        lines: Json(lines),
        payable_minor: totals.payable,
        totals: Json(totals),
        issue_date: today,
        valid_until,
        terms: field::text("terms", input.terms.as_deref(), 10_000)?,
        notes: field::text("notes", input.notes.as_deref(), 10_000)?,
        reference: field::line("reference", input.reference.as_deref(), 120)?,
        snapshot: None,
        snapshot_sha256: None,
        pdf_blob_id: None,
        pdf_sha256: None,
        link_id: None,
        public_token: None,
        sent_at: None,
        viewed_at: None,
        answered_at: None,
        created_at: tx.now(),
        updated_at: tx.now(),
    };
    tx.insert(&quote).await?;
    index(tx, &quote).await?;
    tx.audit(Change::new("quote.create", quote.id).after(&quote)).await?;
    tx.emit(event("quote.created", &quote)).await?;
    Ok(quote)
}

/// The calendar day it is now where the tenant is.
pub(crate) async fn today(tx: &mut Tx) -> Result<NaiveDate> {
    let zone = identity::tenant::current(tx).await?.zone();
    Ok(tx.now().with_timezone(&zone).date_naive())
}
