//! Invoices as rows of a list: read without their lines and snapshots.

use chrono::{DateTime, NaiveDate, Utc};
use crm::{
    company::CompanyId,
    contact::ContactId,
    deal::DealId,
    name::{self, Names, Ref},
};
use kernel::{Caller, Currency, MemberId, Money, Result};
use serde::{Deserialize, Serialize};
use store::{Sql, Tx};
use utoipa::ToSchema;

use super::{
    InvoiceId, InvoiceKind, InvoiceState, InvoiceStatus, status,
    view::{Standing, actions},
};
use crate::quote::QuoteId;

store::record! {
    /// What a list reads of an invoice.
    pub struct InvoiceRow in invoice {
        id: InvoiceId,
        version: i64,
        kind: InvoiceKind,
        state: InvoiceState,
        number: Option<String>,
        corrects_id: Option<InvoiceId>,
        company_id: Option<CompanyId>,
        contact_id: Option<ContactId>,
        deal_id: Option<DealId>,
        quote_id: Option<QuoteId>,
        owner_id: Option<MemberId>,
        currency: Currency,
        payable_minor: i64,
        settled_minor: i64,
        credited_minor: i64,
        issue_date: Option<NaiveDate>,
        due_date: Option<NaiveDate>,
        sent_at: Option<DateTime<Utc>>,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

/// An invoice as a row of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvoiceSummary {
    pub id: InvoiceId,
    pub version: i64,
    pub kind: InvoiceKind,
    pub status: InvoiceStatus,
    pub number: Option<String>,
    /// The invoice that a note corrects.
    pub corrects_id: Option<InvoiceId>,
    pub company_id: Option<CompanyId>,
    pub company: Option<Ref<CompanyId>>,
    pub contact_id: Option<ContactId>,
    pub contact: Option<Ref<ContactId>>,
    pub deal_id: Option<DealId>,
    pub quote_id: Option<QuoteId>,
    pub owner_id: Option<MemberId>,
    pub owner: Option<Ref<MemberId>>,
    /// What the customer pays; negative of a credit note.
    pub payable: Money,
    /// What money settled of it; negative: what was given back.
    pub paid: Money,
    /// What credit settled of it; negative: what of a credit note went into invoices.
    pub credited: Money,
    /// What is still to be paid; negative: credit that is left, or what was paid too much.
    pub balance: Money,
    pub issue_date: Option<NaiveDate>,
    pub due_date: Option<NaiveDate>,
    pub sent_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub actions: Vec<&'static str>,
}

/// Which invoices.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct InvoiceFilter {
    /// Invoices, credit notes or debit notes only.
    pub kind: Option<InvoiceKind>,
    /// The notes that correct this one.
    pub corrects_id: Option<InvoiceId>,
    /// As shown: draft, open, partly_paid, overdue or paid.
    pub status: Option<InvoiceStatus>,
    pub company_id: Option<CompanyId>,
    pub contact_id: Option<ContactId>,
    pub deal_id: Option<DealId>,
    pub quote_id: Option<QuoteId>,
}

/// Adds the filter's conditions; those on the status say in SQL what [`status`] says of one row.
pub fn narrow(select: Sql, filter: InvoiceFilter, today: NaiveDate) -> Sql {
    let select = select
        .and_if("invoice.kind =", filter.kind)
        .and_if("invoice.corrects_id =", filter.corrects_id)
        .and_if("invoice.company_id =", filter.company_id)
        .and_if("invoice.contact_id =", filter.contact_id)
        .and_if("invoice.deal_id =", filter.deal_id)
        .and_if("invoice.quote_id =", filter.quote_id);
    let owing = " AND invoice.state = 'issued' AND invoice.settled_minor < invoice.payable_minor";
    // A credit note asks for nothing: it has no day, and is settled when its credit is used up.
    let open = " AND invoice.state = 'issued' AND (invoice.kind = 'credit_note' AND invoice.settled_minor > invoice.payable_minor \
         OR invoice.settled_minor < invoice.payable_minor AND invoice.due_date >= ";
    match filter.status {
        None => select,
        Some(InvoiceStatus::Draft) => select.push(" AND invoice.state = 'draft'"),
        Some(InvoiceStatus::Paid) => select.push(
            " AND invoice.state = 'issued' AND CASE WHEN invoice.kind = 'credit_note' \
             THEN invoice.settled_minor <= invoice.payable_minor ELSE invoice.settled_minor >= invoice.payable_minor END",
        ),
        Some(InvoiceStatus::Overdue) => select.push(owing).and("invoice.due_date <", today),
        Some(InvoiceStatus::PartlyPaid) => select.push(open).bind(today).push(") AND invoice.settled_minor <> 0"),
        Some(InvoiceStatus::Open) => select.push(open).bind(today).push(") AND invoice.settled_minor = 0"),
    }
}

/// One page's rows, their names read by one query a kind.
pub async fn summaries(tx: &mut Tx, rows: Vec<InvoiceRow>, today: NaiveDate) -> Result<Vec<InvoiceSummary>> {
    let companies = name::companies(tx, rows.iter().map(|r| r.company_id)).await?;
    let contacts = name::contacts(tx, rows.iter().map(|r| r.contact_id)).await?;
    let owners = name::members(tx, rows.iter().map(|r| r.owner_id)).await?;
    let caller = tx.caller();
    Ok(rows.into_iter().map(|row| summary(row, today, &companies, &contacts, &owners, caller)).collect())
}

fn summary(
    row: InvoiceRow,
    today: NaiveDate,
    companies: &Names<CompanyId>,
    contacts: &Names<ContactId>,
    owners: &Names<MemberId>,
    caller: &Caller,
) -> InvoiceSummary {
    let shown = status(row.kind, row.state, row.settled_minor, row.payable_minor, row.due_date, today);
    let money = |minor| Money::new(minor, row.currency);
    InvoiceSummary {
        status: shown,
        actions: actions(Standing { kind: row.kind, state: row.state, status: shown }, caller),
        company: companies.maybe(row.company_id),
        contact: contacts.maybe(row.contact_id),
        owner: owners.maybe(row.owner_id),
        payable: money(row.payable_minor),
        paid: money(row.settled_minor - row.credited_minor),
        credited: money(row.credited_minor),
        balance: money(row.payable_minor - row.settled_minor),
        id: row.id,
        version: row.version,
        kind: row.kind,
        number: row.number,
        corrects_id: row.corrects_id,
        company_id: row.company_id,
        contact_id: row.contact_id,
        deal_id: row.deal_id,
        quote_id: row.quote_id,
        owner_id: row.owner_id,
        issue_date: row.issue_date,
        due_date: row.due_date.filter(|_| row.kind != InvoiceKind::CreditNote),
        sent_at: row.sent_at,
        created_at: row.created_at,
        updated_at: row.updated_at,
    }
}
