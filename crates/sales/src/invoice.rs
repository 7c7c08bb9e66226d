//! An invoice, or a note that corrects one. A draft has no number and may change; an issued one has a number, is frozen
//! for ever, and changes only in what has been settled of it.
//!
//! Invariant: a document shows its figures as they are written, a balance counts them with their sign: what a credit note
//! comes to is owed by the issuer and negative, so that sums over documents are what is left.

pub mod correct;
pub mod corrections;
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
    /// What it is (UNTDID 1001: 380, 381 and 383).
    pub enum InvoiceKind {
        Invoice = "invoice",
        /// Takes from what an invoice asks for.
        CreditNote = "credit_note",
        /// Adds to it.
        DebitNote = "debit_note",
    }
}

kernel::states! {
    /// As stored.
    pub enum InvoiceState { Draft = "draft", Issued = "issued" }
}

kernel::states! {
    /// As shown: what is paid and due follows from payments, credit and the day. Of a credit note: how much of it is used.
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
        kind: InvoiceKind,
        state: InvoiceState,
        number: Option<String>,
        /// The invoice that a note corrects.
        corrects_id: Option<InvoiceId>,
        /// Why it does.
        correction_reason: Option<String>,
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
        /// Negative of a credit note.
        payable_minor: i64,
        /// What payments and credit have settled of it, with the sign of `payable_minor`.
        settled_minor: i64,
        /// The part of it that credit settled.
        credited_minor: i64,
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

    /// What money settled of it; negative: what was given back of a credit note.
    pub fn paid(&self) -> Money {
        Money::new(self.settled_minor - self.credited_minor, self.currency)
    }

    /// What credit settled of it; negative: what of a credit note went into invoices.
    pub fn credited(&self) -> Money {
        Money::new(self.credited_minor, self.currency)
    }

    /// What is still to be paid; negative when too much was, and of a credit note what has not been used.
    pub fn balance(&self) -> Money {
        Money::new(self.payable_minor - self.settled_minor, self.currency)
    }

    /// Is nothing of it left to be paid or used?
    pub fn is_settled(&self) -> bool {
        self.kind.is_settled(self.settled_minor, self.payable_minor)
    }

    /// `today` in the tenant's time zone: an invoice is overdue from the day after its due date.
    pub fn status(&self, today: NaiveDate) -> InvoiceStatus {
        status(self.kind, self.state, self.settled_minor, self.payable_minor, self.due_date, today)
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
            correction: None,
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

impl InvoiceKind {
    /// The figure `written` on the document as it enters a balance.
    pub fn signed(self, written: i64) -> i64 {
        if self == InvoiceKind::CreditNote { -written } else { written }
    }

    fn is_settled(self, settled_minor: i64, payable_minor: i64) -> bool {
        self.signed(settled_minor) >= self.signed(payable_minor)
    }

    /// The one of two words that is of its kind; a debit note asks for money as an invoice does.
    pub(crate) fn word(self, invoice: &'static str, credit_note: &'static str) -> &'static str {
        if self == InvoiceKind::CreditNote { credit_note } else { invoice }
    }
}

/// What is shown of an invoice on a day in the tenant's time zone. A credit note is never overdue.
pub fn status(
    kind: InvoiceKind,
    state: InvoiceState,
    settled_minor: i64,
    payable_minor: i64,
    due: Option<NaiveDate>,
    today: NaiveDate,
) -> InvoiceStatus {
    match state {
        InvoiceState::Draft => InvoiceStatus::Draft,
        InvoiceState::Issued if kind.is_settled(settled_minor, payable_minor) => InvoiceStatus::Paid,
        InvoiceState::Issued if kind != InvoiceKind::CreditNote && due.is_some_and(|due| due < today) => {
            InvoiceStatus::Overdue
        }
        InvoiceState::Issued if settled_minor != 0 => InvoiceStatus::PartlyPaid,
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
        .related_if(invoice.corrects_id)
        .data(
            serde_json::json!({ "number": invoice.number, "amount": invoice.payable(), "balance": invoice.balance() }),
        )
}
