//! Changing a quote. A sent one goes back to draft: its link shows the sent revision no longer and cannot be answered.

use chrono::NaiveDate;
use crm::{company, company::CompanyId, contact, contact::ContactId, deal::Deal, deal::DealId, field};
use fiscal::totals::Discount;
use kernel::{Change, Currency, Error, Json, Language, Patch, Result};
use serde::Deserialize;
use store::Tx;
use utoipa::ToSchema;

use super::{Quote, QuoteState, event, index};
use crate::{
    document::{DiscountShape, DocumentLine, parse_lines},
    entity::FiscalEntity,
};

/// What changes; an absent field stays, null clears.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeQuote {
    pub title: Option<String>,
    #[serde(default)]
    #[schema(value_type = Option<CompanyId>)]
    pub company_id: Patch<CompanyId>,
    #[serde(default)]
    #[schema(value_type = Option<ContactId>)]
    pub contact_id: Patch<ContactId>,
    #[serde(default)]
    #[schema(value_type = Option<DealId>)]
    pub deal_id: Patch<DealId>,
    pub language: Option<Language>,
    pub currency: Option<Currency>,
    pub prices_include_tax: Option<bool>,
    #[serde(default)]
    #[schema(value_type = Option<DiscountShape>)]
    pub allowance: Patch<Discount>,
    pub lines: Option<Vec<DocumentLine>>,
    pub valid_until: Option<NaiveDate>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub terms: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub notes: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub reference: Patch<String>,
}

pub async fn update(tx: &mut Tx, before: Quote, change: ChangeQuote) -> Result<Quote> {
    match before.state {
        QuoteState::Accepted => {
            return Err(Error::conflict(
                "quote_accepted",
                "The customer has accepted this quote, so it stays as it is. Write a new one instead.",
            ));
        }
        QuoteState::Draft | QuoteState::Sent | QuoteState::Declined | QuoteState::Revoked => {}
    }
    // The door refuses prices, and knows nothing of lines that go.
    if change.lines.is_some() || !matches!(change.allowance, Patch::Keep) {
        tx.caller().must_see_amounts()?;
    }
    let entity: FiscalEntity = tx.get(before.fiscal_entity_id).await?;
    // What stays may be out of the caller's sight.
    if let Patch::Set(id) = &change.company_id
        && before.company_id != Some(*id)
    {
        company::must_exist(tx, "company_id", Some(*id)).await?;
    }
    if let Patch::Set(id) = &change.contact_id
        && before.contact_id != Some(*id)
    {
        contact::must_exist(tx, "contact_id", Some(*id)).await?;
    }
    if let Patch::Set(id) = &change.deal_id
        && before.deal_id != Some(*id)
    {
        tx.find::<Deal>(*id)
            .await?
            .ok_or_else(|| Error::invalid("deal_id", "deal_unknown", "There is no such deal."))?;
    }
    let mut after = apply(before.clone(), change)?;
    let totals = after.priced(&entity).totals()?;
    after.payable_minor = totals.payable;
    after.totals = Json(totals);
    if let Some(link) = after.link_id.take() {
        identity::link::revoke(tx, link).await?;
        after.public_token = None;
    }
    after.state = QuoteState::Draft;
    let after = tx.update(&after).await?;
    index(tx, &after).await?;
    tx.audit(Change::new("quote.update", after.id).before(&before).after(&after)).await?;
    tx.emit(event("quote.updated", &after)).await?;
    Ok(after)
}

fn apply(mut quote: Quote, change: ChangeQuote) -> Result<Quote> {
    if let Some(title) = change.title {
        quote.title = field::line("title", Some(&title), 200)?
            .ok_or_else(|| Error::invalid("title", "required", "Give the quote a title: the customer sees it."))?;
    }
    change.company_id.apply(&mut quote.company_id);
    change.contact_id.apply(&mut quote.contact_id);
    change.deal_id.apply(&mut quote.deal_id);
    quote.language = change.language.unwrap_or(quote.language);
    quote.currency = change.currency.unwrap_or(quote.currency);
    quote.prices_include_tax = change.prices_include_tax.unwrap_or(quote.prices_include_tax);
    match change.allowance {
        Patch::Keep => {}
        Patch::Clear => quote.allowance = None,
        Patch::Set(discount) => quote.allowance = Some(Json(discount)),
    }
    if let Some(lines) = change.lines {
        quote.lines = Json(parse_lines(lines, 0)?);
    }
    quote.valid_until = change.valid_until.unwrap_or(quote.valid_until);
    for (target, patch, name, most) in [
        (&mut quote.terms, change.terms, "terms", 10_000),
        (&mut quote.notes, change.notes, "notes", 10_000),
        (&mut quote.reference, change.reference, "reference", 120),
    ] {
        match patch {
            Patch::Keep => {}
            Patch::Clear => *target = None,
            Patch::Set(value) => *target = field::text(name, Some(&value), most)?,
        }
    }
    Ok(quote)
}
