//! Deleting a note: its author may, and who may manage notes.

use kernel::{Change, Error, Permission, Result};
use store::Tx;

use super::{ManageNotes, Note, NoteId, event, live, view::is_author};

pub async fn delete(tx: &mut Tx, id: NoteId) -> Result<()> {
    let before = live(tx, id).await?;
    if !is_author(&before, tx.caller()) && !tx.caller().holds(ManageNotes::NAME) {
        return Err(Error::Forbidden { permission: ManageNotes::NAME });
    }
    let gone = tx.update(&Note { deleted_at: Some(tx.now()), ..before.clone() }).await?;
    tx.audit(Change::new("note.delete", id).before(&before).after(&gone)).await?;
    tx.emit(event("note.deleted", &gone)).await?;
    Ok(())
}
