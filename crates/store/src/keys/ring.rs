//! The master keys a process holds. They are read when first wanted, and again when an unknown one is met or a new key
//! is about to be wrapped, so that a rotation by another process is taken up without a restart.

use std::{
    fmt,
    path::{Path, PathBuf},
    sync::{Arc, RwLock},
};

use chrono::{DateTime, Utc};

use super::{
    MasterKeyInfo, MasterKeyState,
    file::{self, KeyFileError},
    master::MasterKey,
};

/// Cheap to clone; clones share what they hold.
#[derive(Clone, Default)]
pub struct KeyRing {
    inner: Arc<Inner>,
}

#[derive(Default)]
struct Inner {
    source: Source,
    held: RwLock<Vec<MasterKey>>,
}

#[derive(Default)]
enum Source {
    /// Nothing can be sealed: the default, so that no key is made that nobody keeps.
    #[default]
    None,
    /// Tests, which throw their databases away.
    Memory,
    File(PathBuf),
}

impl KeyRing {
    /// The keys in a file, which is made with a fresh one when a database that has sealed nothing is opened.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self::of(Source::File(path.into()))
    }

    /// Keys that end with the process. Only for databases that do too.
    pub fn in_memory() -> Self {
        Self::of(Source::Memory)
    }

    fn of(source: Source) -> Self {
        Self { inner: Arc::new(Inner { source, held: RwLock::default() }) }
    }

    /// The file's path, if the keys are in one.
    pub fn path(&self) -> Option<&Path> {
        match &self.inner.source {
            Source::File(path) => Some(path),
            Source::None | Source::Memory => None,
        }
    }

    pub fn is_none(&self) -> bool {
        matches!(self.inner.source, Source::None)
    }

    /// The keys as they now are, oldest first; empty where there is no file yet.
    pub fn list(&self) -> Result<Vec<MasterKeyInfo>, KeyFileError> {
        Ok(self.read()?.into_iter().map(|key| key.info).collect())
    }

    /// Reads the keys again.
    pub(crate) fn read(&self) -> Result<Vec<MasterKey>, KeyFileError> {
        match &self.inner.source {
            Source::None => Err(KeyFileError::None),
            Source::Memory => Ok(self.held()),
            Source::File(path) => {
                let keys = file::read(path)?.unwrap_or_default();
                self.hold(keys.clone());
                Ok(keys)
            }
        }
    }

    /// The key that wraps new ones: always as the file now says, because a rotation may have replaced it.
    pub(crate) fn current(&self) -> Result<MasterKey, KeyFileError> {
        let current = self.read()?.into_iter().find(|key| key.info.state == MasterKeyState::Current);
        current.ok_or_else(|| self.missing("that its new keys are wrapped by"))
    }

    /// A key by id; the file is read again when it is not held yet.
    pub(crate) fn find(&self, id: &str) -> Result<MasterKey, KeyFileError> {
        if self.is_none() {
            return Err(KeyFileError::None);
        }
        if let Some(key) = self.held().into_iter().find(|key| key.info.id == id) {
            return Ok(key);
        }
        self.read()?.into_iter().find(|key| key.info.id == id).ok_or_else(|| self.missing(id))
    }

    pub(crate) fn missing(&self, id: &str) -> KeyFileError {
        let place = self.path().map_or_else(|| "this process".to_owned(), |path| path.display().to_string());
        KeyFileError::NotOurs { id: id.to_owned(), place }
    }

    /// A first key, where there is none. Of several processes one makes it.
    pub(crate) fn found(&self, now: DateTime<Utc>) -> Result<(), KeyFileError> {
        let _lock = self.lock(true)?;
        if self.read()?.is_empty() { self.replace(vec![MasterKey::new(now)]) } else { Ok(()) }
    }

    /// Puts these keys in the place of what there is.
    pub(crate) fn replace(&self, keys: Vec<MasterKey>) -> Result<(), KeyFileError> {
        if let Source::File(path) = &self.inner.source {
            file::replace(path, &keys)?;
        }
        self.hold(keys);
        Ok(())
    }

    /// To be held while the keys are changed. None while another process does and `wait` is not wished.
    pub(crate) fn lock(&self, wait: bool) -> Result<Option<Option<file::Lock>>, KeyFileError> {
        match &self.inner.source {
            Source::None => Err(KeyFileError::None),
            Source::Memory => Ok(Some(None)),
            Source::File(path) => Ok(file::lock(path, wait)?.map(Some)),
        }
    }

    fn held(&self) -> Vec<MasterKey> {
        self.inner.held.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    fn hold(&self, keys: Vec<MasterKey>) {
        *self.inner.held.write().unwrap_or_else(std::sync::PoisonError::into_inner) = keys;
    }
}

impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.inner.source {
            Source::None => f.write_str("KeyRing(none)"),
            Source::Memory => f.write_str("KeyRing(memory)"),
            Source::File(path) => write!(f, "KeyRing({})", path.display()),
        }
    }
}
