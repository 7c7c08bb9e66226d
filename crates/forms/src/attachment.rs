//! Files that strangers send with a form: taken by what they are and not by their names, kept with the submission or with what
//! is held back, and served to those who may read leads, never as a page.
//!
//! Invariants: an attachment belongs to a submission or to something that is held back, never to both; a picture is kept
//! without what the camera had added; what goes takes its bytes with it.

pub(crate) mod keep;
pub mod kind;
mod picture;
pub(crate) mod receive;
pub(crate) mod routes;
pub(crate) mod rule;
#[cfg(test)]
pub(crate) mod tests;
pub mod view;

use chrono::{DateTime, Utc};
use files::BlobId;

use crate::{form::FormId, quarantine::QuarantineId, submission::SubmissionId};

kernel::id!(/// A file that came with a form.
    pub AttachmentId, "att");

store::record! {
    /// An attachment as stored.
    pub struct Attachment in web_form_attachment {
        id: AttachmentId,
        form_id: FormId,
        submission_id: Option<SubmissionId>,
        quarantine_id: Option<QuarantineId>,
        /// The field it was chosen in.
        field: String,
        blob_id: BlobId,
        /// As it was called, with the ending of what it is. Not in the audit trail, which nothing is erased from so soon.
        #[serde(skip_serializing)]
        file_name: String,
        media_type: String,
        /// In bytes.
        size: i64,
        created_at: DateTime<Utc>,
    }
}
