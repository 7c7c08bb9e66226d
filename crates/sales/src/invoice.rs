//! An invoice. A draft has no number and may change; an issued one has a number, is frozen for ever, and changes only in
//! what has been paid.

pub mod create;
pub mod issue;
pub mod list;
pub mod pay;
pub mod routes;
pub mod send;
pub mod update;
pub mod view;

use chrono::{DateTime, Days, NaiveDate, Utc};
use crm::{company::CompanyId, contact::ContactId, deal::DealId};
use files::BlobId;
use fiscal::totals::{Discount, Totals};
use kernel::{Currency, Event, Json, Language, MemberId, Money, Result, permissions};
use store::{Tx, search::Document};

use crate::{
    document::{DocumentLine, PartySnapshot, Priced, Snapshot},
    entity::{FiscalEntity, FiscalEntityId},
    quote::QuoteId,
};

pub use crm::subject::InvoiceId;

kernel::states! {
    /// As stored.
    pub enum InvoiceState { Draft = "draft", Issued = "issued" }
}

kernel::states! {
    /// As shown: what is paid and due follows from the payments and the day.
    pub enum InvoiceStatus { Draft = "draft", Open = "open", PartlyPaid = "partly_paid", Overdue = "overdue", Paid = "paid" }
}

permissions! {
    /// See invoices and their payments.
    pub ReadInvoices = "invoice.read": [Administrator, Sales, Billing, ReadOnly];
    /// Write and change drafts.
    pub EditInvoices = "invoice.edit": [Administrator, Sales, Billing];
    /// Issue: take a number and freeze.
    pub IssueInvoices = "invoice.issue": [Administrator, Billing];
    /// Send issued invoices to customers.
    pub SendInvoices = "invoice.send": [Administrator, Billing];
}

store::record! {
    /// An invoice as stored.
    pub struct Invoice in invoice {
        id: InvoiceId,
        version: i64,
        state: InvoiceState,
        number: Option<String>,
        fiscal_entity_id: FiscalEntityId,
        company_id: Option<CompanyId>,
        contact_id: Option<ContactId>,
        deal_id: Option<DealId>,
        quote_id: Option<QuoteId>,
        owner_id: Option<MemberId>,
        language: Language,
        currency: Currency,
        prices_include_tax: bool,
        allowance: Option<Json<Discount>>,
        lines: Json<Vec<DocumentLine>>,
        totals: Json<Totals>,
        payable_minor: i64,
        paid_minor: i64,
        issue_date: Option<NaiveDate>,
        due_date: Option<NaiveDate>,
        /// Days from issue until due.
        payment_days: i64,
        notes: Option<String>,
        reference: Option<String>,
        /// What was issued: page, PDF and later formats are made from this alone.
        snapshot: Option<Json<Snapshot>>,
        snapshot_sha256: Option<String>,
        pdf_blob_id: Option<BlobId>,
        pdf_sha256: Option<String>,
        issued_at: Option<DateTime<Utc>>,
        sent_at: Option<DateTime<Utc>>,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

impl Invoice {
    pub fn payable(&self) -> Money {
        Money::new(self.payable_minor, self.currency)
    }

    pub fn paid(&self) -> Money {
        Money::new(self.paid_minor, self.currency)
    }

    /// What is still to be paid; negative when too much was.
    pub fn balance(&self) -> Money {
        Money::new(self.payable_minor - self.paid_minor, self.currency)
    }

    /// `today` in the tenant's time zone: an invoice is overdue from the day after its due date.
    pub fn status(&self, today: NaiveDate) -> InvoiceStatus {
        status(self.state, self.paid_minor, self.payable_minor, self.due_date, today)
    }

    /// Everything the invoice would show if it were issued on `today` under `number`.
    pub fn snapshot(
        &self,
        entity: &FiscalEntity,
        customer: PartySnapshot,
        number: String,
        today: NaiveDate,
    ) -> Result<Snapshot> {
        let days = Days::new(self.payment_days.unsigned_abs());
        Ok(Snapshot {
            number,
            title: None,
            language: self.language,
            country: entity.country.clone(),
            currency: self.currency,
            issue_date: today,
            due: today.checked_add_days(days).unwrap_or(today),
            issuer: entity.party(),
            customer,
            lines: self.lines.0.clone(),
            totals: self.priced(entity).totals()?,
            notes: self.notes.clone(),
            terms: None,
            reference: self.reference.clone(),
            payment_instructions: entity.payment_instructions.clone(),
        })
    }

    pub fn priced(&self, entity: &FiscalEntity) -> Priced<'_> {
        Priced {
            currency: self.currency,
            norm: entity.norm(),
            prices_include_tax: self.prices_include_tax,
            lines: &self.lines.0,
            allowance: self.allowance.as_ref().map(|a| a.0),
        }
    }
}

/// What is shown of an invoice on a day in the tenant's time zone.
pub fn status(
    state: InvoiceState,
    paid_minor: i64,
    payable_minor: i64,
    due: Option<NaiveDate>,
    today: NaiveDate,
) -> InvoiceStatus {
    match state {
        InvoiceState::Draft => InvoiceStatus::Draft,
        InvoiceState::Issued if paid_minor >= payable_minor => InvoiceStatus::Paid,
        InvoiceState::Issued if due.is_some_and(|due| due < today) => InvoiceStatus::Overdue,
        InvoiceState::Issued if paid_minor > 0 => InvoiceStatus::PartlyPaid,
        InvoiceState::Issued => InvoiceStatus::Open,
    }
}

/// What people know of the invoice and may look for.
pub fn document(invoice: &Invoice, customer: &str) -> Document {
    let title = invoice.number.clone().unwrap_or_else(|| customer.to_owned());
    Document::new("invoice", invoice.id, title)
        .subtitle(format!("{customer} · {}", invoice.payable()))
        .text(invoice.reference.clone())
}

pub(crate) async fn index(tx: &mut Tx, invoice: &Invoice, customer: &str) -> Result<()> {
    Ok(tx.index(document(invoice, customer)).await?)
}

pub(crate) fn event(kind: &'static str, invoice: &Invoice) -> Event {
    Event::new(kind, invoice.id)
        .related_if(invoice.company_id)
        .related_if(invoice.contact_id)
        .related_if(invoice.deal_id)
        .related_if(invoice.quote_id)
        .data(
            serde_json::json!({ "number": invoice.number, "amount": invoice.payable(), "balance": invoice.balance() }),
        )
}
