//! A note as the API shows it.

use chrono::{DateTime, Utc};
use kernel::{Caller, MemberId, Permission, Result};
use serde::Serialize;
use store::Tx;
use utoipa::ToSchema;

use super::{ManageNotes, Note, NoteId, WriteNotes, mention};
use crate::name::{self, Names, Ref};

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct NoteView {
    pub id: NoteId,
    pub version: i64,
    /// The record it is about.
    pub subject: String,
    /// A small part of Markdown. Show what is not part of it as text.
    pub body: String,
    /// Who wrote it; null where a program did.
    pub author: Option<Ref<MemberId>>,
    /// The members it names as `@mem_…`, by the names they have now.
    pub mentions: Vec<Ref<MemberId>>,
    /// When it was changed last, and by whom; null while it stands as it was written.
    pub edited_at: Option<DateTime<Utc>>,
    pub edited_by: Option<Ref<MemberId>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    /// `update` and `delete`, where this caller may do it now.
    pub actions: Vec<&'static str>,
}

pub async fn view(tx: &mut Tx, note: Note) -> Result<NoteView> {
    let authors = name::members(tx, [note.author_id, note.edited_by]).await?;
    let named = mention::names(tx, std::iter::once(note.body.as_str())).await?;
    Ok(build(note, &authors, &named, tx.caller()))
}

pub(crate) fn build(note: Note, authors: &Names<MemberId>, named: &Names<MemberId>, caller: &Caller) -> NoteView {
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
        mentions: mention::named(&note.body)
            .into_iter()
            .filter_map(|id| Some(Ref { id, name: named.name(id)? }))
            .collect(),
        edited_at: note.edited_at,
        edited_by: authors.maybe(note.edited_by),
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
