//! The embedded database: one writer and a few readers.
//!
//! Readers work where they are asked ([`reader`]): a read is some ten microseconds and waits for nobody. The writer is a
//! thread of its own ([`writer`]), because each commit waits for the disk; what finishes while others wait is committed
//! together with them ([`batch`]).

mod batch;
mod connect;
mod reader;
mod writer;

use std::{path::Path, sync::Arc};

use kernel::value::Value;
use rusqlite::{ffi, types::ValueRef};

use crate::{
    Sql,
    driver::{Access, Answer},
    error::{Error, Result},
    measure::Connections,
};
use connect::connect;
pub use reader::READERS;
use reader::{Reader, Readers};
use writer::{Writer, Writing};

/// The database file and its connections.
pub(crate) struct Sqlite {
    readers: Arc<Readers>,
    writer: Arc<Writer>,
    #[cfg(test)]
    pub(crate) path: std::path::PathBuf,
}

/// A connection lent to one transaction.
pub(crate) enum SqliteConnection {
    Reading(Reader),
    Writing(Writing),
}

impl Sqlite {
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let writer = Writer::open(path)?;
        let readers = Readers::open(path)?;
        Ok(Self {
            readers,
            writer,
            #[cfg(test)]
            path: path.to_owned(),
        })
    }

    pub(crate) fn connections(&self) -> Connections {
        let free = self.readers.free() + self.writer.free();
        Connections { in_use: (READERS + 1).saturating_sub(free), most: READERS + 1, waiting: None }
    }

    pub(crate) async fn acquire(&self, access: Access) -> Result<SqliteConnection> {
        Ok(match access {
            Access::Read => {
                self.writer.settled().await?;
                SqliteConnection::Reading(self.readers.acquire().await?)
            }
            Access::Write => SqliteConnection::Writing(self.writer.acquire().await?),
        })
    }
}

impl SqliteConnection {
    /// Runs the statements in order, all of them or up to the first that fails; answers the last one's.
    pub(crate) async fn run(&mut self, statements: Vec<Sql>) -> Result<Answer> {
        match self {
            SqliteConnection::Reading(reader) => reader.run(statements),
            SqliteConnection::Writing(writing) => writing.run(statements).await,
        }
    }

    /// Runs a script of several statements (migrations).
    pub(crate) async fn script(&mut self, text: String) -> Result<()> {
        match self {
            SqliteConnection::Reading(_) => Err(Error::Statement { sql: text, detail: "it only reads".into() }),
            SqliteConnection::Writing(writing) => writing.script(text).await,
        }
    }

    /// Writes the file anew, outside any transaction: what was deleted is then in no free page of it, nor in the log.
    pub(crate) async fn rewrite(self) -> Result<()> {
        match self {
            SqliteConnection::Reading(_) => Err(Error::Unavailable { detail: "it only reads".into() }),
            SqliteConnection::Writing(writing) => writing.rewrite().await,
        }
    }

    pub(crate) async fn commit(self, statements: Vec<Sql>) -> Result<()> {
        match self {
            SqliteConnection::Reading(mut reader) => reader.run(statements).map(|_| ()),
            SqliteConnection::Writing(writing) => writing.commit(statements).await,
        }
    }
}

/// Runs the statements in order; answers the last one's.
fn run(connection: &rusqlite::Connection, statements: Vec<Sql>) -> Result<Answer> {
    let mut answer = Answer::default();
    for Sql { text, params, .. } in statements {
        answer = one(connection, &text, params).map_err(|e| translate(&e, &text))?;
    }
    Ok(answer)
}

/// BEGIN, COMMIT and their like.
fn control(connection: &rusqlite::Connection, text: &'static str) -> Result<()> {
    connection.prepare_cached(text).and_then(|mut s| s.raw_execute()).map(|_| ()).map_err(|e| translate(&e, text))
}

fn one(c: &rusqlite::Connection, sql: &str, params: Vec<Value>) -> rusqlite::Result<Answer> {
    let mut statement = c.prepare_cached(sql)?;
    let width = statement.column_count();
    bind(&mut statement, params)?;
    if width == 0 {
        let touched = statement.raw_execute()? as u64;
        return Ok(Answer { touched, ..Answer::default() });
    }
    let mut rows = statement.raw_query();
    let mut answer = Answer { width, ..Answer::default() };
    while let Some(row) = rows.next()? {
        answer.touched += 1;
        for i in 0..width {
            answer.values.push(match row.get_ref(i)? {
                ValueRef::Null => Value::Null,
                ValueRef::Integer(n) => Value::Int(n),
                ValueRef::Real(x) => Value::Text(x.to_string()),
                ValueRef::Text(t) => Value::Text(text(t)),
                // Identifiers are nearly all the bytes there are; other sixteen bytes read as bytes all the same.
                ValueRef::Blob(b) => match <[u8; 16]>::try_from(b) {
                    Ok(bytes) => Value::Uuid(kernel::Uuid::from_bytes(bytes)),
                    Err(_) => Value::Bytes(b.to_vec()),
                },
            });
        }
    }
    Ok(answer)
}

fn text(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => String::from_utf8_lossy(bytes).into_owned(),
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
            Value::Time(t) => statement.raw_bind_parameter(i, written(t))?,
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

/// `2026-01-31T23:59:59.000001Z`: always as long, so that the order of texts is the order of times.
fn written(time: chrono::DateTime<chrono::Utc>) -> String {
    use chrono::{Datelike, Timelike};
    let (date, clock) = (time.date_naive(), time.time());
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:06}Z",
        date.year(),
        date.month(),
        date.day(),
        clock.hour(),
        clock.minute(),
        clock.second(),
        clock.nanosecond() / 1000 % 1_000_000
    )
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
