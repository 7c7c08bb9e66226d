//! Changing a note: its author alone may.

use kernel::{Change, Error, Result};
use serde::Deserialize;
use store::Tx;
use utoipa::ToSchema;

use super::{Note, NoteId, WriteNotes, body, event, live, mention, view::is_author};

/// What changes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeNote {
    /// As when it was written. Members who are named for the first time are told of it.
    pub body: String,
}

/// Changes the note if it still is at `version`.
pub async fn update(tx: &mut Tx, id: NoteId, version: i64, change: ChangeNote) -> Result<Note> {
    let before = live(tx, id).await?;
    if !is_author(&before, tx.caller()) {
        return Err(Error::Forbidden { permission: <WriteNotes as kernel::Permission>::NAME });
    }
    if before.version != version {
        return Err(Error::Stale);
    }
    let after = tx
        .update(&Note {
            body: body(&change.body)?,
            edited_by: tx.caller().member_id(),
            edited_at: Some(tx.now()),
            ..before.clone()
        })
        .await?;
    tx.audit(Change::new("note.update", id).before(&before).after(&after)).await?;
    tx.emit(event("note.updated", &after)).await?;
    mention::tell(tx, &after).await?;
    Ok(after)
}
