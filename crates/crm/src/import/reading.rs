//! How the cells of one import are read: which column feeds what, whose phone habits, which order of day and month.
//!
//! Invariant: it follows from the stored import and the beginning of its file alone, so that the preview and every turn
//! of the worker read a row alike.

use chrono::{DateTime, Datelike, Utc};
use tabular::{
    sniff::examine,
    value::{DateOrder, DateReading, date_order},
};

use super::Import;

pub struct Reading {
    /// The target of each column.
    pub targets: Vec<Option<String>>,
    /// Country of rows that name none.
    pub country: String,
    pub dates: DateReading,
    pub source: String,
}

impl Reading {
    /// `sample` is the beginning of the file.
    pub fn new(import: &Import, sample: &[u8], now: DateTime<Utc>) -> Reading {
        let targets: Vec<Option<String>> = import.columns.0.iter().map(|column| column.target.clone()).collect();
        let order = import.date_order.map_or_else(|| seen(import, &targets, sample), DateOrder::from);
        Reading {
            targets,
            country: import.default_country.clone(),
            // Nobody's birthday lies ahead.
            dates: DateReading { order, two_digit_years_until: Some(now.year()) },
            source: import.source(),
        }
    }
}

/// What the dates of the sample say; where they leave it open, what the country does.
fn seen(import: &Import, targets: &[Option<String>], sample: &[u8]) -> DateOrder {
    let habit = if import.default_country == "US" { DateOrder::Mdy } else { DateOrder::Dmy };
    let Some(column) = targets.iter().position(|target| target.as_deref() == Some("birth_date")) else { return habit };
    let size = u64::try_from(import.size).unwrap_or_default();
    let Ok(sniffed) = examine(sample, size, &import.dialect.0) else { return habit };
    let cells = sniffed.sample_rows.iter().filter_map(|row| row.get(column)).map(String::as_str);
    date_order(cells, habit).order
}
