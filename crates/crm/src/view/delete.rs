//! Deleting a view, and bringing it back.

use kernel::{Change, Result};
use store::Tx;

use super::{SavedView, event};

/// Marks it as deleted. Deleting twice is harmless.
pub async fn delete(tx: &mut Tx, view: SavedView) -> Result<SavedView> {
    view.must_be_theirs(tx)?;
    if view.deleted_at.is_some() {
        return Ok(view);
    }
    let gone = tx.update(&SavedView { deleted_at: Some(tx.now()), ..view.clone() }).await?;
    tx.audit(Change::new("view.delete", gone.id).before(&view).after(&gone)).await?;
    tx.emit(event("view.deleted", &gone)).await?;
    Ok(gone)
}

/// Brings it back, with whoever had pinned it.
pub async fn restore(tx: &mut Tx, view: SavedView) -> Result<SavedView> {
    view.must_be_theirs(tx)?;
    if view.deleted_at.is_none() {
        return Ok(view);
    }
    let back = tx.update(&SavedView { deleted_at: None, ..view.clone() }).await?;
    tx.audit(Change::new("view.restore", back.id).before(&view).after(&back)).await?;
    tx.emit(event("view.restored", &back)).await?;
    Ok(back)
}
