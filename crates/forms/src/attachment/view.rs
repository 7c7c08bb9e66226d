//! Attachments as the API shows them.

use serde::Serialize;
use utoipa::ToSchema;

use super::{Attachment, AttachmentId};

/// A file that came with a form. Its bytes are at `/api/v1/attachments/{id}`.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AttachmentView {
    pub id: AttachmentId,
    /// The key of the field it was chosen in.
    #[schema(example = "q_1")]
    pub field: String,
    #[schema(example = "drawing.pdf")]
    pub file_name: String,
    #[schema(example = "application/pdf")]
    pub media_type: String,
    /// In bytes.
    #[schema(example = 48211)]
    pub size: i64,
}

impl From<&Attachment> for AttachmentView {
    fn from(of: &Attachment) -> Self {
        Self {
            id: of.id,
            field: of.field.clone(),
            file_name: of.file_name.clone(),
            media_type: of.media_type.clone(),
            size: of.size,
        }
    }
}
