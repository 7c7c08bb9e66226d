//! PostgreSQL: a pool of connections that run as a role which neither owns the tables nor may bypass row-level
//! security. The tenant is set for the length of one transaction, in the same flight as its first statement.

use std::{
    borrow::Cow,
    future::Future,
    pin::{Pin, pin},
    task::{Context, Poll, Waker},
    time::Duration,
};

use bytes::BytesMut;
use deadpool_postgres::{Hook, HookError, Manager, ManagerConfig, Object, PoolError, RecyclingMethod};
use kernel::{
    TenantId,
    id::Id,
    value::{Column, Value},
};
use tokio_postgres::{
    Statement,
    error::SqlState,
    types::{FromSql, IsNull, ToSql, Type, to_sql_checked},
};

use crate::{
    Sql,
    driver::{Access, Answer},
    error::{Error, Result},
    measure::Connections,
    tls::PostgresAddress,
};

/// The role every pooled connection takes on.
pub(crate) const APP_ROLE: &str = "omb_app";

/// The longest the program waits for a connection, and for the answer to one statement of a transaction that reads or
/// writes: a server, or a network, that has gone silent ends in `Unavailable` and not in a request that hangs. The server
/// is told to give up a little sooner by itself.
const CONNECT: Duration = Duration::from_secs(5);
const READ: Duration = Duration::from_secs(10);
const WRITE: Duration = Duration::from_secs(20);

pub(crate) struct Postgres {
    pool: deadpool_postgres::Pool,
    pub(crate) address: PostgresAddress,
}

impl Postgres {
    /// A pool of at most `size` connections. `as_app_role` is false only while migrations run as the owner.
    pub(crate) fn open(mut address: PostgresAddress, size: usize, as_app_role: bool) -> Result<Self> {
        if address.config.get_connect_timeout().is_none() {
            address.config.connect_timeout(CONNECT);
        }
        let tls = address.connector().map_err(|detail| Error::Unavailable { detail })?;
        let manager = Manager::from_config(
            address.config.clone(),
            tls,
            ManagerConfig { recycling_method: RecyclingMethod::Fast },
        );
        let hook = Hook::async_fn(move |client, _| {
            Box::pin(async move {
                if as_app_role {
                    let most = (WRITE - Duration::from_secs(2)).as_millis();
                    let set = format!("SET statement_timeout = {most}; SET ROLE {APP_ROLE}");
                    client.batch_execute(&set).await.map_err(HookError::Backend)?;
                }
                Ok(())
            })
        });
        let pool = deadpool_postgres::Pool::builder(manager)
            .max_size(size)
            .post_create(hook)
            .runtime(deadpool_postgres::Runtime::Tokio1)
            .wait_timeout(Some(CONNECT))
            .create_timeout(Some(CONNECT))
            .build()
            .map_err(|e| Error::Unavailable { detail: e.to_string() })?;
        Ok(Self { pool, address })
    }

    pub(crate) fn connections(&self) -> Connections {
        let status = self.pool.status();
        let in_use = status.size.saturating_sub(status.available);
        Connections { in_use, most: status.max_size, waiting: Some(status.waiting) }
    }

    pub(crate) async fn acquire(&self, access: Access) -> Result<PgConnection> {
        let client = self.pool.get().await.map_err(unreachable)?;
        let (begun, in_flight, silent) = (false, false, false);
        Ok(PgConnection { client: Some(client), access, tenant: None, begun, in_flight, silent })
    }
}

/// A connection lent to one transaction.
pub(crate) struct PgConnection {
    client: Option<Object>,
    pub(crate) access: Access,
    tenant: Option<TenantId>,
    begun: bool,
    /// It did not answer in time, so nobody can say what state it is in: it is closed, not lent again.
    silent: bool,
    /// Something was sent whose answer has not been read to its end: the request was cancelled.
    in_flight: bool,
}

/// One statement on its way, or what opens and closes a transaction.
type Step<'a> = Pin<Box<dyn Future<Output = Flight> + Send + 'a>>;

/// What statements sent together came to.
type Flight = std::result::Result<Answer, Failure>;

/// Why they failed, and whether the server said so: where it said nothing, they may have been carried out.
struct Failure {
    error: Error,
    answered: bool,
}

impl Failure {
    fn of(error: &tokio_postgres::Error, sql: &str) -> Self {
        Self { answered: error.as_db_error().is_some(), error: translate(error, sql) }
    }

    fn lost(error: Error) -> Self {
        Self { error, answered: false }
    }
}

impl PgConnection {
    fn client(&self) -> Result<&Object> {
        self.client.as_ref().ok_or_else(|| Error::Unavailable { detail: "the connection is gone".into() })
    }

    /// The statements that open the transaction, or None when it is open. The tenant's id is hexadecimal by type,
    /// so it can stand in the text.
    fn opening(&mut self) -> Option<String> {
        if self.begun {
            return None;
        }
        self.begun = true;
        let mut text = String::from(match self.access {
            Access::Read => "BEGIN READ ONLY",
            Access::Write => "BEGIN",
        });
        if let Some(tenant) = self.tenant {
            text.push(';');
            text.push_str(&set_tenant(tenant));
        }
        Some(text)
    }

    pub(crate) async fn enter(&mut self, tenant: TenantId, statements: Vec<Sql>) -> Result<()> {
        self.tenant = Some(tenant);
        if self.begun {
            self.flight(statements, Some(set_tenant(tenant))).await.map_err(|failure| failure.error)?;
        } else if !statements.is_empty() {
            self.run(statements).await?;
        }
        Ok(())
    }

    /// Runs the statements in order, in one flight; answers the last one's, or the first error.
    pub(crate) async fn run(&mut self, statements: Vec<Sql>) -> Result<Answer> {
        self.flight(statements, None).await.map_err(|failure| failure.error)
    }

    /// `last` is a closing word of ours. A statement that fails ends the transaction on the server, and those behind it
    /// in the flight fail for that: the first error is the one that tells.
    async fn flight(&mut self, statements: Vec<Sql>, last: Option<String>) -> Flight {
        let opening = self.opening();
        let access = self.access;
        match within(access, self.send(opening, statements, last)).await {
            Some(outcome) => outcome,
            None => {
                self.silent = true;
                Err(Failure::lost(Error::Unavailable { detail: "PostgreSQL does not answer".into() }))
            }
        }
    }

    async fn send(&mut self, opening: Option<String>, statements: Vec<Sql>, last: Option<String>) -> Flight {
        let client = self.client.as_ref().ok_or_else(|| Failure {
            error: Error::Unavailable { detail: "the connection is gone".into() },
            answered: true,
        })?;
        let mut prepared = Vec::with_capacity(statements.len());
        for Sql { text, params, .. } in statements {
            // Nothing that changes anything has been sent yet.
            let statement = client.prepare_cached(&text).await;
            let statement = statement.map_err(|e| Failure { answered: true, ..Failure::of(&e, &text) })?;
            prepared.push((statement, params, text));
        }
        self.in_flight = true;
        let mut steps: Vec<Step<'_>> = Vec::with_capacity(prepared.len() + 2);
        if let Some(text) = opening {
            steps.push(Box::pin(control(client, text)));
        }
        for (statement, params, text) in prepared {
            steps.push(Box::pin(one(client, statement, params, text)));
        }
        if let Some(text) = last {
            steps.push(Box::pin(control(client, text)));
        }
        // Polled in this order, so they are on the wire in this order, before the first answer is waited for.
        let mut answers = Vec::with_capacity(steps.len());
        for step in &mut steps {
            answers.push(futures::poll!(step));
        }
        let mut outcome = Ok(Answer::default());
        for (step, answer) in steps.into_iter().zip(answers) {
            let answer = match answer {
                Poll::Ready(answer) => answer,
                Poll::Pending => step.await,
            };
            if outcome.is_ok() {
                outcome = answer;
            }
        }
        self.in_flight = false;
        outcome
    }

    /// Runs a script of several statements (migrations).
    pub(crate) async fn script(&mut self, text: &str) -> Result<()> {
        if let Some(opening) = self.opening() {
            self.client()?.batch_execute(&opening).await.map_err(|e| translate(&e, "BEGIN"))?;
        }
        self.client()?.batch_execute(text).await.map_err(|e| translate(&e, "a migration"))
    }

    /// The statements and COMMIT in one flight. If one of them fails, COMMIT rolls back.
    pub(crate) async fn commit(mut self, statements: Vec<Sql>) -> Result<()> {
        if self.begun || !statements.is_empty() {
            let committed = self.flight(statements, Some("COMMIT".into())).await;
            // A lost answer, unlike a refusal, leaves open what became of it.
            committed.map_err(|failure| match failure {
                Failure { error: Error::Unavailable { detail }, answered: false } => Error::CommitLost { detail },
                Failure { error, .. } => error,
            })?;
            self.begun = false;
        }
        Ok(())
    }
}

impl Drop for PgConnection {
    fn drop(&mut self) {
        let Some(client) = self.client.take() else { return };
        if self.silent {
            drop(Object::take(client));
            return;
        }
        if !self.begun {
            return;
        }
        if !self.in_flight && matches!(send_rollback(&client), Ok(())) {
            // It is on the wire, ahead of whatever the next transaction on this connection sends.
            return;
        }
        // Something is still being worked on: nobody else shall wait for that. The pool gets the connection back only
        // after the rollback has been answered.
        match tokio::runtime::Handle::try_current() {
            Ok(runtime) => {
                runtime.spawn(async move {
                    let answer = within(Access::Read, client.batch_execute("ROLLBACK")).await;
                    if !matches!(answer, Some(Ok(()))) {
                        drop(Object::take(client));
                    }
                });
            }
            Err(_) => drop(Object::take(client)),
        }
    }
}

/// Waits for an answer as long as `access` allows; None when there was none.
async fn within<T>(access: Access, answer: impl Future<Output = T>) -> Option<T> {
    let most = match access {
        Access::Read => READ,
        Access::Write => WRITE,
    };
    tokio::time::timeout(most, answer).await.ok()
}

/// Sends it without waiting for the answer.
fn send_rollback(client: &Object) -> std::result::Result<(), ()> {
    let mut rollback = pin!(client.batch_execute("ROLLBACK"));
    match rollback.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Pending | Poll::Ready(Ok(())) => Ok(()),
        Poll::Ready(Err(_)) => Err(()),
    }
}

/// BEGIN, COMMIT and their like.
async fn control(client: &Object, text: String) -> Flight {
    client.batch_execute(&text).await.map(|()| Answer::default()).map_err(|e| Failure::of(&e, &text))
}

async fn one(client: &Object, statement: Statement, params: Vec<Value>, text: Cow<'static, str>) -> Flight {
    let params: Vec<Param> = params.into_iter().map(Param).collect();
    let params: Vec<&(dyn ToSql + Sync)> = params.iter().map(|v| v as &(dyn ToSql + Sync)).collect();
    let width = statement.columns().len();
    if width == 0 {
        let touched = client.execute(&statement, &params).await.map_err(|e| Failure::of(&e, &text))?;
        return Ok(Answer { touched, ..Answer::default() });
    }
    let rows = client.query(&statement, &params).await.map_err(|e| Failure::of(&e, &text))?;
    let mut answer = Answer { values: Vec::with_capacity(rows.len() * width), width, touched: rows.len() as u64 };
    for row in &rows {
        read(row, &text, &mut answer.values).map_err(|error| Failure { error, answered: true })?;
    }
    Ok(answer)
}

/// Why no connection could be had, in words that help whoever set `DATABASE_URL`. The address may hold a password and is
/// not repeated.
fn unreachable(error: PoolError) -> Error {
    let PoolError::Backend(error) = error else {
        return Error::Unavailable { detail: format!("no connection to PostgreSQL became free: {error}") };
    };
    let detail = match (error.as_db_error(), std::error::Error::source(&error)) {
        (Some(refusal), _) => format!(
            "PostgreSQL refused the connection: {}. Check user, password and database in DATABASE_URL",
            refusal.message()
        ),
        (None, Some(cause)) if cause.to_string().contains("does not support TLS") => {
            "PostgreSQL offers no TLS, and beyond this machine it is required. Turn on ssl in the server's postgresql.conf, \
             or add ?sslmode=disable to DATABASE_URL where nobody else can listen."
                .to_owned()
        }
        (None, Some(cause)) if error.to_string().contains("TLS handshake") => format!(
            "no secure connection to PostgreSQL could be made: {cause}. Check sslmode and sslrootcert in DATABASE_URL, and the server's certificate; it must speak TLS 1.2 or newer"
        ),
        (None, Some(cause)) => format!(
            "PostgreSQL cannot be reached: {cause}. Is the server running, and are host and port in DATABASE_URL right?"
        ),
        (None, None) => format!(
            "PostgreSQL cannot be reached: {error}. Is the server running, and are host and port in DATABASE_URL right?"
        ),
    };
    Error::Unavailable { detail }
}

fn set_tenant(tenant: TenantId) -> String {
    format!("SELECT set_config('app.tenant_id', '{}', true)", tenant.uuid())
}

/// A value as a statement's parameter; it takes the type the server asks for.
#[derive(Debug)]
struct Param(Value);

impl ToSql for Param {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> std::result::Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match &self.0 {
            Value::Null => Ok(IsNull::Yes),
            Value::Bool(b) => b.to_sql(ty, out),
            Value::Int(n) if *ty == Type::INT4 => i32::try_from(*n)?.to_sql(ty, out),
            Value::Int(n) if *ty == Type::INT2 => i16::try_from(*n)?.to_sql(ty, out),
            Value::Int(n) if *ty == Type::NUMERIC => kernel::Decimal::from(*n).to_sql(ty, out),
            Value::Int(n) => n.to_sql(ty, out),
            Value::Text(t) => t.to_sql(ty, out),
            Value::Bytes(b) => b.to_sql(ty, out),
            Value::Uuid(u) => u.to_sql(ty, out),
            Value::Time(t) => t.to_sql(ty, out),
            Value::Date(d) => d.to_sql(ty, out),
            Value::Decimal(d) => d.to_sql(ty, out),
            Value::Sealed(_) | Value::Blind => Err("sealed text outside its record".into()),
            Value::Json(j) => j.to_sql(ty, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

fn read(row: &tokio_postgres::Row, sql: &str, values: &mut Vec<Value>) -> Result<()> {
    let decode = |e: tokio_postgres::Error| Error::Statement { sql: sql.to_owned(), detail: e.to_string() };
    for (i, column) in row.columns().iter().enumerate() {
        let value = match *column.type_() {
            Type::BOOL => row.try_get::<_, Option<bool>>(i).map(Column::into_value),
            Type::INT2 => row.try_get::<_, Option<i16>>(i).map(|n| n.map(i32::from).into_value()),
            Type::INT4 => row.try_get::<_, Option<i32>>(i).map(Column::into_value),
            Type::INT8 => row.try_get::<_, Option<i64>>(i).map(Column::into_value),
            Type::BYTEA => row.try_get::<_, Option<Vec<u8>>>(i).map(Column::into_value),
            Type::UUID => row.try_get::<_, Option<uuid::Uuid>>(i).map(Column::into_value),
            Type::TIMESTAMPTZ => row.try_get::<_, Option<chrono::DateTime<chrono::Utc>>>(i).map(Column::into_value),
            Type::DATE => row.try_get::<_, Option<chrono::NaiveDate>>(i).map(Column::into_value),
            Type::NUMERIC => row.try_get::<_, Option<kernel::Decimal>>(i).map(Column::into_value),
            Type::JSON | Type::JSONB => row.try_get::<_, Option<JsonText>>(i).map(|t| t.map(|t| t.0).into_value()),
            _ => row.try_get::<_, Option<String>>(i).map(Column::into_value),
        };
        values.push(value.map_err(decode)?);
    }
    Ok(())
}

/// JSON as it is written: whoever reads the column parses it into what it wants.
struct JsonText(String);

impl<'a> FromSql<'a> for JsonText {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        // The binary form of jsonb is a version, 1, and the text.
        let text = match (ty, raw) {
            (&Type::JSONB, [1, text @ ..]) => text,
            (&Type::JSONB, _) => return Err("an unknown version of jsonb".into()),
            _ => raw,
        };
        Ok(Self(std::str::from_utf8(text)?.to_owned()))
    }

    fn accepts(ty: &Type) -> bool {
        matches!(*ty, Type::JSON | Type::JSONB)
    }
}

fn translate(error: &tokio_postgres::Error, sql: &str) -> Error {
    let Some(db) = error.as_db_error() else {
        // No answer from the server, unless a value did not fit its column.
        let detail = std::error::Error::source(error).map_or_else(|| error.to_string(), |s| format!("{error}: {s}"));
        return if error.is_closed() || detail.contains("communicating") || detail.contains("connect") {
            Error::Unavailable { detail }
        } else {
            Error::Statement { sql: sql.to_owned(), detail }
        };
    };
    let constraint = db.constraint().unwrap_or_default().to_owned();
    match db.code() {
        &SqlState::UNIQUE_VIOLATION => Error::Unique { constraint },
        &SqlState::FOREIGN_KEY_VIOLATION => Error::ForeignKey { detail: constraint },
        &SqlState::CHECK_VIOLATION => Error::Check { constraint },
        &SqlState::DISK_FULL => Error::Full { detail: db.message().to_owned() },
        &SqlState::T_R_SERIALIZATION_FAILURE | &SqlState::T_R_DEADLOCK_DETECTED => {
            Error::Conflict { detail: db.message().to_owned() }
        }
        &SqlState::ADMIN_SHUTDOWN
        | &SqlState::CRASH_SHUTDOWN
        | &SqlState::CANNOT_CONNECT_NOW
        | &SqlState::TOO_MANY_CONNECTIONS
        | &SqlState::QUERY_CANCELED
        | &SqlState::LOCK_NOT_AVAILABLE
        | &SqlState::OUT_OF_MEMORY
        | &SqlState::IO_ERROR
        | &SqlState::READ_ONLY_SQL_TRANSACTION => Error::Unavailable { detail: db.message().to_owned() },
        code => Error::Statement { sql: sql.to_owned(), detail: format!("{} ({})", db.message(), code.code()) },
    }
}
