//! Leads in bulk changes. A lead that is given to nobody is changed; one that is given to somebody is assigned.

use chrono::{DateTime, Utc};
use crm::{
    bulk::noun::{Changeable, Rights},
    field::custom::CustomObject,
};
use kernel::{MemberId, Patch, Permission, Result, Uuid, id::Id};
use store::{Sql, Tx};

use super::{
    DeleteLeads, EditLeads, Lead, LeadId, ReadLeads,
    assign::{self, AssignLead},
    delete,
    list::{LeadFilter, select},
    update::{ChangeLead, update},
};

#[async_trait::async_trait]
impl Changeable for Lead {
    type Id = LeadId;
    type Change = ChangeLead;
    type Filter = LeadFilter;
    const FIELDS: &'static [&'static str] = &[
        "given_name",
        "family_name",
        "company_name",
        "email",
        "phone",
        "country",
        "language",
        "message",
        "status",
        "disqualified_reason",
        "owner_id",
    ];
    const ID: &'static str = "lead.id";

    fn is(noun: &str) -> bool {
        noun == "lead"
    }
    fn rights() -> Rights {
        Rights { read: ReadLeads::NAME, edit: EditLeads::NAME, delete: DeleteLeads::NAME }
    }
    fn object(_: &str) -> Option<CustomObject> {
        Some(CustomObject::Lead)
    }
    fn id(&self) -> Uuid {
        self.id.uuid()
    }
    fn called(&self) -> String {
        self.name.clone()
    }
    fn version(&self) -> i64 {
        self.version
    }
    fn deleted_at(&self) -> Option<DateTime<Utc>> {
        self.deleted_at
    }
    async fn matching(tx: &mut Tx, _: &str, query: &str) -> Result<Sql> {
        let (filter, asked, page) = (edge::query(query)?, edge::query(query)?, edge::query(query)?);
        Ok(select(tx, filter, &asked, &page).await?.0)
    }
    async fn locked(tx: &mut Tx, _: &str, id: Uuid) -> Result<Self> {
        Ok(tx.get_locked(LeadId::from_uuid(id)).await?)
    }
    async fn change(self, tx: &mut Tx, change: ChangeLead) -> Result<Self> {
        update(tx, self, change).await
    }
    async fn assign(self, tx: &mut Tx, owner: Option<MemberId>) -> Result<Self> {
        match owner {
            Some(_) => assign::assign(tx, self, AssignLead { owner_id: owner }).await,
            None => update(tx, self, ChangeLead { owner_id: Patch::Clear, ..ChangeLead::default() }).await,
        }
    }
    async fn delete(self, tx: &mut Tx) -> Result<Self> {
        delete::delete(tx, self).await
    }
    async fn restore(self, tx: &mut Tx) -> Result<Self> {
        delete::restore(tx, self).await
    }
}
