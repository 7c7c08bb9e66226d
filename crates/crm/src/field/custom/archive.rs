//! Archiving a field, and bringing it back: its values stay where they are.

use kernel::{Change, Result};
use store::Tx;

use super::{CustomField, CustomFieldId, event, locked};

/// No form shows it any more and nothing is written to it. Archiving twice is harmless.
pub async fn archive(tx: &mut Tx, id: CustomFieldId) -> Result<CustomField> {
    let before = locked(tx, id).await?;
    before.must_be_at_rest()?;
    if before.archived_at.is_some() {
        return Ok(before);
    }
    let after = tx.update(&CustomField { archived_at: Some(tx.now()), ..before.clone() }).await?;
    tx.audit(Change::new("custom_field.archive", id).before(&before).after(&after)).await?;
    tx.emit(event("custom_field.archived", &after)).await?;
    Ok(after)
}

/// Brings it back with every value.
pub async fn restore(tx: &mut Tx, id: CustomFieldId) -> Result<CustomField> {
    let before = locked(tx, id).await?;
    before.must_be_at_rest()?;
    if before.archived_at.is_none() {
        return Ok(before);
    }
    let after = tx.update(&CustomField { archived_at: None, ..before.clone() }).await?;
    tx.audit(Change::new("custom_field.restore", id).before(&before).after(&after)).await?;
    tx.emit(event("custom_field.restored", &after)).await?;
    Ok(after)
}
