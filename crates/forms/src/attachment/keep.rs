//! Keeping the files of what was sent, moving them to a submission, and letting them go.

use files::{Blob, Blobs};
use kernel::{Change, Error, Result, id::Id};
use store::{Sql, Tx, sql};

use super::{Attachment, AttachmentId, receive::Arrived};
use crate::{
    form::FormId,
    guard::count::{Tally, tally, tally_of},
    quarantine::QuarantineId,
    submission::SubmissionId,
};

/// What one form may take on a day, and a workspace may keep, in bytes.
const MOST_A_DAY: i64 = 500 << 20;
const MOST_KEPT: i64 = 10 << 30;

/// Whose the files are.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Of {
    Submission(SubmissionId),
    Quarantine(QuarantineId),
}

/// Writes the files' rows.
///
/// # Errors
/// `files_full` at the first field with files, where the form has taken enough for today or the workspace keeps enough.
pub(crate) async fn keep(tx: &mut Tx, form: FormId, of: Of, files: Vec<Arrived>) -> Result<()> {
    let Some(first) = files.first().map(|file| file.field.clone()) else { return Ok(()) };
    let bytes = files.iter().map(|file| i64::try_from(file.upload.size()).unwrap_or(i64::MAX)).sum();
    let day = tally(tx, form, Tally { bytes, ..Tally::default() }).await?;
    let kept = sql!("SELECT CAST(sum(bytes) AS BIGINT) FROM web_form_tally WHERE tenant_id = {}", tx.tenant_id());
    let (kept,): (Option<i64>,) = tx.one(kept).await?;
    if day.bytes > MOST_A_DAY || kept.unwrap_or(0) > MOST_KEPT {
        let sentence = "No more files can be taken here today. Send the form without them.";
        return Err(Error::invalid(first, "files_full", sentence));
    }
    for file in files {
        let blob: Blob = file.upload.finish(tx, &file.name, file.known.media_type, "form_attachment").await?;
        let attachment = Attachment {
            id: AttachmentId::new(),
            form_id: form,
            submission_id: match of {
                Of::Submission(id) => Some(id),
                Of::Quarantine(_) => None,
            },
            quarantine_id: match of {
                Of::Quarantine(id) => Some(id),
                Of::Submission(_) => None,
            },
            field: file.field,
            blob_id: blob.id,
            file_name: blob.file_name,
            media_type: blob.media_type,
            size: blob.size,
            created_at: tx.now(),
        };
        tx.insert(&attachment).await?;
        tx.audit(Change::new("attachment.keep", attachment.id).after(&attachment)).await?;
    }
    Ok(())
}

/// What was held back has become a submission, with its files.
pub(crate) async fn hand_over(tx: &mut Tx, from: QuarantineId, to: SubmissionId) -> Result<()> {
    tx.execute(sql!(
        "UPDATE web_form_attachment SET quarantine_id = NULL, submission_id = {} WHERE tenant_id = {} AND quarantine_id = {}",
        to,
        tx.tenant_id(),
        from
    ))
    .await?;
    Ok(())
}

/// Lets the files of what was held back go, with their bytes.
pub(crate) async fn forget(tx: &mut Tx, blobs: &Blobs, of: &[QuarantineId]) -> Result<()> {
    if of.is_empty() {
        return Ok(());
    }
    let ids = of.iter().map(|id| id.uuid());
    let select = tx.select::<Attachment>().push(" AND web_form_attachment.quarantine_id IN ").bind_list(ids);
    let gone: Vec<Attachment> = tx.all::<Attachment>(select).await?;
    for attachment in gone {
        tx.delete::<Attachment>(attachment.id).await?;
        let less = Tally { bytes: -attachment.size, ..Tally::default() };
        tally_of(tx, attachment.form_id, attachment.created_at, less).await?;
        blobs.delete(tx, attachment.blob_id).await?;
    }
    Ok(())
}

/// The attachments of these submissions or of these that are held back.
pub(crate) async fn of(tx: &mut Tx, column: &'static str, ids: Vec<kernel::Uuid>) -> Result<Vec<Attachment>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let select: Sql = tx.select::<Attachment>().push(" AND ").push(column).push(" IN ").bind_list(ids);
    Ok(tx.all(select.push(" ORDER BY web_form_attachment.id")).await?)
}
