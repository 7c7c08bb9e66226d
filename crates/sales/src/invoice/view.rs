//! An invoice as the API shows it.

use chrono::{DateTime, NaiveDate, Utc};
use crm::{
    company::CompanyId,
    contact::ContactId,
    deal::DealId,
    name::{self, Ref},
};
use fiscal::totals::Discount;
use kernel::{Caller, Currency, Language, MemberId, Money, Permission, Result};
use serde::Serialize;
use store::{Tx, sql};
use utoipa::ToSchema;

use super::{
    EditInvoices, Invoice, InvoiceId, InvoiceKind, InvoiceState, InvoiceStatus, IssueInvoices, SendInvoices,
    corrections::{CorrectionView, Numbered, corrections, numbers},
};
use crate::{
    credit::AllocateCredit,
    document::{
        DiscountShape, DocumentLine,
        view::{TotalsView, totals},
    },
    entity::FiscalEntityId,
    quote::{QuoteId, create::today},
};

/// An invoice.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvoiceView {
    pub id: InvoiceId,
    pub version: i64,
    pub kind: InvoiceKind,
    pub status: InvoiceStatus,
    /// Null while a draft.
    #[schema(example = "F-2026-00042")]
    pub number: Option<String>,
    /// Of a note: the invoice it corrects.
    pub corrects: Option<Numbered>,
    /// Of a note: why.
    pub correction_reason: Option<String>,
    /// The notes that correct it, drafts among them, the earliest first.
    pub corrections: Vec<CorrectionView>,
    pub fiscal_entity_id: FiscalEntityId,
    pub company_id: Option<CompanyId>,
    pub company: Option<Ref<CompanyId>>,
    pub contact_id: Option<ContactId>,
    pub contact: Option<Ref<ContactId>>,
    pub deal_id: Option<DealId>,
    pub deal: Option<Ref<DealId>>,
    /// The quote it was made from.
    pub quote_id: Option<QuoteId>,
    pub quote_number: Option<String>,
    pub owner_id: Option<MemberId>,
    pub owner: Option<Ref<MemberId>>,
    pub language: Language,
    pub currency: Currency,
    pub prices_include_tax: bool,
    #[schema(value_type = Option<DiscountShape>)]
    pub allowance: Option<Discount>,
    pub lines: Vec<DocumentLine>,
    /// As written on the document: positive on a credit note too.
    pub totals: TotalsView,
    /// What money settled of it; negative: what was given back of a credit note.
    pub paid: Money,
    /// What credit settled of it; negative: what of a credit note went into invoices.
    pub credited: Money,
    /// What is still to be paid; negative: credit that is left, or what was paid too much.
    pub balance: Money,
    pub issue_date: Option<NaiveDate>,
    /// A credit note has none.
    pub due_date: Option<NaiveDate>,
    /// Days from issue until due.
    pub payment_days: i64,
    pub notes: Option<String>,
    pub reference: Option<String>,
    /// SHA-256 of what was frozen when it was issued.
    pub snapshot_sha256: Option<String>,
    pub pdf_sha256: Option<String>,
    pub issued_at: Option<DateTime<Utc>>,
    pub sent_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    /// `update`, `delete`, `issue`, `send`, `pay` (of a credit note: give back), `credit` (by a note), `correct` (by a
    /// debit note) and `allocate`, where this caller may do it now.
    pub actions: Vec<&'static str>,
}

pub async fn view(tx: &mut Tx, invoice: Invoice) -> Result<InvoiceView> {
    let today = today(tx).await?;
    let companies = name::companies(tx, [invoice.company_id]).await?;
    let contacts = name::contacts(tx, [invoice.contact_id]).await?;
    let deals = name::deals(tx, [invoice.deal_id]).await?;
    let owners = name::members(tx, [invoice.owner_id]).await?;
    let quote: Option<(Option<String>,)> = match invoice.quote_id {
        Some(id) => {
            tx.optional(sql!("SELECT number FROM quote WHERE tenant_id = {} AND id = {}", tx.tenant_id(), id)).await?
        }
        None => None,
    };
    let status = invoice.status(today);
    let corrections = corrections(tx, &invoice, today).await?;
    let corrects = match invoice.corrects_id {
        Some(id) => Some(Numbered { id, number: numbers(tx, [id]).await?.remove(&id).flatten() }),
        None => None,
    };
    let mut actions = actions(Standing { kind: invoice.kind, state: invoice.state, status }, tx.caller());
    if actions.contains(&"correct") && is_creditable(&invoice, &corrections) {
        actions.push("credit");
    }
    Ok(InvoiceView {
        status,
        corrections,
        corrects,
        actions,
        company: companies.maybe(invoice.company_id),
        contact: contacts.maybe(invoice.contact_id),
        deal: deals.maybe(invoice.deal_id),
        owner: owners.maybe(invoice.owner_id),
        quote_number: quote.and_then(|(number,)| number),
        totals: totals(&invoice.totals.0, invoice.currency),
        paid: invoice.paid(),
        credited: invoice.credited(),
        balance: invoice.balance(),
        id: invoice.id,
        version: invoice.version,
        kind: invoice.kind,
        number: invoice.number,
        correction_reason: invoice.correction_reason,
        fiscal_entity_id: invoice.fiscal_entity_id,
        company_id: invoice.company_id,
        contact_id: invoice.contact_id,
        deal_id: invoice.deal_id,
        quote_id: invoice.quote_id,
        owner_id: invoice.owner_id,
        language: invoice.language,
        currency: invoice.currency,
        prices_include_tax: invoice.prices_include_tax,
        allowance: invoice.allowance.map(|a| a.0),
        lines: invoice.lines.0,
        issue_date: invoice.issue_date,
        due_date: invoice.due_date.filter(|_| invoice.kind != InvoiceKind::CreditNote),
        payment_days: invoice.payment_days,
        notes: invoice.notes,
        reference: invoice.reference,
        snapshot_sha256: invoice.snapshot_sha256,
        pdf_sha256: invoice.pdf_sha256,
        issued_at: invoice.issued_at,
        sent_at: invoice.sent_at,
        created_at: invoice.created_at,
        updated_at: invoice.updated_at,
    })
}

/// Is anything of it left that a credit note could take?
fn is_creditable(invoice: &Invoice, notes: &[CorrectionView]) -> bool {
    let issued = notes.iter().filter(|note| note.kind == InvoiceKind::CreditNote && note.number.is_some());
    issued.map(|note| note.payable.minor).sum::<i64>() + invoice.payable_minor > 0
}

/// The right to record payments, which the domain above gives; a name is all that is known of it here.
const RECORD_PAYMENTS: &str = "payment.record";

/// Where a document stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Standing {
    pub kind: InvoiceKind,
    pub state: InvoiceState,
    pub status: InvoiceStatus,
}

pub(super) fn actions(standing: Standing, caller: &Caller) -> Vec<&'static str> {
    let mut actions = Vec::new();
    match standing.state {
        InvoiceState::Draft => {
            if caller.holds(EditInvoices::NAME) {
                actions.extend(["update", "delete"]);
            }
            if caller.holds(IssueInvoices::NAME) {
                actions.push("issue");
            }
        }
        InvoiceState::Issued => {
            if caller.holds(SendInvoices::NAME) {
                actions.push("send");
            }
            let is_open = standing.status != InvoiceStatus::Paid;
            if is_open && caller.holds(RECORD_PAYMENTS) {
                actions.push("pay");
            }
            match standing.kind {
                InvoiceKind::CreditNote if is_open && caller.holds(AllocateCredit::NAME) => actions.push("allocate"),
                InvoiceKind::CreditNote => {}
                InvoiceKind::Invoice | InvoiceKind::DebitNote if caller.holds(EditInvoices::NAME) => {
                    actions.push("correct");
                }
                InvoiceKind::Invoice | InvoiceKind::DebitNote => {}
            }
        }
    }
    actions
}
