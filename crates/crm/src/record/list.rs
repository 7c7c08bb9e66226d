//! Listing the records of a custom object.

use kernel::{MemberId, Page, PageRequest, Result};
use serde::Deserialize;
use store::{Sort, SortKind, Sql, Tx};

use super::CustomRecord;
use crate::{
    company::list::MOST_FOUND,
    field::custom::{
        self, CustomObject,
        filter::{Asked, Narrow},
        sorted::Side,
    },
    filter::catalogue::Noun,
    group::{self, GroupQuery, Groups},
    object::ObjectId,
};

const SORTS: &[Sort] = &[
    Sort::descending("created_at", "created_at", SortKind::Time),
    Sort::descending("updated_at", "updated_at", SortKind::Time),
    Sort::ascending("name", "name_folded", SortKind::Text),
];

/// How values of custom fields stand beside the records.
const SIDE: Side = Side {
    table: "custom_record",
    join: "JOIN custom_value AS sorted ON sorted.tenant_id = custom_record.tenant_id \
           AND sorted.record_id = custom_record.id",
    id: "custom_record.id",
};

/// Which records.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CustomRecordFilter {
    pub owner_id: Option<MemberId>,
    /// `true` lists what was deleted, and nothing else.
    pub deleted: Option<bool>,
}

pub async fn list(
    tx: &mut Tx,
    object: ObjectId,
    filter: &CustomRecordFilter,
    asked: &Asked,
    page: &PageRequest,
) -> Result<Page<CustomRecord>> {
    let (select, narrow) = select(tx, object, filter, asked, page).await?;
    if narrow.sorts() {
        return narrow.page(tx, &SIDE, select, page).await;
    }
    tx.page(select, SORTS, page).await
}

/// All that fit, in no order.
pub(crate) async fn select(
    tx: &mut Tx,
    object: ObjectId,
    filter: &CustomRecordFilter,
    asked: &Asked,
    page: &PageRequest,
) -> Result<(Sql, Narrow)> {
    let (conditions, narrow) = conditions(tx, object, filter, asked, page).await?;
    Ok((tx.select::<CustomRecord>().append(conditions), narrow))
}

/// The same records in groups.
pub async fn groups(
    tx: &mut Tx,
    object: ObjectId,
    filter: &CustomRecordFilter,
    asked: &Asked,
    query: &GroupQuery,
) -> Result<Groups> {
    let (conditions, _) = conditions(tx, object, filter, asked, &query.page()).await?;
    group::grouped(tx, Noun::Own(object), query, &conditions).await
}

/// What the list is narrowed to, as ` AND …` behind a select of the records.
async fn conditions(
    tx: &mut Tx,
    object: ObjectId,
    filter: &CustomRecordFilter,
    asked: &Asked,
    page: &PageRequest,
) -> Result<(Sql, Narrow)> {
    let mut select = Sql::default()
        .and("custom_record.object_id =", object)
        .push(if filter.deleted.unwrap_or(false) {
            " AND custom_record.deleted_at IS NOT NULL"
        } else {
            " AND custom_record.deleted_at IS NULL"
        })
        .and_if("custom_record.owner_id =", filter.owner_id);
    if let Some(text) = page.text() {
        let found = super::found(tx, object, text, MOST_FOUND).await?;
        select = select.push(" AND custom_record.id IN ").bind_list(found);
    }
    let narrow = custom::filter::read(tx, CustomObject::Own(object), asked, page).await?;
    select = narrow.narrow(tx, select, "custom_record.id").await?;
    Ok((select, narrow))
}
