//! Facts about countries: the ISO 3166-1 list, the areas that decide things (European Union, EEA, Latin America),
//! the currency, language and time zone to start with, and which of our entities answers for a market.
//!
//! Invariant: every function takes any text, in any case, and an unknown country is an ordinary answer (`false`, `None`,
//! the fallback), never a panic. Country names are not kept here: the reader's browser knows them in its language.

mod africa;
mod americas;
mod areas;
mod asia;
mod controller;
mod europe;
mod oceania;
#[cfg(test)]
mod tests;

use iso_currency::Currency;
use serde::Serialize;

pub use areas::{is_eea, is_eu, is_latin_america, is_united_states};
pub use controller::{Controller, controller_entity};

/// Code, currency, language, time zone.
type Row = (&'static str, Currency, &'static str, &'static str);

const TABLES: [&[Row]; 5] = [africa::ROWS, americas::ROWS, asia::ROWS, europe::ROWS, oceania::ROWS];

/// What a new workspace in a country starts with. Every value is a proposal its owner can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Defaults {
    /// The legal tender most invoices there are written in.
    pub currency: Currency,
    /// One of `en`, `es`, `pt`, `fr`: the official language if it is one of ours, else English.
    pub language: &'static str,
    /// IANA name. For a country of several zones, that of its largest market.
    pub time_zone: &'static str,
}

/// All ISO 3166-1 alpha-2 codes, sorted.
pub fn countries() -> Vec<&'static str> {
    let mut codes: Vec<_> = rows().map(|row| row.0).collect();
    codes.sort_unstable();
    codes
}

/// Whether this is an ISO 3166-1 alpha-2 code, in any case.
pub fn is_country(code: &str) -> bool {
    row(code).is_some()
}

/// The defaults of a country; US dollars, English and UTC where the code is unknown.
pub fn defaults(code: &str) -> Defaults {
    match row(code) {
        Some(&(_, currency, language, time_zone)) => Defaults { currency, language, time_zone },
        None => Defaults { currency: Currency::USD, language: "en", time_zone: "UTC" },
    }
}

fn row(code: &str) -> Option<&'static Row> {
    rows().find(|row| row.0.eq_ignore_ascii_case(code))
}

fn rows() -> impl Iterator<Item = &'static Row> {
    TABLES.into_iter().flatten()
}
