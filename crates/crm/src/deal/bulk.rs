//! Deals in bulk changes.

use chrono::{DateTime, Utc};
use kernel::{Permission, Result, Uuid, id::Id};
use serde_json::{Map, Value, json};
use store::{Sql, Tx};

use super::{
    Deal, DealId, DeleteDeals, EditDeals, ReadDeals, delete,
    list::{DealFilter, select},
    place,
    update::{ChangeDeal, update},
};
use crate::{
    bulk::noun::{Changeable, Rights},
    field::custom::CustomObject,
    pipeline::StageId,
};

#[async_trait::async_trait]
impl Changeable for Deal {
    type Id = DealId;
    type Change = ChangeDeal;
    type Filter = DealFilter;
    const FIELDS: &'static [&'static str] =
        &["name", "company_id", "contact_id", "amount", "expected_close", "owner_id"];
    const ID: &'static str = "deal.id";
    const STAGES: bool = true;

    fn is(noun: &str) -> bool {
        noun == "deal"
    }
    fn rights() -> Rights {
        Rights { read: ReadDeals::NAME, edit: EditDeals::NAME, delete: DeleteDeals::NAME }
    }
    fn object(_: &str) -> Option<CustomObject> {
        Some(CustomObject::Deal)
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
        Ok(tx.get_locked(DealId::from_uuid(id)).await?)
    }
    async fn change(self, tx: &mut Tx, change: ChangeDeal) -> Result<Self> {
        update(tx, self, change).await
    }
    async fn move_to(self, tx: &mut Tx, stage: StageId) -> Result<Self> {
        place::move_to(tx, self, stage, None).await
    }
    async fn delete(self, tx: &mut Tx) -> Result<Self> {
        delete::delete(tx, self).await
    }
    async fn restore(self, tx: &mut Tx) -> Result<Self> {
        delete::restore(tx, self).await
    }
    fn held(&self) -> Map<String, Value> {
        let Value::Object(mut held) = json!(self) else { return Map::new() };
        held.insert("amount".into(), json!(self.amount()));
        held
    }
}
