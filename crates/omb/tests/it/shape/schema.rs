//! The data map against the live schema of both databases, both ways (P021), and the locks on PostgreSQL (P020).

use std::collections::BTreeSet;

use store::Sql;
use testkit::Kind;

use crate::app::TestApp;

/// Tables that a database keeps for itself: its own, and the shadows of the text index.
fn internal(table: &str) -> bool {
    table.starts_with("sqlite_") || table.starts_with("search_word_")
}

/// The text index is a table of its own on the embedded database only.
fn exists_on(kind: Kind, table: &str) -> bool {
    kind == Kind::Sqlite || table != "search_word"
}

async fn live_columns(app: &TestApp) -> BTreeSet<(String, String)> {
    let query = match app.kind {
        Kind::Sqlite => {
            "SELECT m.name, p.name FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table'"
        }
        Kind::Postgres => {
            "SELECT table_name::text, column_name::text FROM information_schema.columns WHERE table_schema = 'public'"
        }
    };
    let mut tx = app.store.platform_read().await.unwrap();
    let columns: Vec<(String, String)> = tx.all(Sql::new(query)).await.unwrap();
    columns.into_iter().filter(|(table, _)| !internal(table)).collect()
}

#[tokio::test]
async fn p021_every_column_is_in_the_data_map_and_nothing_else_is() {
    let declared: BTreeSet<(String, String)> = omb::domains::DATA_MAP
        .iter()
        .copied()
        .flatten()
        .flat_map(|t| t.columns.iter().map(|c| (t.name.to_owned(), c.name.to_owned())))
        .collect();
    for app in TestApp::each().await {
        let live = live_columns(&app).await;
        let undeclared: Vec<_> = live.difference(&declared).collect();
        let gone: Vec<_> = declared.difference(&live).filter(|(table, _)| exists_on(app.kind, table)).collect();
        assert!(undeclared.is_empty(), "{:?}: not in a data map: {undeclared:?}", app.kind);
        assert!(gone.is_empty(), "{:?}: in a data map and not in the schema: {gone:?}", app.kind);
    }
}

#[tokio::test]
async fn p020_every_tenant_table_is_locked_by_row_level_security_and_composite_keys() {
    for app in TestApp::each().await {
        if app.kind != Kind::Postgres {
            continue;
        }
        let mut tx = app.store.platform_read().await.unwrap();
        let exempt: Vec<&str> = store::PLATFORM_TABLES.iter().map(|(table, _)| *table).collect();
        let tables: Vec<(String, bool, bool)> = tx
            .all(Sql::new(
                "SELECT c.relname::text, c.relrowsecurity, c.relforcerowsecurity FROM pg_class c \
                 JOIN information_schema.columns k ON k.table_name = c.relname AND k.column_name = 'tenant_id' \
                 WHERE c.relkind = 'r' AND k.table_schema = 'public'",
            ))
            .await
            .unwrap();
        assert!(tables.len() > 15, "{tables:?}");
        for (table, enabled, forced) in &tables {
            assert!(
                exempt.contains(&table.as_str()) || (*enabled && *forced),
                "{table} has no forced row-level security"
            );
        }
        // A reference between tenant tables names the tenant on both sides.
        let loose: Vec<(String, String)> = tx
            .all(Sql::new(
                "SELECT con.conname::text, con.conrelid::regclass::text FROM pg_constraint con WHERE con.contype = 'f' \
                 AND EXISTS (SELECT 1 FROM information_schema.columns k WHERE k.table_name = con.confrelid::regclass::text AND k.column_name = 'tenant_id') \
                 AND NOT EXISTS (SELECT 1 FROM unnest(con.confkey) AS key JOIN pg_attribute a ON a.attrelid = con.confrelid AND a.attnum = key WHERE a.attname = 'tenant_id')",
            ))
            .await
            .unwrap();
        assert!(loose.is_empty(), "foreign keys without the tenant: {loose:?}");
        let (seen,): (i64,) = tx.one(Sql::new("SELECT count(*) FROM member")).await.unwrap();
        assert_eq!(seen, 0, "without a tenant, nothing is seen");
    }
}
