//! A quote: prices offered to a customer, who answers on a page of its own.
//!
//! Invariant: what was sent is what is shown and what is answered. Changing a sent quote makes a new revision with a new
//! link; the answer keeps the digests of exactly what its giver saw.

pub mod answer;
pub mod convert;
pub mod create;
pub mod delete;
pub mod list;
pub mod routes;
pub mod send;
pub mod update;
pub mod view;

use chrono::{DateTime, NaiveDate, Utc};
use crm::{company::CompanyId, contact::ContactId, deal::DealId};
use files::BlobId;
use fiscal::totals::{Discount, Totals};
use kernel::{Currency, Event, Json, Language, LinkId, MemberId, Money, Result, Sealed, permissions};
use store::{Tx, search::Document};

use crate::{
    document::{DocumentLine, PartySnapshot, Priced, Snapshot},
    entity::{FiscalEntity, FiscalEntityId},
};

pub use crm::subject::QuoteId;

kernel::states! {
    /// As stored. A sent quote past its last day is shown as expired.
    pub enum QuoteState { Draft = "draft", Sent = "sent", Accepted = "accepted", Declined = "declined", Revoked = "revoked" }
}

kernel::states! {
    /// As shown: a sent quote past its last day has expired.
    pub enum QuoteStatus {
        Draft = "draft",
        Sent = "sent",
        Expired = "expired",
        Accepted = "accepted",
        Declined = "declined",
        Revoked = "revoked",
    }
}

impl QuoteState {
    /// What is shown on a day in the tenant's time zone.
    pub fn status(self, valid_until: NaiveDate, today: NaiveDate) -> QuoteStatus {
        match self {
            QuoteState::Draft => QuoteStatus::Draft,
            QuoteState::Sent if valid_until < today => QuoteStatus::Expired,
            QuoteState::Sent => QuoteStatus::Sent,
            QuoteState::Accepted => QuoteStatus::Accepted,
            QuoteState::Declined => QuoteStatus::Declined,
            QuoteState::Revoked => QuoteStatus::Revoked,
        }
    }
}

permissions! {
    /// See quotes.
    pub ReadQuotes = "quote.read": [Administrator, Sales, Billing, ReadOnly];
    /// Write and change quotes.
    pub EditQuotes = "quote.edit": [Administrator, Sales];
    /// Send quotes to customers and take them back.
    pub SendQuotes = "quote.send": [Administrator, Sales];
    /// Read and answer the one quote a link opens; held by links only.
    pub AnswerQuote = "quote.answer": [];
}

store::record! {
    /// A quote as stored.
    pub struct Quote in quote {
        id: QuoteId,
        version: i64,
        state: QuoteState,
        /// Taken when it is first sent.
        number: Option<String>,
        /// 0 while a draft; raised each time it is sent.
        revision: i64,
        title: String,
        fiscal_entity_id: FiscalEntityId,
        company_id: Option<CompanyId>,
        contact_id: Option<ContactId>,
        deal_id: Option<DealId>,
        owner_id: Option<MemberId>,
        language: Language,
        currency: Currency,
        prices_include_tax: bool,
        allowance: Option<Json<Discount>>,
        lines: Json<Vec<DocumentLine>>,
        totals: Json<Totals>,
        payable_minor: i64,
        issue_date: NaiveDate,
        valid_until: NaiveDate,
        terms: Option<String>,
        notes: Option<String>,
        reference: Option<String>,
        /// What was sent last.
        snapshot: Option<Json<Snapshot>>,
        snapshot_sha256: Option<String>,
        pdf_blob_id: Option<BlobId>,
        pdf_sha256: Option<String>,
        link_id: Option<LinkId>,
        /// The secret of the page's address, kept so that the sender can copy it.
        #[serde(skip)]
        public_token: Option<Sealed>,
        sent_at: Option<DateTime<Utc>>,
        viewed_at: Option<DateTime<Utc>>,
        answered_at: Option<DateTime<Utc>>,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

impl Quote {
    pub fn payable(&self) -> Money {
        Money::new(self.payable_minor, self.currency)
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

    /// Is it past its last day, in the tenant's time zone?
    pub fn expired(&self, today: NaiveDate) -> bool {
        self.status(today) == QuoteStatus::Expired
    }

    pub fn status(&self, today: NaiveDate) -> QuoteStatus {
        self.state.status(self.valid_until, today)
    }

    /// Not frozen: what it shows may still change.
    pub fn is_draft(&self) -> bool {
        self.state == QuoteState::Draft
    }

    /// Everything the quote would show if it were sent on `today` under `number`.
    pub fn snapshot(
        &self,
        entity: &FiscalEntity,
        customer: PartySnapshot,
        number: String,
        today: NaiveDate,
    ) -> Result<Snapshot> {
        Ok(Snapshot {
            number,
            title: Some(self.title.clone()),
            language: self.language,
            country: entity.country.clone(),
            currency: self.currency,
            issue_date: today,
            due: self.valid_until,
            issuer: entity.party(),
            customer,
            lines: self.lines.0.clone(),
            totals: self.priced(entity).totals()?,
            notes: self.notes.clone(),
            terms: self.terms.clone(),
            reference: self.reference.clone(),
            payment_instructions: None,
            correction: None,
        })
    }
}

pub(crate) async fn index(tx: &mut Tx, quote: &Quote) -> Result<()> {
    let title = quote.number.clone().unwrap_or_else(|| quote.title.clone());
    let document = Document::new("quote", quote.id, title)
        .subtitle(format!("{} · {}", quote.title, quote.payable()))
        .text(quote.reference.clone());
    Ok(tx.index(document).await?)
}

pub(crate) fn event(kind: &'static str, quote: &Quote) -> Event {
    Event::new(kind, quote.id)
        .related_if(quote.company_id)
        .related_if(quote.contact_id)
        .related_if(quote.deal_id)
        .data(serde_json::json!({ "number": quote.number, "amount": quote.payable() }))
}
