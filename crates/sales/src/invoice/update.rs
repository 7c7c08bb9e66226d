//! Changing or deleting a draft. An issued invoice is refused by every path here.

use crm::{company, company::CompanyId, contact, contact::ContactId, field};
use fiscal::totals::Discount;
use kernel::{Change, Currency, Error, Json, Language, Patch, Result, error::Fields};
use serde::Deserialize;
use store::Tx;
use utoipa::ToSchema;

use super::{Invoice, InvoiceKind, InvoiceState, correct, create::payment_days, event, index};
use crate::{
    customer::customer,
    document::{DiscountShape, DocumentLine, parse_lines},
    entity::FiscalEntity,
};

/// What changes; an absent field stays, null clears.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeInvoice {
    #[serde(default)]
    #[schema(value_type = Option<CompanyId>)]
    pub company_id: Patch<CompanyId>,
    #[serde(default)]
    #[schema(value_type = Option<ContactId>)]
    pub contact_id: Patch<ContactId>,
    pub language: Option<Language>,
    pub currency: Option<Currency>,
    pub prices_include_tax: Option<bool>,
    #[serde(default)]
    #[schema(value_type = Option<DiscountShape>)]
    pub allowance: Patch<Discount>,
    pub lines: Option<Vec<DocumentLine>>,
    pub payment_days: Option<i64>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub notes: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub reference: Patch<String>,
    /// Of a note: why it corrects its invoice.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub correction_reason: Patch<String>,
}

fn differs<T: PartialEq + Copy>(given: &Patch<T>, before: Option<T>) -> bool {
    match given {
        Patch::Keep => false,
        Patch::Clear => before.is_some(),
        Patch::Set(id) => before != Some(*id),
    }
}

/// A note is to the customer of its invoice and in its currency; an invoice corrects nothing.
fn refuse_by_kind(before: &Invoice, change: &ChangeInvoice) -> Result<()> {
    let mut refused = Fields::default();
    let is_note = before.kind != InvoiceKind::Invoice;
    let mut of_invoice = |field: &str, is_other: bool| {
        if is_note && is_other {
            refused.refuse(field, "note_follows_invoice", "This is that of the invoice which the note corrects.");
        }
    };
    of_invoice("company_id", differs(&change.company_id, before.company_id));
    // Without a company it is the person who owes.
    of_invoice("contact_id", before.company_id.is_none() && differs(&change.contact_id, before.contact_id));
    of_invoice("currency", change.currency.is_some_and(|currency| currency != before.currency));
    if !is_note && matches!(change.correction_reason, Patch::Set(_)) {
        refused.refuse("correction_reason", "corrects_nothing", "Only a credit or debit note says why it corrects.");
    }
    refused.finish()
}

pub async fn update(tx: &mut Tx, before: Invoice, change: ChangeInvoice) -> Result<Invoice> {
    refuse_issued(&before)?;
    refuse_by_kind(&before, &change)?;
    // The door refuses prices, and knows nothing of lines that go.
    if change.lines.is_some() || !matches!(change.allowance, Patch::Keep) {
        tx.caller().must_see_amounts()?;
    }
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
    let entity: FiscalEntity = tx.get(before.fiscal_entity_id).await?;
    let mut after = apply(before.clone(), change)?;
    let totals = after.priced(&entity).totals()?;
    after.payable_minor = after.kind.signed(totals.payable);
    after.totals = Json(totals);
    let after = tx.update(&after).await?;
    let (customer, _) = customer(tx, after.company_id, after.contact_id).await?;
    index(tx, &after, &customer.name).await?;
    tx.audit(Change::new("invoice.update", after.id).before(&before).after(&after)).await?;
    tx.emit(event(after.kind.word("invoice.updated", "credit_note.updated"), &after)).await?;
    Ok(after)
}

fn apply(mut invoice: Invoice, change: ChangeInvoice) -> Result<Invoice> {
    change.company_id.apply(&mut invoice.company_id);
    change.contact_id.apply(&mut invoice.contact_id);
    invoice.language = change.language.unwrap_or(invoice.language);
    invoice.currency = change.currency.unwrap_or(invoice.currency);
    invoice.prices_include_tax = change.prices_include_tax.unwrap_or(invoice.prices_include_tax);
    match change.allowance {
        Patch::Keep => {}
        Patch::Clear => invoice.allowance = None,
        Patch::Set(discount) => invoice.allowance = Some(Json(discount)),
    }
    if let Some(lines) = change.lines {
        invoice.lines = Json(parse_lines(lines, 0)?);
    }
    if let Some(days) = change.payment_days {
        invoice.payment_days = payment_days(days)?;
    }
    match change.notes {
        Patch::Keep => {}
        Patch::Clear => invoice.notes = None,
        Patch::Set(value) => invoice.notes = field::text("notes", Some(&value), 10_000)?,
    }
    match change.reference {
        Patch::Keep => {}
        Patch::Clear => invoice.reference = None,
        Patch::Set(value) => invoice.reference = field::line("reference", Some(&value), 120)?,
    }
    match change.correction_reason {
        Patch::Keep => {}
        Patch::Clear => invoice.correction_reason = None,
        Patch::Set(value) => invoice.correction_reason = correct::reason(Some(&value))?,
    }
    Ok(invoice)
}

/// Removes a draft. It never had a number, so none is lost.
pub async fn delete(tx: &mut Tx, invoice: Invoice) -> Result<()> {
    refuse_issued(&invoice)?;
    tx.delete::<Invoice>(invoice.id).await?;
    tx.unindex(&invoice.id.to_string()).await?;
    tx.audit(Change::new("invoice.delete", invoice.id).before(&invoice)).await?;
    tx.emit(event(invoice.kind.word("invoice.deleted", "credit_note.deleted"), &invoice)).await?;
    Ok(())
}

fn refuse_issued(invoice: &Invoice) -> Result<()> {
    match invoice.state {
        InvoiceState::Draft => Ok(()),
        InvoiceState::Issued => Err(Error::conflict(
            "invoice_issued",
            "This invoice has been issued and stays as it is for ever. Correct it with a further document.",
        )),
    }
}
