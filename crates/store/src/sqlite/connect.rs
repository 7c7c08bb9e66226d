//! Opening the file: the settings all connections share, and their patience with other processes.

use std::{
    cell::Cell,
    path::Path,
    time::{Duration, Instant},
};

use rusqlite::OpenFlags;

use super::translate;
use crate::{driver::Access, error::Result};

/// Distinct statements kept prepared per connection.
const STATEMENTS: usize = 256;

/// How long a connection waits for another process that works on the same file (`omb keys rotate` beside the server).
const PATIENCE: Duration = Duration::from_secs(15);

/// Between two looks whether the file is free.
const LOOK: Duration = Duration::from_millis(1);

/// Called again and again while another process holds the file; false gives up. SQLite's own handler soon looks only
/// every 100 ms, and a server that writes without pause leaves the file free for microseconds: looking as seldom, an
/// operator's command was seen to find it taken for all of ten seconds. A thread asks through one connection at a time.
fn wait_for_another_process(looks: i32) -> bool {
    thread_local!(static SINCE: Cell<Option<Instant>> = const { Cell::new(None) });
    if looks == 0 {
        SINCE.set(Some(Instant::now()));
    }
    let patient = SINCE.get().is_some_and(|since| since.elapsed() < PATIENCE);
    if patient {
        std::thread::sleep(LOOK);
    }
    patient
}

/// Opens one connection with the settings all share: WAL, foreign keys, a full sync at each commit.
pub(super) fn connect(path: &Path, access: Access) -> Result<rusqlite::Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let open = || -> rusqlite::Result<rusqlite::Connection> {
        let mut connection = rusqlite::Connection::open_with_flags(path, flags)?;
        connection.busy_handler(Some(wait_for_another_process))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", "ON")?;
        let writes = access != Access::Read;
        connection.pragma_update(None, "cache_size", if writes { -32_000 } else { -16_000 })?;
        if writes {
            // Pages that change again and again are copied into the file once per 16 MiB of log, not per 4.
            connection.pragma_update(None, "wal_autocheckpoint", 4_000)?;
        }
        // What a nested transaction may have to put back stays in memory.
        connection.pragma_update(None, "temp_store", "MEMORY")?;
        if !writes {
            connection.pragma_update(None, "query_only", "ON")?;
        }
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        Ok(connection)
    };
    open().map_err(|e| translate(&e, &path.display().to_string()))
}
