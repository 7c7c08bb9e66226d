//! One connection of either database, held by one transaction. Statements run in the order they are given; what is
//! not finished is rolled back before the connection serves anybody else.
//!
//! A statement whose answer nobody needs is kept until the next one that is waited for, or the commit, and travels with
//! it: one hop or one flight for all of them. If it fails, that next one answers its error.

use std::sync::Arc;

use kernel::{TenantId, value::Value};

use crate::{
    Sql,
    error::{Error, Result},
    measure,
    postgres::PgConnection,
    sqlite::SqliteConnection,
};

/// How a transaction begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    Read,
    Write,
}

pub(crate) enum Driver {
    Sqlite(SqliteConnection),
    Postgres(Box<PgConnection>),
}

pub(crate) struct Connection {
    driver: Driver,
    deferred: Vec<Sql>,
    /// Why a statement could not be taken on its way: the answer of the next one that is waited for, or the commit.
    failed: Option<Error>,
    changes_callers: bool,
}

/// What a statement gave: its rows, one after the other, or how many it touched.
#[derive(Debug, Default)]
pub(crate) struct Answer {
    pub values: Vec<Value>,
    /// Columns of a row; 0 where the statement gives none.
    pub width: usize,
    pub touched: u64,
}

/// Rows with the statement they came from.
pub(crate) struct Rows {
    pub sql: Arc<str>,
    pub answer: Answer,
}

/// The tables from which it is worked out who a caller is and what it may do.
const CALLERS: [&str; 12] = [
    "session",
    "api_key",
    "account",
    "account_tenant",
    "member",
    "role_grant",
    "role_reach",
    "role_field",
    "team",
    "team_member",
    "tenant",
    "tenant_closure",
];

impl Connection {
    pub(crate) fn new(driver: Driver) -> Self {
        Self { driver, deferred: Vec::new(), failed: None, changes_callers: false }
    }

    /// Takes a statement on its way whose answer nobody needs.
    pub(crate) fn defer(&mut self, sql: Sql) {
        self.changes_callers |= changes_callers(&sql.text);
        self.deferred.push(sql);
    }

    /// In place of a statement that may not be run.
    pub(crate) fn fail(&mut self, error: Error) {
        self.failed.get_or_insert(error);
    }

    /// Runs a statement and gathers its rows. The first one begins the transaction.
    pub(crate) async fn query(&mut self, sql: Sql) -> Result<Rows> {
        let text: Arc<str> = Arc::from(&*sql.text);
        Ok(Rows { sql: text, answer: self.run(sql).await? })
    }

    /// Runs a statement and counts the rows it touched.
    pub(crate) async fn execute(&mut self, sql: Sql) -> Result<u64> {
        self.run(sql).await.map(|answer| answer.touched)
    }

    async fn run(&mut self, sql: Sql) -> Result<Answer> {
        if let Some(error) = self.failed.take() {
            return Err(error);
        }
        self.changes_callers |= changes_callers(&sql.text);
        let text = sql.text.clone();
        let mut statements = std::mem::take(&mut self.deferred);
        statements.push(sql);
        match &mut self.driver {
            Driver::Sqlite(c) => measure::statement(&text, c.run(statements)).await,
            Driver::Postgres(c) => measure::statement(&text, c.run(statements)).await,
        }
    }

    /// Makes `tenant` the one that row-level security admits from here on.
    pub(crate) async fn enter(&mut self, tenant: TenantId) -> Result<()> {
        match &mut self.driver {
            Driver::Sqlite(_) => Ok(()),
            Driver::Postgres(c) => c.enter(tenant, std::mem::take(&mut self.deferred)).await,
        }
    }

    pub(crate) async fn commit(mut self) -> Result<()> {
        if let Some(error) = self.failed.take() {
            return Err(error);
        }
        let committed = match self.driver {
            Driver::Sqlite(c) => c.commit(self.deferred).await,
            Driver::Postgres(c) => c.commit(self.deferred).await,
        };
        // An answer that was lost may have been a yes; only a conflict is a certain no.
        if !matches!(committed, Err(Error::Conflict { .. })) {
            crate::commits::note();
        }
        committed
    }

    pub(crate) fn is_read_only(&self) -> bool {
        match &self.driver {
            Driver::Sqlite(c) => matches!(c, SqliteConnection::Reading(_)),
            Driver::Postgres(c) => c.access == Access::Read,
        }
    }

    pub(crate) fn is_postgres(&self) -> bool {
        matches!(self.driver, Driver::Postgres(_))
    }

    /// Has it changed who callers are or what they may do?
    pub(crate) fn changes_callers(&self) -> bool {
        self.changes_callers
    }
}

/// A new session or key changes nobody who is known already, and neither does noting a use.
fn changes_callers(text: &str) -> bool {
    if text.starts_with("UPDATE session SET last_seen_at") || text.starts_with("UPDATE api_key SET last_used_at") {
        return false;
    }
    let table = text.strip_prefix("UPDATE ").or_else(|| text.strip_prefix("DELETE FROM ")).or_else(|| {
        let table = text.strip_prefix("INSERT INTO ")?;
        (!table.starts_with("session ") && !table.starts_with("api_key ")).then_some(table)
    });
    let name = table.and_then(|rest| rest.split([' ', '(']).next());
    name.is_some_and(|name| CALLERS.contains(&name))
}
