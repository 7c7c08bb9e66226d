//! Quotes as rows of a list: read without their lines and snapshots.

use chrono::{DateTime, NaiveDate, Utc};
use crm::{
    company::CompanyId,
    contact::ContactId,
    deal::DealId,
    name::{self, Names, Ref},
};
use kernel::{Caller, Currency, MemberId, Money, Result};
use serde::Serialize;
use store::Tx;
use utoipa::ToSchema;

use super::{QuoteId, QuoteState, QuoteStatus, view::actions};

store::record! {
    /// What a list reads of a quote.
    pub struct QuoteRow in quote {
        id: QuoteId,
        version: i64,
        state: QuoteState,
        number: Option<String>,
        revision: i64,
        title: String,
        company_id: Option<CompanyId>,
        contact_id: Option<ContactId>,
        deal_id: Option<DealId>,
        owner_id: Option<MemberId>,
        currency: Currency,
        payable_minor: i64,
        issue_date: NaiveDate,
        valid_until: NaiveDate,
        sent_at: Option<DateTime<Utc>>,
        viewed_at: Option<DateTime<Utc>>,
        answered_at: Option<DateTime<Utc>>,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

/// A quote as a row of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct QuoteSummary {
    pub id: QuoteId,
    pub version: i64,
    pub state: QuoteStatus,
    pub number: Option<String>,
    pub title: String,
    pub company_id: Option<CompanyId>,
    pub company: Option<Ref<CompanyId>>,
    pub contact_id: Option<ContactId>,
    pub contact: Option<Ref<ContactId>>,
    pub deal_id: Option<DealId>,
    pub owner_id: Option<MemberId>,
    pub owner: Option<Ref<MemberId>>,
    /// What the customer pays.
    pub payable: Money,
    pub issue_date: NaiveDate,
    pub valid_until: NaiveDate,
    pub sent_at: Option<DateTime<Utc>>,
    pub viewed_at: Option<DateTime<Utc>>,
    pub answered_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub actions: Vec<&'static str>,
}

/// One page's rows, their names read by one query a kind.
pub async fn summaries(tx: &mut Tx, rows: Vec<QuoteRow>, today: NaiveDate) -> Result<Vec<QuoteSummary>> {
    let companies = name::companies(tx, rows.iter().map(|r| r.company_id)).await?;
    let contacts = name::contacts(tx, rows.iter().map(|r| r.contact_id)).await?;
    let owners = name::members(tx, rows.iter().map(|r| r.owner_id)).await?;
    let caller = tx.caller();
    Ok(rows.into_iter().map(|row| summary(row, today, &companies, &contacts, &owners, caller)).collect())
}

fn summary(
    row: QuoteRow,
    today: NaiveDate,
    companies: &Names<CompanyId>,
    contacts: &Names<ContactId>,
    owners: &Names<MemberId>,
    caller: &Caller,
) -> QuoteSummary {
    QuoteSummary {
        state: row.state.status(row.valid_until, today),
        actions: actions(row.state, row.revision == 0 && row.number.is_none(), caller),
        company: companies.maybe(row.company_id),
        contact: contacts.maybe(row.contact_id),
        owner: owners.maybe(row.owner_id),
        payable: Money::new(row.payable_minor, row.currency),
        id: row.id,
        version: row.version,
        number: row.number,
        title: row.title,
        company_id: row.company_id,
        contact_id: row.contact_id,
        deal_id: row.deal_id,
        owner_id: row.owner_id,
        issue_date: row.issue_date,
        valid_until: row.valid_until,
        sent_at: row.sent_at,
        viewed_at: row.viewed_at,
        answered_at: row.answered_at,
        created_at: row.created_at,
        updated_at: row.updated_at,
    }
}
