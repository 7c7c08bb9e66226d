//! The board: the open deals of one pipeline, stage by stage, in the order people have put them.

use std::collections::HashMap;

use kernel::{Currency, Error, MemberId, Money, Result};
use serde::{Deserialize, Serialize};
use store::{Tx, sql};
use utoipa::ToSchema;

use super::{
    Deal, DealState,
    view::{DealView, views},
};
use crate::{
    name::Ref,
    pipeline::{Pipeline, PipelineId, Stage, StageId, view::StageView},
};

/// Deals shown per stage; the rest are counted, and read from the list sorted by `position`.
const SHOWN: i64 = 50;

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
    let mut shown: HashMap<StageId, Vec<DealView>> = HashMap::new();
    let first = first(tx, pipeline.id, filter.owner_id).await?;
    for deal in views(tx, first).await? {
        shown.entry(deal.stage_id).or_default().push(deal);
    }
    let stages = stages.into_iter().map(|stage| {
        let sum = sums.remove(&stage.id).unwrap_or_default();
        let items = shown.remove(&stage.id).unwrap_or_default();
        BoardStage { stage: StageView::of(stage, tx.caller()), count: sum.count, totals: sum.totals, items }
    });
    Ok(Board { pipeline: Ref { id: pipeline.id, name: pipeline.name }, stages: stages.collect() })
}

async fn sums(tx: &mut Tx, pipeline: PipelineId, owner: Option<MemberId>) -> Result<HashMap<StageId, Sum>> {
    let query = sql!(
        "SELECT stage_id, currency, count(*), sum(amount_minor) FROM deal \
         WHERE tenant_id = {} AND pipeline_id = {} AND state = {} AND deleted_at IS NULL",
        tx.tenant_id(),
        pipeline,
        DealState::Open
    );
    let query = query.and_if("owner_id =", owner).push(" GROUP BY stage_id, currency ORDER BY currency");
    let rows: Vec<(StageId, Currency, i64, i64)> = tx.all(query).await?;
    let mut sums: HashMap<StageId, Sum> = HashMap::new();
    for (stage, currency, count, minor) in rows {
        let sum = sums.entry(stage).or_default();
        sum.count += count;
        sum.totals.push(Money::new(minor, currency));
    }
    Ok(sums)
}

/// The first deals of every stage, in order.
async fn first(tx: &mut Tx, pipeline: PipelineId, owner: Option<MemberId>) -> Result<Vec<Deal>> {
    let ranked = sql!(
        "SELECT id, row_number() OVER (PARTITION BY stage_id ORDER BY position, id) AS place FROM deal \
         WHERE tenant_id = {} AND pipeline_id = {} AND state = {} AND deleted_at IS NULL",
        tx.tenant_id(),
        pipeline,
        DealState::Open
    );
    let select = tx
        .select::<Deal>()
        .push(" AND deal.id IN (SELECT ranked.id FROM (")
        .append(ranked.and_if("owner_id =", owner))
        .push(") AS ranked WHERE ranked.place <= ")
        .bind(SHOWN)
        .push(") ORDER BY deal.position, deal.id");
    Ok(tx.all(select).await?)
}
