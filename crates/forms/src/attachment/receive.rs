//! Reading a form that comes with files (RFC 7578), part by part. One file at a time is in memory; what it is is known before
//! any of it is kept, and what was kept of a form that is refused is dropped again.

use std::{collections::HashMap, time::Duration};

use axum::extract::{
    Multipart,
    multipart::{Field, MultipartError},
};
use bytes::{Bytes, BytesMut};
use files::{Blobs, Upload};
use kernel::{Error, FieldError, Result, TenantId, error::Fields};
use tokio::sync::Semaphore;

use super::{
    kind::{FileKind, Known, sniff},
    picture::clean,
    rule::FileRule,
};
use crate::form::{Form, field::FieldKind};

/// Everything that is typed, with the names of its fields, in bytes.
const MOST_TYPED: usize = 4 << 20;
/// Far more than a form has fields and files: what is small and many costs memory too.
const MOST_PARTS: usize = 500;
/// How much of one body is read at all: what a form takes, and as much again to be told that it is too much.
pub(crate) const MOST_READ: usize = 104 << 20;
/// Longer no upload may take: 50 MB at 3 Mbit/s.
const LONGEST: Duration = Duration::from_secs(180);
/// A decoded picture may fill 200 MB; so many are made anew at once.
static CLEANING: Semaphore = Semaphore::const_new(2);

/// A file that has arrived and is not anybody's yet. Dropped, nothing of it stays.
pub(crate) struct Arrived {
    pub field: String,
    pub name: String,
    pub known: Known,
    pub upload: Upload,
}

/// What has come.
#[derive(Default)]
pub(crate) struct Received {
    pub pairs: Vec<(String, String)>,
    pub files: Vec<Arrived>,
    /// By the keys of the form's fields.
    pub refused: Vec<FieldError>,
    /// A file was too large, or all of it was.
    pub too_large: bool,
}

/// Reads all of it; what is wrong with a file is noted and the rest is read all the same, so that nobody types twice.
pub(crate) async fn receive(form: &Form, blobs: &Blobs, tenant: TenantId, body: Multipart) -> Result<Received> {
    let slow = |_| Error::Door {
        status: 408,
        code: "upload_too_slow",
        detail: "The files took too long to arrive. Send smaller ones, or send them from a faster line.".into(),
        retry_after_seconds: None,
    };
    tokio::time::timeout(LONGEST, read(form, blobs, tenant, body)).await.map_err(slow)?
}

async fn read(form: &Form, blobs: &Blobs, tenant: TenantId, mut body: Multipart) -> Result<Received> {
    let rules: HashMap<&str, FileRule> = form
        .fields
        .0
        .iter()
        .filter(|asked| asked.kind == FieldKind::File)
        .map(|asked| (asked.key.as_str(), asked.files.clone().unwrap_or_default()))
        .collect();
    let mut received = Received::default();
    let (mut refused, mut typed, mut parts) = (Fields::default(), 0, 0);
    loop {
        let mut part = match body.next_field().await {
            Ok(Some(part)) => part,
            Ok(None) => break,
            Err(error) if is_too_large(&error) => {
                received.too_large = true;
                break;
            }
            Err(_) => return Err(cut_off()),
        };
        parts += 1;
        if parts > MOST_PARTS {
            return Err(cut_off());
        }
        let key = part.name().unwrap_or_default().to_owned();
        match rules.get(key.as_str()) {
            Some(rule) => {
                let has = received.files.iter().filter(|file| file.field == key).count() as u64;
                match file(&mut part, &key, rule, has).await {
                    Ok(Some((name, known, bytes))) => {
                        let mut upload = blobs.upload(tenant).await?;
                        upload.write(bytes).await?;
                        received.files.push(Arrived { field: key, name, known, upload });
                    }
                    Ok(None) => {}
                    Err(Error::Invalid { fields }) => {
                        received.too_large |= fields.iter().any(|one| one.code == "file_too_large");
                        fields.into_iter().for_each(|one| refused.refuse(one.field, one.code, one.message));
                    }
                    Err(Error::Door { status: 413, .. }) => {
                        received.too_large = true;
                        break;
                    }
                    Err(other) => return Err(other),
                }
            }
            None => {
                let left = MOST_TYPED.saturating_sub(typed + key.len());
                let bytes = match bytes(&mut part, left).await {
                    Ok(Some(bytes)) => bytes,
                    Ok(None) => return Err(cut_off()),
                    Err(Error::Door { status: 413, .. }) => {
                        received.too_large = true;
                        break;
                    }
                    Err(other) => return Err(other),
                };
                typed += key.len() + bytes.len();
                received.pairs.push((key, String::from_utf8_lossy(&bytes).into_owned()));
            }
        }
    }
    if let Err(Error::Invalid { fields }) = refused.finish() {
        received.refused = fields;
    }
    Ok(received)
}

/// One file, as it is to be kept. None where none was chosen.
async fn file(part: &mut Field<'_>, key: &str, rule: &FileRule, has: u64) -> Result<Option<(String, Known, Bytes)>> {
    let name = part.file_name().unwrap_or_default().to_owned();
    let most = usize::try_from(rule.most()).unwrap_or(usize::MAX);
    let bytes = bytes(part, most).await?;
    if name.is_empty() && bytes.as_ref().is_some_and(BytesMut::is_empty) {
        return Ok(None);
    }
    let Some(bytes) = bytes else {
        let sentence = format!("Choose files of at most {} MB.", rule.megabytes);
        return Err(Error::invalid(key, "file_too_large", sentence));
    };
    if has >= rule.count {
        return Err(Error::invalid(key, "too_many_files", format!("Choose at most {} files.", rule.count)));
    }
    let bytes = bytes.freeze();
    let known = sniff(key, &bytes, &name)?;
    if !rule.kinds.contains(&known.kind) {
        return Err(Error::invalid(key, "file_kind", "This form does not take files of this kind. Choose another."));
    }
    let bytes = if known.kind == FileKind::Picture { cleaned(key, bytes, known).await? } else { bytes };
    Ok(Some((called(&name, known), known, bytes)))
}

async fn cleaned(key: &str, bytes: Bytes, known: Known) -> Result<Bytes> {
    let _turn = CLEANING.acquire().await.map_err(Error::internal)?;
    let key = key.to_owned();
    tokio::task::spawn_blocking(move || clean(&key, &bytes, known)).await.map_err(Error::internal)?
}

/// The name with the ending of what it is, so that nobody opens it as something else.
fn called(name: &str, known: Known) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let same = last.rsplit_once('.').filter(|(_, ending)| {
        let ending = ending.to_lowercase();
        ending == known.ending
            || (known.ending == "jpg" && ending == "jpeg")
            || (known.ending == "txt" && ending == "md")
    });
    let stem: String = same.map_or(last, |(stem, _)| stem).chars().take(100).collect();
    format!("{}.{}", if stem.trim().is_empty() { "file" } else { stem.trim() }, known.ending)
}

/// The bytes of a part; None where there are more than `most`, which are read to their end and forgotten.
async fn bytes(part: &mut Field<'_>, most: usize) -> Result<Option<BytesMut>> {
    let mut kept = BytesMut::new();
    let mut more = false;
    loop {
        match part.chunk().await {
            Ok(Some(chunk)) if !more && kept.len() + chunk.len() <= most => kept.extend_from_slice(&chunk),
            Ok(Some(_)) => {
                more = true;
                kept.clear();
            }
            Ok(None) => return Ok((!more).then_some(kept)),
            Err(error) if is_too_large(&error) => return Err(too_large()),
            Err(_) => return Err(cut_off()),
        }
    }
}

fn is_too_large(error: &MultipartError) -> bool {
    error.status().as_u16() == 413
}

fn too_large() -> Error {
    Error::Door {
        status: 413,
        code: "body_too_large",
        detail: "Send at most 50 MB of files.".into(),
        retry_after_seconds: None,
    }
}

fn cut_off() -> Error {
    Error::Door {
        status: 400,
        code: "body_unreadable",
        detail: "The form did not arrive whole. Send it again.".into(),
        retry_after_seconds: None,
    }
}
