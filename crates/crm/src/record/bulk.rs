//! Records of custom objects in bulk changes, each of one object.

use chrono::{DateTime, Utc};
use kernel::{Error, Permission, Result, Uuid, id::Id};
use store::{Sql, Tx};

use super::{
    CustomRecord, CustomRecordId, DeleteCustomRecords, EditCustomRecords, ReadCustomRecords, delete,
    list::{CustomRecordFilter, select},
    one,
    update::{ChangeCustomRecord, update},
};
use crate::{
    bulk::noun::{Changeable, Rights},
    field::custom::CustomObject,
    object::{self, ObjectId},
};

/// The object that is meant.
pub(super) fn of(noun: &str) -> Result<ObjectId> {
    noun.parse().map_err(|_| Error::not_found("custom_object"))
}

#[async_trait::async_trait]
impl Changeable for CustomRecord {
    type Id = CustomRecordId;
    type Change = ChangeCustomRecord;
    type Filter = CustomRecordFilter;
    const FIELDS: &'static [&'static str] = &["name", "owner_id"];
    const ID: &'static str = "custom_record.id";

    fn is(noun: &str) -> bool {
        of(noun).is_ok()
    }
    fn rights() -> Rights {
        Rights { read: ReadCustomRecords::NAME, edit: EditCustomRecords::NAME, delete: DeleteCustomRecords::NAME }
    }
    fn object(noun: &str) -> Option<CustomObject> {
        of(noun).ok().map(CustomObject::Own)
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
    fn visible(tx: &Tx, noun: &str) -> Result<Sql> {
        Ok(tx.select::<Self>().and("custom_record.object_id =", of(noun)?))
    }
    async fn matching(tx: &mut Tx, noun: &str, query: &str) -> Result<Sql> {
        let object = object::one(tx, of(noun)?).await?;
        let (filter, asked, page) = (edge::query(query)?, edge::query(query)?, edge::query(query)?);
        Ok(select(tx, object.id, &filter, &asked, &page).await?.0)
    }
    async fn locked(tx: &mut Tx, noun: &str, id: Uuid) -> Result<Self> {
        let record = one(tx, CustomRecordId::from_uuid(id), true).await?;
        if record.object_id == of(noun)? { Ok(record) } else { Err(Error::not_found("custom_record")) }
    }
    async fn change(self, tx: &mut Tx, change: ChangeCustomRecord) -> Result<Self> {
        update(tx, self, change).await
    }
    async fn delete(self, tx: &mut Tx) -> Result<Self> {
        delete::delete(tx, self).await
    }
    async fn restore(self, tx: &mut Tx) -> Result<Self> {
        delete::restore(tx, self).await
    }
}
