//! Listing leads.

use crm::{
    field::custom::{
        self, CustomObject,
        filter::{Asked, Narrow},
        sorted::Side,
    },
    filter::catalogue::Noun,
    group::{self, GroupQuery, Groups},
};
use kernel::{MemberId, Page, PageRequest, Result};
use serde::Deserialize;
use store::{Sort, SortKind, Sql, Tx};

use super::{Lead, LeadId, LeadStatus};

/// The most that a search among leads looks at.
const MOST_FOUND: u32 = 500;

const SORTS: &[Sort] = &[
    Sort::descending("created_at", "created_at", SortKind::Time),
    Sort::descending("score", "score", SortKind::Int),
    Sort::descending("updated_at", "updated_at", SortKind::Time),
    Sort::ascending("name", "name_folded", SortKind::Text),
];

/// How values of custom fields stand beside the records.
const SIDE: Side = Side {
    table: "lead",
    join: "JOIN custom_value AS sorted ON sorted.tenant_id = lead.tenant_id AND sorted.record_id = lead.id",
    id: "lead.id",
};

/// Which leads.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct LeadFilter {
    pub status: Option<LeadStatus>,
    pub owner_id: Option<MemberId>,
    /// Exactly this source.
    pub source: Option<String>,
    /// `true` lists what was deleted, and nothing else.
    pub deleted: Option<bool>,
}

pub async fn list(tx: &mut Tx, filter: LeadFilter, asked: &Asked, page: &PageRequest) -> Result<Page<Lead>> {
    let (select, narrow) = select(tx, filter, asked, page).await?;
    if narrow.sorts() {
        return narrow.page(tx, &SIDE, select, page).await;
    }
    tx.page(select, SORTS, page).await
}

/// All that fit, in no order.
pub(super) async fn select(
    tx: &mut Tx,
    filter: LeadFilter,
    asked: &Asked,
    page: &PageRequest,
) -> Result<(Sql, Narrow)> {
    let (conditions, narrow) = conditions(tx, filter, asked, page).await?;
    Ok((tx.select::<Lead>().append(conditions), narrow))
}

/// The same records in groups.
pub async fn groups(tx: &mut Tx, filter: LeadFilter, asked: &Asked, query: &GroupQuery) -> Result<Groups> {
    let (conditions, _) = conditions(tx, filter, asked, &query.page()).await?;
    group::grouped(tx, Noun::Lead, query, &conditions).await
}

/// What the list is narrowed to, as ` AND …` behind a select of the records.
async fn conditions(tx: &mut Tx, filter: LeadFilter, asked: &Asked, page: &PageRequest) -> Result<(Sql, Narrow)> {
    let mut select = Sql::default()
        .push(if filter.deleted.unwrap_or(false) {
            " AND lead.deleted_at IS NOT NULL"
        } else {
            " AND lead.deleted_at IS NULL"
        })
        .and_if("lead.status =", filter.status)
        .and_if("lead.owner_id =", filter.owner_id)
        .and_if("lead.source =", filter.source);
    if let Some(text) = page.text() {
        let found: Vec<LeadId> = tx.search_ids("lead", text, MOST_FOUND).await?;
        select = select.push(" AND lead.id IN ").bind_list(found);
    }
    let narrow = custom::filter::read(tx, CustomObject::Lead, asked, page).await?;
    select = narrow.narrow(tx, select, "lead.id").await?;
    Ok((select, narrow))
}
