//! Listing companies.

use kernel::{MemberId, Page, PageRequest, Result};
use serde::Deserialize;
use store::{Sort, SortKind, Sql, Tx};

use super::{Company, CompanyId};
use crate::{
    field::custom::{
        self, CustomObject,
        filter::{Asked, Narrow},
        sorted::Side,
    },
    filter::catalogue::Noun,
    group::{self, GroupQuery, Groups},
};

const SORTS: &[Sort] = &[
    Sort::ascending("name", "name_folded", SortKind::Text),
    Sort::descending("created_at", "created_at", SortKind::Time),
    Sort::descending("updated_at", "updated_at", SortKind::Time),
];

/// How many records a search may narrow a list to.
pub(crate) const MOST_FOUND: u32 = 500;

/// How values of custom fields stand beside the records.
const SIDE: Side = Side {
    table: "company",
    join: "JOIN custom_value AS sorted ON sorted.tenant_id = company.tenant_id AND sorted.record_id = company.id",
    id: "company.id",
};

/// Which companies.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CompanyFilter {
    pub owner_id: Option<MemberId>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Only those that belong to this company.
    pub parent_id: Option<CompanyId>,
    /// Without this company and all below it: those it may belong to.
    pub not_below: Option<CompanyId>,
    /// Only companies with exactly this tag.
    pub tag: Option<String>,
    /// `true` lists what was deleted, and nothing else.
    pub deleted: Option<bool>,
}

pub async fn list(tx: &mut Tx, filter: CompanyFilter, asked: &Asked, page: &PageRequest) -> Result<Page<Company>> {
    let (select, narrow) = select(tx, filter, asked, page).await?;
    if narrow.sorts() {
        return narrow.page(tx, &SIDE, select, page).await;
    }
    tx.page(select, SORTS, page).await
}

/// All that fit, in no order.
pub(crate) async fn select(
    tx: &mut Tx,
    filter: CompanyFilter,
    asked: &Asked,
    page: &PageRequest,
) -> Result<(Sql, Narrow)> {
    let (conditions, narrow) = conditions(tx, filter, asked, page).await?;
    let select = tx.select::<Company>().append(conditions);
    Ok((select, narrow))
}

/// The same records in groups.
pub async fn groups(tx: &mut Tx, filter: CompanyFilter, asked: &Asked, query: &GroupQuery) -> Result<Groups> {
    let (conditions, _) = conditions(tx, filter, asked, &query.page()).await?;
    group::grouped(tx, Noun::Company, query, &conditions).await
}

/// What the list is narrowed to, as ` AND …` behind a select of the records.
async fn conditions(tx: &mut Tx, filter: CompanyFilter, asked: &Asked, page: &PageRequest) -> Result<(Sql, Narrow)> {
    let mut select = Sql::default()
        .push(if filter.deleted.unwrap_or(false) {
            " AND company.deleted_at IS NOT NULL AND company.merged_into IS NULL"
        } else {
            " AND company.deleted_at IS NULL"
        })
        .and_if("company.owner_id =", filter.owner_id)
        .and_if("company.country =", filter.country.map(|country| country.to_ascii_uppercase()));
    select = select.and_if("company.parent_id =", filter.parent_id);
    if let Some(top) = filter.not_below {
        select =
            select.and("company.id <>", top).push(" AND company.id NOT IN (SELECT company_id FROM company_lineage");
        select =
            select.push(" WHERE tenant_id = ").bind(tx.tenant_id()).push(" AND ancestor_id = ").bind(top).push(")");
    }
    if let Some(tag) = &filter.tag {
        select = tx.and_holds(select, "company.tags", tag);
    }
    if let Some(text) = page.text() {
        let found: Vec<CompanyId> = tx.search_ids("company", text, MOST_FOUND).await?;
        select = select.push(" AND company.id IN ").bind_list(found);
    }
    let narrow = custom::filter::read(tx, CustomObject::Company, asked, page).await?;
    select = narrow.narrow(tx, select, "company.id").await?;
    Ok((select, narrow))
}
