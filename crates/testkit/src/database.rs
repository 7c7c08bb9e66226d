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
    keys: TempDir,
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
    pub fn kind(&self) -> Kind {
        match self.home {
            Home::File { .. } => Kind::Sqlite,
            Home::Server { .. } => Kind::Postgres,
        }
    }

    /// What `DATABASE_URL` would say.
    pub fn address(&self) -> &str {
        &self.address
    }

    pub fn url(&self) -> DatabaseUrl {
        self.address.parse().expect("the address of a test database is valid")
    }

    /// The master keys, in a file that all who open the database read, each for itself.
    pub fn keys(&self) -> KeyRing {
        KeyRing::file(self.keys.path().join("master.key"))
    }

    /// What a thief of the disk or of a dump would hold: the database's files, or every row of every table as text.
    pub async fn bytes_at_rest(&self) -> Vec<u8> {
        match &self.home {
            Home::File { _folder: folder } => {
                let files = std::fs::read_dir(folder.path()).expect("the folder of the database can be read");
                let paths = files.map(|file| file.expect("a file").path());
                paths.flat_map(|path| std::fs::read(path).expect("a file of the database can be read")).collect()
            }
            Home::Server { .. } => dump(self.address()).await.expect("every table can be read"),
        }
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
        let keys = if options.keys.is_none() { self.keys() } else { options.keys.clone() };
        Store::open(&self.url(), StoreOptions { keys, ..options }).expect("a test database opens")
    }
}

/// A database that nobody has used yet, not migrated.
pub async fn fresh_database(kind: Kind) -> Database {
    match kind {
        Kind::Sqlite => {
            let folder = tempfile::tempdir().expect("a folder for the database");
            let address = format!("sqlite:{}", folder.path().join("omb.db").display());
            Database { address, keys: key_folder(), home: Home::File { _folder: folder } }
        }
        Kind::Postgres => {
            let server = std::env::var(SERVER).expect("TEST_DATABASE_URL names a PostgreSQL server");
            let name = format!("t{}", Uuid::now_v7().simple());
            run(&server, &format!("CREATE DATABASE {name}")).await.expect("the test user may create databases");
            let (before, query) = server.split_once('?').map_or((server.as_str(), ""), |(b, q)| (b, q));
            let (before, _) = before.rsplit_once('/').expect("TEST_DATABASE_URL ends with a database");
            let mark = if query.is_empty() { "" } else { "?" };
            let address = format!("{before}/{name}{mark}{query}");
            Database { address, keys: key_folder(), home: Home::Server { _database: OnServer { server, name } } }
        }
    }
}

/// Every row of every table. The owner is held to row-level security too, so it is lifted for the length of the copy,
/// in a transaction that is undone.
async fn dump(address: &str) -> Result<Vec<u8>, tokio_postgres::Error> {
    let (mut client, connection) = tokio_postgres::connect(address, NoTls).await?;
    let talking = tokio::spawn(connection);
    let transaction = client.transaction().await?;
    let tables = "SELECT relname::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace";
    let mut bytes = Vec::new();
    for table in transaction.query(tables, &[]).await? {
        let table: String = table.get(0);
        transaction.batch_execute(&format!("ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")).await?;
        for row in transaction.query(&format!("SELECT t::text FROM {table} t"), &[]).await? {
            bytes.extend(row.get::<_, String>(0).into_bytes());
            bytes.push(b'\n');
        }
    }
    transaction.rollback().await?;
    talking.abort();
    Ok(bytes)
}

fn key_folder() -> TempDir {
    tempfile::tempdir().expect("a folder for the master key")
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
