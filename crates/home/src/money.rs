//! Invoiced, paid, due and overdue, in the tenant's currency, and the last six months of it. Amounts of other currencies
//! are not converted: they are left out here and counted in `other_currencies`, so that no figure pretends.

use chrono::{Datelike, Months, NaiveDate};
use kernel::{Currency, Money, Result};
use serde::Serialize;
use store::{Tx, sql};
use utoipa::ToSchema;

/// Money at a glance.
#[derive(Debug, Serialize, ToSchema)]
pub struct MoneyView {
    /// Issued this month, less what was credited.
    pub invoiced: Money,
    /// Received this month, less what was given back.
    pub paid: Money,
    /// Open and not yet due.
    pub due: Money,
    /// Open and past its due date.
    pub overdue: Money,
    pub overdue_count: i64,
    /// Open invoices in other currencies, which are not in these figures.
    pub other_currencies: i64,
    /// The last six months, oldest first.
    pub months: Vec<MonthView>,
}

/// One month.
#[derive(Debug, Serialize, ToSchema)]
pub struct MonthView {
    #[schema(example = "2026-11")]
    pub month: String,
    pub invoiced: Money,
    pub paid: Money,
}

pub async fn money(tx: &mut Tx, today: NaiveDate, currency: Currency) -> Result<MoneyView> {
    let first = today.with_day(1).unwrap_or(today);
    let mut months = Vec::new();
    for back in (0..6).rev() {
        let from = first.checked_sub_months(Months::new(back)).unwrap_or(first);
        let until = from.checked_add_months(Months::new(1)).unwrap_or(from);
        months.push(MonthView {
            month: from.format("%Y-%m").to_string(),
            invoiced: Money::new(invoiced(tx, currency, from, until).await?, currency),
            paid: Money::new(paid(tx, currency, from, until).await?, currency),
        });
    }
    let (due, _) = open(tx, currency, today, false).await?;
    let (overdue, overdue_count) = open(tx, currency, today, true).await?;
    let other_currencies = tx
        .count(sql!(
            "SELECT count(*) FROM invoice WHERE tenant_id = {} AND state = 'issued' AND settled_minor < payable_minor AND currency <> {}",
            tx.tenant_id(),
            currency
        ))
        .await?;
    let this_month = months.last();
    Ok(MoneyView {
        invoiced: this_month.map_or(Money::zero(currency), |m| m.invoiced),
        paid: this_month.map_or(Money::zero(currency), |m| m.paid),
        due: Money::new(due, currency),
        overdue: Money::new(overdue, currency),
        overdue_count,
        other_currencies,
        months,
    })
}

async fn invoiced(tx: &mut Tx, currency: Currency, from: NaiveDate, until: NaiveDate) -> Result<i64> {
    let query = sql!(
        "SELECT sum(payable_minor) FROM invoice WHERE tenant_id = {} AND state = 'issued' AND currency = {} AND issue_date >= {} AND issue_date < {}",
        tx.tenant_id(),
        currency,
        from,
        until
    );
    Ok(tx.one::<(Option<i64>,)>(query).await?.0.unwrap_or(0))
}

async fn paid(tx: &mut Tx, currency: Currency, from: NaiveDate, until: NaiveDate) -> Result<i64> {
    let query = sql!(
        "SELECT sum(CASE WHEN is_refund THEN -amount_minor ELSE amount_minor END) FROM payment WHERE tenant_id = {} AND voided_at IS NULL AND currency = {} AND paid_on >= {} AND paid_on < {}",
        tx.tenant_id(),
        currency,
        from,
        until
    );
    Ok(tx.one::<(Option<i64>,)>(query).await?.0.unwrap_or(0))
}

/// Balance and number of the open invoices, either those past due or those not.
async fn open(tx: &mut Tx, currency: Currency, today: NaiveDate, overdue: bool) -> Result<(i64, i64)> {
    let query = sql!(
        "SELECT sum(payable_minor - settled_minor), count(*) FROM invoice \
         WHERE tenant_id = {} AND state = 'issued' AND currency = {} AND settled_minor < payable_minor",
        tx.tenant_id(),
        currency
    );
    let query = if overdue { query.and("due_date <", today) } else { query.and("due_date >=", today) };
    let (sum, count): (Option<i64>, i64) = tx.one(query).await?;
    Ok((sum.unwrap_or(0), count))
}
