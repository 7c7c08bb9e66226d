//! Deleting a record of a custom object, and bringing it back.

use kernel::{Change, Result};
use store::Tx;

use super::{CustomRecord, event, index};

/// Marks the record as deleted; what points at it still says its name. Deleting twice is harmless.
pub async fn delete(tx: &mut Tx, record: CustomRecord) -> Result<CustomRecord> {
    if record.deleted_at.is_some() {
        return Ok(record);
    }
    let gone = tx.update(&CustomRecord { deleted_at: Some(tx.now()), ..record.clone() }).await?;
    tx.unindex(&gone.id.to_string()).await?;
    tx.audit(Change::new("custom_record.delete", gone.id).before(&record).after(&gone)).await?;
    tx.emit(event("custom_record.deleted", &gone)).await?;
    Ok(gone)
}

/// Brings it back.
pub async fn restore(tx: &mut Tx, record: CustomRecord) -> Result<CustomRecord> {
    if record.deleted_at.is_none() {
        return Ok(record);
    }
    let back = tx.update(&CustomRecord { deleted_at: None, ..record.clone() }).await?;
    index(tx, &back).await?;
    tx.audit(Change::new("custom_record.restore", back.id).before(&record).after(&back)).await?;
    tx.emit(event("custom_record.restored", &back)).await?;
    Ok(back)
}
