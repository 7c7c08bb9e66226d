//! Listing affiliations: of a contact, or of a company; those whose other end is there.

use kernel::{Error, Page, PageRequest, Result};
use serde::Deserialize;
use store::{Sort, SortKind, Tx};

use super::Affiliation;
use crate::{company::CompanyId, contact::ContactId};

const SORTS: &[Sort] = &[Sort::ascending("created_at", "created_at", SortKind::Time)];

/// Whose; one of the two must be given.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AffiliationFilter {
    pub contact_id: Option<ContactId>,
    pub company_id: Option<CompanyId>,
}

pub async fn list(tx: &mut Tx, filter: AffiliationFilter, page: &PageRequest) -> Result<Page<Affiliation>> {
    if filter.contact_id.is_none() && filter.company_id.is_none() {
        return Err(Error::invalid("contact_id", "required", "Say whose: give contact_id or company_id."));
    }
    let select = tx
        .select::<Affiliation>()
        .and_if("affiliation.contact_id =", filter.contact_id)
        .and_if("affiliation.company_id =", filter.company_id)
        .push(
            " AND EXISTS (SELECT 1 FROM contact WHERE contact.tenant_id = affiliation.tenant_id \
             AND contact.id = affiliation.contact_id AND contact.deleted_at IS NULL) \
             AND EXISTS (SELECT 1 FROM company WHERE company.tenant_id = affiliation.tenant_id \
             AND company.id = affiliation.company_id AND company.deleted_at IS NULL)",
        );
    tx.page(select, SORTS, page).await
}
