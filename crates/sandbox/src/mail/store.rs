//! The mailbox: numbered mails, newest kept, oldest dropped.
//!
//! Invariant: a mail that was confirmed to the client is listed, and is on disk where there is a folder. Numbers go up
//! and are never used twice while the sandbox runs.

use std::{
    collections::BTreeMap,
    io,
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::body::Bytes;
use tokio::task::spawn_blocking;

use super::{Envelope, MailFilter, MailPage, StoredMail, file};
use crate::config::{SandboxConfig, SandboxError};

const USUAL_PAGE: usize = 50;
const LARGEST_PAGE: usize = 200;

pub(crate) struct MailStore {
    folder: Option<PathBuf>,
    max_mails: usize,
    max_total_bytes: usize,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    mails: BTreeMap<u64, Arc<StoredMail>>,
    total_bytes: usize,
    last_id: u64,
}

impl MailStore {
    pub async fn open(config: &SandboxConfig) -> Result<Self, SandboxError> {
        let store = Self {
            folder: config.data_dir.clone(),
            max_mails: config.max_mails.max(1),
            max_total_bytes: config.max_total_bytes,
            state: Mutex::default(),
        };
        if let Some(folder) = config.data_dir.clone() {
            let (shown, largest) = (folder.clone(), config.max_message_bytes);
            let read = spawn_blocking(move || file::read_all(&folder, largest)).await;
            let read = read.unwrap_or_else(|stopped| Err((shown, io::Error::other(stopped))));
            let mut state = store.lock();
            for mail in read.map_err(|(path, source)| SandboxError::DataDir { path, source })? {
                state.insert(Arc::new(mail));
            }
        }
        // More may lie there than the present limits allow.
        store.delete_files(store.make_room()).await;
        Ok(store)
    }

    /// Keeps a mail and answers its number.
    ///
    /// # Errors
    /// When the file cannot be written; then the mail is not kept.
    pub async fn keep(&self, envelope: Envelope, raw: Vec<u8>) -> io::Result<u64> {
        let id = {
            let mut state = self.lock();
            state.last_id += 1;
            state.last_id
        };
        let raw = Bytes::from(raw);
        let folder = self.folder.clone();
        let mail = spawn_blocking(move || {
            if let Some(folder) = folder {
                file::write(&folder, id, &envelope, &raw)?;
            }
            io::Result::Ok(StoredMail::new(id, envelope, raw))
        })
        .await
        .map_err(io::Error::other)??;
        self.lock().insert(Arc::new(mail));
        let dropped = self.make_room();
        self.delete_files(dropped).await;
        Ok(id)
    }

    pub fn get(&self, id: u64) -> Option<Arc<StoredMail>> {
        self.lock().mails.get(&id).cloned()
    }

    pub fn count(&self) -> usize {
        self.lock().mails.len()
    }

    /// Newest first.
    pub fn list(&self, filter: &MailFilter) -> MailPage {
        let limit = filter.limit.unwrap_or(USUAL_PAGE).clamp(1, LARGEST_PAGE);
        let wanted =
            |text: &Option<String>| text.as_deref().map(str::trim).filter(|t| !t.is_empty()).map(str::to_lowercase);
        let (to, subject) = (wanted(&filter.to), wanted(&filter.subject));
        let state = self.lock();
        let mut items = Vec::new();
        for mail in state.mails.range(..filter.before.unwrap_or(u64::MAX)).rev().map(|(_, mail)| &mail.summary) {
            let for_them = to.as_ref().is_none_or(|text| {
                mail.envelope_to.iter().chain([&mail.to]).any(|address| address.to_lowercase().contains(text))
            });
            let about_it = subject.as_ref().is_none_or(|text| mail.subject.to_lowercase().contains(text));
            if for_them && about_it {
                items.push(mail.clone());
            }
            if items.len() > limit {
                break;
            }
        }
        let more = items.len() > limit;
        items.truncate(limit);
        let next_before = items.last().filter(|_| more).map(|mail| mail.id);
        MailPage { items, next_before }
    }

    pub async fn clear(&self) {
        let ids: Vec<_> = {
            let mut state = self.lock();
            state.total_bytes = 0;
            std::mem::take(&mut state.mails).into_keys().collect()
        };
        self.delete_files(ids).await;
    }

    /// Drops the oldest beyond the limits, but never the newest; answers their numbers.
    fn make_room(&self) -> Vec<u64> {
        let mut state = self.lock();
        let mut dropped = Vec::new();
        while state.mails.len() > self.max_mails || (state.total_bytes > self.max_total_bytes && state.mails.len() > 1)
        {
            let Some((id, mail)) = state.mails.pop_first() else {
                break;
            };
            state.total_bytes -= mail.raw.len();
            dropped.push(id);
        }
        dropped
    }

    async fn delete_files(&self, ids: Vec<u64>) {
        let Some(folder) = self.folder.clone() else { return };
        // A file that is already gone is what was wanted.
        let _ = spawn_blocking(move || {
            for id in ids {
                let _ = std::fs::remove_file(file::path(&folder, id));
            }
        })
        .await;
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn insert(&mut self, mail: Arc<StoredMail>) {
        self.last_id = self.last_id.max(mail.summary.id);
        self.total_bytes += mail.raw.len();
        self.mails.insert(mail.summary.id, mail);
    }
}
