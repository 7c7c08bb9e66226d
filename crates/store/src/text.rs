//! Texts, lists of texts and days of moments, asked for so that they mean the same on both databases: capitals A to Z do not matter, other
//! letters are compared as they are written.

use crate::{Sql, Tx};

impl Tx {
    /// `lower(<column>)`, of the letters A to Z alone.
    pub fn lowered(&self, sql: Sql, column: &'static str) -> Sql {
        let sql = sql.push("lower(").push(column);
        sql.push(if self.connection.is_postgres() { " COLLATE \"C\")" } else { ")" })
    }

    /// `<column> holds <item>` for a column that keeps a JSON list of texts.
    pub fn holds(&self, sql: Sql, column: &'static str, item: &str) -> Sql {
        if self.connection.is_postgres() {
            return sql.push(column).push(" @> ").bind(serde_json::json!([item]));
        }
        sql.push("EXISTS (SELECT 1 FROM json_each(")
            .push(column)
            .push(") WHERE json_each.value = ")
            .bind(item)
            .push(")")
    }

    /// `<column>` with a text as the value of a key, for a column that keeps a JSON object. The key is letters, digits and
    /// underscores.
    pub fn with_member(&self, sql: Sql, column: &'static str, key: &str, value: &str) -> Sql {
        debug_assert!(key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'), "{key} would be a path");
        if self.connection.is_postgres() {
            let sql = sql.push(column).push(" || jsonb_build_object(CAST(").bind(key);
            return sql.push(" AS TEXT), CAST(").bind(value).push(" AS TEXT))");
        }
        sql.push("json_set(").push(column).push(", ").bind(format!("$.{key}")).push(", ").bind(value).push(")")
    }
}

impl Tx {
    /// A text column in the order of its bytes, whatever the database's own order is.
    pub fn bytewise(&self, sql: Sql, column: &'static str) -> Sql {
        let sql = sql.push(column);
        if self.connection.is_postgres() { sql.push(" COLLATE \"C\"") } else { sql }
    }

    /// Joins each text of a list beside its row as `<alias>.value`, null beside one whose list is empty.
    pub fn beside_items(&self, sql: Sql, column: &'static str, alias: &'static str) -> Sql {
        if self.connection.is_postgres() {
            let sql = sql.push(" LEFT JOIN LATERAL jsonb_array_elements_text(").push(column).push(") AS ");
            return sql.push(alias).push("(value) ON TRUE");
        }
        sql.push(" LEFT JOIN json_each(").push(column).push(") AS ").push(alias).push(" ON TRUE")
    }

    /// What goes by how much time lies between two moments, to put rows in order by; what it is counted in differs.
    pub fn between(&self, sql: Sql, from: &'static str, to: &'static str) -> Sql {
        if self.connection.is_postgres() {
            return sql.push("(").push(to).push(" - ").push(from).push(")");
        }
        sql.push("(julianday(").push(to).push(") - julianday(").push(from).push("))")
    }

    /// The day a moment is on by clocks that are so many seconds ahead of UTC.
    pub fn day(&self, sql: Sql, column: &'static str, ahead: i64) -> Sql {
        if self.connection.is_postgres() {
            let sql = sql.push("CAST((").push(column).push(" AT TIME ZONE 'UTC') + CAST(").bind(ahead);
            return sql.push(" AS BIGINT) * INTERVAL '1 second' AS DATE)");
        }
        sql.push("date(").push(column).push(", ").bind(format!("{ahead:+} seconds")).push(")")
    }
}

/// What `LIKE … ESCAPE '\'` takes for a text that contains these words, or begins with them.
pub fn like(text: &str, begins: bool) -> String {
    let escaped = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    if begins { format!("{escaped}%") } else { format!("%{escaped}%") }
}
