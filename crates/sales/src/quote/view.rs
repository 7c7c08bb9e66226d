//! A quote as the API shows it.

use chrono::{DateTime, NaiveDate, Utc};
use crm::{
    company::CompanyId,
    contact::ContactId,
    deal::DealId,
    name::{self, Ref},
};
use fiscal::totals::Discount;
use kernel::{Caller, Currency, Language, MemberId, Permission, Result};
use serde::Serialize;
use store::{Tx, sql};
use utoipa::ToSchema;

use super::{
    EditQuotes, Quote, QuoteId, QuoteState, QuoteStatus, SendQuotes,
    answer::{Decision, earlier},
    create::today,
};
use crate::{
    document::{
        DiscountShape, DocumentLine,
        view::{TotalsView, totals},
    },
    entity::FiscalEntityId,
    invoice::{EditInvoices, InvoiceId},
};

/// A quote.
#[derive(Debug, Serialize, ToSchema)]
pub struct QuoteView {
    pub id: QuoteId,
    pub version: i64,
    pub state: QuoteStatus,
    #[schema(example = "Q-2026-00007")]
    pub number: Option<String>,
    /// Raised each time a changed quote is sent; 0 while it never was.
    pub revision: i64,
    pub title: String,
    pub fiscal_entity_id: FiscalEntityId,
    pub company_id: Option<CompanyId>,
    pub company: Option<Ref<CompanyId>>,
    pub contact_id: Option<ContactId>,
    pub contact: Option<Ref<ContactId>>,
    pub deal_id: Option<DealId>,
    pub deal: Option<Ref<DealId>>,
    pub owner_id: Option<MemberId>,
    pub owner: Option<Ref<MemberId>>,
    /// The invoice made from it.
    pub invoice_id: Option<InvoiceId>,
    pub language: Language,
    pub currency: Currency,
    pub prices_include_tax: bool,
    #[schema(value_type = Option<DiscountShape>)]
    pub allowance: Option<Discount>,
    pub lines: Vec<DocumentLine>,
    pub totals: TotalsView,
    pub issue_date: NaiveDate,
    pub valid_until: NaiveDate,
    pub terms: Option<String>,
    pub notes: Option<String>,
    pub reference: Option<String>,
    /// The customer's page. A secret: whoever has it may answer. Only for those who may send quotes.
    pub public_url: Option<String>,
    /// SHA-256 of the PDF as sent.
    pub pdf_sha256: Option<String>,
    pub sent_at: Option<DateTime<Utc>>,
    /// When the customer first opened the page.
    pub viewed_at: Option<DateTime<Utc>>,
    pub answered_at: Option<DateTime<Utc>>,
    pub answer: Option<AnswerView>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    /// `update`, `send`, `revoke`, `delete` and `invoice`, where this caller may do it now.
    pub actions: Vec<&'static str>,
}

/// The customer's answer, with its evidence.
#[derive(Debug, Serialize, ToSchema)]
pub struct AnswerView {
    pub decision: Decision,
    /// The revision that was answered.
    pub revision: i64,
    /// As typed by whoever accepted.
    pub name: Option<String>,
    /// Why it was declined.
    pub reason: Option<String>,
    /// The sentence that was agreed to.
    pub consent_text: Option<String>,
    pub snapshot_sha256: String,
    pub pdf_sha256: String,
    pub ip: Option<String>,
    pub user_agent: Option<String>,
    pub at: DateTime<Utc>,
}

pub async fn view(tx: &mut Tx, quote: Quote, public_url: &str) -> Result<QuoteView> {
    let today = today(tx).await?;
    let companies = name::companies(tx, [quote.company_id]).await?;
    let contacts = name::contacts(tx, [quote.contact_id]).await?;
    let deals = name::deals(tx, [quote.deal_id]).await?;
    let owners = name::members(tx, [quote.owner_id]).await?;
    let tenant = tx.tenant_id();
    let invoice: Option<(InvoiceId,)> =
        tx.optional(sql!("SELECT id FROM invoice WHERE tenant_id = {} AND quote_id = {}", tenant, quote.id)).await?;
    let shows_amounts = tx.caller().sees_amounts();
    let answer = earlier(tx, &quote).await?.map(|a| AnswerView {
        decision: a.decision,
        revision: a.revision,
        name: a.name,
        reason: a.reason,
        // It says for how much.
        consent_text: a.consent_text.filter(|_| shows_amounts),
        snapshot_sha256: a.snapshot_sha256,
        pdf_sha256: a.pdf_sha256,
        ip: a.ip,
        user_agent: a.user_agent,
        at: a.at,
    });
    let caller = tx.caller();
    // The page shows the whole offer to whoever has its address.
    let shown = quote.public_token.as_ref().filter(|_| shows_amounts && caller.holds(SendQuotes::NAME));
    Ok(QuoteView {
        state: quote.status(today),
        actions: actions(quote.state, quote.may_be_deleted(), caller),
        public_url: shown.map(|token| format!("{public_url}/q/{}", token.reveal())),
        company: companies.maybe(quote.company_id),
        contact: contacts.maybe(quote.contact_id),
        deal: deals.maybe(quote.deal_id),
        owner: owners.maybe(quote.owner_id),
        invoice_id: invoice.map(|(id,)| id),
        totals: totals(&quote.totals.0, quote.currency),
        answer,
        id: quote.id,
        version: quote.version,
        number: quote.number,
        revision: quote.revision,
        title: quote.title,
        fiscal_entity_id: quote.fiscal_entity_id,
        company_id: quote.company_id,
        contact_id: quote.contact_id,
        deal_id: quote.deal_id,
        owner_id: quote.owner_id,
        language: quote.language,
        currency: quote.currency,
        prices_include_tax: quote.prices_include_tax,
        allowance: quote.allowance.map(|a| a.0),
        lines: quote.lines.0,
        issue_date: quote.issue_date,
        valid_until: quote.valid_until,
        terms: quote.terms,
        notes: quote.notes,
        reference: quote.reference,
        pdf_sha256: quote.pdf_sha256,
        sent_at: quote.sent_at,
        viewed_at: quote.viewed_at,
        answered_at: quote.answered_at,
        created_at: quote.created_at,
        updated_at: quote.updated_at,
    })
}

pub(super) fn actions(state: QuoteState, may_be_deleted: bool, caller: &Caller) -> Vec<&'static str> {
    let (edit, send) = (caller.holds(EditQuotes::NAME), caller.holds(SendQuotes::NAME));
    let mut actions = Vec::new();
    if edit && state != QuoteState::Accepted {
        actions.push("update");
    }
    if send && matches!(state, QuoteState::Draft | QuoteState::Sent) {
        actions.push("send");
    }
    if send && state == QuoteState::Sent {
        actions.push("revoke");
    }
    if edit && may_be_deleted {
        actions.push("delete");
    }
    if state == QuoteState::Accepted && caller.holds(EditInvoices::NAME) {
        actions.push("invoice");
    }
    actions
}
