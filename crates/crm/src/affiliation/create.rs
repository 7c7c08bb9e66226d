//! Writing down a further company of a contact.

use chrono::NaiveDate;
use kernel::{Change, Error, Result};
use serde::Deserialize;
use store::{OnConstraint, Tx, sql};
use utoipa::ToSchema;

use super::{Affiliation, AffiliationId, Became, MOST, in_order, tell};
use crate::{
    company::{self, CompanyId},
    contact::{self, Contact, ContactId},
    field,
};

/// A further company of a contact.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAffiliation {
    pub contact_id: ContactId,
    pub company_id: CompanyId,
    #[serde(default)]
    #[schema(example = "Adviser")]
    pub job_title: Option<String>,
    #[serde(default)]
    pub since: Option<NaiveDate>,
    #[serde(default)]
    pub until: Option<NaiveDate>,
}

pub async fn create(tx: &mut Tx, input: NewAffiliation) -> Result<Affiliation> {
    contact::must_exist(tx, "contact_id", Some(input.contact_id)).await?;
    company::must_exist(tx, "company_id", Some(input.company_id)).await?;
    // Locked: two who write at once see each other, and the contact's own company stays what it is.
    let contact: Contact = tx.get_locked(input.contact_id).await?;
    if contact.company_id == Some(input.company_id) {
        let sentence = "The contact works for this company already. Choose another one.";
        return Err(Error::invalid("company_id", "company_is_own", sentence));
    }
    in_order(input.since, input.until)?;
    let count = sql!(
        "SELECT count(*) FROM affiliation WHERE tenant_id = {} AND contact_id = {}",
        tx.tenant_id(),
        input.contact_id
    );
    if tx.count(count).await? >= MOST {
        let sentence = format!("A contact has at most {MOST} further companies. Remove one first.");
        return Err(Error::invalid("company_id", "too_many", sentence));
    }
    let affiliation = Affiliation {
        id: AffiliationId::new(),
        version: 1,
        contact_id: input.contact_id,
        company_id: input.company_id,
        job_title: field::line("job_title", input.job_title.as_deref(), 120)?,
        since: input.since,
        until: input.until,
        created_at: tx.now(),
        updated_at: tx.now(),
    };
    tx.insert(&affiliation).await.on_constraint("affiliation_contact_id_company_id_key", || {
        let sentence = "This contact works with that company already. Change what is written down there.";
        Error::invalid("company_id", "affiliated_already", sentence)
    })?;
    tx.audit(Change::new("affiliation.create", affiliation.id).after(&affiliation)).await?;
    tell(tx, Became::Made, &affiliation).await?;
    Ok(affiliation)
}
