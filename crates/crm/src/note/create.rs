//! Writing a note.

use kernel::{Change, Error, Result};
use serde::Deserialize;
use store::Tx;
use utoipa::ToSchema;

use super::{Note, NoteId, body, event, mention};
use crate::subject::Subject;

/// A note to be written.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewNote {
    /// The company, contact, deal, lead, quote, invoice or record of an own object it is about.
    #[schema(example = "com_019abc0123457def8123456789abcdef")]
    pub subject: String,
    /// At most 10,000 characters. Bold, italic, lists, links and code are written as in Markdown; `@mem_…` names a member,
    /// who is told of it.
    #[schema(example = "Prefers to be called in the morning.")]
    pub body: String,
}

pub async fn create(tx: &mut Tx, input: NewNote) -> Result<Note> {
    let unknown = || Error::invalid("subject", "subject_unknown", "There is no such record to write about.");
    let subject = Subject::parse(&input.subject).ok_or_else(unknown)?;
    subject.name(tx).await.map_err(|error| if matches!(error, Error::NotFound { .. }) { unknown() } else { error })?;
    let note = Note {
        id: NoteId::new(),
        version: 1,
        subject: subject.to_string(),
        body: body(&input.body)?,
        author_id: tx.caller().member_id(),
        edited_by: None,
        edited_at: None,
        deleted_at: None,
        created_at: tx.now(),
        updated_at: tx.now(),
    };
    tx.insert(&note).await?;
    tx.audit(Change::new("note.create", note.id).after(&note)).await?;
    // The one event of a note that stands on the record's timeline, where it carries the note.
    let mut created = event("note.created", &note);
    created.related.push(note.subject.clone());
    tx.emit(created).await?;
    mention::tell(tx, &note).await?;
    Ok(note)
}
