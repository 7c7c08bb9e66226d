//! Affiliations as the API shows them.

use chrono::{DateTime, NaiveDate, Utc};
use kernel::{Permission, Result};
use serde::Serialize;
use store::Tx;
use utoipa::ToSchema;

use super::{Affiliation, AffiliationId};
use crate::{
    company::CompanyId,
    contact::{ContactId, EditContacts},
    name::{self, Ref},
};

/// A further company of a contact.
#[derive(Debug, Serialize, ToSchema)]
pub struct AffiliationView {
    pub id: AffiliationId,
    pub version: i64,
    pub contact_id: ContactId,
    pub contact: Ref<ContactId>,
    pub company_id: CompanyId,
    pub company: Ref<CompanyId>,
    #[schema(example = "Adviser")]
    pub job_title: Option<String>,
    pub since: Option<NaiveDate>,
    /// The last day; null while it lasts.
    pub until: Option<NaiveDate>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    /// `update` and `delete`, where this caller may.
    pub actions: Vec<&'static str>,
}

pub async fn views(tx: &mut Tx, affiliations: Vec<Affiliation>) -> Result<Vec<AffiliationView>> {
    let contacts = name::contacts(tx, affiliations.iter().map(|one| Some(one.contact_id))).await?;
    let companies = name::companies(tx, affiliations.iter().map(|one| Some(one.company_id))).await?;
    let may = tx.caller().holds(EditContacts::NAME);
    let whole = |one: Affiliation| AffiliationView {
        contact: contacts.of(one.contact_id),
        company: companies.of(one.company_id),
        id: one.id,
        version: one.version,
        contact_id: one.contact_id,
        company_id: one.company_id,
        job_title: one.job_title,
        since: one.since,
        until: one.until,
        created_at: one.created_at,
        updated_at: one.updated_at,
        actions: if may { vec!["update", "delete"] } else { Vec::new() },
    };
    Ok(affiliations.into_iter().map(whole).collect())
}

pub async fn view(tx: &mut Tx, affiliation: Affiliation) -> Result<AffiliationView> {
    let mut views = views(tx, vec![affiliation]).await?;
    views.pop().ok_or_else(|| kernel::Error::internal("one affiliation has one view"))
}
