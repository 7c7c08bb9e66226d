//! What a database really has: tables, columns, keys, references, indexes and locks, read the same from both kinds.

use std::collections::{BTreeMap, BTreeSet};

use store::{Sql, Store};
use testkit::Kind;

/// Every table by its name.
pub struct Live {
    pub kind: Kind,
    pub tables: BTreeMap<String, Table>,
}

#[derive(Default)]
pub struct Table {
    pub columns: BTreeSet<String>,
    pub references: Vec<Reference>,
    pub indexes: Vec<Index>,
    /// Row-level security that is on, forced and has a policy. Not known of the embedded database.
    pub locked: bool,
}

/// A foreign key. `columns` of this table point to `to` of the other, in this order.
pub struct Reference {
    pub name: String,
    pub columns: Vec<String>,
    pub table: String,
    pub to: Vec<String>,
}

/// An index, also one that holds a primary key or a uniqueness rule.
pub struct Index {
    pub name: String,
    pub columns: Vec<String>,
}

impl Table {
    pub fn is_of_tenants(&self) -> bool {
        self.columns.contains("tenant_id")
    }
}

/// The pages of the text index, and the embedded database's own book-keeping.
fn internal(table: &str) -> bool {
    table.starts_with("sqlite_") || table.starts_with("search_word_")
}

pub async fn live(store: &Store, kind: Kind) -> Live {
    let mut tx = store.platform_read().await.unwrap();
    let [columns, references, indexes, locks] = match kind {
        Kind::Sqlite => SQLITE,
        Kind::Postgres => POSTGRES,
    };
    let mut tables: BTreeMap<String, Table> = BTreeMap::new();
    for (table, column) in tx.all::<(String, String)>(Sql::new(columns)).await.unwrap() {
        tables.entry(table).or_default().columns.insert(column);
    }
    tables.retain(|name, _| !internal(name));
    let found: Vec<(String, String, String, String, String)> = tx.all(Sql::new(references)).await.unwrap();
    for (table, name, from, to_table, to) in found {
        let Some(table) = tables.get_mut(&table) else { continue };
        table.references.push(Reference { name, columns: list(&from), table: to_table, to: list(&to) });
    }
    for (table, name, columns) in tx.all::<(String, String, String)>(Sql::new(indexes)).await.unwrap() {
        let Some(table) = tables.get_mut(&table) else { continue };
        table.indexes.push(Index { name, columns: list(&columns) });
    }
    for (table,) in tx.all::<(String,)>(Sql::new(locks)).await.unwrap() {
        if let Some(table) = tables.get_mut(&table) {
            table.locked = true;
        }
    }
    Live { kind, tables }
}

fn list(columns: &str) -> Vec<String> {
    columns.split(',').map(str::to_owned).collect()
}

/// Columns, references, indexes, locked tables.
const POSTGRES: [&str; 4] = [
    "SELECT c.relname::text, a.attname::text FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 \
     AND NOT a.attisdropped WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace",
    "SELECT con.conrelid::regclass::text, con.conname::text, \
     (SELECT string_agg(a.attname, ',' ORDER BY k.n) FROM unnest(con.conkey) WITH ORDINALITY AS k(num, n) \
      JOIN pg_attribute a ON a.attrelid = con.conrelid AND a.attnum = k.num), con.confrelid::regclass::text, \
     (SELECT string_agg(a.attname, ',' ORDER BY k.n) FROM unnest(con.confkey) WITH ORDINALITY AS k(num, n) \
      JOIN pg_attribute a ON a.attrelid = con.confrelid AND a.attnum = k.num) \
     FROM pg_constraint con WHERE con.contype = 'f' AND con.connamespace = 'public'::regnamespace",
    "SELECT i.indrelid::regclass::text, c.relname::text, \
     (SELECT string_agg(coalesce(a.attname, '(expression)'), ',' ORDER BY k.n) FROM unnest(i.indkey) WITH ORDINALITY AS k(num, n) \
      LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.num AND k.num > 0) \
     FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relnamespace = 'public'::regnamespace",
    "SELECT c.relname::text FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relrowsecurity \
     AND c.relforcerowsecurity AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid)",
];

const SQLITE: [&str; 4] = [
    "SELECT m.name, p.name FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table'",
    "SELECT m.name, m.name || ' to ' || f.\"table\", group_concat(f.\"from\"), f.\"table\", group_concat(coalesce(f.\"to\", '')) \
     FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table' GROUP BY m.name, f.id",
    "SELECT m.name, i.name, group_concat(coalesce(c.name, '(expression)')) FROM sqlite_master m JOIN pragma_index_list(m.name) i \
     JOIN pragma_index_info(i.name) c WHERE m.type = 'table' GROUP BY m.name, i.name",
    "SELECT 'nothing' WHERE 1 = 0",
];
