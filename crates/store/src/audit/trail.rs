//! That nothing is changed without a trace: each transaction knows whether it wrote to a tenant's tables and whether it
//! wrote an entry. One of a person, key or link that did the first and not the second is a mistake of ours: it panics
//! where assertions are on, and is logged as an error where they are not.
//!
//! A change that needs no entry says so with its reason, by [`Tx::leave_untraced`]; a search for that name lists them.

use kernel::{Actor, Caller};

use crate::Tx;

/// What is written besides changes: the trail itself, the outbox, the queue, memory of requests, the search index.
pub(crate) const BOOKKEEPING: &[&str] = &[
    "audit_entry",
    "audit_detail",
    "audit_head",
    "event",
    "event_link",
    "job",
    "idempotency_key",
    "search_document",
    "search_word",
    "tenant_key",
];

#[derive(Debug, Default)]
pub(crate) struct Trail {
    /// The first table that was written to.
    touched: Option<String>,
    audited: bool,
    excused: bool,
    /// Statements that write, those of the bookkeeping among them.
    writes: u64,
}

impl Trail {
    /// Notes what a statement is about to write.
    pub(crate) fn note(&mut self, sql: &str) {
        let Some(table) = written(sql) else { return };
        self.writes += 1;
        if self.touched.is_none() && !BOOKKEEPING.contains(&table) {
            self.touched = Some(table.to_owned());
        }
    }

    pub(crate) fn audited(&mut self) {
        self.audited = true;
    }

    pub(crate) fn has_entry(&self) -> bool {
        self.audited
    }

    /// To be asked before the commit.
    pub(crate) fn settle(&self, caller: &Caller) {
        let Some(table) = self.touched.as_deref().filter(|_| !self.audited && !self.excused) else { return };
        if matches!(caller.actor, Actor::System) {
            return;
        }
        let actor = caller.actor.kind();
        debug_assert!(false, "a transaction of a {actor} wrote to {table} and leaves no audit entry");
        tracing::error!(table, actor, "a change leaves no audit entry");
    }
}

impl Tx {
    /// How many statements that write there were so far. Who goes on after a refusal asks whether it left something behind.
    pub fn writes(&self) -> u64 {
        self.trail.writes
    }

    /// Says that this transaction changes nothing anybody would look for in the trail, and why.
    pub fn leave_untraced(&mut self, reason: &'static str) {
        tracing::trace!(reason, "no audit entry is wanted");
        self.trail.excused = true;
    }
}

/// The table that a statement inserts into, updates or deletes from; None for one that reads.
fn written(sql: &str) -> Option<&str> {
    let name = |rest: &'_ str| rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
    let after = |sql: &'static [&'static str], text: &str| {
        sql.iter().find_map(|verb| text.find(verb).map(|at| at + verb.len()))
    };
    let verbs: &'static [&'static str] = &["INSERT INTO ", "UPDATE ", "DELETE FROM "];
    let start = match sql.as_bytes().first()? {
        b'I' | b'U' | b'D' if verbs.iter().any(|verb| sql.starts_with(verb)) => after(verbs, sql)?,
        // Such as WITH … UPDATE. A lock (FOR UPDATE) names no table behind it.
        b'W' => after(&[") INSERT INTO ", ") UPDATE ", ") DELETE FROM "], sql)?,
        _ => return None,
    };
    let rest = &sql[start..];
    Some(&rest[..name(rest)])
}

#[cfg(test)]
mod tests {
    use super::written;

    #[test]
    fn the_written_table_is_found() {
        assert_eq!(written("INSERT INTO company (tenant_id) VALUES ($1)"), Some("company"));
        assert_eq!(written("UPDATE deal SET a = $1 WHERE x IN (SELECT 1 FROM y) RETURNING id"), Some("deal"));
        assert_eq!(written("DELETE FROM note WHERE id = $1"), Some("note"));
        assert_eq!(written("WITH a AS (SELECT 1) UPDATE stage SET b = 1"), Some("stage"));
        assert_eq!(written("SELECT * FROM company WHERE id = $1 FOR UPDATE"), None);
        assert_eq!(written("WITH a AS (SELECT 1) SELECT 1"), None);
    }
}
