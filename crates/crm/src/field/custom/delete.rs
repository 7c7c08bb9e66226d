//! Deleting a field for good: its values are erased by a job, its key stays taken.

use identity::role;
use kernel::{Change, Error, Result};
use store::{EnqueueJob, Tx};

use super::{
    CustomField, CustomFieldId, event, locked,
    view::count,
    work::{ERASE, RewriteCustomValues},
};

/// Only after it has been archived, so that nobody loses values by one press.
pub async fn delete(tx: &mut Tx, id: CustomFieldId) -> Result<()> {
    let before = locked(tx, id).await?;
    before.must_be_at_rest()?;
    if before.archived_at.is_none() {
        let sentence = "Archive the field first. Deleting it erases what records say in it.";
        return Err(Error::conflict("field_not_archived", sentence));
    }
    let gone = CustomField {
        deleted_at: Some(tx.now()),
        work: Some(ERASE.to_owned()),
        work_total: count(tx, id).await?,
        work_done: 0,
        work_after: None,
        ..before.clone()
    };
    let gone = tx.update(&gone).await?;
    tx.enqueue(&RewriteCustomValues { field_id: id }).await?;
    role::field::forget(tx, &gone.object.to_string(), Some(&gone.path())).await?;
    tx.audit(Change::new("custom_field.delete", id).before(&before).after(&gone)).await?;
    tx.emit(event("custom_field.deleted", &gone)).await?;
    Ok(())
}
