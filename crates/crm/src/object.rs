//! Custom objects: nouns of a tenant's own, such as vehicles, policies or projects, beside companies, contacts and deals.
//! What an object's records hold is said by custom fields; see [`crate::field::custom`] and [`crate::record`].
//!
//! Invariants:
//! - A key is of one object for ever.
//! - An archived object takes no new records and no new fields; its records stay readable.
//! - An object is deleted only after it was archived, and never while a field of another object points at it; its records
//!   go with it, with everything that was written down about them.
//!
//! It refuses more than [`MOST`] objects. It gives no rights of its own: who may read, edit and delete records is said
//! by role for the records of all custom objects together.

pub mod archive;
pub mod create;
pub mod delete;
pub mod erase;
pub(crate) mod routes;
#[cfg(test)]
pub(crate) mod tests;
pub mod update;
pub mod view;

use chrono::{DateTime, Utc};
use kernel::{Error, Event, Result, permissions};
use store::Tx;

use crate::field::custom::CustomObject;

kernel::id!(/// A custom object.
    pub ObjectId, "obj");

permissions! {
    /// See which custom objects there are.
    pub ReadObjects = "custom_object.read": [Administrator, Sales, Billing, Marketing, Support, ReadOnly];
    /// Make, rename, archive and delete custom objects.
    pub ManageObjects = "custom_object.manage": [Administrator];
}

/// The most objects a tenant may have, archived ones included.
pub const MOST: usize = 50;

store::record! {
    /// A custom object as stored.
    pub struct Object in custom_object {
        id: ObjectId,
        version: i64,
        key: String,
        singular: String,
        plural: String,
        description: Option<String>,
        position: i64,
        archived_at: Option<DateTime<Utc>>,
        deleted_at: Option<DateTime<Utc>>,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

impl Object {
    pub(crate) fn must_take_records(&self) -> Result<()> {
        if self.archived_at.is_none() {
            return Ok(());
        }
        Err(Error::conflict("object_archived", "This object has been archived. Bring it back first."))
    }
}

/// Every object in its order, archived ones too.
pub async fn all(tx: &mut Tx) -> Result<Vec<Object>> {
    let select = tx.select::<Object>().push(" AND custom_object.deleted_at IS NULL");
    Ok(tx.all(select.push(" ORDER BY custom_object.position, custom_object.id")).await?)
}

/// One object, unless it has been deleted.
pub async fn one(tx: &mut Tx, id: ObjectId) -> Result<Object> {
    let found: Option<Object> = tx.find(id).await?;
    found.filter(|object| object.deleted_at.is_none()).ok_or_else(|| Error::not_found("custom_object"))
}

/// The same, locked: what is decided of it is decided once.
pub(crate) async fn locked(tx: &mut Tx, id: ObjectId) -> Result<Object> {
    let object: Object = tx.get_locked(id).await?;
    if object.deleted_at.is_some() {
        return Err(Error::not_found("custom_object"));
    }
    Ok(object)
}

/// Nobody archives or deletes it before this transaction has ended.
pub(crate) async fn held(tx: &mut Tx, id: ObjectId) -> Result<Object> {
    let select = tx.select::<Object>().and("custom_object.id =", id);
    let found: Option<Object> = tx.optional(tx.shared(select)).await?;
    found.filter(|object| object.deleted_at.is_none()).ok_or_else(|| Error::not_found("custom_object"))
}

/// Refuses a field of, or a relation to, an object that is not there or was put away.
pub(crate) async fn must_be_live(tx: &mut Tx, field: &str, id: ObjectId) -> Result<()> {
    match held(tx, id).await {
        Ok(object) if object.archived_at.is_none() => Ok(()),
        Ok(_) | Err(Error::NotFound { .. }) => {
            Err(Error::invalid(field, "object_unknown", "There is no such custom object. Choose one from the list."))
        }
        Err(other) => Err(other),
    }
}

/// Everything that may have custom fields now.
pub async fn with_fields(tx: &mut Tx) -> Result<Vec<CustomObject>> {
    let own = all(tx).await?.into_iter().map(|object| CustomObject::Own(object.id));
    Ok(CustomObject::BUILT_IN.iter().copied().chain(own).collect())
}

pub(crate) fn event(kind: &'static str, object: &Object) -> Event {
    Event::new(kind, object.id)
}
