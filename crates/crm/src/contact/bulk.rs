//! Contacts in bulk changes.

use chrono::{DateTime, Utc};
use kernel::{Permission, Result, Uuid, id::Id};
use store::{Sql, Tx};

use super::{
    Contact, ContactId, DeleteContacts, EditContacts, ReadContacts, delete,
    list::{ContactFilter, select},
    update::{ChangeContact, update},
};
use crate::{
    bulk::noun::{Changeable, Rights},
    field::custom::CustomObject,
};

#[async_trait::async_trait]
impl Changeable for Contact {
    type Id = ContactId;
    type Change = ChangeContact;
    type Filter = ContactFilter;
    const FIELDS: &'static [&'static str] = &[
        "company_id",
        "given_name",
        "family_name",
        "job_title",
        "email",
        "phone",
        "emails",
        "phones",
        "street",
        "city",
        "region",
        "postal_code",
        "country",
        "birth_date",
        "language",
        "tags",
        "about",
        "linkedin_url",
        "owner_id",
        "external_id",
    ];
    const ID: &'static str = "contact.id";
    const TAGS: bool = true;

    fn is(noun: &str) -> bool {
        noun == "contact"
    }
    fn rights() -> Rights {
        Rights { read: ReadContacts::NAME, edit: EditContacts::NAME, delete: DeleteContacts::NAME }
    }
    fn object(_: &str) -> Option<CustomObject> {
        Some(CustomObject::Contact)
    }
    fn id(&self) -> Uuid {
        self.id.uuid()
    }
    fn called(&self) -> String {
        self.display_name.clone()
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
        Ok(tx.get_locked(ContactId::from_uuid(id)).await?)
    }
    async fn change(self, tx: &mut Tx, change: ChangeContact) -> Result<Self> {
        update(tx, self, change).await
    }
    async fn delete(self, tx: &mut Tx) -> Result<Self> {
        delete::delete(tx, self).await
    }
    async fn restore(self, tx: &mut Tx) -> Result<Self> {
        delete::restore(tx, self).await
    }
}
