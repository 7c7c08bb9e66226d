//! Companies in bulk changes.

use chrono::{DateTime, Utc};
use kernel::{Permission, Result, Uuid, id::Id};
use serde_json::{Map, Value, json};
use store::{Sql, Tx};

use super::{
    Company, CompanyId, DeleteCompanies, EditCompanies, ReadCompanies, delete,
    list::{CompanyFilter, select},
    update::{ChangeCompany, update},
};
use crate::{
    bulk::noun::{Changeable, Rights},
    field::custom::CustomObject,
};

#[async_trait::async_trait]
impl Changeable for Company {
    type Id = CompanyId;
    type Change = ChangeCompany;
    type Filter = CompanyFilter;
    const FIELDS: &'static [&'static str] = &[
        "name",
        "legal_name",
        "country",
        "tax_id",
        "email",
        "phone",
        "website",
        "street",
        "city",
        "region",
        "postal_code",
        "language",
        "currency",
        "tags",
        "about",
        "owner_id",
        "external_id",
    ];
    const ID: &'static str = "company.id";
    const TAGS: bool = true;

    fn is(noun: &str) -> bool {
        noun == "company"
    }
    fn rights() -> Rights {
        Rights { read: ReadCompanies::NAME, edit: EditCompanies::NAME, delete: DeleteCompanies::NAME }
    }
    fn object(_: &str) -> Option<CustomObject> {
        Some(CustomObject::Company)
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
        Ok(tx.get_locked(CompanyId::from_uuid(id)).await?)
    }
    async fn change(self, tx: &mut Tx, change: ChangeCompany) -> Result<Self> {
        update(tx, self, change).await
    }
    async fn delete(self, tx: &mut Tx) -> Result<Self> {
        delete::delete(tx, self).await
    }
    async fn restore(self, tx: &mut Tx) -> Result<Self> {
        delete::restore(tx, self).await
    }
    fn held(&self) -> Map<String, Value> {
        let Value::Object(mut held) = json!(self) else { return Map::new() };
        // It is masked everywhere else; here it goes into what is kept sealed.
        held.insert("tax_id".into(), json!(self.tax_id.as_ref().map(|id| id.reveal())));
        held
    }
}
