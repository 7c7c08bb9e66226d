//! Archiving a custom object, and bringing it back: its records stay where they are.

use kernel::{Change, Result};
use store::Tx;

use super::{Object, ObjectId, event, locked};

/// It takes no new records and no new fields. Archiving twice is harmless.
pub async fn archive(tx: &mut Tx, id: ObjectId) -> Result<Object> {
    let before = locked(tx, id).await?;
    if before.archived_at.is_some() {
        return Ok(before);
    }
    let after = tx.update(&Object { archived_at: Some(tx.now()), ..before.clone() }).await?;
    tx.audit(Change::new("custom_object.archive", id).before(&before).after(&after)).await?;
    tx.emit(event("custom_object.archived", &after)).await?;
    Ok(after)
}

/// Brings it back.
pub async fn restore(tx: &mut Tx, id: ObjectId) -> Result<Object> {
    let before = locked(tx, id).await?;
    if before.archived_at.is_none() {
        return Ok(before);
    }
    let after = tx.update(&Object { archived_at: None, ..before.clone() }).await?;
    tx.audit(Change::new("custom_object.restore", id).before(&before).after(&after)).await?;
    tx.emit(event("custom_object.restored", &after)).await?;
    Ok(after)
}
