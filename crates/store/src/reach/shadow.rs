//! The shadows of tables: what is put in front of a statement.

use std::collections::BTreeSet;

use kernel::{MemberId, Narrowed, Span, TenantId, Uuid};

use super::{Scope, Through, fields, text};
use crate::Sql;

/// Everything one statement's shadows are made of.
pub(super) struct Shadows<'s> {
    /// In such an order that each scope looks only into those before it.
    pub scopes: &'static [Scope],
    pub narrowed: &'s Narrowed,
    pub tenant: TenantId,
    pub postgres: bool,
    pub written: &'s BTreeSet<Uuid>,
    /// Is every field shown?
    pub open: bool,
}

/// Does this caller see only a part of the table?
pub(super) fn in_force(scopes: &'static [Scope], scope: &Scope, narrowed: &Narrowed) -> bool {
    match scope.noun {
        Some(noun) => narrowed.span(noun) != Span::All,
        None => scope
            .through
            .iter()
            .flat_map(|through| through.scopes(scopes))
            .any(|other| other.table != scope.table && in_force(scopes, other, narrowed)),
    }
}

impl Shadows<'_> {
    fn in_force(&self, scope: &Scope) -> bool {
        in_force(self.scopes, scope, self.narrowed)
    }

    fn conceals(&self, scope: &Scope) -> bool {
        !self.open && fields::conceals(scope, &self.narrowed.fields)
    }

    /// The scope of a table whose rows must be visible to be changed.
    pub(super) fn guarded(&self, table: &str) -> Option<&'static Scope> {
        let scope = self.scopes.iter().find(|scope| scope.table == table && !scope.prefix.is_empty())?;
        self.in_force(scope).then_some(scope)
    }

    /// The scopes a statement needs, in the order of the registry.
    pub(super) fn wanted(&self, statement: &str, target: Option<&'static Scope>) -> Vec<&'static Scope> {
        let mut wanted: Vec<bool> = self
            .scopes
            .iter()
            .map(|scope| {
                let is_target = target.is_some_and(|target| target.table == scope.table);
                (is_target || text::mentions(statement, scope.table)) && (self.in_force(scope) || self.conceals(scope))
            })
            .collect();
        for at in (0..self.scopes.len()).rev() {
            if !wanted[at] || !self.in_force(&self.scopes[at]) {
                continue;
            }
            for through in self.scopes[at].through {
                for other in through.scopes(self.scopes).filter(|other| self.in_force(other)) {
                    if let Some(place) = self.scopes[..at].iter().position(|scope| scope.table == other.table) {
                        wanted[place] = true;
                    }
                }
            }
        }
        self.scopes.iter().zip(wanted).filter_map(|(scope, wanted)| wanted.then_some(scope)).collect()
    }

    /// The statement behind the shadows.
    pub(super) fn before(&self, wanted: &[&'static Scope], sql: Sql) -> Sql {
        let (with, sql) = without_with(sql);
        let mut out = Sql::new(with.unwrap_or("WITH "));
        if !self.written.is_empty() {
            out = self.written(out);
        }
        for (at, scope) in wanted.iter().enumerate() {
            out = out.push(if at == 0 { "" } else { ", " });
            out = self.shadow(out, scope);
        }
        out.push(if with.is_some() { ", " } else { " " }).append(sql)
    }

    /// What stands before the name of a table to mean the table itself and not its shadow.
    fn schema(&self) -> &'static str {
        if self.postgres { "public." } else { "main." }
    }

    fn written(&self, out: Sql) -> Sql {
        let ids = serde_json::Value::from_iter(self.written.iter().map(|id| id.simple().to_string()));
        let out = out.push("reach_written (id) AS (SELECT ");
        if self.postgres {
            out.push("CAST(value AS UUID) FROM jsonb_array_elements_text(CAST(").bind(ids).push(" AS JSONB))), ")
        } else {
            out.push("unhex(value) FROM json_each(").bind(ids).push(")), ")
        }
    }

    fn shadow(&self, out: Sql, scope: &'static Scope) -> Sql {
        let mut out = out.push(scope.table).push(" AS NOT MATERIALIZED (SELECT ");
        if !self.postgres && scope.prefix.is_empty() {
            // A row without an id may be asked for by its place.
            out = out.push(scope.table).push(".rowid AS rowid, ");
        }
        let fields = &self.narrowed.fields;
        out = match scope.fields.filter(|_| self.conceals(scope)) {
            Some(fielded) => fielded.row(out, scope.table, fields, self.postgres),
            None => out.push(scope.table).push(".*"),
        };
        out = out.push(" FROM ").push(self.schema()).push(scope.table).push(" AS ").push(scope.table);
        out = out.push(" WHERE ").push(scope.table).push(".tenant_id = ").bind(self.tenant);
        if let Some(values) = scope.values.filter(|_| self.conceals(scope)) {
            out = values.shown(out, scope.table, self.tenant, fields);
        }
        if self.in_force(scope) {
            out = self.clause(out.push(" AND ("), scope).push(")");
        }
        out.push(")")
    }

    /// What makes a row visible: one of the ways, or nothing.
    fn clause(&self, mut out: Sql, scope: &'static Scope) -> Sql {
        for owner in scope.owners {
            let members = members(self.narrowed, scope);
            out = out.push(scope.table).push(".").push(owner).push(" IN ").bind_list(members).push(" OR ");
        }
        for through in scope.through {
            out = match *through {
                Through::Row { column, table } => self.row(out, scope, column, table, false),
                Through::Each { column, table } => self.row(out, scope, column, table, true),
                Through::Below { table, above, below } => self.below(out, scope, table, above, below),
                Through::Named { column, prefixes } => self.named(out, scope, scope.table, column, prefixes),
                Through::Linked { table, key, column, prefixes } => {
                    out = out.push("EXISTS (SELECT 1 FROM ").push(self.schema()).push(table).push(" AS ").push(table);
                    out = out.push(" WHERE ").push(table);
                    out = out.push(".tenant_id = ").bind(self.tenant).push(" AND ").push(table).push(".").push(key);
                    out = out.push(" = ").push(scope.table).push(".id AND (");
                    self.named(out, scope, table, column, prefixes).push("))")
                }
            }
            .push(" OR ");
        }
        if !self.written.is_empty() && !scope.prefix.is_empty() {
            out = out.push(scope.table).push(".id IN (SELECT reach_written.id FROM reach_written) OR ");
        }
        out.push("1 = 0")
    }

    /// A table of the registry whose row a column names.
    fn row(&self, out: Sql, scope: &Scope, column: &'static str, table: &'static str, each: bool) -> Sql {
        let narrowed = self.scopes.iter().any(|other| other.table == table && self.in_force(other));
        if !narrowed && scope.noun.is_some() {
            return out.push("1 = 0");
        }
        if each || !narrowed {
            let out = out.push("EXISTS (SELECT 1 FROM ").push(table).push(" AS shown WHERE shown.tenant_id = ");
            let out = out.bind(self.tenant).push(" AND shown.id = ").push(scope.table).push(".").push(column);
            return out.push(")");
        }
        let out = out.push(scope.table).push(".").push(column);
        // An array lets PostgreSQL go by an index also where other conditions stand beside it.
        let (open, close) = if self.postgres { (" = ANY(ARRAY(SELECT ", "))") } else { (" IN (SELECT ", ")") };
        out.push(open).push(table).push(".id FROM ").push(table).push(close)
    }

    /// Those below a row whose owner is within reach.
    fn below(&self, out: Sql, scope: &Scope, table: &'static str, above: &'static str, below: &'static str) -> Sql {
        let (open, close) = if self.postgres { (".id = ANY(ARRAY(SELECT ", "))") } else { (".id IN (SELECT ", ")") };
        let out = out.push(scope.table).push(open).push(table).push(".").push(below).push(" FROM ");
        let out = out.push(self.schema()).push(table).push(" AS ").push(table).push(" JOIN ").push(self.schema());
        let out = out.push(scope.table).push(" AS above ON above.id = ").push(table).push(".").push(above);
        let out = out.push(" AND above.tenant_id = ").bind(self.tenant).push(" WHERE ").push(table);
        let mut out = out.push(".tenant_id = ").bind(self.tenant).push(" AND (");
        for owner in scope.owners {
            out = out.push("above.").push(owner).push(" IN ").bind_list(members(self.narrowed, scope)).push(" OR ");
        }
        out.push("1 = 0)").push(close)
    }

    /// A column that names records of several tables as text.
    fn named(
        &self,
        out: Sql,
        scope: &Scope,
        place: &'static str,
        column: &'static str,
        prefixes: &'static [&'static str],
    ) -> Sql {
        // With the line behind the prefix: what is no id, such as `contact.read`, is never read as one.
        let mut out = out.push("CASE substr(").push(place).push(".").push(column).push(", 1, 4)");
        for prefix in prefixes {
            out = out.push(" WHEN '").push(prefix).push("_' THEN ");
            let other = self.scopes.iter().find(|other| other.prefix == *prefix);
            out = match other.filter(|other| self.in_force(other)) {
                Some(other) => {
                    out = out.push("EXISTS (SELECT 1 FROM ").push(other.table).push(" AS shown WHERE shown.id = ");
                    out = out.push(if self.postgres { "CAST(substr(" } else { "unhex(substr(" });
                    out = out.push(place).push(".").push(column).push(", 5)");
                    out.push(if self.postgres { " AS UUID))" } else { "))" })
                }
                None if scope.noun.is_some() => out.push("FALSE"),
                None => out.push("TRUE"),
            };
        }
        out.push(if scope.others { " ELSE TRUE END" } else { " ELSE FALSE END" })
    }
}

/// Whose records one sees, in lists of few lengths, so that few statements are kept prepared.
pub(super) fn members(narrowed: &Narrowed, scope: &Scope) -> Vec<MemberId> {
    if scope.noun.is_none_or(|noun| narrowed.span(noun) == Span::Own) {
        return vec![narrowed.member];
    }
    let mut peers = narrowed.peers.clone();
    let length = peers.len().next_power_of_two();
    peers.resize(length, narrowed.member);
    peers
}

/// The statement without the words that begin its own expressions, and these.
fn without_with(mut sql: Sql) -> (Option<&'static str>, Sql) {
    for with in ["WITH RECURSIVE ", "WITH "] {
        if let Some(rest) = sql.text.strip_prefix(with) {
            sql.text = rest.to_owned().into();
            return (Some(with), sql);
        }
    }
    (None, sql)
}
