//! Reading the embedded database, on the thread that asks. At most [`READERS`] read at a time; the runtime must have
//! more threads than that, so that a slow read never keeps all of them.
//!
//! A dropped reader ends its transaction before it goes back to the others.

use std::{
    path::Path,
    sync::{Arc, Mutex},
};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{closed, connect, control, run};
use crate::{
    Sql,
    driver::{Access, Answer},
    error::Result,
};

/// Most transactions that read the embedded database at once. The runtime needs more threads than these.
pub const READERS: usize = 4;

pub(super) struct Readers {
    idle: Mutex<Vec<rusqlite::Connection>>,
    permits: Arc<Semaphore>,
}

/// A connection lent to one transaction that reads. The lock is never waited for: it lets the holder be shared between
/// threads, which a connection does not.
pub(crate) struct Reader {
    connection: Option<Mutex<rusqlite::Connection>>,
    pool: Arc<Readers>,
    begun: bool,
    _permit: OwnedSemaphorePermit,
}

impl Readers {
    pub(super) fn open(path: &Path) -> Result<Arc<Self>> {
        let idle = (0..READERS).map(|_| connect(path, Access::Read)).collect::<Result<Vec<_>>>()?;
        Ok(Arc::new(Self { idle: Mutex::new(idle), permits: Arc::new(Semaphore::new(READERS)) }))
    }

    /// How many are not lent.
    pub(super) fn free(&self) -> usize {
        self.permits.available_permits()
    }

    pub(super) async fn acquire(self: &Arc<Self>) -> Result<Reader> {
        let permit = self.permits.clone().acquire_owned().await.map_err(|_| closed())?;
        let connection = self.idle.lock().map_err(|_| closed())?.pop().ok_or_else(closed)?;
        Ok(Reader { connection: Some(Mutex::new(connection)), pool: self.clone(), begun: false, _permit: permit })
    }
}

impl Reader {
    /// All statements of one transaction see the database as it was at the first.
    pub(super) fn run(&mut self, statements: Vec<Sql>) -> Result<Answer> {
        let connection = self.connection.as_mut().ok_or_else(closed)?.get_mut().map_err(|_| closed())?;
        if !self.begun {
            control(connection, "BEGIN")?;
            self.begun = true;
        }
        run(connection, statements)
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        let Some(Ok(connection)) = self.connection.take().map(Mutex::into_inner) else { return };
        if !connection.is_autocommit() {
            // A failed ROLLBACK means SQLite has already rolled back.
            drop(control(&connection, "ROLLBACK"));
        }
        if let Ok(mut idle) = self.pool.idle.lock() {
            idle.push(connection);
        }
    }
}
