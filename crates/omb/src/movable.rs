//! The clock of an instance that is for trying things out. Where the program runs with `--demo`, or with OMB_TEST set, its
//! clock follows a file in the data folder, which `omb clock` writes; the nodes of one instance share that folder.
//!
//! Invariant: the file is there only while the instance's clock may be moved. It holds one number: how many microseconds
//! the clock is ahead of the machine's. It is replaced whole, so that nobody reads half of it.
//!
//! Refuses: moving the clock of an instance that works in earnest.

use std::{
    io::{self, Write},
    path::Path,
    time::Duration,
};

use chrono::TimeDelta;
use kernel::Clock;
use tempfile::NamedTempFile;
use tokio::task::JoinHandle;

const FILE: &str = "clock";
/// How often a running program looks at the file.
const LOOK: Duration = Duration::from_millis(250);

/// How far the instance's clock has been moved; None where it cannot be moved.
pub fn offset(data_dir: &Path) -> io::Result<Option<TimeDelta>> {
    match std::fs::read_to_string(data_dir.join(FILE)) {
        Ok(text) => {
            let micros: i64 = text.trim().parse().map_err(|_| {
                io::Error::new(io::ErrorKind::InvalidData, "the file does not hold a number of microseconds")
            })?;
            Ok(Some(TimeDelta::microseconds(micros)))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Writes how far the clock is to be moved.
pub fn set_offset(data_dir: &Path, offset: TimeDelta) -> io::Result<()> {
    let micros = offset.num_microseconds().ok_or_else(|| io::Error::other("that is too far"))?;
    // Under a name of its own: nodes that share the folder may write at the same moment.
    let mut staged = NamedTempFile::new_in(data_dir)?;
    writeln!(staged, "{micros}")?;
    staged.persist(data_dir.join(FILE))?;
    Ok(())
}

/// Makes the instance's clock movable, at what it was moved to before.
pub fn allow(data_dir: &Path, clock: &Clock) -> io::Result<()> {
    std::fs::create_dir_all(data_dir)?;
    match offset(data_dir)? {
        Some(offset) => clock.set_offset(offset),
        None => set_offset(data_dir, TimeDelta::zero())?,
    }
    Ok(())
}

/// Takes the file of an earlier demo away: from now on this instance has the machine's time.
pub fn forbid(data_dir: &Path) -> io::Result<()> {
    match std::fs::remove_file(data_dir.join(FILE)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Follows the file until the task is aborted.
pub fn follow(data_dir: &Path, clock: &Clock) -> JoinHandle<()> {
    let (folder, clock) = (data_dir.to_owned(), clock.clone());
    tokio::spawn(async move {
        let mut look = tokio::time::interval(LOOK);
        loop {
            look.tick().await;
            match offset(&folder) {
                Ok(Some(offset)) if offset != clock.offset() => {
                    tracing::info!(seconds = offset.num_seconds(), "the clock has been moved");
                    clock.set_offset(offset);
                }
                Ok(_) => {}
                Err(error) => tracing::warn!(%error, "the file of the clock cannot be read"),
            }
        }
    })
}
