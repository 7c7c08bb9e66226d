//! Receiving a file: streamed to the object store, refused as early as its first bytes or its size allow.

use axum::extract::{
    Multipart,
    multipart::{Field, MultipartError},
};
use bytes::Bytes;
use chrono::TimeDelta;
use files::{Blobs, Upload};
use kernel::{Can, Change, Error, Event, Json, Result};
use store::{EnqueueJob, Store};
use tabular::{SAMPLE_BYTES, Sniffed, sniff, sniff::examine};

use super::{
    Duplicates, Import, ImportId, ImportState, MatchBy,
    column::guessed,
    forget::{FORGOTTEN_AFTER_DAYS, ForgetImport},
    run::apart,
    target::Own,
    update::settle,
};
use crate::contact::ImportContacts;

/// The largest file an import takes, in bytes. Given to the router as an extension.
#[derive(Debug, Clone, Copy)]
pub struct MaxUpload(pub u64);

impl Default for MaxUpload {
    /// 256 MB.
    fn default() -> Self {
        MaxUpload(256 << 20)
    }
}

/// Reads the form's one file and makes an import of it.
pub async fn receive(
    store: &Store,
    blobs: &Blobs,
    can: &Can<ImportContacts>,
    mut form: Multipart,
    most: MaxUpload,
) -> Result<Import> {
    let Some(field) = form.next_field().await.map_err(cut_off)? else {
        return Err(Error::invalid("file", "required", "Choose a file to bring in."));
    };
    if field.name() != Some("file") {
        return Err(Error::invalid(field.name().unwrap_or("file"), "unknown_field", "Send one field named file."));
    }
    let name = field.file_name().unwrap_or("contacts.csv").to_owned();
    let mut upload = blobs.upload(can.tenant_id()).await?;
    match arrive(&mut upload, field, most).await {
        Ok((sample, sniffed)) => make(store, can, upload, &name, sample, sniffed).await,
        Err(error) => {
            upload.abort().await?;
            Err(error)
        }
    }
}

/// Takes the bytes as they come. What the first of them give away is not waited for.
async fn arrive(upload: &mut Upload, mut field: Field<'_>, most: MaxUpload) -> Result<(Vec<u8>, Sniffed)> {
    let mut sample: Vec<u8> = Vec::new();
    while let Some(bytes) = field.chunk().await.map_err(cut_off)? {
        if upload.size() + bytes.len() as u64 > most.0 {
            return Err(too_large(most));
        }
        let wanted = SAMPLE_BYTES - sample.len();
        if wanted > 0 {
            sample.extend_from_slice(&bytes[..bytes.len().min(wanted)]);
            if sample.len() == SAMPLE_BYTES {
                sample = sniffed(sample, u64::MAX).await?.0;
            }
        }
        // A frame that is part of a larger buffer would keep all of it.
        upload.write(Bytes::copy_from_slice(&bytes)).await?;
    }
    sniffed(sample, upload.size()).await
}

async fn sniffed(sample: Vec<u8>, size: u64) -> Result<(Vec<u8>, Sniffed)> {
    apart(move || {
        let found = sniff(&sample, size).map_err(|refusal| Error::invalid("file", refusal.code, refusal.message))?;
        Ok((sample, found))
    })
    .await?
}

async fn make(
    store: &Store,
    can: &Can<ImportContacts>,
    upload: Upload,
    name: &str,
    sample: Vec<u8>,
    sniffed: Sniffed,
) -> Result<Import> {
    let size = upload.size();
    let mut tx = store.begin(can).await?;
    let columns = guessed(&sniffed, &Own::read(&mut tx).await?.targets());
    let tenant = identity::tenant::current(&mut tx).await?;
    let blob = upload.finish(&mut tx, name, "text/csv", "import").await?;
    // A file whose rows cannot be told apart by the guess says why; the person may know better.
    let unread = if sniffed.columns == 0 { examine(&sample, size, &sniffed.dialect).err() } else { None };
    let import = settle(
        Import {
            id: ImportId::new(),
            version: 1,
            state: ImportState::Uploaded,
            blob_id: Some(blob.id),
            file_name: blob.file_name,
            size: blob.size,
            dialect: Json(sniffed.dialect),
            confidence: i64::from(sniffed.confidence),
            columns: Json(columns),
            duplicates: Duplicates::Skip,
            match_by: Json(vec![MatchBy::ExternalId, MatchBy::Email, MatchBy::Phone]),
            default_country: tenant.country,
            date_order: None,
            rows_estimated: i64::try_from(sniffed.estimated_rows).unwrap_or(i64::MAX),
            rows_total: None,
            rows_done: 0,
            bytes_done: 0,
            created: 0,
            linked: 0,
            updated: 0,
            skipped: 0,
            refused: 0,
            companies_created: 0,
            undone: 0,
            kept: 0,
            error_code: None,
            error: None,
            member_id: can.caller().member_id(),
            started_at: None,
            finished_at: None,
            undone_at: None,
            created_at: tx.now(),
            updated_at: tx.now(),
        },
        unread.map(|error| (error.code().to_owned(), error.to_string())),
    );
    tx.insert(&import).await?;
    tx.audit(Change::new("import.create", import.id).after(&import)).await?;
    tx.emit(Event::new("import.created", import.id)).await?;
    let forgotten = tx.now() + TimeDelta::days(FORGOTTEN_AFTER_DAYS);
    tx.enqueue_at(&ForgetImport { import_id: import.id }, forgotten).await?;
    tx.commit().await?;
    Ok(import)
}

fn too_large(most: MaxUpload) -> Error {
    Error::Door {
        status: 413,
        code: "file_too_large",
        detail: format!("The file is larger than {} MB. Divide it and bring in the parts.", most.0 >> 20),
        retry_after_seconds: None,
    }
}

fn cut_off(error: MultipartError) -> Error {
    Error::Door {
        status: error.status().as_u16(),
        code: "upload_unreadable",
        detail: "The upload could not be read to its end. Send the file again.".into(),
        retry_after_seconds: None,
    }
}
