//! Deleting a form, and bringing it back. Its address says from then on that it takes nothing any more; what came in by it and
//! what was agreed to stay, because they are evidence.

use chrono::TimeDelta;
use kernel::{Change, Error, Result};
use store::Tx;

use super::{Form, event};

/// How long it can be brought back.
pub const RESTORABLE: TimeDelta = TimeDelta::days(30);

/// Marks it as deleted. Deleting twice is harmless.
pub async fn delete(tx: &mut Tx, before: Form) -> Result<Form> {
    if before.deleted_at.is_some() {
        return Ok(before);
    }
    let gone = tx.update(&Form { deleted_at: Some(tx.now()), ..before.clone() }).await?;
    tx.audit(Change::new("form.delete", gone.id).before(&before).after(&gone)).await?;
    tx.emit(event("form.deleted", &gone)).await?;
    Ok(gone)
}

/// Brings it back as it was: one that was published is open again.
pub async fn restore(tx: &mut Tx, before: Form) -> Result<Form> {
    let Some(at) = before.deleted_at else { return Ok(before) };
    if tx.now() - at >= RESTORABLE {
        return Err(Error::conflict(
            "form_gone",
            "This form was deleted more than 30 days ago. Duplicate it and publish the copy instead.",
        ));
    }
    let back = tx.update(&Form { deleted_at: None, ..before.clone() }).await?;
    tx.audit(Change::new("form.restore", back.id).before(&before).after(&back)).await?;
    tx.emit(event("form.restored", &back)).await?;
    Ok(back)
}
