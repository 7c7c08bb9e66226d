//! The embedded database: one writer and a few readers, each a thread that owns its connection and takes work
//! through a channel. Order in the channel is what makes a dropped transaction safe: its ROLLBACK is queued before
//! the connection can be handed to the next.

use std::{
    path::Path,
    sync::{Arc, Mutex, mpsc},
    thread,
};

use kernel::value::Value;
use rusqlite::{OpenFlags, ffi, types::ValueRef};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

use crate::{
    driver::Access,
    error::{Error, Result},
    measure::Connections,
};

const READERS: usize = 4;
/// Distinct statements kept prepared per connection.
const STATEMENTS: usize = 256;

type Task = Box<dyn FnOnce(&mut rusqlite::Connection) + Send>;

/// The thread that owns one connection.
struct Worker {
    tasks: mpsc::Sender<Task>,
}

struct Pool {
    idle: Mutex<Vec<Worker>>,
    permits: Arc<Semaphore>,
}

/// The database file and its connections.
pub(crate) struct Sqlite {
    readers: Arc<Pool>,
    writer: Arc<Pool>,
    #[cfg(test)]
    pub(crate) path: std::path::PathBuf,
}

impl Sqlite {
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let writer = Pool::open(path, 1)?;
        let readers = Pool::open(path, READERS)?;
        Ok(Self {
            readers,
            writer,
            #[cfg(test)]
            path: path.to_owned(),
        })
    }

    pub(crate) fn connections(&self) -> Connections {
        let free = self.readers.permits.available_permits() + self.writer.permits.available_permits();
        Connections { in_use: (READERS + 1).saturating_sub(free), most: READERS + 1, waiting: None }
    }

    pub(crate) async fn acquire(&self, access: Access) -> Result<SqliteConnection> {
        let pool = match access {
            Access::Read => &self.readers,
            Access::Write => &self.writer,
        };
        let permit = pool.permits.clone().acquire_owned().await.map_err(|_| closed())?;
        let worker = pool.idle.lock().map_err(|_| closed())?.pop().ok_or_else(closed)?;
        Ok(SqliteConnection { worker: Some(worker), pool: pool.clone(), access, state: State::Idle, _permit: permit })
    }
}

impl Pool {
    fn open(path: &Path, size: usize) -> Result<Arc<Self>> {
        let idle = (0..size).map(|_| Worker::start(path)).collect::<Result<Vec<_>>>()?;
        Ok(Arc::new(Self { idle: Mutex::new(idle), permits: Arc::new(Semaphore::new(size)) }))
    }
}

impl Worker {
    fn start(path: &Path) -> Result<Self> {
        let mut connection = connect(path)?;
        let (tasks, queue) = mpsc::channel::<Task>();
        thread::Builder::new()
            .name("sqlite".into())
            .spawn(move || {
                while let Ok(task) = queue.recv() {
                    task(&mut connection);
                }
            })
            .map_err(|e| Error::Unavailable { detail: e.to_string() })?;
        Ok(Self { tasks })
    }
}

/// Opens one connection with the settings all share: WAL, foreign keys, a full sync at each commit.
fn connect(path: &Path) -> Result<rusqlite::Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let open = || -> rusqlite::Result<rusqlite::Connection> {
        let connection = rusqlite::Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(std::time::Duration::from_secs(10))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", "ON")?;
        connection.pragma_update(None, "cache_size", -16_000)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        Ok(connection)
    };
    open().map_err(|e| translate(&e, &path.display().to_string()))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Idle,
    Begun,
    Finished,
}

/// A connection lent to one transaction.
pub(crate) struct SqliteConnection {
    worker: Option<Worker>,
    pool: Arc<Pool>,
    pub(crate) access: Access,
    state: State,
    _permit: OwnedSemaphorePermit,
}

impl SqliteConnection {
    async fn run<T: Send + 'static>(
        &mut self,
        work: impl FnOnce(&mut rusqlite::Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let begin = (self.state == State::Idle).then_some(match self.access {
            Access::Read => "BEGIN",
            Access::Write => "BEGIN IMMEDIATE",
        });
        self.state = State::Begun;
        let (reply, answer) = oneshot::channel();
        let task: Task = Box::new(move |connection| {
            let result = begin
                .map_or(Ok(()), |sql| connection.execute_batch(sql))
                .map_err(|e| translate(&e, "BEGIN"))
                .and_then(|()| work(connection));
            // The transaction that asked may be gone; its ROLLBACK is then next in the queue.
            drop(reply.send(result));
        });
        let worker = self.worker.as_ref().ok_or_else(closed)?;
        worker.tasks.send(task).map_err(|_| closed())?;
        answer.await.map_err(|_| closed())?
    }

    pub(crate) async fn query(&mut self, sql: Arc<str>, params: Vec<Value>) -> Result<Vec<Vec<Value>>> {
        self.run(move |c| query(c, &sql, params).map_err(|e| translate(&e, &sql))).await
    }

    pub(crate) async fn execute(&mut self, sql: Arc<str>, params: Vec<Value>) -> Result<u64> {
        self.run(move |c| execute(c, &sql, params).map_err(|e| translate(&e, &sql))).await
    }

    /// Runs a script of several statements (migrations).
    pub(crate) async fn script(&mut self, text: String) -> Result<()> {
        self.run(move |c| c.execute_batch(&text).map_err(|e| translate(&e, "a migration"))).await
    }

    /// Writes the file anew, outside any transaction: what was deleted is then in no free page of it, nor in the log.
    pub(crate) async fn rewrite(mut self) -> Result<()> {
        self.state = State::Finished;
        let text =
            "INSERT INTO search_word (search_word) VALUES ('optimize'); VACUUM; PRAGMA wal_checkpoint(TRUNCATE);";
        self.script(text.into()).await
    }

    pub(crate) async fn commit(mut self) -> Result<()> {
        if self.state == State::Begun {
            self.run(|c| c.execute_batch("COMMIT").map_err(|e| translate(&e, "COMMIT"))).await?;
        }
        self.state = State::Finished;
        Ok(())
    }
}

impl Drop for SqliteConnection {
    fn drop(&mut self) {
        let Some(worker) = self.worker.take() else { return };
        if self.state == State::Begun {
            let rollback: Task = Box::new(|c| {
                if !c.is_autocommit() {
                    // A failed ROLLBACK means SQLite has already rolled back.
                    drop(c.execute_batch("ROLLBACK"));
                }
            });
            drop(worker.tasks.send(rollback));
        }
        if let Ok(mut idle) = self.pool.idle.lock() {
            idle.push(worker);
        }
    }
}

fn bind(statement: &mut rusqlite::CachedStatement<'_>, params: Vec<Value>) -> rusqlite::Result<()> {
    for (i, value) in params.into_iter().enumerate() {
        let i = i + 1;
        match value {
            Value::Null => statement.raw_bind_parameter(i, rusqlite::types::Null)?,
            Value::Bool(b) => statement.raw_bind_parameter(i, b)?,
            Value::Int(n) => statement.raw_bind_parameter(i, n)?,
            Value::Text(t) => statement.raw_bind_parameter(i, t)?,
            Value::Bytes(b) => statement.raw_bind_parameter(i, b)?,
            Value::Uuid(u) => statement.raw_bind_parameter(i, u.as_bytes().as_slice())?,
            Value::Time(t) => statement.raw_bind_parameter(i, t.format("%Y-%m-%dT%H:%M:%S%.6fZ").to_string())?,
            Value::Date(d) => statement.raw_bind_parameter(i, d.to_string())?,
            Value::Decimal(d) => statement.raw_bind_parameter(i, d.to_string())?,
            Value::Sealed(_) | Value::Blind => {
                return Err(rusqlite::Error::ToSqlConversionFailure("sealed text outside its record".into()));
            }
            Value::Json(j) => statement.raw_bind_parameter(i, j.to_string())?,
        }
    }
    Ok(())
}

fn query(c: &rusqlite::Connection, sql: &str, params: Vec<Value>) -> rusqlite::Result<Vec<Vec<Value>>> {
    let mut statement = c.prepare_cached(sql)?;
    let width = statement.column_count();
    bind(&mut statement, params)?;
    let mut rows = statement.raw_query();
    let mut gathered = Vec::new();
    while let Some(row) = rows.next()? {
        let mut values = Vec::with_capacity(width);
        for i in 0..width {
            values.push(match row.get_ref(i)? {
                ValueRef::Null => Value::Null,
                ValueRef::Integer(n) => Value::Int(n),
                ValueRef::Real(x) => Value::Text(x.to_string()),
                ValueRef::Text(t) => Value::Text(String::from_utf8_lossy(t).into_owned()),
                ValueRef::Blob(b) => Value::Bytes(b.to_vec()),
            });
        }
        gathered.push(values);
    }
    Ok(gathered)
}

fn execute(c: &rusqlite::Connection, sql: &str, params: Vec<Value>) -> rusqlite::Result<u64> {
    let mut statement = c.prepare_cached(sql)?;
    bind(&mut statement, params)?;
    statement.raw_execute().map(|n| n as u64)
}

fn closed() -> Error {
    Error::Unavailable { detail: "the embedded database has been closed".into() }
}

/// `UNIQUE constraint failed: company.tenant_id, company.tax_id` -> `company_tax_id_key`.
fn unique_name(message: &str) -> String {
    let columns: Vec<&str> = message.rsplit(": ").next().unwrap_or_default().split(", ").collect();
    let table = columns.first().and_then(|c| c.split('.').next()).unwrap_or_default();
    if let Some(index) = message.strip_prefix("UNIQUE constraint failed: index '") {
        return index.trim_end_matches('\'').to_owned();
    }
    let names: Vec<&str> = columns.iter().filter_map(|c| c.split('.').nth(1)).filter(|c| *c != "tenant_id").collect();
    format!("{table}_{}_key", names.join("_"))
}

fn translate(error: &rusqlite::Error, sql: &str) -> Error {
    let detail = error.to_string();
    let rusqlite::Error::SqliteFailure(code, Some(message)) = error else {
        return Error::Statement { sql: sql.to_owned(), detail };
    };
    match code.extended_code {
        ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY => {
            Error::Unique { constraint: unique_name(message) }
        }
        ffi::SQLITE_CONSTRAINT_FOREIGNKEY => Error::ForeignKey { detail },
        ffi::SQLITE_CONSTRAINT_CHECK => {
            Error::Check { constraint: message.rsplit(": ").next().unwrap_or_default().to_owned() }
        }
        _ => match code.code {
            ffi::ErrorCode::DiskFull => Error::Full { detail },
            ffi::ErrorCode::DatabaseBusy | ffi::ErrorCode::DatabaseLocked => {
                Error::Conflict { detail: format!("{detail} ({sql})") }
            }
            ffi::ErrorCode::CannotOpen | ffi::ErrorCode::ReadOnly | ffi::ErrorCode::SystemIoFailure => {
                Error::Unavailable { detail: format!("{detail} ({sql})") }
            }
            _ => Error::Statement { sql: sql.to_owned(), detail },
        },
    }
}
