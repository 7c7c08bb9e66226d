//! The open deals by stage.

use kernel::{Currency, Money, Result};
use serde::Serialize;
use store::{Tx, sql};
use utoipa::ToSchema;

/// A stage and what stands in it.
#[derive(Debug, Serialize, ToSchema)]
pub struct StageTotalView {
    pub stage_id: crm::pipeline::StageId,
    pub name: String,
    /// Percent.
    pub probability: i64,
    pub count: i64,
    /// Of the deals in the tenant's currency.
    pub total: Money,
}

pub async fn pipeline(tx: &mut Tx, currency: Currency) -> Result<Vec<StageTotalView>> {
    let query = sql!(
        "SELECT stage.id, stage.name, stage.probability, count(deal.id), sum(CASE WHEN deal.currency = {} THEN deal.amount_minor ELSE 0 END) \
         FROM stage LEFT JOIN deal ON deal.tenant_id = stage.tenant_id AND deal.stage_id = stage.id AND deal.state = 'open' AND deal.deleted_at IS NULL \
         WHERE stage.tenant_id = {} GROUP BY stage.id, stage.name, stage.probability, stage.pipeline_id, stage.position ORDER BY stage.pipeline_id, stage.position",
        currency,
        tx.tenant_id()
    );
    let found: Vec<(crm::pipeline::StageId, String, i64, i64, Option<i64>)> = tx.all(query).await?;
    Ok(found
        .into_iter()
        .map(|(stage_id, name, probability, count, total)| StageTotalView {
            stage_id,
            name,
            probability,
            count,
            total: Money::new(total.unwrap_or(0), currency),
        })
        .collect())
}
