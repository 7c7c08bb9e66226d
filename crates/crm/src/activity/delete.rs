//! Deleting an activity, and bringing it back. Doing either twice is harmless.

use kernel::{Change, Result};
use store::Tx;

use super::{
    Activity,
    event::{Did, tell},
    remind,
};

pub async fn delete(tx: &mut Tx, before: Activity) -> Result<Activity> {
    if before.deleted_at.is_some() {
        return Ok(before);
    }
    let gone = tx.update(&Activity { deleted_at: Some(tx.now()), ..before.clone() }).await?;
    tx.audit(Change::new("activity.delete", gone.id).before(&before).after(&gone)).await?;
    tell(tx, Did::Deleted, &gone).await?;
    Ok(gone)
}

pub async fn restore(tx: &mut Tx, before: Activity) -> Result<Activity> {
    if before.deleted_at.is_none() {
        return Ok(before);
    }
    let back = tx.update(&Activity { deleted_at: None, ..before.clone() }).await?;
    tx.audit(Change::new("activity.restore", back.id).before(&before).after(&back)).await?;
    tell(tx, Did::Restored, &back).await?;
    remind::plan(tx, &back).await?;
    Ok(back)
}
