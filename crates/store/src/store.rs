//! Opening a database and beginning transactions on it.

use std::{
    collections::HashMap,
    path::PathBuf,
    str::FromStr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use kernel::{Caller, Can, Clock, Permission};
use tokio::sync::broadcast;

use crate::{
    Committed, MigrateError, PlatformTx, SchemaState, Scope, Tx,
    audit::Unsealed,
    driver::{Access, Connection, Driver},
    error::{Error, Result},
    keys::{KeyRing, TenantKeyCache},
    measure::Connections,
    migrate,
    postgres::Postgres,
    sqlite::Sqlite,
    tls::PostgresAddress,
};

/// Where the data is.
#[derive(Debug, Clone)]
pub enum DatabaseUrl {
    /// The file of the embedded database.
    Sqlite(PathBuf),
    Postgres(Box<PostgresAddress>),
}

/// Why a database cannot be opened, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("DATABASE_URL is not understood: {0}. Use sqlite:PATH or postgres://USER:PASSWORD@HOST/DATABASE.")]
    Url(String),
    #[error("the database cannot be opened: {0}")]
    Open(#[from] Error),
}

impl FromStr for DatabaseUrl {
    type Err = OpenError;
    fn from_str(url: &str) -> Result<Self, OpenError> {
        if let Some(path) = url.strip_prefix("sqlite:") {
            return Ok(DatabaseUrl::Sqlite(path.trim_start_matches("//").into()));
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let address = PostgresAddress::parse(url).map_err(OpenError::Url)?;
            return Ok(DatabaseUrl::Postgres(Box::new(address)));
        }
        Err(OpenError::Url("it begins with neither sqlite: nor postgres://".into()))
    }
}

/// What `Store::open` needs besides the address.
#[derive(Debug, Clone, Default)]
pub struct StoreOptions {
    pub clock: Clock,
    /// Most connections to PostgreSQL; 16 unless set. The embedded database has its own fixed set.
    pub connections: Option<usize>,
    /// Event kind -> kinds of the jobs that listen to it.
    pub listeners: HashMap<&'static str, Vec<&'static str>>,
    /// What visible means for tables that a caller may see in part; each looks only into those before it.
    pub scopes: &'static [Scope],
    /// The master keys. Without them nothing can be sealed.
    pub keys: KeyRing,
}

enum Backend {
    Sqlite(Sqlite),
    Postgres(Box<Postgres>),
}

struct Inner {
    backend: Backend,
    clock: Clock,
    listeners: HashMap<&'static str, Vec<&'static str>>,
    scopes: &'static [Scope],
    unsealed: Unsealed,
    committed: broadcast::Sender<Committed>,
    keys: TenantKeyCache,
    callers: AtomicU64,
}

/// A database. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

impl Store {
    /// Connects. Does not migrate: see [`Store::migrate`].
    pub fn open(url: &DatabaseUrl, options: StoreOptions) -> Result<Self, OpenError> {
        let backend = match url {
            DatabaseUrl::Sqlite(path) => Backend::Sqlite(Sqlite::open(path)?),
            DatabaseUrl::Postgres(address) => Backend::Postgres(Box::new(Postgres::open(
                (**address).clone(),
                options.connections.unwrap_or(16),
                true,
            )?)),
        };
        let (committed, _) = broadcast::channel(1024);
        let keys = TenantKeyCache::new(options.keys);
        let (clock, listeners, scopes) = (options.clock, options.listeners, options.scopes);
        let (unsealed, callers) = (Unsealed::default(), AtomicU64::new(0));
        let inner = Inner { backend, clock, listeners, scopes, unsealed, committed, keys, callers };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Brings the schema to this program's version and finds the master key that belongs to the database; a second
    /// node that starts meanwhile waits.
    pub async fn migrate(&self) -> Result<SchemaState, MigrateError> {
        let state = match &self.inner.backend {
            Backend::Sqlite(sqlite) => migrate::sqlite(sqlite, &self.inner.clock).await?,
            Backend::Postgres(postgres) => migrate::postgres(postgres, &self.inner.clock).await?,
        };
        self.unlock().await?;
        Ok(state)
    }

    /// A transaction that only reads.
    pub async fn read<P: Permission>(&self, can: &Can<P>) -> Result<Tx> {
        self.begin_as(can.caller().clone(), Access::Read).await
    }

    /// A transaction that writes.
    pub async fn begin<P: Permission>(&self, can: &Can<P>) -> Result<Tx> {
        self.begin_as(can.caller().clone(), Access::Write).await
    }

    /// For the store's own book-keeping: `announce` says whether a commit is told to listeners.
    pub(crate) async fn open_as(&self, caller: Arc<Caller>, announce: bool) -> Result<Tx> {
        let mut tx = self.begin_as(caller, Access::Write).await?;
        tx.writes = announce;
        Ok(tx)
    }

    /// The same, read only.
    pub(crate) async fn read_as(&self, caller: Arc<Caller>) -> Result<Tx> {
        self.begin_as(caller, Access::Read).await
    }

    /// A transaction on the tables of no tenant.
    pub async fn platform(&self) -> Result<PlatformTx> {
        let connection = self.connect(Access::Write).await?;
        Ok(PlatformTx { connection, store: self.clone(), now: self.inner.clock.now() })
    }

    /// The same, read only.
    pub async fn platform_read(&self) -> Result<PlatformTx> {
        let connection = self.connect(Access::Read).await?;
        Ok(PlatformTx { connection, store: self.clone(), now: self.inner.clock.now() })
    }

    /// Tells of every committed transaction of this process. A listener that lags loses the oldest notices and must
    /// read the tables, which are the truth.
    pub fn committed(&self) -> broadcast::Receiver<Committed> {
        self.inner.committed.subscribe()
    }

    pub fn clock(&self) -> &Clock {
        &self.inner.clock
    }

    pub(crate) fn keys(&self) -> &TenantKeyCache {
        &self.inner.keys
    }

    /// Its connections now.
    pub fn connections(&self) -> Connections {
        match &self.inner.backend {
            Backend::Sqlite(sqlite) => sqlite.connections(),
            Backend::Postgres(postgres) => postgres.connections(),
        }
    }

    /// `sqlite` or `postgres`.
    pub fn kind(&self) -> &'static str {
        match self.inner.backend {
            Backend::Sqlite(_) => "sqlite",
            Backend::Postgres(_) => "postgres",
        }
    }

    async fn begin_as(&self, caller: Arc<Caller>, access: Access) -> Result<Tx> {
        let mut connection = self.connect(access).await?;
        connection.enter(caller.tenant_id).await?;
        Ok(Tx::new(connection, caller, self.clone(), access == Access::Write))
    }

    async fn connect(&self, access: Access) -> Result<Connection> {
        Ok(Connection::new(match &self.inner.backend {
            Backend::Sqlite(sqlite) => Driver::Sqlite(sqlite.acquire(access).await?),
            Backend::Postgres(postgres) => Driver::Postgres(Box::new(postgres.acquire(access).await?)),
        }))
    }

    /// Every commit passes here.
    pub(crate) async fn commit(&self, connection: Connection) -> Result<()> {
        let changes_callers = connection.changes_callers();
        let committed = connection.commit().await;
        if changes_callers {
            // Also after an error: the answer may have been lost on the way, not the commit.
            self.inner.callers.fetch_add(1, Ordering::AcqRel);
        }
        committed
    }

    /// A number that changes with every commit of this process that changes who callers are or what they may do. What
    /// was read after it had been asked for is true as long as it stays, as far as this process knows.
    pub fn callers_version(&self) -> u64 {
        self.inner.callers.load(Ordering::Acquire)
    }

    /// Makes sure that what was blanked is not still there in free pages. PostgreSQL's owner does so with VACUUM FULL.
    pub(crate) async fn overwrite_what_was_deleted(&self) -> Result<()> {
        match &self.inner.backend {
            Backend::Sqlite(sqlite) => sqlite.acquire(Access::Write).await?.rewrite().await,
            Backend::Postgres(_) => Ok(()),
        }
    }

    pub(crate) fn unsealed_tenants(&self) -> &Unsealed {
        &self.inner.unsealed
    }

    pub(crate) fn listeners(&self, event: &str) -> Vec<&'static str> {
        self.inner.listeners.get(event).cloned().unwrap_or_default()
    }

    pub(crate) fn scopes(&self) -> &'static [Scope] {
        self.inner.scopes
    }

    pub(crate) fn announce(&self, committed: Committed) {
        if committed.jobs || !committed.events.is_empty() {
            // No listener is no fault: the rows are written.
            drop(self.inner.committed.send(committed));
        }
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Store({})", self.kind())
    }
}

#[cfg(test)]
impl Store {
    /// Where it is, to be opened once more.
    pub(crate) fn url_for_tests(&self) -> DatabaseUrl {
        match &self.inner.backend {
            Backend::Sqlite(sqlite) => DatabaseUrl::Sqlite(sqlite.path.clone()),
            Backend::Postgres(postgres) => DatabaseUrl::Postgres(Box::new(postgres.address.clone())),
        }
    }

    /// Makes a table of a test's own, as the owner, protected like every other.
    pub(crate) async fn script_for_tests(&self, ddl: &str) {
        let rest = if self.kind() == "postgres" { migrate::protect(&["thing".to_owned()]) } else { String::new() };
        self.as_owner(ddl.to_owned() + &rest).await;
    }

    /// Does something to the database itself, as its owner and past every rule of the program.
    pub(crate) async fn attack(&self, sql: &str) {
        let past = ["audit_entry", "audit_detail"].map(|t| format!("ALTER TABLE {t} NO FORCE ROW LEVEL SECURITY;"));
        let exists = "DO $$ BEGIN IF to_regclass('audit_detail') IS NOT NULL THEN ";
        let past = format!("{} {exists} {} END IF; END $$;", past[0], past[1]);
        self.as_owner(if self.kind() == "postgres" { past + sql } else { sql.to_owned() }).await;
    }

    /// The schema as an earlier version of the program left it.
    pub(crate) async fn migrate_to_for_tests(&self, version: i64) {
        match &self.inner.backend {
            Backend::Sqlite(sqlite) => migrate::sqlite_to(sqlite, &self.inner.clock, version).await.unwrap(),
            Backend::Postgres(postgres) => migrate::postgres_to(postgres, &self.inner.clock, version).await.unwrap(),
        };
    }

    async fn as_owner(&self, text: String) {
        match &self.inner.backend {
            Backend::Sqlite(sqlite) => {
                let mut connection = sqlite.acquire(Access::Write).await.unwrap();
                connection.script(crate::migrations::translate(&text)).await.unwrap();
                connection.commit(Vec::new()).await.unwrap();
            }
            Backend::Postgres(postgres) => {
                let owner = Postgres::open(postgres.address.clone(), 1, false).unwrap();
                let mut connection = owner.acquire(Access::Write).await.unwrap();
                connection.script(&text).await.unwrap();
                connection.commit(Vec::new()).await.unwrap();
            }
        }
    }
}
