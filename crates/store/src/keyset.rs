//! Pages by keyset: each page starts behind the last row of the one before, by the sort column and then the id.

use chrono::{DateTime, NaiveDate, Utc};
use kernel::{
    Cursor, Error, Page, PageRequest, Uuid,
    value::{Column, Value},
};

use crate::Sql;

/// What the sort column holds; it must be NOT NULL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SortKind {
    Text,
    Int,
    Time,
    Date,
}

/// A column a list may be sorted by. `name` is what the request says; `column` must belong to the table. A list
/// whose natural order is newest first declares `descending: true`; a leading `-` in the request turns it round.
#[derive(Debug, Clone, Copy)]
pub struct Sort {
    pub name: &'static str,
    pub column: &'static str,
    pub kind: SortKind,
    pub descending: bool,
}

impl Sort {
    pub const fn ascending(name: &'static str, column: &'static str, kind: SortKind) -> Self {
        Self { name, column, kind, descending: false }
    }

    pub const fn descending(name: &'static str, column: &'static str, kind: SortKind) -> Self {
        Self { name, column, kind, descending: true }
    }
}

/// An order by a column that is not the record's own: `table.column`, then `table.id`, of a table that was joined with
/// [`Sql::beside`]. `name` marks its cursors.
#[derive(Debug, Clone)]
pub struct Order {
    pub name: String,
    pub table: &'static str,
    pub column: &'static str,
    pub id: &'static str,
    pub kind: SortKind,
    pub descending: bool,
}

pub(crate) struct Plan {
    order: Order,
    descending: bool,
    cursor: Option<(Value, Uuid)>,
    limit: u32,
}

pub(crate) fn plan(table: &'static str, sorts: &'static [Sort], request: &PageRequest) -> Result<Plan, Error> {
    let (wanted, turned) = match request.sort.as_deref() {
        Some(name) => (name.strip_prefix('-').unwrap_or(name), name.starts_with('-')),
        None => (sorts.first().map_or("", |s| s.name), false),
    };
    let sort = *sorts.iter().find(|s| s.name == wanted).ok_or_else(|| {
        let known: Vec<&str> = sorts.iter().map(|s| s.name).collect();
        Error::invalid("sort", "sort_unknown", format!("This list sorts by: {}.", known.join(", ")))
    })?;
    // An explicit name sorts ascending and `-name` descending; the default keeps the list's own direction.
    let descending = if request.sort.is_some() { turned } else { sort.descending };
    let order = Order { name: sort.name.to_owned(), table, column: sort.column, id: "id", kind: sort.kind, descending };
    ordered(order, request)
}

pub(crate) fn ordered(order: Order, request: &PageRequest) -> Result<Plan, Error> {
    let kind = order.kind;
    let mut plan = Plan { descending: order.descending, order, cursor: None, limit: request.limit() };
    if let Some(cursor) = request.cursor()? {
        if cursor.sort != plan.label() {
            return Err(Error::invalid(
                "cursor",
                "cursor_of_other_sort",
                "The cursor belongs to another order. Start again without one.",
            ));
        }
        plan.cursor = Some((parse(kind, &cursor.key)?, cursor.id));
    }
    Ok(plan)
}

impl Plan {
    fn label(&self) -> String {
        format!("{}{}", if self.descending { "-" } else { "" }, self.order.name)
    }

    /// Does the order tell which of two amounts is the larger?
    pub(crate) fn by_amount(&self) -> bool {
        self.order.column.ends_with("_minor")
    }

    /// Wraps the select: condition, order, one row more than the page to know whether there is another. `by_hand` says the
    /// order in words that no index answers to (`+` before a column).
    pub(crate) fn apply(&self, select: Sql, by_hand: bool) -> Sql {
        let plus = if by_hand { "+" } else { "" };
        let column = |sql: Sql| sql.push(plus).push(self.order.table).push(".").push(self.order.column);
        let id = |sql: Sql| sql.push(plus).push(self.order.table).push(".").push(self.order.id);
        // The sort value and the id travel behind the record's own columns.
        let at = select.text.find(" FROM ").unwrap_or(select.text.len());
        let extra = format!(", {t}.{c}, {t}.{id}", t = self.order.table, c = self.order.column, id = self.order.id);
        let mut sql = select;
        sql.text.to_mut().insert_str(at, &extra);
        if let Some((key, last)) = &self.cursor {
            sql = id(column(sql.push(" AND (")).push(", ")).push(if self.descending { ") < (" } else { ") > (" });
            sql.bind_value(key.clone());
            sql = sql.push(", ").bind(*last).push(")");
        }
        let direction = if self.descending { " DESC" } else { " ASC" };
        sql = column(sql.push(" ORDER BY ")).push(direction).push(", ");
        id(sql).push(direction).push(" LIMIT ").bind(i64::from(self.limit) + 1)
    }

    pub(crate) fn finish<R>(&self, mut rows: Vec<(R, Value, Uuid)>) -> Page<R> {
        let more = rows.len() > self.limit as usize;
        rows.truncate(self.limit as usize);
        let next_cursor = rows.last().filter(|_| more).map(|(_, key, id)| {
            Cursor { sort: self.label(), key: write(self.order.kind, key.clone()), id: *id }.encode()
        });
        Page { items: rows.into_iter().map(|(record, _, _)| record).collect(), next_cursor }
    }
}

fn parse(kind: SortKind, key: &str) -> Result<Value, Error> {
    let read = match kind {
        SortKind::Text => Some(Value::Text(key.to_owned())),
        SortKind::Int => key.parse().ok().map(Value::Int),
        SortKind::Time => DateTime::parse_from_rfc3339(key).ok().map(|t| Value::Time(t.to_utc())),
        SortKind::Date => key.parse().ok().map(Value::Date),
    };
    read.ok_or_else(|| {
        Error::invalid("cursor", "cursor_unknown", "This cursor was not given by this list. Start again without one.")
    })
}

fn write(kind: SortKind, key: Value) -> String {
    match kind {
        SortKind::Text => String::from_value(key).unwrap_or_default(),
        SortKind::Int => i64::from_value(key).map(|n| n.to_string()).unwrap_or_default(),
        SortKind::Time => DateTime::<Utc>::from_value(key)
            .map(|t| t.to_rfc3339_opts(chrono::SecondsFormat::Micros, true))
            .unwrap_or_default(),
        SortKind::Date => NaiveDate::from_value(key).map(|d| d.to_string()).unwrap_or_default(),
    }
}
