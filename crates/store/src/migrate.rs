//! Bringing a schema to this program's version. Forward only, each step in its own transaction, under a lock so that
//! of several nodes starting at once one migrates and the others wait.

use chrono::{DateTime, Utc};
use kernel::Clock;
use sha2::{Digest, Sha256};

use crate::{
    Sql,
    driver::{Access, Answer, Rows},
    error::{Error, Result},
    migrations::{MIGRATIONS, Migration, PLATFORM_TABLES, only, translate},
    postgres::{APP_ROLE, Postgres},
    rows::read,
    sqlite::Sqlite,
};

/// What was found and done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SchemaState {
    pub version: i64,
    pub applied: usize,
}

/// Why the schema cannot be used, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    #[error(
        "the database has schema version {found}, this program knows up to {known}. Start a newer omb, or restore a backup made by this one."
    )]
    Newer { found: i64, known: i64 },
    #[error(
        "migration {name} has been changed since it was applied to this database. Start the program that belongs to this data."
    )]
    Changed { name: &'static str },
    #[error(
        "the database user can see every tenant's rows and may not create the role {APP_ROLE}. Connect as a role without SUPERUSER and BYPASSRLS, or create {APP_ROLE} and grant it to this user."
    )]
    Privileged,
    #[error("migration {name} failed: {source}")]
    Step { name: &'static str, source: Error },
    #[error(transparent)]
    Keys(#[from] crate::KeyFileError),
    #[error(transparent)]
    Database(#[from] Error),
}

const LEDGER: &str = "CREATE TABLE IF NOT EXISTS schema_migration (
    version BIGINT NOT NULL CONSTRAINT schema_migration_pkey PRIMARY KEY,
    name TEXT NOT NULL,
    digest TEXT NOT NULL,
    applied_at TIMESTAMPTZ NOT NULL
);
";

fn digest(migration: &Migration) -> String {
    Sha256::digest(migration.text).iter().map(|b| format!("{b:02x}")).collect()
}

/// The steps still to take, up to a version; refuses a ledger that is newer or tells another history.
fn pending(ledger: &[(i64, String)], version: i64) -> Result<Vec<&'static Migration>, MigrateError> {
    let known = newest();
    let found = ledger.iter().map(|(v, _)| *v).max().unwrap_or(0);
    if found > known {
        return Err(MigrateError::Newer { found, known });
    }
    for (version, applied) in ledger {
        if let Some(migration) = MIGRATIONS.iter().find(|m| m.version == *version && digest(m) != *applied) {
            return Err(MigrateError::Changed { name: migration.name });
        }
    }
    let wanted = |m: &&Migration| m.version <= version && ledger.iter().all(|(applied, _)| *applied != m.version);
    Ok(MIGRATIONS.iter().filter(wanted).collect())
}

fn newest() -> i64 {
    MIGRATIONS.last().map_or(0, |m| m.version)
}

fn record(migration: &Migration, at: DateTime<Utc>) -> String {
    format!(
        "INSERT INTO schema_migration (version, name, digest, applied_at) VALUES ({}, '{}', '{}', '{}');",
        migration.version,
        migration.name,
        digest(migration),
        at.format("%Y-%m-%dT%H:%M:%S%.6fZ")
    )
}

fn state(applied: usize) -> SchemaState {
    SchemaState { version: newest(), applied }
}

fn ledger(answer: Answer) -> Result<Vec<(i64, String)>, Error> {
    read(Rows { sql: READ_LEDGER.into(), answer }, None)
}

const READ_LEDGER: &str = "SELECT version, digest FROM schema_migration ORDER BY version";

pub(crate) async fn sqlite(sqlite: &Sqlite, clock: &Clock) -> Result<SchemaState, MigrateError> {
    sqlite_to(sqlite, clock, i64::MAX).await
}

pub(crate) async fn sqlite_to(sqlite: &Sqlite, clock: &Clock, version: i64) -> Result<SchemaState, MigrateError> {
    // BEGIN IMMEDIATE is the lock: another process that starts now waits here.
    let mut connection = sqlite.acquire(Access::Write).await?;
    connection.script(translate(LEDGER)).await?;
    let steps = pending(&ledger(connection.run(vec![Sql::new(READ_LEDGER)]).await?)?, version)?;
    for migration in &steps {
        let text = translate(migration.text) + &record(migration, clock.now());
        connection.script(text).await.map_err(|source| MigrateError::Step { name: migration.name, source })?;
    }
    connection.commit(Vec::new()).await?;
    Ok(state(steps.len()))
}

pub(crate) async fn postgres(pool: &Postgres, clock: &Clock) -> Result<SchemaState, MigrateError> {
    // A schema that is current asks nothing of its owner, so that a login without rights of its own can serve.
    if let Ok(applied) = applied(pool).await
        && pending(&applied, i64::MAX)?.is_empty()
    {
        return Ok(state(0));
    }
    postgres_to(pool, clock, i64::MAX).await
}

pub(crate) async fn postgres_to(pool: &Postgres, clock: &Clock, version: i64) -> Result<SchemaState, MigrateError> {
    let owner = Postgres::open(pool.address.clone(), 1, false)?;
    ensure_app_role(&owner).await?;
    create_ledger(&owner).await?;
    let mut connection = owner.acquire(Access::Write).await?;
    connection.script("LOCK TABLE schema_migration IN ACCESS EXCLUSIVE MODE").await?;
    let steps = pending(&ledger(connection.run(vec![Sql::new(READ_LEDGER)]).await?)?, version)?;
    for migration in &steps {
        let text = only(migration.text, "postgres") + &record(migration, clock.now());
        connection.script(&text).await.map_err(|source| MigrateError::Step { name: migration.name, source })?;
    }
    if !steps.is_empty() {
        let tables = tenant_tables(&mut connection).await?;
        connection.script(&protect(&tables)).await?;
    }
    connection.commit(Vec::new()).await?;
    Ok(state(steps.len()))
}

/// What the ledger says, read as the program; an error where there is none yet.
async fn applied(pool: &Postgres) -> Result<Vec<(i64, String)>> {
    ledger(pool.acquire(Access::Read).await?.run(vec![Sql::new(READ_LEDGER)]).await?)
}

/// Two nodes may create the ledger at the same moment; the loser of that race finds it made.
async fn create_ledger(owner: &Postgres) -> Result<()> {
    let mut failure = None;
    for _ in 0..3 {
        let mut connection = owner.acquire(Access::Write).await?;
        match connection.script(LEDGER).await {
            Ok(()) => return connection.commit(Vec::new()).await,
            Err(error) => failure = Some(error),
        }
    }
    Err(failure.unwrap_or(Error::Unavailable { detail: "the schema ledger cannot be made".into() }))
}

/// Makes the role that the program works as. Its name is fixed, so that a second database of the cluster shares it.
/// Another node may be making it at the same moment: then ours fails, and the next look finds it, or makes it after all.
async fn ensure_app_role(owner: &Postgres) -> Result<(), MigrateError> {
    let create = format!("CREATE ROLE {APP_ROLE} NOLOGIN NOSUPERUSER NOBYPASSRLS; GRANT {APP_ROLE} TO CURRENT_USER");
    let join = format!("GRANT {APP_ROLE} TO CURRENT_USER");
    for _ in 0..ROLE_TRIES {
        if is_member(owner).await? || carried_out(owner, &create).await? || carried_out(owner, &join).await? {
            return Ok(());
        }
    }
    Err(MigrateError::Privileged)
}

/// How often a node tries to make the role, or to join it, while others do the same.
const ROLE_TRIES: usize = 5;

async fn is_member(owner: &Postgres) -> Result<bool> {
    let member = Sql::new("SELECT 1 FROM pg_roles WHERE pg_has_role(current_user, oid, 'MEMBER') AND rolname =");
    let mut connection = owner.acquire(Access::Read).await?;
    Ok(connection.run(vec![member.push(" ").bind(APP_ROLE)]).await?.touched > 0)
}

/// Whether the server took it. The pool of the owner has one connection: it is given back before this answers.
async fn carried_out(owner: &Postgres, script: &str) -> Result<bool> {
    let mut connection = owner.acquire(Access::Write).await?;
    let outcome = match connection.script(script).await {
        Ok(_) => connection.commit(Vec::new()).await,
        Err(refused) => Err(refused),
    };
    match outcome {
        Ok(()) => Ok(true),
        Err(gone @ Error::Unavailable { .. }) => Err(gone),
        Err(_) => Ok(false),
    }
}

async fn tenant_tables(connection: &mut crate::postgres::PgConnection) -> Result<Vec<String>> {
    let query = "SELECT table_name::text FROM information_schema.columns \
                 WHERE table_schema = 'public' AND column_name = 'tenant_id' ORDER BY 1";
    let answer = connection.run(vec![Sql::new(query)]).await?;
    let names = read::<(String,)>(Rows { sql: query.into(), answer }, None)?.into_iter().map(|(name,)| name);
    Ok(names.filter(|name| !PLATFORM_TABLES.iter().any(|(table, _)| table == name)).collect())
}

/// Row-level security on every tenant table, forced on its owner too, and the rights of the app's role. The audit
/// trail can be added to and read, not changed: an entry gets its place in the chain once (0009), and a detail is there
/// or erased.
pub(crate) fn protect(tables: &[String]) -> String {
    let mut text = format!(
        "GRANT USAGE ON SCHEMA public TO {APP_ROLE};
         GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {APP_ROLE};
         REVOKE UPDATE, DELETE ON audit_entry FROM {APP_ROLE};
         REVOKE INSERT, UPDATE, DELETE ON schema_migration FROM {APP_ROLE};\n"
    );
    if tables.iter().any(|table| table == "audit_detail") {
        text.push_str(&format!(
            "GRANT UPDATE (seq, mac) ON audit_entry TO {APP_ROLE};
             REVOKE UPDATE ON audit_detail FROM {APP_ROLE};
             REVOKE DELETE ON audit_head FROM {APP_ROLE};\n"
        ));
    }
    for table in tables {
        text.push_str(&format!(
            "ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
             DROP POLICY IF EXISTS tenant_isolation ON {table};
             CREATE POLICY tenant_isolation ON {table}
               USING (tenant_id = NULLIF(current_setting('app.tenant_id', true), '')::uuid)
               WITH CHECK (tenant_id = NULLIF(current_setting('app.tenant_id', true), '')::uuid);\n"
        ));
    }
    text
}
