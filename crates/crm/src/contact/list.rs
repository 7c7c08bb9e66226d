//! Listing contacts.

use kernel::{MemberId, Page, PageRequest, Result};
use serde::Deserialize;
use store::{Sort, SortKind, Tx};

use super::{Contact, ContactId};
use crate::company::{CompanyId, list::MOST_FOUND};

const SORTS: &[Sort] = &[
    Sort::ascending("name", "name_folded", SortKind::Text),
    Sort::descending("created_at", "created_at", SortKind::Time),
    Sort::descending("updated_at", "updated_at", SortKind::Time),
];

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

pub async fn list(tx: &mut Tx, filter: ContactFilter, page: &PageRequest) -> Result<Page<Contact>> {
    let mut select = tx
        .select::<Contact>()
        .push(if filter.deleted.unwrap_or(false) {
            " AND contact.deleted_at IS NOT NULL"
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
    tx.page(select, SORTS, page).await
}
