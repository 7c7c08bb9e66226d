//! Mails as `.eml` files that any mail program opens.
//!
//! Invariant: a file is complete or absent (written beside under a name of its own and renamed: several nodes may
//! share the folder), its name comes from its number alone, and its
//! first line holds the envelope. Files of other names are left alone.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use axum::body::Bytes;
use chrono::{DateTime, Utc};
use tempfile::NamedTempFile;

use super::{Envelope, StoredMail};

const ENVELOPE_LINE: &[u8] = b"X-Sandbox-Envelope: ";

pub(super) fn path(folder: &Path, id: u64) -> PathBuf {
    folder.join(format!("{id:08}.eml"))
}

pub(super) fn write(folder: &Path, id: u64, envelope: &Envelope, raw: &[u8]) -> io::Result<()> {
    let mut content = ENVELOPE_LINE.to_vec();
    content.extend(serde_json::to_vec(envelope)?);
    content.extend(b"\r\n");
    content.extend(raw);
    let mut unfinished = NamedTempFile::new_in(folder)?;
    unfinished.write_all(&content)?;
    unfinished.persist(path(folder, id))?;
    Ok(())
}

/// All mails of the folder, oldest first. Makes the folder, and tries whether it can be written.
pub(super) fn read_all(folder: &Path, largest: usize) -> Result<Vec<StoredMail>, (PathBuf, io::Error)> {
    let here = |source| (folder.to_owned(), source);
    fs::create_dir_all(folder).map_err(here)?;
    NamedTempFile::new_in(folder).and_then(NamedTempFile::close).map_err(here)?;
    let mut mails = Vec::new();
    for entry in fs::read_dir(folder).map_err(here)? {
        let file = entry.map_err(here)?.path();
        let Some(id) = number(&file) else { continue };
        let there = |source| (file.clone(), source);
        let about = fs::metadata(&file).map_err(there)?;
        // Not ours: nothing larger than a mail and its envelope was ever written here.
        if !about.is_file() || about.len() > largest as u64 + 1_000_000 {
            continue;
        }
        let content = fs::read(&file).map_err(there)?;
        let written = about.modified().map_or(DateTime::UNIX_EPOCH, DateTime::<Utc>::from);
        mails.push(parse(id, content, written));
    }
    mails.sort_by_key(|mail| mail.summary.id);
    Ok(mails)
}

fn number(file: &Path) -> Option<u64> {
    let stem = file.file_name()?.to_str()?.strip_suffix(".eml")?;
    (stem.len() >= 8 && stem.bytes().all(|b| b.is_ascii_digit())).then(|| stem.parse().ok())?
}

fn parse(id: u64, content: Vec<u8>, written: DateTime<Utc>) -> StoredMail {
    let content = Bytes::from(content);
    let ours = content.strip_prefix(ENVELOPE_LINE).and_then(|rest| {
        let end = rest.iter().position(|b| *b == b'\n')?;
        let envelope: Envelope = serde_json::from_slice(&rest[..end]).ok()?;
        Some((envelope, ENVELOPE_LINE.len() + end + 1))
    });
    match ours {
        Some((envelope, start)) => StoredMail::new(id, envelope, content.slice(start..)),
        None => {
            let envelope = Envelope { from: String::new(), to: Vec::new(), received_at: written, announced_8bit: true };
            StoredMail::new(id, envelope, content)
        }
    }
}
