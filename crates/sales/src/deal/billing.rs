//! What has been invoiced of a deal, and what of it has been paid.

use crm::deal::DealId;
use kernel::{Currency, Money, Result};
use serde::Serialize;
use store::{Tx, sql};
use utoipa::ToSchema;

/// What was invoiced of a deal, a row per currency; drafts count for nothing.
#[derive(Debug, Serialize, ToSchema)]
pub struct DealBilling {
    pub deal_id: DealId,
    pub totals: Vec<DealBillingTotal>,
}

/// Of the invoices issued in one currency, with tax, less what was credited.
#[derive(Debug, Serialize, ToSchema)]
pub struct DealBillingTotal {
    pub invoices: i64,
    pub invoiced: Money,
    pub paid: Money,
    /// What is open of them: less than `invoiced - paid` where credit of another deal settled a part.
    pub balance: Money,
}

pub async fn billing(tx: &mut Tx, deal: DealId) -> Result<DealBilling> {
    let query = sql!(
        "SELECT currency, count(CASE WHEN kind <> 'credit_note' THEN 1 END), CAST(sum(payable_minor) AS BIGINT), CAST(sum(settled_minor - credited_minor) AS BIGINT), \
         CAST(sum(payable_minor - settled_minor) AS BIGINT) FROM invoice \
         WHERE tenant_id = {} AND deal_id = {} AND state = 'issued' GROUP BY currency ORDER BY currency",
        tx.tenant_id(),
        deal
    );
    let rows: Vec<(Currency, i64, i64, i64, i64)> = tx.all(query).await?;
    let totals = rows.into_iter().map(|(currency, invoices, invoiced, paid, open)| DealBillingTotal {
        invoices,
        invoiced: Money::new(invoiced, currency),
        paid: Money::new(paid, currency),
        balance: Money::new(open, currency),
    });
    Ok(DealBilling { deal_id: deal, totals: totals.collect() })
}
