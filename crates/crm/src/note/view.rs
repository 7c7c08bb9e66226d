//! A note as the API shows it.

use chrono::{DateTime, Utc};
use kernel::{Caller, MemberId, Permission, Result};
use serde::Serialize;
use store::Tx;
use utoipa::ToSchema;

use super::{ManageNotes, Note, NoteId, WriteNotes};
use crate::name::{self, Names, Ref};

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct NoteView {
    pub id: NoteId,
    pub version: i64,
    /// The record it is about.
    pub subject: String,
    /// Plain text: show it as text.
    pub body: String,
    /// Who wrote it; null where a program did.
    pub author: Option<Ref<MemberId>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    /// `update` and `delete`, where this caller may do it now.
    pub actions: Vec<&'static str>,
}

pub async fn view(tx: &mut Tx, note: Note) -> Result<NoteView> {
    let authors = name::members(tx, [note.author_id]).await?;
    Ok(build(note, &authors, tx.caller()))
}

pub(crate) fn build(note: Note, authors: &Names<MemberId>, caller: &Caller) -> NoteView {
    let mut actions = Vec::new();
    let own = is_author(&note, caller) && caller.holds(WriteNotes::NAME);
    if own {
        actions.push("update");
    }
    if own || caller.holds(ManageNotes::NAME) {
        actions.push("delete");
    }
    NoteView {
        id: note.id,
        version: note.version,
        subject: note.subject,
        body: note.body,
        author: authors.maybe(note.author_id),
        created_at: note.created_at,
        updated_at: note.updated_at,
        actions,
    }
}

/// A program's note is any program's: a key has no name of its own in a note.
pub(super) fn is_author(note: &Note, caller: &Caller) -> bool {
    note.author_id == caller.member_id()
}
