//! A note: what somebody wrote down about a company, a contact or a deal, in a small part of Markdown that whoever shows
//! it renders without raw HTML. It stands on the record's timeline. Members it names are told of it once ([`mention`]).

pub mod create;
pub mod delete;
pub mod mention;
pub(crate) mod routes;
#[cfg(test)]
mod tests;
pub mod update;
pub mod view;

use chrono::{DateTime, Utc};
use kernel::{Error, Event, MemberId, Result, permissions};
use store::Tx;

use crate::field;

kernel::id!(/// A note.
    pub NoteId, "not");

permissions! {
    /// Write notes, and change and delete one's own.
    pub WriteNotes = "note.write": [Administrator, Sales, Billing, Marketing, Support];
    /// Delete what others wrote.
    pub ManageNotes = "note.manage": [Administrator];
}

store::record! {
    /// A note as stored.
    pub struct Note in note {
        id: NoteId,
        version: i64,
        /// The record it is about, such as `com_…`.
        subject: String,
        body: String,
        /// The member who wrote it; nobody where a program did.
        author_id: Option<MemberId>,
        /// Who changed it last, and when; nobody while it stands as it was written.
        edited_by: Option<MemberId>,
        edited_at: Option<DateTime<Utc>>,
        deleted_at: Option<DateTime<Utc>>,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

fn body(input: &str) -> Result<String> {
    field::text("body", Some(input), 10_000)?
        .ok_or_else(|| Error::invalid("body", "required", "Write something first."))
}

/// A note that is there, locked.
async fn live(tx: &mut Tx, id: NoteId) -> Result<Note> {
    let note: Note = tx.get_locked(id).await?;
    if note.deleted_at.is_some() { Err(Error::not_found("note")) } else { Ok(note) }
}

fn event(kind: &'static str, note: &Note) -> Event {
    Event::new(kind, note.id)
}
