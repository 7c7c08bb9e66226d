//! Work on the tables that belong to no single tenant: accounts, sessions, keys, links, the job queue. Only
//! `identity` and `jobs` have reason to use it; it sees no tenant's rows.

use chrono::{DateTime, Utc};
use kernel::Caller;
use std::sync::Arc;

use crate::{
    FromRow, Sql, Store, Tx,
    driver::Connection,
    error::{Error, Result},
    rows::read,
};

/// Dropped without commit, everything is undone.
pub struct PlatformTx {
    pub(crate) connection: Connection,
    pub(crate) store: Store,
    pub(crate) now: DateTime<Utc>,
}

impl PlatformTx {
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// Row locks are PostgreSQL's: the embedded database has one writer.
    pub fn is_postgres(&self) -> bool {
        self.connection.is_postgres()
    }

    pub async fn all<R: FromRow>(&mut self, sql: Sql) -> Result<Vec<R>> {
        read(self.connection.query(sql).await?, None)
    }

    pub async fn optional<R: FromRow>(&mut self, sql: Sql) -> Result<Option<R>> {
        Ok(self.all(sql).await?.into_iter().next())
    }

    pub async fn one<R: FromRow>(&mut self, sql: Sql) -> Result<R> {
        self.optional(sql).await?.ok_or(Error::NotFound { table: "wanted" })
    }

    pub async fn execute(&mut self, sql: Sql) -> Result<u64> {
        self.connection.execute(sql).await
    }

    /// Goes on in the same transaction as a caller of one tenant: signing up makes an account and its tenant at once.
    pub async fn enter(mut self, caller: Arc<Caller>) -> Result<Tx> {
        self.connection.enter(caller.tenant_id).await?;
        Ok(Tx::new(self.connection, caller, self.store, true))
    }

    pub async fn commit(self) -> Result<()> {
        self.store.commit(self.connection).await
    }
}
