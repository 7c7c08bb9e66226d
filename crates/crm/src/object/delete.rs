//! Deleting a custom object for good: its records are erased by a job, its key stays taken.

use identity::role;
use kernel::{Change, Error, Result};
use store::{EnqueueJob, Tx};

use super::{Object, ObjectId, erase::EraseCustomObject, event, locked};
use crate::field::custom::{CustomField, CustomObject};

/// Only after it has been archived, and only when nothing else points at it, so that nobody loses records by one press.
pub async fn delete(tx: &mut Tx, id: ObjectId) -> Result<()> {
    let before = locked(tx, id).await?;
    if before.archived_at.is_none() {
        let sentence = "Archive the object first. Deleting it erases its records.";
        return Err(Error::conflict("object_not_archived", sentence));
    }
    if let Some(label) = pointing(tx, id).await? {
        let sentence = format!("The field \u{201c}{label}\u{201d} points at these records. Delete that field first.");
        return Err(Error::conflict("object_pointed_at", sentence));
    }
    let gone = tx.update(&Object { deleted_at: Some(tx.now()), ..before.clone() }).await?;
    tx.enqueue(&EraseCustomObject { object_id: id }).await?;
    role::field::forget(tx, &CustomObject::Own(id).to_string(), None).await?;
    tx.audit(Change::new("custom_object.delete", id).before(&before).after(&gone)).await?;
    tx.emit(event("custom_object.deleted", &gone)).await?;
    Ok(())
}

/// The label of a field of something else that points at the object's records.
async fn pointing(tx: &mut Tx, id: ObjectId) -> Result<Option<String>> {
    let object = CustomObject::Own(id);
    let select = tx.select::<CustomField>().push(" AND custom_field.deleted_at IS NULL");
    let select = select.and("custom_field.target =", object).and("custom_field.object <>", object);
    let found: Option<CustomField> = tx.optional(select.push(" ORDER BY custom_field.id LIMIT 1")).await?;
    Ok(found.map(|field| field.label))
}
