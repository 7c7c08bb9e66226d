//! A record of a custom object: a name, an owner, and values of the object's custom fields.
//!
//! Invariants: a record is of one object for ever; what may be asked of the records of one object never answers those of
//! another; a record of a deleted object is not there, also before it has been erased.

pub mod board;
mod bulk;
pub mod create;
pub mod delete;
mod import;
pub mod list;
pub mod related;
pub(crate) mod routes;
#[cfg(test)]
mod tests;
pub mod update;
pub mod view;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kernel::{Error, Event, Json, MemberId, Result, Uuid, id::Id, permissions};
use store::{Sql, Tx, search::Document, sql};

use crate::{
    field::custom::{self, CustomObject, Customized},
    object::{self, ObjectId},
};

kernel::id!(/// A record of a custom object.
    pub CustomRecordId, "rec");

permissions! {
    /// See records of custom objects.
    pub ReadCustomRecords = "custom_record.read": [Administrator, Sales, Billing, Marketing, Support, ReadOnly];
    /// Make and change records of custom objects.
    pub EditCustomRecords = "custom_record.edit": [Administrator, Sales, Support];
    /// Take all records of a custom object along as a file.
    pub ExportCustomRecords = "custom_record.export": [Administrator];
    /// Delete records of custom objects and bring them back.
    pub DeleteCustomRecords = "custom_record.delete": [Administrator, Sales];
}

store::record! {
    /// A record as stored.
    pub struct CustomRecord in custom_record {
        id: CustomRecordId,
        version: i64,
        object_id: ObjectId,
        name: String,
        /// What lists sort by: see [`crate::field::folded`].
        #[serde(skip_serializing)]
        name_folded: String,
        owner_id: Option<MemberId>,
        /// Values of the object's fields, by key.
        custom: Json<custom::Values>,
        deleted_at: Option<DateTime<Utc>>,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

impl CustomRecord {
    pub(crate) fn must_be_live(&self) -> Result<()> {
        if self.deleted_at.is_none() {
            return Ok(());
        }
        Err(Error::conflict("record_deleted", "This record has been deleted. Bring it back first."))
    }
}

/// One record, unless its object has been deleted; `locked` for what changes it.
pub(crate) async fn one(tx: &mut Tx, id: CustomRecordId, locked: bool) -> Result<CustomRecord> {
    let found: Result<CustomRecord> =
        if locked { tx.get_locked(id).await.map_err(Error::from) } else { tx.get(id).await.map_err(Error::from) };
    let record = found?;
    match object::one(tx, record.object_id).await {
        Ok(_) => Ok(record),
        Err(Error::NotFound { .. }) => Err(Error::not_found("custom_record")),
        Err(other) => Err(other),
    }
}

pub(crate) async fn index(tx: &mut Tx, record: &CustomRecord) -> Result<()> {
    let record = &tx.with_every_field(record).await?;
    let mut document = Document::new("record", record.id, &record.name).text(Some(word(record.object_id)));
    document.text.extend(custom::searchable(tx, record.object(), &record.custom.0).await?);
    Ok(tx.index(document).await?)
}

/// One word by which the search knows the records of an object from those of others.
fn word(object: ObjectId) -> String {
    format!("obj{}", object.uuid().simple())
}

/// Those of an object that a text finds, at most so many. Records of all objects are of one kind to the search: where they
/// are more than it may find, it is asked for those of this one.
pub(crate) async fn found(tx: &mut Tx, object: ObjectId, text: &str, most: u32) -> Result<Vec<CustomRecordId>> {
    let found: Vec<CustomRecordId> = tx.search_ids("record", text, most).await?;
    if found.len() < most as usize {
        return Ok(found);
    }
    Ok(tx.search_ids("record", &format!("{text} {}", word(object)), most).await?)
}

/// Refuses a link to a record that this object does not have.
pub async fn must_exist(tx: &mut Tx, field: &str, object: ObjectId, id: Option<CustomRecordId>) -> Result<()> {
    let Some(id) = id else { return Ok(()) };
    let query = sql!(
        "SELECT count(*) FROM custom_record WHERE tenant_id = {} AND id = {} AND object_id = {} AND deleted_at IS NULL",
        tx.tenant_id(),
        id.uuid(),
        object
    );
    if tx.count(query).await? == 1 {
        return Ok(());
    }
    Err(Error::invalid(field, "record_unknown", "There is no such record. Choose one from the list."))
}

/// What one of each object is called, by the ids of records.
pub async fn object_names(tx: &mut Tx, ids: impl Iterator<Item = CustomRecordId>) -> Result<HashMap<String, String>> {
    let ids: Vec<CustomRecordId> = ids.collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let select = Sql::new(
        "SELECT custom_record.id, custom_object.singular FROM custom_record JOIN custom_object \
         ON custom_object.tenant_id = custom_record.tenant_id AND custom_object.id = custom_record.object_id \
         WHERE custom_record.tenant_id = ",
    );
    let select = select.bind(tx.tenant_id()).push(" AND custom_record.id IN ").bind_list(ids);
    let rows: Vec<(CustomRecordId, String)> = tx.all(select).await?;
    Ok(rows.into_iter().map(|(id, name)| (id.to_string(), name)).collect())
}

pub(crate) fn event(kind: &'static str, record: &CustomRecord) -> Event {
    Event::new(kind, record.id)
}

impl Customized for CustomRecord {
    fn object(&self) -> CustomObject {
        CustomObject::Own(self.object_id)
    }
    fn record_id(&self) -> Uuid {
        self.id.uuid()
    }
    fn custom(&self) -> &custom::Values {
        &self.custom.0
    }
    fn custom_mut(&mut self) -> &mut custom::Values {
        &mut self.custom.0
    }
    async fn reindex(&self, tx: &mut Tx) -> Result<()> {
        if self.deleted_at.is_some() { Ok(()) } else { index(tx, self).await }
    }
}
