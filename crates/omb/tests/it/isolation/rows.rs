//! All rows of a tenant, as text to compare and as ids to look for.

use std::{collections::BTreeMap, sync::Arc};

use kernel::{Caller, Can, TenantId, Uuid};
use store::{Sql, Tx, sql};

use crate::{
    app::TestApp,
    shape::live::{Live, live},
};

kernel::permissions! {
    /// Look at everything of a tenant; held by tests.
    pub Look = "test.look": [];
}

/// Text that is made by a test, where the program has literals.
pub fn made(text: String) -> Sql {
    Sql::new(Box::leak(text.into_boxed_str()))
}

/// The product in a tenant.
pub async fn inside(app: &TestApp, tenant: TenantId) -> Tx {
    let can = Can::<Look>::check(Arc::new(Caller::system(tenant))).unwrap();
    app.store.begin(&can).await.unwrap()
}

/// The rows of a tenant in every table, its people's accounts included, in an order of their own. The clock stands still
/// from the first look, so that nothing becomes due between two of them.
pub async fn rows(app: &TestApp, tenant: TenantId) -> BTreeMap<String, Vec<String>> {
    app.clock.stop();
    let live: Live = live(&app.store, app.kind).await;
    let mut tx = inside(app, tenant).await;
    let mut found = BTreeMap::new();
    for (table, shape) in &live.tables {
        let condition = if shape.is_of_tenants() {
            format!("{table}.tenant_id = ")
        } else if table == "account" {
            "account.id IN (SELECT account_id FROM account_tenant WHERE tenant_id = ".to_owned()
        } else {
            continue;
        };
        let close = if shape.is_of_tenants() { "" } else { ")" };
        let line = match app.kind {
            testkit::Kind::Postgres => format!("{table}::text"),
            testkit::Kind::Sqlite => {
                shape.columns.iter().map(|c| format!("quote({c})")).collect::<Vec<_>>().join(" || ',' || ")
            }
        };
        let query = made(format!("SELECT {line} FROM {table} WHERE {condition}")).bind(tenant);
        let order = made(format!("{close} ORDER BY 1"));
        let rows: Vec<(String,)> = tx.all(query.append(order)).await.unwrap();
        found.insert(table.clone(), rows.into_iter().map(|(row,)| row).collect());
    }
    found
}

/// Fails with the names of the tables whose rows are not the same.
#[track_caller]
pub fn assert_same(before: &BTreeMap<String, Vec<String>>, after: &BTreeMap<String, Vec<String>>, what: &str) {
    let changed: Vec<String> = before
        .iter()
        .filter(|(table, rows)| after.get(*table) != Some(rows))
        .map(|(table, rows)| {
            let now = &after[table];
            let new: Vec<_> = now.iter().filter(|row| !rows.contains(row)).collect();
            let gone: Vec<_> = rows.iter().filter(|row| !now.contains(row)).collect();
            format!("{table}: {} rows, then {}; new: {new:?}; gone: {gone:?}", rows.len(), now.len())
        })
        .collect();
    assert!(changed.is_empty() && before.len() == after.len(), "{what}: {changed:#?}");
}

/// The ids of a tenant's records, sessions, keys and people: 32 hexadecimal digits each, as they stand on the wire.
pub async fn ids(app: &TestApp, tenant: TenantId) -> Vec<String> {
    let live = live(&app.store, app.kind).await;
    let mut tx = inside(app, tenant).await;
    let mut found = vec![tenant_digits(tenant)];
    for (table, _) in live.tables.iter().filter(|(_, t)| t.is_of_tenants() && t.columns.contains("id")) {
        let query = made(format!("SELECT id FROM {table} WHERE tenant_id = ")).bind(tenant);
        let rows: Vec<(Uuid,)> = tx.all(query).await.unwrap();
        found.extend(rows.into_iter().map(|(id,)| id.simple().to_string()));
    }
    let people = sql!("SELECT account_id FROM account_tenant WHERE tenant_id = {}", tenant);
    found.extend(tx.all::<(Uuid,)>(people).await.unwrap().into_iter().map(|(id,)| id.simple().to_string()));
    found.sort();
    found.dedup();
    found
}

fn tenant_digits(tenant: TenantId) -> String {
    use kernel::id::Id;
    tenant.uuid().simple().to_string()
}
