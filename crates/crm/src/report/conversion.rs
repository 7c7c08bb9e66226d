//! How far the deals that were made in a period came: for each stage, how many reached it or one behind it, of those that
//! began, and of those that reached the stage before. The cohort is the deals whose history is known from the beginning.

use std::collections::HashMap;

use kernel::Result;
use store::{Tx, sql};

use super::{ReportColumn, ReportRow, ReportUnit, Wanted, column, percent};
use crate::{
    deal::{DealId, DealState},
    pipeline::{PipelineId, StageId},
};

pub(super) async fn count(tx: &mut Tx, wanted: &Wanted) -> Result<(Vec<ReportColumn>, Vec<ReportRow>)> {
    let query = sql!(
        "SELECT deal.id, deal.state, deal.pipeline_id, deal_stage.stage_id FROM deal JOIN deal_stage \
         ON deal_stage.tenant_id = deal.tenant_id AND deal_stage.deal_id = deal.id \
         WHERE deal.tenant_id = {} AND deal_stage.pipeline_id = {} AND deal.deleted_at IS NULL \
         AND deal.created_at >= {} AND deal.created_at < {}",
        tx.tenant_id(),
        wanted.pipeline.id,
        wanted.span.0,
        wanted.span.1
    );
    let found: Vec<(DealId, DealState, PipelineId, StageId)> =
        tx.all(query.and_if("deal.owner_id =", wanted.owner)).await?;
    let place = |stage: StageId| wanted.stages.iter().position(|known| known.id == stage);
    // The furthest stage each reached; what was won here has passed them all. What went on to another pipeline was won there.
    let mut furthest: HashMap<DealId, usize> = HashMap::new();
    let mut won = 0;
    for (deal, state, pipeline, stage) in found {
        let Some(at) = place(stage) else { continue };
        let is_new = !furthest.contains_key(&deal);
        let is_won = state == DealState::Won && pipeline == wanted.pipeline.id;
        won += i64::from(is_new && is_won);
        let at = if is_won { wanted.stages.len().saturating_sub(1) } else { at };
        let far = furthest.entry(deal).or_insert(at);
        *far = (*far).max(at);
    }
    let reached = |at: usize| i64::try_from(furthest.values().filter(|far| **far >= at).count()).unwrap_or(i64::MAX);
    let began = reached(0);
    let mut before = began;
    let mut rows: Vec<ReportRow> = Vec::new();
    for (at, stage) in wanted.stages.iter().enumerate() {
        let here = reached(at);
        rows.push(row(Some(stage.name.clone()), Some(stage.id.to_string()), None, here, began, before));
        before = here;
    }
    rows.push(row(None, None, Some("won"), won, began, before));
    let columns = vec![
        column("deals", ReportUnit::Count),
        column("of_all", ReportUnit::Percent),
        column("of_before", ReportUnit::Percent),
    ];
    Ok((columns, rows))
}

fn row(
    label: Option<String>,
    id: Option<String>,
    special: Option<&str>,
    here: i64,
    began: i64,
    before: i64,
) -> ReportRow {
    let values = vec![Some(here.to_string()), percent(here, began), percent(here, before)];
    ReportRow { label, id, special: special.map(str::to_owned), values }
}
