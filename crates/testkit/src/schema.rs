//! The tables and columns a live database really has, to compare with what the data map declares.

use std::collections::{BTreeMap, BTreeSet};

use store::{Sql, Store};

/// Table name -> column names.
pub type Schema = BTreeMap<String, BTreeSet<String>>;

/// Every table, without the database's own and without the pages a text index keeps for itself.
pub async fn schema(store: &Store) -> Schema {
    let columns = match store.kind() {
        "sqlite" => Sql::new(
            "SELECT t.name, c.name FROM pragma_table_list AS t JOIN pragma_table_info(t.name) AS c \
             WHERE t.schema = 'main' AND t.type IN ('table', 'virtual') AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
        ),
        _ => Sql::new(
            "SELECT table_name::text, column_name::text FROM information_schema.columns WHERE table_schema = 'public'",
        ),
    };
    let mut tx = store.platform_read().await.expect("a test database answers");
    let rows: Vec<(String, String)> = tx.all(columns).await.expect("the schema can be read");
    let mut schema = Schema::new();
    for (table, column) in rows {
        schema.entry(table).or_default().insert(column);
    }
    schema
}
