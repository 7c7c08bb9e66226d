//! Receiving a file: streamed to the object store, refused as early as its first bytes or its size allow; a workbook or cards
//! laid out as a table besides.

use std::{fs::File, io::Write};

use axum::extract::{
    Multipart,
    multipart::{Field, MultipartError},
};
use bytes::Bytes;
use files::{Blobs, Upload};
use kernel::{Can, Error, Result};
use store::Store;
use tabular::{SAMPLE_BYTES, Sniffed, kind, sniff};

use super::{
    Format, Import,
    create::{Known, make},
    lay::{disk, lay},
    noun::Imports,
    run::apart,
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

/// Bytes that say what a file is.
const TELLING: usize = 16;

/// Reads the form's one file and makes an import of it.
pub async fn receive(
    store: &Store,
    (blobs, imports): (&Blobs, &Imports),
    can: &Can<ImportContacts>,
    noun: &str,
    mut form: Multipart,
    most: MaxUpload,
) -> Result<Import> {
    let permission = imports.of(noun)?.rights().make;
    if !can.caller().holds(permission) {
        return Err(Error::Forbidden { permission });
    }
    let Some(field) = form.next_field().await.map_err(cut_off)? else {
        return Err(Error::invalid("file", "required", "Choose a file to bring in."));
    };
    if field.name() != Some("file") {
        return Err(Error::invalid(field.name().unwrap_or("file"), "unknown_field", "Send one field named file."));
    }
    let name = field.file_name().unwrap_or("table.csv").to_owned();
    let mut upload = blobs.upload(can.tenant_id()).await?;
    let arrived = match arrive(&mut upload, field, most).await {
        Ok(arrived) => known(blobs, can, arrived, upload.size()).await,
        Err(error) => Err(error),
    };
    match arrived {
        Ok(known) => make(store, imports, can, noun, upload, &name, known).await,
        Err(error) => {
            upload.abort().await?;
            Err(error)
        }
    }
}

/// What arrived: the beginning, and the whole on this machine where it has to be laid out.
struct Arrived {
    sample: Vec<u8>,
    format: Format,
    copy: Option<File>,
}

/// Takes the bytes as they come. What the first of them give away is not waited for.
async fn arrive(upload: &mut Upload, mut field: Field<'_>, most: MaxUpload) -> Result<Arrived> {
    let mut sample: Vec<u8> = Vec::new();
    let mut known: Option<(Format, Option<File>)> = None;
    while let Some(bytes) = field.chunk().await.map_err(cut_off)? {
        if upload.size() + bytes.len() as u64 > most.0 {
            return Err(too_large(most));
        }
        let wanted = SAMPLE_BYTES - sample.len();
        if wanted > 0 {
            sample.extend_from_slice(&bytes[..bytes.len().min(wanted)]);
        }
        if let Some((_, Some(copy))) = &mut known {
            copy.write_all(&bytes).map_err(disk)?;
        } else if known.is_none() && sample.len() >= TELLING {
            known = Some(begun(&sample, &bytes[bytes.len().min(wanted)..])?);
        }
        if wanted > 0 && sample.len() == SAMPLE_BYTES && matches!(known, Some((Format::Csv, _))) {
            sample = sniffed(sample, u64::MAX).await?.0;
        }
        // A frame that is part of a larger buffer would keep all of it.
        upload.write(Bytes::copy_from_slice(&bytes)).await?;
    }
    let (format, copy) = match known {
        Some(known) => known,
        None => begun(&sample, &[])?,
    };
    Ok(Arrived { sample, format, copy })
}

/// What the file is, and a copy of what has arrived of it where all of it is needed at once: the sample and what came with it.
fn begun(sample: &[u8], rest: &[u8]) -> Result<(Format, Option<File>)> {
    let format = Format::from(kind(sample));
    if format == Format::Csv {
        return Ok((format, None));
    }
    let mut copy = tempfile::tempfile().map_err(disk)?;
    copy.write_all(sample).map_err(disk)?;
    copy.write_all(rest).map_err(disk)?;
    Ok((format, Some(copy)))
}

/// How the file is read, as far as can be guessed.
async fn known(blobs: &Blobs, can: &Can<ImportContacts>, arrived: Arrived, size: u64) -> Result<Known> {
    let Arrived { sample, format, copy } = arrived;
    let Some(copy) = copy else {
        let (sample, sniffed) = sniffed(sample, size).await?;
        return Ok(Known { sample, format, sniffed, table: None });
    };
    let mut table = lay(copy, format, None).await?;
    let stored = table.stored(blobs, can.tenant_id()).await?;
    Ok(Known { sample, format, sniffed: table.sniffed.clone(), table: Some((table, stored)) })
}

async fn sniffed(sample: Vec<u8>, size: u64) -> Result<(Vec<u8>, Sniffed)> {
    apart(move || {
        let found = sniff(&sample, size).map_err(|refusal| Error::invalid("file", refusal.code, refusal.message))?;
        Ok((sample, found))
    })
    .await?
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
