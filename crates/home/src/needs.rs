//! What needs somebody now: work that failed for good, overdue invoices, quotes about to lapse or just answered, drafts waiting to be issued, deals
//! past their expected day, mails that did not arrive. The most pressing first, at most twenty.

use chrono::{Days, NaiveDate};
use kernel::{Caller, Money, Result};
use serde::Serialize;
use store::{Sql, Tx, sql};
use utoipa::ToSchema;

/// One thing to do.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct NeedView {
    /// `job_dead`, `invoice_overdue`, `quote_accepted`, `quote_expiring`, `invoice_draft`, `deal_late` or `mail_failed`.
    pub kind: &'static str,
    /// The record it is about.
    pub subject: String,
    pub title: String,
    /// Whom it concerns, where that is known.
    pub detail: Option<String>,
    pub amount: Option<Money>,
    /// The day that makes it pressing.
    pub on: Option<NaiveDate>,
    /// For how many of the kind the line stands.
    #[schema(example = 1)]
    pub count: i64,
}

const MOST: i64 = 20;

pub async fn needs(tx: &mut Tx, caller: &Caller, today: NaiveDate) -> Result<Vec<NeedView>> {
    let mut needs = Vec::new();
    if caller.holds("jobs.read") {
        needs.extend(dead_jobs(tx).await?);
    }
    if caller.holds("invoice.read") {
        let overdue = sql!(
            "invoice.state = 'issued' AND invoice.settled_minor < invoice.payable_minor AND invoice.due_date < {}",
            today
        );
        needs.extend(documents(tx, "invoice_overdue", INVOICES, overdue).await?);
    }
    if caller.holds("quote.read") {
        let accepted = Sql::new(
            "quote.state = 'accepted' AND NOT EXISTS (SELECT 1 FROM invoice WHERE invoice.tenant_id = quote.tenant_id AND invoice.quote_id = quote.id)",
        );
        needs.extend(documents(tx, "quote_accepted", QUOTES, accepted).await?);
        let soon = today.checked_add_days(Days::new(3)).unwrap_or(today);
        let expiring =
            sql!("quote.state = 'sent' AND quote.valid_until >= {} AND quote.valid_until <= {}", today, soon);
        needs.extend(documents(tx, "quote_expiring", QUOTES, expiring).await?);
    }
    if caller.holds("invoice.issue") {
        needs.extend(documents(tx, "invoice_draft", INVOICES, Sql::new("invoice.state = 'draft'")).await?);
    }
    if caller.holds("deal.read") {
        let late = sql!("deal.state = 'open' AND deal.deleted_at IS NULL AND deal.expected_close < {}", today);
        needs.extend(documents(tx, "deal_late", DEALS, late).await?);
    }
    if caller.holds("mail.read") {
        needs.extend(failed_mails(tx).await?);
    }
    needs.truncate(MOST as usize);
    Ok(needs)
}

/// The first columns of every query here: id, name, customer, amount, currency, day.
const INVOICES: (&str, &str) = (
    "inv",
    "SELECT invoice.id, coalesce(invoice.number, invoice.reference, ''), coalesce(company.name, contact.display_name), \
     invoice.payable_minor - invoice.settled_minor, invoice.currency, invoice.due_date FROM invoice \
     LEFT JOIN company ON company.tenant_id = invoice.tenant_id AND company.id = invoice.company_id \
     LEFT JOIN contact ON contact.tenant_id = invoice.tenant_id AND contact.id = invoice.contact_id WHERE invoice.tenant_id = ",
);
const QUOTES: (&str, &str) = (
    "quo",
    "SELECT quote.id, coalesce(quote.number, quote.title), coalesce(company.name, contact.display_name), \
     quote.payable_minor, quote.currency, quote.valid_until FROM quote \
     LEFT JOIN company ON company.tenant_id = quote.tenant_id AND company.id = quote.company_id \
     LEFT JOIN contact ON contact.tenant_id = quote.tenant_id AND contact.id = quote.contact_id WHERE quote.tenant_id = ",
);
const DEALS: (&str, &str) = (
    "dea",
    "SELECT deal.id, deal.name, coalesce(company.name, contact.display_name), deal.amount_minor, deal.currency, deal.expected_close FROM deal \
     LEFT JOIN company ON company.tenant_id = deal.tenant_id AND company.id = deal.company_id \
     LEFT JOIN contact ON contact.tenant_id = deal.tenant_id AND contact.id = deal.contact_id WHERE deal.tenant_id = ",
);

type Found = (kernel::Uuid, String, Option<String>, i64, kernel::Currency, Option<NaiveDate>);

async fn documents(
    tx: &mut Tx,
    kind: &'static str,
    from: (&'static str, &'static str),
    condition: Sql,
) -> Result<Vec<NeedView>> {
    let (prefix, select) = from;
    let query =
        Sql::new(select).bind(tx.tenant_id()).push(" AND ").append(condition).push(" ORDER BY 6, 1 LIMIT ").bind(MOST);
    let found: Vec<Found> = tx.all(query).await?;
    Ok(found
        .into_iter()
        .map(|(id, title, detail, minor, currency, on)| NeedView {
            kind,
            subject: format!("{prefix}_{}", id.simple()),
            title,
            detail,
            amount: Some(Money::new(minor, currency)),
            on,
            count: 1,
        })
        .collect())
}

async fn failed_mails(tx: &mut Tx) -> Result<Vec<NeedView>> {
    let query = sql!(
        "SELECT id, subject FROM outgoing_mail WHERE tenant_id = {} AND state IN ('failed', 'unknown') ORDER BY id DESC LIMIT 5",
        tx.tenant_id()
    );
    let found: Vec<(kernel::Uuid, String)> = tx.all(query).await?;
    Ok(found
        .into_iter()
        .map(|(id, title)| NeedView {
            kind: "mail_failed",
            subject: format!("mai_{}", id.simple()),
            title,
            detail: None,
            amount: None,
            on: None,
            count: 1,
        })
        .collect())
}

/// Work that failed for good, one line for each kind: the latest death of it.
async fn dead_jobs(tx: &mut Tx) -> Result<Vec<NeedView>> {
    let query = sql!(
        "SELECT kind, id FROM job WHERE tenant_id = {} AND state = 'dead' ORDER BY run_at DESC, id DESC LIMIT 1000",
        tx.tenant_id()
    );
    let mut needs: Vec<NeedView> = Vec::new();
    for (title, id) in tx.all::<(String, kernel::JobId)>(query).await? {
        match needs.iter_mut().find(|need| need.title == title) {
            Some(need) => need.count += 1,
            None => needs.push(NeedView {
                kind: "job_dead",
                subject: id.to_string(),
                title,
                detail: None,
                amount: None,
                on: None,
                count: 1,
            }),
        }
    }
    Ok(needs)
}
