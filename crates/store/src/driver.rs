//! One connection of either database, held by one transaction. Statements run in the order they are given; what is
//! not finished is rolled back before the connection serves anybody else.

use std::sync::Arc;

use kernel::{TenantId, value::Value};

use crate::{error::Result, measure, postgres::PgConnection, sqlite::SqliteConnection};

/// How a transaction begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    Read,
    Write,
}

pub(crate) enum Connection {
    Sqlite(SqliteConnection),
    Postgres(Box<PgConnection>),
}

/// Rows with the statement they came from.
pub(crate) struct Rows {
    pub sql: Arc<str>,
    pub values: Vec<Vec<Value>>,
}

impl Connection {
    /// Runs a statement and gathers its rows. The first one begins the transaction.
    pub(crate) async fn query(&mut self, text: String, params: Vec<Value>) -> Result<Rows> {
        let sql: Arc<str> = text.into();
        let values = match self {
            Connection::Sqlite(c) => measure::statement(&sql, c.query(sql.clone(), params)).await?,
            Connection::Postgres(c) => measure::statement(&sql, c.query(sql.clone(), params)).await?,
        };
        Ok(Rows { sql, values })
    }

    /// Runs a statement and counts the rows it touched.
    pub(crate) async fn execute(&mut self, text: String, params: Vec<Value>) -> Result<u64> {
        let sql: Arc<str> = text.into();
        match self {
            Connection::Sqlite(c) => measure::statement(&sql, c.execute(sql.clone(), params)).await,
            Connection::Postgres(c) => measure::statement(&sql, c.execute(sql.clone(), params)).await,
        }
    }

    /// Makes `tenant` the one that row-level security admits from here on.
    pub(crate) async fn enter(&mut self, tenant: TenantId) -> Result<()> {
        match self {
            Connection::Sqlite(_) => Ok(()),
            Connection::Postgres(c) => c.enter(tenant).await,
        }
    }

    pub(crate) async fn commit(self) -> Result<()> {
        let committed = match self {
            Connection::Sqlite(c) => c.commit().await,
            Connection::Postgres(c) => c.commit().await,
        };
        // An answer that was lost may have been a yes; only a conflict is a certain no.
        if !matches!(committed, Err(crate::error::Error::Conflict { .. })) {
            crate::commits::note();
        }
        committed
    }

    pub(crate) fn is_read_only(&self) -> bool {
        match self {
            Connection::Sqlite(c) => c.access == Access::Read,
            Connection::Postgres(c) => c.access == Access::Read,
        }
    }

    pub(crate) fn is_postgres(&self) -> bool {
        matches!(self, Connection::Postgres(_))
    }
}
