//! Listing contacts.

use kernel::{MemberId, Page, PageRequest, Result};
use serde::Deserialize;
use store::{FromRow, Record, Row, Sort, SortKind, Sql, Tx};

use super::{Contact, ContactId};
use crate::{
    company::{CompanyId, list::MOST_FOUND},
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

/// How values of custom fields stand beside the records.
const SIDE: Side = Side {
    table: "contact",
    join: "JOIN custom_value AS sorted ON sorted.tenant_id = contact.tenant_id AND sorted.record_id = contact.id",
    id: "contact.id",
};

/// Which contacts.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ContactFilter {
    pub company_id: Option<CompanyId>,
    pub owner_id: Option<MemberId>,
    /// Only contacts with exactly this tag.
    pub tag: Option<String>,
    /// `manual`, `api`, or the id of an import.
    pub source: Option<String>,
    /// `true` lists what was deleted, and nothing else.
    pub deleted: Option<bool>,
}

/// A contact with the names of the company and the member it points at.
pub struct Listed {
    pub contact: Contact,
    pub company: Option<String>,
    pub owner: Option<String>,
}

impl FromRow for Listed {
    const SEALED: bool = Contact::SEALED;
    fn from_row(row: &mut Row) -> store::Result<Self> {
        Ok(Self { contact: Contact::from_row(row)?, company: row.take()?, owner: row.take()? })
    }
}

pub async fn list(tx: &mut Tx, filter: ContactFilter, asked: &Asked, page: &PageRequest) -> Result<Page<Listed>> {
    let (select, narrow) = select(tx, filter, asked, page).await?;
    if narrow.sorts() {
        return narrow.page(tx, &SIDE, select, page).await;
    }
    tx.page_of(Contact::TABLE, select, SORTS, page).await
}

/// All that fit, in no order.
pub(crate) async fn select(
    tx: &mut Tx,
    filter: ContactFilter,
    asked: &Asked,
    page: &PageRequest,
) -> Result<(Sql, Narrow)> {
    let (conditions, narrow) = conditions(tx, filter, asked, page).await?;
    let select = Sql::new("SELECT ")
        .append(Contact::columns())
        .push(
            ", company.name, account.name FROM contact \
             LEFT JOIN company ON company.tenant_id = contact.tenant_id AND company.id = contact.company_id \
             LEFT JOIN member ON member.tenant_id = contact.tenant_id AND member.id = contact.owner_id \
             LEFT JOIN account ON account.id = member.account_id WHERE contact.tenant_id = ",
        )
        .bind(tx.tenant_id())
        .append(conditions);
    Ok((select, narrow))
}

/// The same records in groups.
pub async fn groups(tx: &mut Tx, filter: ContactFilter, asked: &Asked, query: &GroupQuery) -> Result<Groups> {
    let (conditions, _) = conditions(tx, filter, asked, &query.page()).await?;
    group::grouped(tx, Noun::Contact, query, &conditions).await
}

/// What the list is narrowed to, as ` AND …` behind a select of the records.
async fn conditions(tx: &mut Tx, filter: ContactFilter, asked: &Asked, page: &PageRequest) -> Result<(Sql, Narrow)> {
    let mut select = Sql::default()
        .push(if filter.deleted.unwrap_or(false) {
            " AND contact.deleted_at IS NOT NULL AND contact.merged_into IS NULL"
        } else {
            " AND contact.deleted_at IS NULL"
        })
        .and_if("contact.company_id =", filter.company_id)
        .and_if("contact.owner_id =", filter.owner_id)
        .and_if("contact.source =", filter.source);
    if let Some(tag) = &filter.tag {
        select = tx.and_holds(select, "contact.tags", tag);
    }
    if let Some(text) = page.text() {
        let found: Vec<ContactId> = tx.search_ids("contact", text, MOST_FOUND).await?;
        select = select.push(" AND contact.id IN ").bind_list(found);
    }
    let narrow = custom::filter::read(tx, CustomObject::Contact, asked, page).await?;
    select = narrow.narrow(tx, select, "contact.id").await?;
    Ok((select, narrow))
}
