//! Serving attachments: always to be saved, never to be shown by a browser as a page of ours.

use axum::{
    Extension,
    extract::State,
    response::{IntoResponse, Response},
};
use edge::{App, May, Path};
use files::{Blobs, serve::serve};
use kernel::{Error, Permission};
use leads::lead::{Lead, ReadLeads};
use store::Store;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{Attachment, AttachmentId};
use crate::{quarantine::ReviewSubmissions, submission::Submission};

/// The bytes of a file.
#[derive(utoipa::ToSchema)]
#[schema(value_type = String, format = Binary)]
pub(crate) struct AttachmentBytes(#[allow(dead_code, reason = "it describes the answer")] Vec<u8>);

#[utoipa::path(get, path = "/api/v1/attachments/{id}", operation_id = "attachment_get", tag = "forms",
    params(("id" = AttachmentId, Path)),
    responses((status = 200, description = "The file, to be saved", body = AttachmentBytes, content_type = "application/octet-stream")))]
async fn attachment_get(
    May(can): May<ReadLeads>,
    State(store): State<Store>,
    Extension(blobs): Extension<Blobs>,
    Path(id): Path<AttachmentId>,
) -> edge::Result<Response> {
    let mut tx = store.read(&can).await?;
    let attachment: Attachment = tx.get(id).await?;
    // What is held back is for those who may look at it.
    if attachment.quarantine_id.is_some() && !tx.caller().holds(ReviewSubmissions::NAME) {
        return Err(Error::not_found("web_form_attachment").into());
    }
    // A file is seen by who sees the lead it came with.
    if let Some(of) = attachment.submission_id {
        // Answered as one that is not there: a name of its own would tell that there is one.
        let gone = || Error::not_found("web_form_attachment");
        let submission: Submission = tx.find(of).await?.ok_or_else(gone)?;
        let _seen: Lead = tx.find(submission.lead_id).await?.ok_or_else(gone)?;
    }
    let (blob, bytes) = blobs.get(&mut tx, attachment.blob_id).await?;
    Ok(serve(&blob, bytes, true).into_response())
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(attachment_get))
}
