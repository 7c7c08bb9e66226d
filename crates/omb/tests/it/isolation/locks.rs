//! The second line of defence on PostgreSQL: statements that forget the tenant see and touch one's own rows only, and the
//! program's role can take none of it away (P020, P181).

use std::collections::BTreeMap;

use kernel::Uuid;
use store::{Error, Sql, StoreOptions, Tx};
use testkit::Kind;

use super::{
    filled::Filled,
    rows::{Look, inside, made},
};
use crate::{app::TestApp, shape::live::live};

/// Two filled workspaces on PostgreSQL and the tables it locks; None where no server was given.
async fn two() -> Option<(TestApp, Filled, Filled, Vec<String>)> {
    if !testkit::kinds().contains(&Kind::Postgres) {
        return None;
    }
    let app = TestApp::start(Kind::Postgres).await;
    let (ours, theirs) = (Filled::new(&app, "aurora").await, Filled::new(&app, "boreal").await);
    let open = |table: &str| store::PLATFORM_TABLES.iter().any(|(known, _)| *known == table);
    let live = live(&app.store, app.kind).await;
    let tables = live.tables.into_iter().filter(|(name, table)| table.is_of_tenants() && !open(name));
    let tables = tables.map(|(name, _)| name).collect();
    Some((app, ours, theirs, tables))
}

async fn count(tx: &mut Tx, table: &str, more: &str) -> i64 {
    tx.count(made(format!("SELECT count(*) FROM {table} {more}"))).await.unwrap()
}

/// Refused by a lock or for want of a right, and by nothing else.
#[track_caller]
fn barred<T: std::fmt::Debug>(result: Result<T, Error>, what: &str) {
    let said = format!("{:?}", result.as_ref().err());
    assert!(said.contains("42501"), "{what} was not refused: {result:?}");
}

#[tokio::test]
async fn p020_p181_a_statement_that_forgets_the_tenant_reaches_its_own_rows_only() {
    let Some((app, ours, theirs, tables)) = two().await else { return };
    let mut filled = 0;
    for table in &tables {
        let mut tx = inside(&app, ours.tenant).await;
        let own =
            tx.count(made(format!("SELECT count(*) FROM {table} WHERE tenant_id = ")).bind(ours.tenant)).await.unwrap();
        assert_eq!(count(&mut tx, table, "").await, own, "{table}: another's rows are seen");
        let there = made(format!("SELECT count(*) FROM {table} WHERE tenant_id = ")).bind(theirs.tenant);
        assert_eq!(tx.count(there).await.unwrap(), 0, "{table}: another's rows are found by their tenant");
        let touched = tx.execute(made(format!("UPDATE {table} SET tenant_id = tenant_id"))).await;
        match touched {
            Ok(touched) => assert_eq!(touched, u64::try_from(own).unwrap(), "{table}: an update reached further"),
            // What is only added to cannot be updated at all.
            Err(error) => barred(Err::<(), _>(error), table),
        }
        filled += i64::from(own > 0);
    }
    assert!(filled > 20, "only {filled} of {} tables have rows, which proves little", tables.len());
}

#[tokio::test]
async fn p020_p181_a_row_of_another_tenant_can_neither_be_made_nor_become_ones_own() {
    let Some((app, ours, theirs, tables)) = two().await else { return };
    let mut tried = 0;
    for table in &tables {
        if count(&mut inside(&app, ours.tenant).await, table, "").await == 0 {
            continue;
        }
        let give = made(format!("UPDATE {table} SET tenant_id = ")).bind(theirs.tenant);
        barred(inside(&app, ours.tenant).await.execute(give).await, &format!("giving rows of {table} away"));
        let plant = made(format!(
            "INSERT INTO {table} SELECT (jsonb_populate_record({table}, jsonb_build_object('tenant_id', '{}'))).* FROM {table} LIMIT 1",
            kernel::id::Id::uuid(theirs.tenant)
        ));
        barred(inside(&app, ours.tenant).await.execute(plant).await, &format!("planting a row in {table}"));
        tried += 1;
    }
    assert!(tried > 20, "{tried}");
}

#[tokio::test]
async fn p020_without_a_tenant_nothing_is_seen_and_none_is_left_on_a_connection() {
    let Some((app, ours, _, tables)) = two().await else { return };
    let counts = tables.iter().map(|table| format!("SELECT '{table}', count(*) FROM {table}"));
    let counts = counts.collect::<Vec<_>>().join(" UNION ALL ");
    // One connection, so that whoever comes next gets the very one that was used.
    let store = app.database.open(StoreOptions { connections: Some(1), ..StoreOptions::default() });
    let can = kernel::Can::<Look>::check(std::sync::Arc::new(kernel::Caller::system(ours.tenant))).unwrap();
    for ending in ["commit", "drop", "failure"] {
        let mut tx = store.begin(&can).await.unwrap();
        assert!(tx.count(Sql::new("SELECT count(*) FROM company")).await.unwrap() > 0);
        match ending {
            "commit" => tx.commit().await.unwrap(),
            "failure" => {
                assert!(tx.execute(Sql::new("SELECT 1 / 0")).await.is_err());
                drop(tx);
            }
            _ => drop(tx),
        }
        let mut next = store.platform_read().await.unwrap();
        let (left,): (String,) =
            next.one(Sql::new("SELECT coalesce(current_setting('app.tenant_id', true), '')")).await.unwrap();
        assert_eq!(left, "", "after a {ending} the connection still has a tenant");
        let seen: BTreeMap<String, i64> =
            next.all::<(String, i64)>(made(counts.clone())).await.unwrap().into_iter().collect();
        assert!(seen.len() > 20 && seen.values().all(|seen| *seen == 0), "after a {ending}: {seen:?}");
    }
}

/// What the program's role must not be able to do.
const FORBIDDEN: [&str; 10] = [
    "ALTER TABLE note DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE note NO FORCE ROW LEVEL SECURITY",
    "DROP POLICY tenant_isolation ON note",
    "CREATE POLICY mine ON note USING (true)",
    "CREATE TABLE mine (id BIGINT)",
    "ALTER ROLE omb_app BYPASSRLS",
    "CREATE ROLE mine SUPERUSER",
    "DROP TABLE note",
    "TRUNCATE note",
    "DELETE FROM schema_migration",
];

#[tokio::test]
async fn p020_the_programs_role_can_take_no_lock_off() {
    let Some((app, ours, ..)) = two().await else { return };
    for statement in FORBIDDEN {
        barred(app.store.platform().await.unwrap().execute(Sql::new(statement)).await, statement);
        barred(inside(&app, ours.tenant).await.execute(Sql::new(statement)).await, statement);
    }
    // To switch the locks off for a session is to be refused every row, not to see them.
    let mut tx = inside(&app, ours.tenant).await;
    tx.execute(Sql::new("SET LOCAL row_security = off")).await.unwrap();
    barred(tx.all::<(i64,)>(Sql::new("SELECT count(*) FROM note")).await, "reading with row_security off");
}

/// With a login of its own, which SECURITY.md recommends, there is no way back to the owner of the tables either.
#[tokio::test]
async fn p020_a_login_of_the_programs_own_cannot_become_the_owner() {
    let Some((app, ours, ..)) = two().await else { return };
    let role = format!("app_{}", Uuid::now_v7().simple());
    app.database.as_owner(&format!("CREATE ROLE {role} LOGIN NOINHERIT PASSWORD 'apart' IN ROLE omb_app")).await;
    let address = app.database.address();
    let (_, host) = address.rsplit_once('@').unwrap();
    let url: store::DatabaseUrl = format!("postgres://{role}:apart@{host}").parse().unwrap();
    let owner = address.split("//").nth(1).unwrap().split(':').next().unwrap().to_owned();
    {
        let store = store::Store::open(&url, StoreOptions::default()).unwrap();
        assert_eq!(store.migrate().await.unwrap().applied, 0, "a current schema asks nothing of its owner");
        let can = kernel::Can::<Look>::check(std::sync::Arc::new(kernel::Caller::system(ours.tenant))).unwrap();
        assert!(store.read(&can).await.unwrap().count(Sql::new("SELECT count(*) FROM company")).await.unwrap() > 0);
        barred(store.platform().await.unwrap().execute(made(format!("SET ROLE {owner}"))).await, "becoming the owner");
        let mut tx = store.begin(&can).await.unwrap();
        tx.execute(Sql::new("RESET ROLE")).await.unwrap();
        barred(tx.all::<(i64,)>(Sql::new("SELECT count(*) FROM company")).await, "reading as the bare login");
    }
    app.database.as_owner(&format!("DROP ROLE {role}")).await;
}
