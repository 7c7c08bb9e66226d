//! Listing deals.

use kernel::{MemberId, Page, PageRequest, Result};
use serde::Deserialize;
use store::{Sort, SortKind, Sql, Tx, sql};

use super::{Deal, DealId, DealState};
use crate::{
    company::{CompanyId, list::MOST_FOUND},
    contact::ContactId,
    field::custom::{
        self, CustomObject,
        filter::{Asked, Narrow},
        sorted::Side,
    },
    filter::catalogue::Noun,
    group::{self, GroupQuery, Groups},
    pipeline::{PipelineId, StageId},
};

pub(super) const SORTS: &[Sort] = &[
    Sort::descending("created_at", "created_at", SortKind::Time),
    Sort::descending("updated_at", "updated_at", SortKind::Time),
    Sort::ascending("name", "name_folded", SortKind::Text),
    // The order of the board: how a stage with many deals is read on.
    Sort::ascending("position", "position", SortKind::Int),
];

/// How values of custom fields stand beside the records.
const SIDE: Side = Side {
    table: "deal",
    join: "JOIN custom_value AS sorted ON sorted.tenant_id = deal.tenant_id AND sorted.record_id = deal.id",
    id: "deal.id",
};

/// Which deals.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DealFilter {
    pub pipeline_id: Option<PipelineId>,
    pub stage_id: Option<StageId>,
    pub state: Option<DealState>,
    pub company_id: Option<CompanyId>,
    pub contact_id: Option<ContactId>,
    pub owner_id: Option<MemberId>,
    /// `true` lists open deals that stand in their stage for longer than it allows.
    pub rotting: Option<bool>,
    /// `true` lists what was deleted, and nothing else.
    pub deleted: Option<bool>,
}

pub async fn list(tx: &mut Tx, filter: DealFilter, asked: &Asked, page: &PageRequest) -> Result<Page<Deal>> {
    let (select, narrow) = select(tx, filter, asked, page).await?;
    if narrow.sorts() {
        return narrow.page(tx, &SIDE, select, page).await;
    }
    tx.page(select, SORTS, page).await
}

/// All that fit, in no order.
pub(crate) async fn select(
    tx: &mut Tx,
    filter: DealFilter,
    asked: &Asked,
    page: &PageRequest,
) -> Result<(Sql, Narrow)> {
    let (conditions, narrow) = conditions(tx, filter, asked, page).await?;
    let select = tx.select::<Deal>().append(conditions);
    Ok((select, narrow))
}

/// The same records in groups.
pub async fn groups(tx: &mut Tx, filter: DealFilter, asked: &Asked, query: &GroupQuery) -> Result<Groups> {
    let (conditions, _) = conditions(tx, filter, asked, &query.page()).await?;
    group::grouped(tx, Noun::Deal, query, &conditions).await
}

/// What the list is narrowed to, as ` AND …` behind a select of the records.
async fn conditions(tx: &mut Tx, filter: DealFilter, asked: &Asked, page: &PageRequest) -> Result<(Sql, Narrow)> {
    let mut select = Sql::default()
        .push(if filter.deleted.unwrap_or(false) {
            " AND deal.deleted_at IS NOT NULL"
        } else {
            " AND deal.deleted_at IS NULL"
        })
        .and_if("deal.pipeline_id =", filter.pipeline_id)
        .and_if("deal.stage_id =", filter.stage_id)
        .push(standing(filter.state))
        .and_if("deal.company_id =", filter.company_id)
        .and_if("deal.contact_id =", filter.contact_id)
        .and_if("deal.owner_id =", filter.owner_id);
    if filter.rotting.unwrap_or(false) {
        select = rotting(tx, select).await?;
    }
    if let Some(text) = page.text() {
        let found: Vec<DealId> = tx.search_ids("deal", text, MOST_FOUND).await?;
        select = select.push(" AND deal.id IN ").bind_list(found);
    }
    let narrow = custom::filter::read(tx, CustomObject::Deal, asked, page).await?;
    select = narrow.narrow(tx, select, "deal.id").await?;
    Ok((select, narrow))
}

/// Literally, so that the index of open deals, which the board stands on, serves the list too.
fn standing(state: Option<DealState>) -> &'static str {
    match state {
        None => "",
        Some(DealState::Open) => " AND deal.state = 'open'",
        Some(DealState::Won) => " AND deal.state = 'won'",
        Some(DealState::Lost) => " AND deal.state = 'lost'",
    }
}

/// Those that stand in a stage for longer than it allows: a handful of stages, each with its own moment.
async fn rotting(tx: &mut Tx, select: Sql) -> Result<Sql> {
    let query = sql!(
        "SELECT id, rots_after_days FROM stage WHERE tenant_id = {} AND rots_after_days IS NOT NULL",
        tx.tenant_id()
    );
    let stages: Vec<(StageId, i64)> = tx.all(query).await?;
    let mut select = select.and("deal.state =", DealState::Open).push(" AND (FALSE");
    for (stage, days) in stages {
        let since = tx.now() - chrono::TimeDelta::try_days(days).unwrap_or_default();
        select =
            select.push(" OR (deal.stage_id = ").bind(stage).push(" AND deal.stage_since < ").bind(since).push(")");
    }
    Ok(select.push(")"))
}
