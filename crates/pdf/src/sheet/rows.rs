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
    /// The longest cell: figures all have the same width, so it is the widest, and the template measures only this.
    widest: String,
    /// Whether cells are figures, never to be broken, or words.
    is_figure: bool,
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
    let columns = [
        column("quantity", Place::Cell, document, |line| quantity(line, document)),
        column("unit-price", Place::Figure, document, |line| format::unit_price(line.unit_price, exponent, locale)),
        column("discount", Place::Figure, document, |line| discount(line, document)),
        column("tax", Place::Cell, document, |line| line.tax_label.clone()),
        column("amount", Place::Figure, document, |line| format::amount(line.net, exponent, locale)),
    ];
    let mut cells = Vec::new();
    let mut headings = Vec::new();
    for (key, place, column) in columns.into_iter().flatten() {
        headings.push(Column {
            label: Place::Cell.fit(&words.text(key)),
            widest: column.iter().max_by_key(|cell| cell.length()).map(Shown::to_string).unwrap_or_default(),
            is_figure: place == Place::Figure,
        });
        cells.push(column.into_iter());
    }
    let rows = document.lines.iter().map(|line| row(line, cells.iter_mut().filter_map(Iterator::next).collect()));
    let rows = rows.collect();
    Some(Table { description: Place::Description.fit(&words.text("description")), columns: headings, rows })
}

/// The cells of a column from top to bottom; `None` when all are empty.
fn column(
    key: &'static str,
    place: Place,
    document: &Document,
    cell: impl Fn(&Line) -> String,
) -> Option<(&'static str, Place, Vec<Shown>)> {
    let cells: Vec<Shown> = document.lines.iter().map(|line| place.fit(&cell(line))).collect();
    cells.iter().any(|cell| cell.length() > 0).then_some((key, place, cells))
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

fn quantity(line: &Line, document: &Document) -> String {
    let quantity = format::decimal(line.quantity, &document.locale);
    match line.unit.as_deref().map(str::trim).filter(|unit| !unit.is_empty()) {
        Some(unit) => format!("{quantity} {unit}"),
        None => quantity,
    }
}

fn discount(line: &Line, document: &Document) -> String {
    match line.discount {
        None => String::new(),
        Some(Discount::Percent(rate)) => format::percent(rate, &document.locale),
        Some(Discount::Amount(minor)) => format::amount(minor, document.currency.exponent, &document.locale),
    }
}
