//! Leads as far as their own fields go: how their values are rewritten, and what finds them. Their noun stands above this
//! domain, which knows nothing else of them.
//!
//! Invariant: a score, which changes without a version, is neither read nor written here.

use chrono::{DateTime, Utc};
use kernel::{Error, Json, Result, Uuid, id::Id};
use store::{Tx, search::Document, sql};

use super::{CustomObject, Customized, Values, searchable};
use crate::subject::LeadId;

store::record! {
    /// The values of a lead, and what else finds it.
    pub struct LeadValues in lead {
        id: LeadId,
        version: i64,
        /// What lists call it.
        name: String,
        company_name: Option<String>,
        email: Option<String>,
        phone: Option<String>,
        custom: Json<Values>,
        deleted_at: Option<DateTime<Utc>>,
        updated_at: DateTime<Utc>,
    }
}

impl Customized for LeadValues {
    fn object(&self) -> CustomObject {
        CustomObject::Lead
    }
    fn record_id(&self) -> Uuid {
        self.id.uuid()
    }
    fn custom(&self) -> &Values {
        &self.custom.0
    }
    fn custom_mut(&mut self) -> &mut Values {
        &mut self.custom.0
    }
    async fn reindex(&self, tx: &mut Tx) -> Result<()> {
        if self.deleted_at.is_some() { Ok(()) } else { index(tx, self).await }
    }
}

/// Writes what a search finds the lead by.
pub async fn index(tx: &mut Tx, lead: &LeadValues) -> Result<()> {
    let mut document = Document::new("lead", lead.id, &lead.name)
        .subtitle(lead.company_name.clone().or_else(|| lead.email.clone()).unwrap_or_default())
        .text(lead.company_name.as_deref())
        .text(lead.email.as_deref())
        .text(lead.phone.as_deref());
    document.text.extend(searchable(tx, CustomObject::Lead, &lead.custom.0).await?);
    Ok(tx.index(document).await?)
}

/// Refuses a relation to a lead that this tenant does not have.
pub(super) async fn must_exist(tx: &mut Tx, field: &str, id: Option<LeadId>) -> Result<()> {
    let Some(id) = id else { return Ok(()) };
    let query = sql!(
        "SELECT count(*) FROM lead WHERE tenant_id = {} AND id = {} AND deleted_at IS NULL",
        tx.tenant_id(),
        id.uuid()
    );
    if tx.count(query).await? == 1 {
        return Ok(());
    }
    Err(Error::invalid(field, "lead_unknown", "There is no such lead. Choose one from the list."))
}
