//! The taxes a country suggests on a new line: names, categories, rates, and from when until when they hold.
//!
//! They are proposals for people to choose from and change, not advice. Each row names its source; one that says
//! "general knowledge, verify" was not checked against the law for this table. A rate that changes gets an end date and
//! a new row, so that a document of last year still finds its own rates. Where sales tax depends on the place of the
//! buyer (United States) or lies inside the price (Brazil) there is nothing to suggest, and the list is empty.

mod europe;
mod latin_america;
mod north_america;
mod row;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use serde::Serialize;

use crate::totals::Tax;
use row::Row;

/// A tax to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Preset {
    /// Stable name of the row: `mx_iva_standard_16`, `ca_hst_harmonized_13_on`.
    pub key: String,
    /// What kind of tax it is, for translation: one of [`NAME_KEYS`].
    pub name_key: &'static str,
    /// The tax to put on a line.
    pub tax: Tax,
    /// Where in the country it holds, by the second part of ISO 3166-2 (`QC`, `CN`); in all of it when `None`.
    pub region: Option<&'static str>,
    /// Whether a new line starts with it.
    pub suggested: bool,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day, when known.
    pub valid_until: Option<NaiveDate>,
    /// Where the figure comes from.
    pub source: &'static str,
}

/// Every `name_key` there is, so that translations can be complete.
pub const NAME_KEYS: [&str; 20] = [
    "standard",
    "increased",
    "intermediate",
    "reduced",
    "second_reduced",
    "super_reduced",
    "border",
    "zero",
    "exempt",
    "reverse_charge",
    "intra_community",
    "export",
    "federal",
    "harmonized",
    "provincial",
    "withholding_fees",
    "withholding_new_professional",
    "withholding_rent",
    "withholding_freight",
    "withholding_simplified",
];

/// The presets of a country (ISO 3166-1 alpha-2, any case) on a day, the suggested one first.
pub fn presets(country: &str, on: NaiveDate) -> Vec<Preset> {
    let country = country.to_ascii_uppercase();
    let mut presets: Vec<Preset> =
        rows(&country).iter().filter_map(|row| row.preset(&country)).filter(|preset| preset.holds_on(on)).collect();
    presets.sort_by_key(|preset| !preset.suggested);
    presets
}

impl Preset {
    fn holds_on(&self, on: NaiveDate) -> bool {
        self.valid_from <= on && self.valid_until.is_none_or(|last| on <= last)
    }
}

fn rows(country: &str) -> Vec<Row> {
    let mut rows = europe::rows(country);
    for table in [latin_america::ROWS, north_america::ROWS] {
        rows.extend(table.iter().filter(|(of, _)| *of == country).map(|(_, row)| *row));
    }
    rows
}
