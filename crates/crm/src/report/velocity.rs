//! How long deals that were closed in a period stood in each stage, and how long the won ones took from beginning to end.

use chrono::{DateTime, Utc};
use kernel::Result;
use store::{Tx, sql};

use super::{ReportColumn, ReportRow, ReportUnit, Wanted, column, median_days};
use crate::{
    deal::{DealId, DealState},
    pipeline::StageId,
};

pub(super) async fn count(tx: &mut Tx, wanted: &Wanted) -> Result<(Vec<ReportColumn>, Vec<ReportRow>)> {
    let stays = sql!(
        "SELECT deal_stage.stage_id, deal_stage.entered_at, deal_stage.left_at FROM deal JOIN deal_stage \
         ON deal_stage.tenant_id = deal.tenant_id AND deal_stage.deal_id = deal.id \
         WHERE deal.tenant_id = {} AND deal_stage.pipeline_id = {} AND deal.deleted_at IS NULL \
         AND deal_stage.left_at IS NOT NULL AND deal.state <> {} AND deal.closed_at >= {} AND deal.closed_at < {}",
        tx.tenant_id(),
        wanted.pipeline.id,
        DealState::Open,
        wanted.span.0,
        wanted.span.1
    );
    let stays: Vec<(StageId, DateTime<Utc>, DateTime<Utc>)> =
        tx.all(stays.and_if("deal.owner_id =", wanted.owner)).await?;
    let won = sql!(
        "SELECT deal.id, deal.created_at, deal.closed_at FROM deal WHERE deal.tenant_id = {} AND deal.pipeline_id = {} \
         AND deal.deleted_at IS NULL AND deal.state = {} AND deal.closed_at >= {} AND deal.closed_at < {}",
        tx.tenant_id(),
        wanted.pipeline.id,
        DealState::Won,
        wanted.span.0,
        wanted.span.1
    );
    let won: Vec<(DealId, DateTime<Utc>, DateTime<Utc>)> = tx.all(won.and_if("deal.owner_id =", wanted.owner)).await?;
    let mut rows: Vec<ReportRow> = Vec::new();
    for stage in &wanted.stages {
        let spans: Vec<_> = stays.iter().filter(|(id, ..)| *id == stage.id).map(|(_, from, to)| *to - *from).collect();
        rows.push(ReportRow {
            label: Some(stage.name.clone()),
            id: Some(stage.id.to_string()),
            special: None,
            values: vec![Some(spans.len().to_string()), median_days(spans)],
        });
    }
    let whole: Vec<_> = won.iter().map(|(_, from, to)| *to - *from).collect();
    let values = vec![Some(whole.len().to_string()), median_days(whole)];
    rows.push(ReportRow { label: None, id: None, special: Some("won".to_owned()), values });
    Ok((vec![column("deals", ReportUnit::Count), column("median", ReportUnit::Days)], rows))
}
