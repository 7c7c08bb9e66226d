//! The file of master keys on disk: read only when nobody else may read it, replaced as a whole and never written over.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

use zeroize::Zeroizing;

use super::master::{self, MasterKey};

/// Why the master key file cannot be used, and what to do.
#[derive(Debug, Clone, thiserror::Error)]
pub enum KeyFileError {
    #[error(
        "the master key file {} can be read by others (mode {mode:04o}). Run: chmod 600 {}", path.display(), path.display()
    )]
    Open { path: PathBuf, mode: u32 },
    #[error(
        "the master key file {} cannot be used: {fault}. Put back the copy you keep; a new file would not open what is sealed.",
        path.display()
    )]
    Malformed { path: PathBuf, fault: String },
    #[error("the master key file {} cannot be read: {fault}. Set OMB_MASTER_KEY_FILE to a file this user may read.", path.display())]
    Unreadable { path: PathBuf, fault: String },
    #[error(
        "the master key file {} cannot be written: {fault}. Make its folder writable for this user, or set OMB_MASTER_KEY_FILE.",
        path.display()
    )]
    Unwritable { path: PathBuf, fault: String },
    #[error(
        "this database was sealed with key {id}, which {place} does not hold. Point OMB_MASTER_KEY_FILE at the file that does; without that key, what is sealed in the database cannot be read."
    )]
    NotOurs { id: String, place: String },
    #[error("this store was opened without a master key, so nothing can be sealed or opened.")]
    None,
}

/// The keys of the file; None where there is no file.
pub(crate) fn read(path: &Path) -> Result<Option<Vec<MasterKey>>, KeyFileError> {
    let unreadable = |error: io::Error| KeyFileError::Unreadable { path: path.to_owned(), fault: error.to_string() };
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(error)),
    };
    // Asked of the open file, so that what is checked is what is read.
    refuse_shared(path, &file.metadata().map_err(unreadable)?)?;
    let mut text = Zeroizing::new(String::with_capacity(4096));
    file.read_to_string(&mut text).map_err(unreadable)?;
    master::read(&text).map(Some).map_err(|fault| KeyFileError::Malformed { path: path.to_owned(), fault })
}

#[cfg(unix)]
fn refuse_shared(path: &Path, metadata: &fs::Metadata) -> Result<(), KeyFileError> {
    use std::os::unix::fs::PermissionsExt;
    let mode = metadata.permissions().mode() & 0o7777;
    if mode & 0o077 == 0 { Ok(()) } else { Err(KeyFileError::Open { path: path.to_owned(), mode }) }
}

/// Where files have no mode, the folder's access list protects it.
#[cfg(not(unix))]
fn refuse_shared(_: &Path, _: &fs::Metadata) -> Result<(), KeyFileError> {
    Ok(())
}

/// Replaces the file: whoever reads it meanwhile sees the old one or the new one, also after a loss of power.
pub(crate) fn replace(path: &Path, keys: &[MasterKey]) -> Result<(), KeyFileError> {
    let write = || -> io::Result<()> {
        let next = beside(path, "next");
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        match fs::remove_file(&next) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut file = options.open(&next)?;
        file.write_all(master::write(keys).as_bytes())?;
        file.sync_all()?;
        fs::rename(&next, path)?;
        #[cfg(unix)]
        File::open(folder(path))?.sync_all()?;
        Ok(())
    };
    write().map_err(|error| KeyFileError::Unwritable { path: path.to_owned(), fault: error.to_string() })
}

/// Held while the file is being changed; given back when dropped, and by the system when the process ends.
pub(crate) struct Lock(#[allow(dead_code, reason = "the lock lives as long as its file is open")] File);

/// None when another process is changing the file and `wait` is not wished.
pub(crate) fn lock(path: &Path, wait: bool) -> Result<Option<Lock>, KeyFileError> {
    let unwritable = |error: io::Error| KeyFileError::Unwritable { path: path.to_owned(), fault: error.to_string() };
    fs::create_dir_all(folder(path)).map_err(unwritable)?;
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(beside(path, "lock")).map_err(unwritable)?;
    if wait {
        file.lock().map_err(unwritable)?;
        return Ok(Some(Lock(file)));
    }
    match file.try_lock() {
        Ok(()) => Ok(Some(Lock(file))),
        Err(fs::TryLockError::WouldBlock) => Ok(None),
        Err(fs::TryLockError::Error(error)) => Err(unwritable(error)),
    }
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn beside(path: &Path, extension: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    name.into()
}
