//! Databases of a test's own. SQLite always; PostgreSQL where `TEST_DATABASE_URL` names a server whose user may create
//! databases (`script/postgres` starts one).

use std::ops::Deref;

use kernel::{Clock, Uuid};
use store::{DatabaseUrl, KeyRing, Sql, Store, StoreOptions};
use tempfile::TempDir;
use tokio_postgres::NoTls;

/// Where the server for tests is.
const SERVER: &str = "TEST_DATABASE_URL";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Sqlite,
    Postgres,
}

/// The kinds this run can test on.
pub fn kinds() -> Vec<Kind> {
    match std::env::var(SERVER) {
        Ok(_) => vec![Kind::Sqlite, Kind::Postgres],
        Err(_) => vec![Kind::Sqlite],
    }
}

/// An empty database. Dropping it deletes it.
#[derive(Debug)]
pub struct Database {
    address: String,
    keys: KeyRing,
    home: Home,
}

#[derive(Debug)]
enum Home {
    File { _folder: TempDir },
    Server { _database: OnServer },
}

#[derive(Debug)]
struct OnServer {
    server: String,
    name: String,
}

impl Database {
    /// What `DATABASE_URL` would say.
    pub fn address(&self) -> &str {
        &self.address
    }

    pub fn url(&self) -> DatabaseUrl {
        self.address.parse().expect("the address of a test database is valid")
    }

    /// The master keys that all who open it share, unless they bring their own.
    pub fn keys(&self) -> &KeyRing {
        &self.keys
    }

    /// Runs statements as whoever owns the tables, who may do what the program may not: for making a schema wrong.
    pub async fn as_owner(&self, script: &str) {
        match &self.home {
            Home::File { .. } => {
                let store = self.open(StoreOptions::default());
                let mut tx = store.platform().await.expect("a test database answers");
                for statement in script.split(';').filter(|text| !text.trim().is_empty()) {
                    // Statements of the program are literals; those of a test may be made.
                    let text: &'static str = Box::leak(statement.to_owned().into_boxed_str());
                    tx.execute(Sql::new(text)).await.expect("the statement is valid");
                }
                tx.commit().await.expect("the schema is changed");
            }
            Home::Server { .. } => run(&self.address, script).await.expect("the statements are valid"),
        }
    }

    /// Connects once more, as another node would. Does not migrate.
    pub fn open(&self, options: StoreOptions) -> Store {
        let keys = if options.keys.is_none() { self.keys.clone() } else { options.keys.clone() };
        Store::open(&self.url(), StoreOptions { keys, ..options }).expect("a test database opens")
    }
}

/// A database that nobody has used yet, not migrated.
pub async fn fresh_database(kind: Kind) -> Database {
    match kind {
        Kind::Sqlite => {
            let folder = tempfile::tempdir().expect("a folder for the database");
            let address = format!("sqlite:{}", folder.path().join("omb.db").display());
            Database { address, keys: KeyRing::in_memory(), home: Home::File { _folder: folder } }
        }
        Kind::Postgres => {
            let server = std::env::var(SERVER).expect("TEST_DATABASE_URL names a PostgreSQL server");
            let name = format!("t{}", Uuid::now_v7().simple());
            run(&server, &format!("CREATE DATABASE {name}")).await.expect("the test user may create databases");
            let (before, query) = server.split_once('?').map_or((server.as_str(), ""), |(b, q)| (b, q));
            let (before, _) = before.rsplit_once('/').expect("TEST_DATABASE_URL ends with a database");
            let mark = if query.is_empty() { "" } else { "?" };
            let address = format!("{before}/{name}{mark}{query}");
            Database {
                address,
                keys: KeyRing::in_memory(),
                home: Home::Server { _database: OnServer { server, name } },
            }
        }
    }
}

async fn run(server: &str, statement: &str) -> Result<(), tokio_postgres::Error> {
    let (client, connection) = tokio_postgres::connect(server, NoTls).await?;
    let talking = tokio::spawn(connection);
    let done = client.batch_execute(statement).await;
    talking.abort();
    done
}

impl Drop for OnServer {
    fn drop(&mut self) {
        let (server, name) = (self.server.clone(), self.name.clone());
        // The test's own runtime may be ending: the last statement gets a thread and a runtime for itself.
        let dropped = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime
                .block_on(run(&server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")))
                .map_err(std::io::Error::other)
        })
        .join();
        if !matches!(dropped, Ok(Ok(()))) {
            eprintln!("the test database {} could not be dropped", self.name);
        }
    }
}

/// A migrated store with a clock of its own. It goes wherever a `&Store` is wanted.
pub struct TestStore {
    pub store: Store,
    pub database: Database,
}

impl TestStore {
    /// A second node on the same database, with the same clock.
    pub fn second_node(&self) -> Store {
        self.database.open(StoreOptions { clock: self.store.clock().clone(), ..StoreOptions::default() })
    }
}

impl Deref for TestStore {
    type Target = Store;
    fn deref(&self) -> &Store {
        &self.store
    }
}

/// One migrated store of each kind.
pub async fn stores() -> Vec<TestStore> {
    stores_with(StoreOptions::default()).await
}

/// The same with options, such as listeners. The clock is not taken over: each store has one of its own.
pub async fn stores_with(options: StoreOptions) -> Vec<TestStore> {
    let mut stores = Vec::new();
    for kind in kinds() {
        let database = fresh_database(kind).await;
        let store = database.open(StoreOptions { clock: Clock::system(), ..options.clone() });
        store.migrate().await.expect("a fresh database migrates");
        stores.push(TestStore { store, database });
    }
    stores
}
