//! Issuing: check, number, freeze, in one transaction. Asked again, the answer is the invoice as it was issued.

use kernel::{Change, Job, Json, Result, error::Fields};
use serde::{Deserialize, Serialize};
use store::{EnqueueJob, OnConstraint, Tx};

use super::{Invoice, InvoiceId, InvoiceKind, InvoiceState, correct, event, index};
use crate::{
    customer::customer,
    document::{PartySnapshot, Snapshot},
    entity::{FiscalEntity, number, number::SeriesKind},
    quote::create::today,
};

/// Make the PDF of an issued invoice.
#[derive(Debug, Serialize, Deserialize)]
pub struct RenderInvoice {
    pub invoice_id: InvoiceId,
}

impl Job for RenderInvoice {
    const KIND: &'static str = "invoice.render";
    fn unique_key(&self) -> Option<String> {
        Some(self.invoice_id.to_string())
    }
}

pub async fn issue(tx: &mut Tx, id: InvoiceId) -> Result<Invoice> {
    let before: Invoice = tx.get_locked(id).await?;
    if before.state == InvoiceState::Issued {
        return Ok(before);
    }
    let entity: FiscalEntity = tx.get(before.fiscal_entity_id).await?;
    let (customer, _) = customer(tx, before.company_id, before.contact_id).await?;
    check(&before, &customer)?;
    let correction = correct::checked(tx, &before).await?;
    let today = today(tx).await?;
    // Last of all, so that the lock on the counter is held as briefly as can be.
    let number = number::take(tx, entity.id, series_of(before.kind), today).await?;
    let snapshot = Snapshot { correction, ..before.snapshot(&entity, customer, number.clone(), today)? };
    let (due, totals) = (snapshot.due, snapshot.totals.clone());
    let customer_name = snapshot.customer.name.clone();
    let issued = Invoice {
        state: InvoiceState::Issued,
        number: Some(number),
        issue_date: Some(today),
        due_date: Some(due),
        payable_minor: before.kind.signed(totals.payable),
        totals: Json(totals),
        snapshot_sha256: Some(snapshot.sha256()),
        snapshot: Some(Json(snapshot)),
        issued_at: Some(tx.now()),
        ..before.clone()
    };
    let issued = tx.update(&issued).await.on_constraint("invoice_fiscal_entity_id_number_key", number::taken)?;
    index(tx, &issued, &customer_name).await?;
    tx.audit(Change::new("invoice.issue", id).before(&before).after(&issued)).await?;
    tx.emit(event(issued.kind.word("invoice.issued", "credit_note.issued"), &issued)).await?;
    tx.enqueue(&RenderInvoice { invoice_id: id }).await?;
    correct::settle(tx, issued).await
}

fn series_of(kind: InvoiceKind) -> SeriesKind {
    match kind {
        InvoiceKind::Invoice => SeriesKind::Invoice,
        InvoiceKind::CreditNote => SeriesKind::CreditNote,
        InvoiceKind::DebitNote => SeriesKind::DebitNote,
    }
}

/// Everything that stands in the way, all at once, each with what to do.
pub fn check(invoice: &Invoice, customer: &PartySnapshot) -> Result<()> {
    let mut refused = Fields::default();
    if invoice.company_id.is_none() && invoice.contact_id.is_none() {
        refused.refuse("company_id", "customer_missing", "Say who the invoice is for: a company or a contact.");
    } else if customer.name.is_empty() {
        refused.refuse("company_id", "customer_name_missing", "Give the customer a name.");
    }
    if invoice.lines.0.is_empty() {
        refused.refuse("lines", "lines_missing", "Add at least one line.");
    }
    if invoice.totals.0.payable < 0 {
        refused.refuse("lines", "payable_negative", "An invoice cannot be for less than nothing. Lower the discounts.");
    }
    if invoice.kind != InvoiceKind::Invoice && !invoice.lines.0.is_empty() && invoice.totals.0.payable == 0 {
        refused.refuse("lines", "correction_of_nothing", "A note corrects by more than nothing. Add what it is about.");
    }
    if invoice.kind != InvoiceKind::Invoice && invoice.correction_reason.is_none() {
        refused.refuse("correction_reason", "required", "Say why the invoice is corrected: it stands on the note.");
    }
    refused.finish()
}
