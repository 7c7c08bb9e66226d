//! Settling a part of an invoice by the credit that is left of a credit note, of the same customer and issuer.

use kernel::{Change, Error, Money, Result, error::Fields};
use serde::Deserialize;
use store::Tx;
use utoipa::ToSchema;

use super::{Allocated, CreditAllocation, CreditAllocationId};
use crate::invoice::{Invoice, InvoiceId, InvoiceKind, InvoiceState, pay::settled};

/// Credit to be used.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAllocation {
    /// The invoice it settles a part of.
    pub invoice_id: InvoiceId,
    /// In the currency of both; all that both allow unless given.
    #[serde(default)]
    pub amount: Option<Money>,
}

/// Uses credit as somebody asks for it.
pub async fn use_credit(tx: &mut Tx, credit_note: InvoiceId, input: NewAllocation) -> Result<Allocated> {
    tx.caller().must_see_amounts()?;
    let note: Invoice = tx.get(credit_note).await?;
    let invoice: Option<Invoice> = tx.find(input.invoice_id).await?;
    let invoice =
        invoice.ok_or_else(|| Error::invalid("invoice_id", "invoice_unknown", "There is no such invoice."))?;
    let most = (-note.balance().minor).min(invoice.balance().minor).max(0);
    allocate(tx, credit_note, input.invoice_id, input.amount.unwrap_or(Money::new(most, note.currency))).await
}

/// Locks the credit note, then the invoice, and settles `amount` of both.
pub async fn allocate(tx: &mut Tx, credit_note: InvoiceId, invoice: InvoiceId, amount: Money) -> Result<Allocated> {
    let note: Invoice = tx.get_locked(credit_note).await?;
    let invoice: Invoice = tx.get_locked(invoice).await?;
    check(&note, &invoice, amount)?;
    let allocation = CreditAllocation {
        id: CreditAllocationId::new(),
        version: 1,
        credit_note_id: note.id,
        invoice_id: invoice.id,
        amount_minor: amount.minor,
        currency: amount.currency,
        allocated_by: tx.caller().member_id(),
        released_at: None,
        created_at: tx.now(),
        updated_at: tx.now(),
    };
    tx.insert(&allocation).await?;
    let credit_note = settled(tx, note, 0, amount.minor).await?;
    let invoice = settled(tx, invoice, 0, amount.minor).await?;
    tx.audit(Change::new("credit.allocate", allocation.id).after(&allocation)).await?;
    let allocated = Allocated { allocation, credit_note, invoice };
    tx.emit(allocated.event("invoice.credited")).await?;
    Ok(allocated)
}

fn check(note: &Invoice, invoice: &Invoice, amount: Money) -> Result<()> {
    if note.kind != InvoiceKind::CreditNote || note.state != InvoiceState::Issued {
        return Err(Error::conflict("no_credit", "Only an issued credit note has credit to use."));
    }
    let mut refused = Fields::default();
    if invoice.kind == InvoiceKind::CreditNote || invoice.state != InvoiceState::Issued {
        refused.refuse("invoice_id", "invoice_not_open", "Choose an issued invoice that is not settled.");
    } else if customer(invoice) != customer(note) || invoice.fiscal_entity_id != note.fiscal_entity_id {
        refused.refuse("invoice_id", "customer_differs", "Credit settles invoices of the same customer and issuer.");
    }
    if amount.currency != note.currency || invoice.currency != note.currency {
        refused.refuse("amount", "currency_differs", format!("The credit is in {}.", note.currency));
    } else if amount.minor <= 0 {
        refused.refuse("amount", "amount_not_positive", "Use more than nothing of the credit.");
    } else if amount.minor > -note.balance().minor {
        refused.refuse("amount", "credit_above_note", "There is less credit left. Lower the amount.");
    } else if amount.minor > invoice.balance().minor {
        refused.refuse("amount", "credit_above_balance", "Less of the invoice is open. Lower the amount.");
    }
    refused.finish()
}

/// Who owes: the company, or the person where there is none.
fn customer(invoice: &Invoice) -> (Option<crm::company::CompanyId>, Option<crm::contact::ContactId>) {
    match invoice.company_id {
        Some(company) => (Some(company), None),
        None => (None, invoice.contact_id),
    }
}
