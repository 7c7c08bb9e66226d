//! The table of lines.

use serde::Serialize;

use crate::document::{Discount, Document, Line};
use crate::format;
use crate::words::Words;

/// The lines with their headings. Optional columns are there when any line has a value for them.
#[derive(Serialize)]
pub(crate) struct Table {
    columns: Vec<Column>,
    rows: Vec<Row>,
}

/// A column of figures, to the right of the description.
#[derive(Serialize)]
struct Column {
    label: String,
    /// The longest cell: figures all have the same width, so it is the widest, and the template measures only this.
    widest: String,
    /// Whether cells are figures, never to be broken, or words.
    is_figure: bool,
}

#[derive(Serialize)]
struct Row {
    description: String,
    details: Option<String>,
    /// One a column, in the order of `Table::columns`.
    cells: Vec<String>,
}

/// `None` when there are no lines.
pub(super) fn table(document: &Document, words: Words<'_>) -> Option<Table> {
    if document.lines.is_empty() {
        return None;
    }
    let cells = |key: &'static str, is_figure: bool, cell: &dyn Fn(&Line) -> String| {
        (key, is_figure, document.lines.iter().map(cell).collect::<Vec<_>>())
    };
    let columns = [
        cells("quantity", false, &|line| quantity(line, document)),
        cells("unit-price", true, &|line| {
            format::unit_price(line.unit_price, document.currency.exponent, &document.locale)
        }),
        cells("discount", true, &|line| discount(line, document)),
        cells("tax", false, &|line| line.tax_label.clone()),
        cells("amount", true, &|line| {
            format::amount(line.net, document.currency.exponent, &document.locale)
        }),
    ];
    let shown: Vec<_> = columns
        .into_iter()
        .filter(|(_, _, cells)| cells.iter().any(|cell| !cell.is_empty()))
        .collect();
    let rows = document.lines.iter().enumerate().map(|(place, line)| Row {
        description: line.description.clone(),
        details: line.details.clone().filter(|details| !details.trim().is_empty()),
        cells: shown.iter().map(|(_, _, cells)| cells[place].clone()).collect(),
    });
    let rows = rows.collect();
    let mut headings = vec![Column {
        label: words.text("description"),
        widest: String::new(),
        is_figure: false,
    }];
    headings.extend(shown.iter().map(|(key, is_figure, cells)| {
        Column {
            label: words.text(key),
            widest: cells
                .iter()
                .max_by_key(|cell| cell.chars().count())
                .cloned()
                .unwrap_or_default(),
            is_figure: *is_figure,
        }
    }));
    Some(Table {
        columns: headings,
        rows,
    })
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
