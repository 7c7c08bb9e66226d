//! Counting: one statement groups what the list's conditions leave. Of many values it answers the largest groups; days are
//! all answered and become spans afterwards.

use chrono::{DateTime, Utc};
use kernel::{Result, Uuid, Value, value::Column as _};
use store::{FromRow, Row, Sql, Tx};

use super::{
    MOST,
    day::Clocks,
    measure::{BESIDE, CURRENCY, Measure},
    read::{By, Of, Wanted},
    tally::{Tally, by_key, by_span, merged},
};
use crate::filter::{
    Reader,
    catalogue::{Column, FilterKind, Noun},
};

/// All columns of a row.
struct Cells(Vec<Value>);

impl FromRow for Cells {
    fn from_row(row: &mut Row) -> store::Result<Self> {
        Ok(Cells(std::iter::from_fn(|| row.take::<Value>().ok()).collect()))
    }
}

/// The groups, and whether there are more.
pub(super) async fn by(
    tx: &mut Tx,
    reader: &Reader,
    wanted: &Wanted,
    by: &By,
    conditions: &Sql,
) -> Result<(Vec<Tally>, bool)> {
    let clocks = match &by.of {
        Of::Column(column) if column.kind == FilterKind::Time => clocks(tx, reader, column).await?,
        _ => None,
    };
    let counted = select(tx, wanted, Some((by, clocks.as_ref())), conditions);
    let query = if by.each.is_some() { counted } else { largest(counted) };
    let measures: Vec<Measure> = wanted.measured.iter().map(Measure::of).collect();
    let rows: Vec<Cells> = tx.all(query).await?;
    let rows = rows.into_iter().map(|Cells(cells)| Tally::read(key(by, cells.first()), &cells, &measures));
    let mut tallies = match by.each {
        Some(each) => {
            let mut spans = by_span(rows.collect(), each);
            // The latest first; what has no day last.
            spans.sort_by(|one, other| other.key.cmp(&one.key));
            spans
        }
        None => by_key(rows),
    };
    let more = tallies.len() > MOST;
    tallies.truncate(MOST);
    Ok((tallies, more))
}

/// All of them as one.
pub(super) async fn whole(tx: &mut Tx, wanted: &Wanted, noun: Noun, conditions: &Sql) -> Result<Tally> {
    debug_assert_eq!(noun, wanted.noun);
    let measures: Vec<Measure> = wanted.measured.iter().map(Measure::of).collect();
    let rows: Vec<Cells> = tx.all(select(tx, wanted, None, conditions)).await?;
    let rows: Vec<Tally> = rows.iter().map(|Cells(cells)| Tally::read(None, cells, &measures)).collect();
    Ok(merged(&rows))
}

/// The zone's clocks over the moments of the column, if there are any.
async fn clocks(tx: &mut Tx, reader: &Reader, column: &'static Column) -> Result<Option<Clocks>> {
    let end = |sql: Sql, function: &'static str| {
        let sql = sql.push("(SELECT ").push(function).push("(").push(column.sql).push(") FROM ").push(column.table());
        sql.push(" WHERE tenant_id = ").bind(tx.tenant_id()).push(")")
    };
    let query = end(end(Sql::new("SELECT "), "min").push(", "), "max");
    let (from, to): (Option<DateTime<Utc>>, Option<DateTime<Utc>>) = tx.one(query).await?;
    Ok(from.zip(to).map(|(from, to)| Clocks::of(reader.zone, from, to)))
}

fn select(tx: &Tx, wanted: &Wanted, by: Option<(&By, Option<&Clocks>)>, conditions: &Sql) -> Sql {
    let table = table(wanted.noun);
    let mut sql = Sql::new("SELECT ");
    sql = match by {
        Some((By { of: Of::Column(column), .. }, clocks)) => of_column(tx, sql, column, clocks),
        Some((By { of: Of::Own(_), .. }, _)) => sql.push("grouped.key AS group_key, NULL"),
        None => sql.push("NULL AS group_key, NULL"),
    };
    sql = sql.push(", count(*) AS records");
    for (at, of) in wanted.measured.iter().enumerate() {
        sql = Measure::of(of).columns(sql, of, at);
    }
    sql = sql.push(" FROM ").push(table);
    if let Some((by, _)) = by {
        sql = match &by.of {
            Of::Column(column) if column.kind == FilterKind::Tags => tx.beside_items(sql, column.sql, "grouped"),
            Of::Column(_) => sql,
            Of::Own(_) => beside(tx, sql, table, "grouped", &by.of),
        };
    }
    for (at, of) in wanted.measured.iter().enumerate() {
        sql = beside(tx, sql, table, BESIDE[at], of);
    }
    sql = sql.push(" WHERE ").push(table).push(".tenant_id = ").bind(tx.tenant_id()).append(conditions.clone());
    sql = sql.push(" GROUP BY group_key");
    for (at, of) in wanted.measured.iter().enumerate() {
        if Measure::of(of).has_currency() {
            sql = sql.push(", ").push(CURRENCY[at]);
        }
    }
    sql
}

/// The key and the label of a column's groups. Texts are compared as the list's conditions compare them.
fn of_column(tx: &Tx, sql: Sql, column: &Column, clocks: Option<&Clocks>) -> Sql {
    match (column.kind, clocks) {
        (FilterKind::Text, _) => {
            tx.bytewise(tx.lowered(sql, column.sql).push(" AS group_key, min("), column.sql).push(")")
        }
        (FilterKind::Tags, _) => sql.push("grouped.value AS group_key, NULL"),
        (FilterKind::Time, Some(clocks)) => {
            let mut sql = sql.push("CASE");
            for (until, ahead) in &clocks.until {
                sql = sql.push(" WHEN ").push(column.sql).push(" < ").bind(*until).push(" THEN ");
                sql = tx.day(sql, column.sql, *ahead);
            }
            // A CASE has a WHEN also where clocks never change.
            sql = sql.push(" WHEN ").push(column.sql).push(" IS NULL THEN NULL ELSE ");
            tx.day(sql, column.sql, clocks.after).push(" END AS group_key, NULL")
        }
        (FilterKind::Time, None) => sql.push("NULL AS group_key, NULL"),
        _ => sql.push(column.sql).push(" AS group_key, NULL"),
    }
}

/// Values of a custom field beside the records, also those that have none.
fn beside(tx: &Tx, sql: Sql, table: &'static str, alias: &'static str, of: &Of) -> Sql {
    let Of::Own(field) = of else { return sql };
    let sql = sql.push(" LEFT JOIN custom_value AS ").push(alias).push(" ON ").push(alias).push(".tenant_id = ");
    let sql = sql.bind(tx.tenant_id()).push(" AND ").push(alias).push(".field_id = ").bind(field.id).push(" AND ");
    sql.push(alias).push(".record_id = ").push(table).push(".id")
}

/// The rows of the largest groups, one more than are answered.
fn largest(counted: Sql) -> Sql {
    let most = i64::try_from(MOST).unwrap_or(i64::MAX) + 1;
    Sql::new(
        "SELECT * FROM (SELECT sized.*, dense_rank() OVER (ORDER BY sized.whole DESC, sized.group_key) AS place \
         FROM (SELECT each_one.*, sum(each_one.records) OVER (PARTITION BY each_one.group_key) AS whole FROM (",
    )
    .append(counted)
    .push(") AS each_one) AS sized) AS ranked WHERE ranked.place <= ")
    .bind(most)
    .push(" ORDER BY ranked.place")
}

fn key(by: &By, cell: Option<&Value>) -> Option<String> {
    let cell = cell.filter(|cell| **cell != Value::Null)?.clone();
    let id = |prefix: &str, cell: Value| Uuid::from_value(cell).ok().map(|id| format!("{prefix}_{}", id.as_simple()));
    match &by.of {
        Of::Column(column) if column.kind == FilterKind::Person => id("mem", cell),
        Of::Column(column) if column.kind == FilterKind::Relation => id(column.of.first()?, cell),
        _ => match cell {
            Value::Date(day) => Some(day.to_string()),
            other => String::from_value(other).ok(),
        },
    }
}

fn table(noun: Noun) -> &'static str {
    noun.columns().first().map_or("", Column::table)
}
