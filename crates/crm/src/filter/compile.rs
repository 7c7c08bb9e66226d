//! A filter as a condition of a statement.

use kernel::{Result, Value};
use store::{Sql, Tx, text::like};

use super::{Ask, Filter, Place, Test, catalogue::Column};
use crate::field::custom::CustomFieldId;

/// Up to how many records with a value are looked up one by one; a list of more is walked in its order and each asked.
const FEW: i64 = 2_000;

impl Filter {
    /// Asks of each custom field, and of each column with an index, whether few records fit.
    pub(super) async fn weigh(&mut self, tx: &mut Tx) -> Result<()> {
        let mut waiting = vec![self];
        while let Some(filter) = waiting.pop() {
            match filter {
                Filter::All(parts) | Filter::Any(parts) => waiting.extend(parts.iter_mut()),
                Filter::Test(Test { place: Place::Column(column), ask, denied: false, few }) if column.indexed => {
                    let rows = Sql::new("SELECT count(*) FROM (SELECT 1 AS one FROM ").push(column.table());
                    let rows = rows.push(" WHERE tenant_id = ").bind(tx.tenant_id()).push(" AND ");
                    let rows = of_column(tx, rows, column, ask).push(" LIMIT ").bind(FEW + 1);
                    *few = tx.count(rows.push(") AS first")).await? <= FEW;
                }
                Filter::Test(Test { place: Place::Custom(field), ask, denied: false, few }) => {
                    let rows = rows(
                        tx,
                        Sql::new("SELECT count(*) FROM (SELECT 1 AS one FROM custom_value WHERE "),
                        *field,
                        ask,
                    );
                    *few = tx.count(rows.push(" LIMIT ").bind(FEW + 1).push(") AS first")).await? <= FEW;
                }
                Filter::Test(_) => {}
            }
        }
        Ok(())
    }

    /// The select with ` AND` the filter; `id` is the record's id in it.
    pub fn narrow(&self, tx: &Tx, select: Sql, id: &'static str) -> Sql {
        let select = self.condition(tx, select.push(" AND "), id);
        if self.leaves_few() { select.gathered() } else { select }
    }

    /// Is one of the conditions that all must hold one that few records fit?
    fn leaves_few(&self) -> bool {
        match self {
            Filter::All(parts) => parts.iter().any(Filter::leaves_few),
            Filter::Any(_) => false,
            Filter::Test(test) => test.few && !test.denied,
        }
    }

    fn condition(&self, tx: &Tx, sql: Sql, id: &'static str) -> Sql {
        let (parts, between, none) = match self {
            Filter::Test(test) => return test.condition(tx, sql, id),
            Filter::All(parts) => (parts, " AND ", "TRUE"),
            Filter::Any(parts) => (parts, " OR ", "FALSE"),
        };
        if parts.is_empty() {
            return sql.push(none);
        }
        let join = |sql: Sql, (at, part): (usize, &Filter)| {
            part.condition(tx, if at == 0 { sql } else { sql.push(between) }, id)
        };
        parts.iter().enumerate().fold(sql.push("("), join).push(")")
    }
}

impl Test {
    fn condition(&self, tx: &Tx, sql: Sql, id: &'static str) -> Sql {
        // A column without a value answers neither yes nor no: what denies holds there too.
        let sql = if self.denied { sql.push("NOT coalesce(") } else { sql };
        let sql = match &self.place {
            // The list begins with those that fit: what it is ordered by is then no way to walk all of it.
            Place::Column(column) if self.few => {
                let sql = sql.push(id).push(" IN (SELECT id FROM ").push(column.table());
                let sql = sql.push(" WHERE tenant_id = ").bind(tx.tenant_id()).push(" AND ");
                of_column(tx, sql, column, &self.ask).push(")")
            }
            Place::Column(column) => of_column(tx, sql, column, &self.ask),
            Place::Custom(field) => of_custom(tx, sql, *field, &self.ask, self.few, id),
        };
        if self.denied { sql.push(", FALSE)") } else { sql }
    }
}

fn of_column(tx: &Tx, sql: Sql, column: &Column, ask: &Ask) -> Sql {
    let is_list = column.kind == super::catalogue::FilterKind::Tags;
    let is_free = column.kind == super::catalogue::FilterKind::Text && !column.folded;
    let held = |sql: Sql| if is_free { tx.lowered(sql, column.sql) } else { sql.push(column.sql) };
    match ask {
        Ask::Empty if is_list => sql.push(column.sql).push(" = ").bind(serde_json::json!([])),
        Ask::Empty => sql.push(column.sql).push(" IS NULL"),
        Ask::Among(values) => held(sql).push(" IN ").bind_list(values.iter().cloned()),
        Ask::Contains(text) => held(sql).push(" LIKE ").bind(like(text, false)).push(" ESCAPE '\\'"),
        Ask::Begins(text) => held(sql).push(" LIKE ").bind(like(text, true)).push(" ESCAPE '\\'"),
        Ask::Span { from, to, below } => {
            let sql = sql.push("(").push(column.sql).push(" IS NOT NULL");
            let end = if *below { " < " } else { " <= " };
            let ends = [(from, " >= "), (to, end)];
            ends.into_iter().fold(sql, |sql, (value, sign)| between(sql, column.sql, sign, value.as_ref())).push(")")
        }
        Ask::Money { currency, from, to } => {
            let sql = sql.push("(deal.currency = ").bind(*currency);
            let sql = between(sql, column.sql, " >= ", from.map(Value::Int).as_ref());
            between(sql, column.sql, " <= ", to.map(Value::Int).as_ref()).push(")")
        }
        Ask::Holds(items) | Ask::HoldsAny(items) if items.is_empty() => sql.push("FALSE"),
        Ask::Holds(items) => listed(tx, sql, column, items, " AND "),
        Ask::HoldsAny(items) => listed(tx, sql, column, items, " OR "),
    }
}

fn between(sql: Sql, column: &'static str, sign: &'static str, value: Option<&Value>) -> Sql {
    match value {
        Some(value) => sql.push(" AND ").push(column).push(sign).bind(value.clone()),
        None => sql,
    }
}

fn listed(tx: &Tx, sql: Sql, column: &Column, items: &[String], joined: &'static str) -> Sql {
    let each = |sql: Sql, (at, item): (usize, &String)| {
        tx.holds(if at == 0 { sql } else { sql.push(joined) }, column.sql, item)
    };
    items.iter().enumerate().fold(sql.push("("), each).push(")")
}

fn of_custom(tx: &Tx, sql: Sql, field: CustomFieldId, ask: &Ask, few: bool, id: &'static str) -> Sql {
    match ask {
        Ask::Empty => {
            let sql = sql.push("NOT ");
            exists(tx, sql, field, &Ask::Contains(String::new()), id)
        }
        Ask::Holds(items) if items.is_empty() => sql.push("FALSE"),
        Ask::Holds(items) => {
            let each = |sql: Sql, (at, item): (usize, &String)| {
                let one = Ask::Among(vec![Value::Text(item.clone())]);
                exists(tx, if at == 0 { sql } else { sql.push(" AND ") }, field, &one, id)
            };
            items.iter().enumerate().fold(sql.push("("), each).push(")")
        }
        _ if few => rows(tx, sql.push(id).push(" IN (SELECT record_id FROM custom_value WHERE "), field, ask).push(")"),
        _ => exists(tx, sql, field, ask, id),
    }
}

fn exists(tx: &Tx, sql: Sql, field: CustomFieldId, ask: &Ask, id: &'static str) -> Sql {
    let sql = rows(tx, sql.push("EXISTS (SELECT 1 FROM custom_value WHERE "), field, ask);
    sql.push(" AND custom_value.record_id = ").push(id).push(")")
}

/// The rows of the field that fit.
fn rows(tx: &Tx, head: Sql, field: CustomFieldId, ask: &Ask) -> Sql {
    let sql = head.push("tenant_id = ").bind(tx.tenant_id()).and("field_id =", field);
    match ask {
        Ask::Among(values) => sql.push(" AND key IN ").bind_list(values.iter().cloned()),
        Ask::Contains(text) if text.is_empty() => sql,
        Ask::Contains(text) => sql.push(" AND key LIKE ").bind(like(text, false)).push(" ESCAPE '\\'"),
        Ask::Begins(text) => sql.push(" AND key LIKE ").bind(like(text, true)).push(" ESCAPE '\\'"),
        Ask::Span { from, to, .. } => {
            let sql = between(sql, "key", " >= ", from.as_ref());
            between(sql, "key", " <= ", to.as_ref())
        }
        // Of a custom field these are asked choice by choice, or as a span of keys.
        Ask::Empty | Ask::Money { .. } | Ask::Holds(_) | Ask::HoldsAny(_) => sql,
    }
}
