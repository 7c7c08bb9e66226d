//! What a narrowed caller reaches, held where statements leave for the database: each table that is seen in part is
//! shadowed by a common table expression of its own name, which holds the visible rows and nothing else. So a list, a
//! count, a search, a name of a linked record, and whatever is written tomorrow see only those, without asking; and a
//! caller who sees everything pays nothing.
//!
//! Invariants:
//! - A statement of a narrowed caller that names a table of the registry is shadowed or refused, never let through.
//! - A change reaches only visible rows of the tables whose records have ids.
//! - What a transaction has written itself it may read and change until it ends: a record that is given away is still
//!   answered to who gave it.
//! - A field the caller is not shown is empty in the shadow of its table, so that nothing finds, orders, counts or exports
//!   by it; what the caller writes of it is refused, and what was there stays ([`fields`]).
//! - What must see everything to be right says so with its reason, by [`Tx::beyond_reach`]; a search for that name lists
//!   them. What it finds is never shown.
//!
//! This module knows no noun: domains declare in [`Scope`]s what visible means for their tables.

mod fields;
mod shadow;
mod text;
mod trace;
mod ways;

use std::{
    collections::BTreeSet,
    ops::{Deref, DerefMut},
};

use kernel::{Noun, Uuid, Value, value::Column};

use crate::{
    Sql, Tx,
    error::{Error, Result},
};
pub use fields::{CONCEALED, Cell, Derived, Field, Fielded, Object, OwnValues};
use shadow::Shadows;
use text::Verb;
pub use ways::Way;

/// What visible means for a table. It must have a column `tenant_id`.
#[derive(Debug, Clone, Copy)]
pub struct Scope {
    pub table: &'static str,
    /// How ids of its records begin, such as `com`; empty where its rows are no records, and then they have no `id`.
    pub prefix: &'static str,
    /// The setting it obeys; None: it follows what it is about, and is in force when one of those is.
    pub noun: Option<Noun>,
    /// Columns with the members whose record it is. Where no setting is obeyed, only the caller's own count.
    pub owners: &'static [&'static str],
    /// What else makes a row visible.
    pub through: &'static [Through],
    /// Are rows that are about none of these visible?
    pub others: bool,
    /// The fields that rights can name; None: it has none.
    pub fields: Option<&'static Fielded>,
    /// Set where its rows are values of the tenant's own fields.
    pub values: Option<OwnValues>,
}

impl Scope {
    /// What the others are made from.
    pub const BARE: Scope = Scope {
        table: "",
        prefix: "",
        noun: None,
        owners: &[],
        through: &[],
        others: false,
        fields: None,
        values: None,
    };
}

/// A further way to see a row. A table with a setting of its own goes only by what is narrowed too: that everybody sees
/// every company does not open the deals of others.
#[derive(Debug, Clone, Copy)]
pub enum Through {
    /// The column names a visible row of a table of the registry, of which a caller sees few: they are gathered once.
    Row { column: &'static str, table: &'static str },
    /// The same where there may be many: each row is asked for.
    Each { column: &'static str, table: &'static str },
    /// A row of `table` names this one in `below` and in `above` another of the same table whose owner is within reach.
    Below { table: &'static str, above: &'static str, below: &'static str },
    /// The column names a visible record as text, such as `com_…`, of one of these prefixes.
    Named { column: &'static str, prefixes: &'static [&'static str] },
    /// A row of `table` whose `key` is this one's id names a visible record in its `column`.
    Linked { table: &'static str, key: &'static str, column: &'static str, prefixes: &'static [&'static str] },
}

impl Through {
    /// The scopes it looks into.
    fn scopes(self, all: &'static [Scope]) -> impl Iterator<Item = &'static Scope> {
        all.iter().filter(move |scope| match self {
            Through::Row { table, .. } | Through::Each { table, .. } => scope.table == table,
            Through::Below { .. } => false,
            Through::Named { prefixes, .. } | Through::Linked { prefixes, .. } => prefixes.contains(&scope.prefix),
        })
    }
}

/// What one transaction knows of it.
#[derive(Debug, Default)]
pub(crate) struct Sight {
    /// Ids of the records this transaction has written.
    written: BTreeSet<Uuid>,
    beyond: usize,
    /// Every field is shown.
    open: usize,
}

/// A transaction that sees everything, or every field of what it sees, until this is dropped.
pub struct Beyond<'t> {
    tx: &'t mut Tx,
    fields_only: bool,
}

impl Deref for Beyond<'_> {
    type Target = Tx;
    fn deref(&self) -> &Tx {
        self.tx
    }
}

impl DerefMut for Beyond<'_> {
    fn deref_mut(&mut self) -> &mut Tx {
        self.tx
    }
}

impl Drop for Beyond<'_> {
    fn drop(&mut self) {
        let sight = &mut self.tx.sight;
        if self.fields_only { sight.open -= 1 } else { sight.beyond -= 1 }
    }
}

impl Tx {
    /// Sees, and changes, also what the caller does not reach: for what would be wrong otherwise, such as uniqueness or an
    /// order among all. What is found so must not be shown.
    pub fn beyond_reach(&mut self, reason: &'static str) -> Beyond<'_> {
        tracing::trace!(reason, "beyond the caller's reach");
        self.sight.beyond += 1;
        Beyond { tx: self, fields_only: false }
    }

    /// Sees every field of the records within reach: for what is made of them and not shown as them, such as a document
    /// with the customer's address on it.
    pub fn beyond_fields(&mut self, reason: &'static str) -> Beyond<'_> {
        tracing::trace!(reason, "beyond the fields the caller is shown");
        self.sight.open += 1;
        Beyond { tx: self, fields_only: true }
    }

    /// The statement as this caller may run it.
    pub(crate) fn within_reach(&self, sql: Sql) -> Result<Sql> {
        let Some(narrowed) = self.caller.reach.narrowed() else { return Ok(sql) };
        if self.sight.beyond > 0 {
            return Ok(sql);
        }
        let verb = Verb::of(&sql.text);
        if verb == Verb::Bookkeeping {
            return Ok(sql);
        }
        let shadows = Shadows {
            scopes: self.store.scopes(),
            narrowed,
            tenant: self.tenant_id(),
            postgres: self.is_postgres(),
            written: &self.sight.written,
            open: self.sight.open > 0,
        };
        let target = match verb {
            Verb::Change(table) => shadows.guarded(table),
            _ => None,
        };
        let wanted = shadows.wanted(&sql.text, target);
        if wanted.is_empty() {
            return Ok(sql);
        }
        if text::locks(&sql.text) {
            let detail = "a lock on a table that is seen in part; see store::reach".to_owned();
            return Err(Error::Statement { sql: sql.text.into_owned(), detail });
        }
        let guarded = match target {
            Some(scope) => text::guard(sql, scope.table)?,
            None => sql,
        };
        Ok(shadows.before(&wanted, guarded))
    }

    /// Is the table seen in part by this caller?
    pub(crate) fn sees_part_of(&self, table: &str) -> bool {
        self.caller.reach.narrowed().is_some_and(|narrowed| {
            let scopes = self.store.scopes();
            let part = |scope: &Scope| {
                shadow::in_force(scopes, scope, narrowed)
                    || self.sight.open == 0 && fields::conceals(scope, &narrowed.fields)
            };
            self.sight.beyond == 0 && scopes.iter().any(|scope| scope.table == table && part(scope))
        })
    }

    /// Remembers what this transaction writes.
    pub(crate) fn wrote(&mut self, values: &[Value]) {
        if self.caller.reach.narrowed().is_some()
            && let Some(id) = values.first().and_then(|id| Uuid::from_value(id.clone()).ok())
        {
            self.sight.written.insert(id);
        }
    }
}
