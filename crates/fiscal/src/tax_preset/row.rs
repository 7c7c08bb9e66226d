//! One row of the tables, as a person writes and checks it.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::Preset;
use crate::totals::{Category, Tax};

/// Not checked against the law for these tables.
pub(super) const GENERAL: &str = "general knowledge, verify";

#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub name_key: &'static str,
    /// Of the tax.
    pub name: &'static str,
    pub category: Category,
    /// Percent.
    pub rate: &'static str,
    pub withheld: bool,
    pub exemption_code: Option<&'static str>,
    pub region: Option<&'static str>,
    pub suggested: bool,
    /// First day, ISO.
    pub from: &'static str,
    /// Last day, ISO.
    pub until: Option<&'static str>,
    pub source: &'static str,
}

impl Row {
    /// A tax that is charged.
    pub const fn new(name: &'static str, name_key: &'static str, rate: &'static str, from: &'static str) -> Row {
        Row {
            name_key,
            name,
            category: Category::S,
            rate,
            withheld: false,
            exemption_code: None,
            region: None,
            suggested: false,
            from,
            until: None,
            source: GENERAL,
        }
    }

    /// Nothing is charged, for the reason its category gives.
    pub const fn free(name: &'static str, name_key: &'static str, category: Category, from: &'static str) -> Row {
        let mut row = Row::new(name, name_key, "0", from);
        row.category = category;
        row
    }

    /// A tax that the buyer keeps back.
    pub const fn withheld(name: &'static str, name_key: &'static str, rate: &'static str, from: &'static str) -> Row {
        let mut row = Row::new(name, name_key, rate, from);
        row.withheld = true;
        row
    }

    pub const fn category(mut self, category: Category) -> Row {
        self.category = category;
        self
    }

    pub const fn reason(mut self, exemption_code: &'static str) -> Row {
        self.exemption_code = Some(exemption_code);
        self
    }

    pub const fn region(mut self, region: &'static str) -> Row {
        self.region = Some(region);
        self
    }

    pub const fn suggested(mut self) -> Row {
        self.suggested = true;
        self
    }

    pub const fn until(mut self, last: &'static str) -> Row {
        self.until = Some(last);
        self
    }

    pub const fn source(mut self, source: &'static str) -> Row {
        self.source = source;
        self
    }

    /// `None` for a row that is written wrong; a test reads every row.
    pub fn preset(&self, country: &str) -> Option<Preset> {
        let valid_until = match self.until {
            Some(day) => Some(day.parse::<NaiveDate>().ok()?),
            None => None,
        };
        let tax = Tax {
            category: self.category,
            rate: self.rate.parse::<Decimal>().ok()?,
            name: self.name.to_owned(),
            withheld: self.withheld,
            exemption_code: self.exemption_code.map(str::to_owned),
        };
        Some(Preset {
            key: self.key(country),
            name_key: self.name_key,
            tax,
            region: self.region,
            suggested: self.suggested,
            valid_from: self.from.parse().ok()?,
            valid_until,
            source: self.source,
        })
    }

    fn key(&self, country: &str) -> String {
        let region = self.region.map(|region| format!("_{region}")).unwrap_or_default();
        let key = format!("{country}_{}_{}_{}{region}", self.name, self.name_key, self.rate);
        key.chars().map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { '_' }).collect()
    }
}
