//! The board: the open deals of one pipeline, stage by stage, in the order people have put them.
//!
//! Invariant: it reads a page of each stage and no more, however many deals there are; what they add up to is read from an
//! index alone. Both indexes hold open deals only, so that what was closed long ago costs nothing.

use std::collections::HashMap;

use kernel::{Currency, Error, MemberId, Money, Page, PageRequest, Result};
use serde::{Deserialize, Serialize};
use store::{Tx, sql};
use utoipa::ToSchema;

use super::{
    Deal,
    list::SORTS,
    view::{DealView, views},
};
use crate::{
    name::Ref,
    pipeline::{Pipeline, PipelineId, Stage, StageId, view::StageView},
};

/// Deals shown per stage; the rest are counted, and read on from the list.
const SHOWN: u32 = 50;

/// Which board.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct BoardFilter {
    /// The first pipeline unless given.
    pub pipeline_id: Option<PipelineId>,
    pub owner_id: Option<MemberId>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Board {
    pub pipeline: Ref<PipelineId>,
    /// From the first stage to the last.
    pub stages: Vec<BoardStage>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct BoardStage {
    pub stage: StageView,
    /// All open deals of the stage, shown or not.
    pub count: i64,
    /// What they add up to, by currency.
    pub totals: Vec<Money>,
    /// The first 50.
    pub items: Vec<DealView>,
    /// Where the list of this stage's open deals, sorted by `position`, goes on; null when all are shown.
    pub next_cursor: Option<String>,
}

#[derive(Default)]
struct Sum {
    count: i64,
    totals: Vec<Money>,
}

/// The board over `pipelines`, which are all the tenant has.
pub async fn board(tx: &mut Tx, pipelines: Vec<(Pipeline, Vec<Stage>)>, filter: &BoardFilter) -> Result<Board> {
    let wanted = pipelines.into_iter().find(|(pipeline, _)| filter.pipeline_id.is_none_or(|id| pipeline.id == id));
    let (pipeline, stages) = wanted.ok_or_else(|| Error::not_found("pipeline"))?;
    let mut sums = sums(tx, pipeline.id, filter.owner_id).await?;
    let (mut first, mut cursors) = (Vec::new(), HashMap::new());
    for stage in &stages {
        let page = page(tx, stage.id, filter.owner_id).await?;
        cursors.extend(page.next_cursor.map(|cursor| (stage.id, cursor)));
        first.extend(page.items);
    }
    let mut shown: HashMap<StageId, Vec<DealView>> = HashMap::new();
    for deal in views(tx, first).await? {
        shown.entry(deal.stage_id).or_default().push(deal);
    }
    let stages = stages.into_iter().map(|stage| {
        let sum = sums.remove(&stage.id).unwrap_or_default();
        let items = shown.remove(&stage.id).unwrap_or_default();
        let next_cursor = cursors.remove(&stage.id);
        BoardStage {
            stage: StageView::of(stage, tx.caller()),
            count: sum.count,
            totals: sum.totals,
            items,
            next_cursor,
        }
    });
    Ok(Board { pipeline: Ref { id: pipeline.id, name: pipeline.name }, stages: stages.collect() })
}

async fn sums(tx: &mut Tx, pipeline: PipelineId, owner: Option<MemberId>) -> Result<HashMap<StageId, Sum>> {
    let query = sql!(
        "SELECT stage_id, currency, count(*), CAST(sum(amount_minor) AS BIGINT) FROM deal \
         WHERE tenant_id = {} AND pipeline_id = {} AND state = 'open' AND deleted_at IS NULL",
        tx.tenant_id(),
        pipeline
    );
    let query = query.and_if("owner_id =", owner).push(" GROUP BY stage_id, currency ORDER BY stage_id, currency");
    let rows: Vec<(StageId, Currency, i64, i64)> = tx.all(query).await?;
    let mut sums: HashMap<StageId, Sum> = HashMap::new();
    for (stage, currency, count, minor) in rows {
        let sum = sums.entry(stage).or_default();
        sum.count += count;
        sum.totals.push(Money::new(minor, currency));
    }
    Ok(sums)
}

/// The first deals of a stage, in order.
async fn page(tx: &mut Tx, stage: StageId, owner: Option<MemberId>) -> Result<Page<Deal>> {
    let select = tx
        .select::<Deal>()
        .push(" AND deal.deleted_at IS NULL AND deal.state = 'open'")
        .and("deal.stage_id =", stage)
        .and_if("deal.owner_id =", owner);
    let request = PageRequest { limit: Some(SHOWN), sort: Some("position".into()), ..PageRequest::default() };
    tx.page(select, SORTS, &request).await
}
