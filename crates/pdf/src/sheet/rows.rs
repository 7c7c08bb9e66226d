//! The table of lines.

use serde::Serialize;

use crate::document::{Discount, Document, Line};
use crate::format;
use crate::place::{Place, Shown};
use crate::words::Words;

/// The lines with their headings. Optional columns are there when any line has a value for them.
#[derive(Serialize)]
pub(crate) struct Table {
    /// Heading of the first column.
    description: Shown,
    columns: Vec<Column>,
    rows: Vec<Row>,
}

/// A column to the right of the description.
#[derive(Serialize)]
struct Column {
    label: Shown,
    /// The longest cell: digits all have the same width, so it is the widest, and the template measures only this.
    widest: String,
    /// The longest of what may not be broken; the column is never narrower.
    least: String,
}

#[derive(Serialize)]
struct Row {
    description: Shown,
    details: Option<Shown>,
    /// Whether it may be torn apart at the foot of a page: only where it is long.
    is_long: bool,
    /// One a column, in the order of `Table::columns`.
    cells: Vec<Shown>,
}

/// Characters of description and details from which on a line may break over pages.
const LONG: usize = 900;

/// `None` when there are no lines.
pub(super) fn table(document: &Document, words: Words<'_>) -> Option<Table> {
    if document.lines.is_empty() {
        return None;
    }
    let (locale, exponent) = (&document.locale, document.currency.exponent);
    let figure = |text: String| Place::Figure.fit(&text);
    let columns = [
        column("quantity", document, |line| figure(format::decimal(line.quantity, locale)).followed_by(unit(line))),
        column("unit-price", document, |line| figure(format::unit_price(line.unit_price, exponent, locale))),
        column("discount", document, |line| figure(discount(line, document))),
        column("tax", document, |line| Place::Cell.fit(&line.tax_label)),
        column("amount", document, |line| figure(format::amount(line.net, exponent, locale))),
    ];
    let numbers: Vec<Shown> =
        document.lines.iter().map(|line| figure(format::decimal(line.quantity, locale))).collect();
    let mut cells = Vec::new();
    let mut headings = Vec::new();
    for (key, column) in columns.into_iter().flatten() {
        let least = match key {
            "quantity" => longest(&numbers),
            "tax" => String::new(),
            _ => longest(&column),
        };
        headings.push(Column { label: Place::Cell.fit(&words.text(key)), widest: longest(&column), least });
        cells.push(column.into_iter());
    }
    let rows = document.lines.iter().map(|line| row(line, cells.iter_mut().filter_map(Iterator::next).collect()));
    let rows = rows.collect();
    Some(Table { description: Place::Description.fit(&words.text("description")), columns: headings, rows })
}

/// The cells of a column from top to bottom; `None` when all are empty.
fn column(key: &'static str, document: &Document, cell: impl Fn(&Line) -> Shown) -> Option<(&'static str, Vec<Shown>)> {
    let cells: Vec<Shown> = document.lines.iter().map(cell).collect();
    cells.iter().any(|cell| cell.length() > 0).then_some((key, cells))
}

fn longest(cells: &[Shown]) -> String {
    cells.iter().max_by_key(|cell| cell.length()).map(Shown::to_string).unwrap_or_default()
}

fn row(line: &Line, cells: Vec<Shown>) -> Row {
    let details = line.details.as_ref().filter(|details| !details.trim().is_empty());
    Row {
        description: Place::Description.fit(&line.description),
        is_long: line.description.len() + details.map_or(0, String::len) > LONG,
        details: details.map(|details| Place::Description.fit(details)),
        cells,
    }
}

fn unit(line: &Line) -> Option<Shown> {
    line.unit.as_deref().map(str::trim).filter(|unit| !unit.is_empty()).map(|unit| Place::Cell.fit(unit))
}

fn discount(line: &Line, document: &Document) -> String {
    match line.discount {
        None => String::new(),
        Some(Discount::Percent(rate)) => format::percent(rate, &document.locale),
        Some(Discount::Amount(minor)) => format::amount(minor, document.currency.exponent, &document.locale),
    }
}
