//! Amounts by row and currency, and the columns they need.

use std::collections::HashMap;

use kernel::{Currency, Money};

use super::{ReportColumn, ReportUnit};

/// What adds up under one row: counts, and amounts by currency.
#[derive(Debug, Default, Clone, PartialEq)]
pub(super) struct Sums {
    pub deals: i64,
    pub amounts: HashMap<Currency, Amounts>,
}

/// In minor units; `weighted` in hundredths of them, so that nothing is rounded before the end.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
pub(super) struct Amounts {
    pub minor: i128,
    pub weighted: i128,
}

impl Sums {
    pub fn add(&mut self, deals: i64, currency: Currency, minor: i64, probability: i64) {
        self.deals += deals;
        let amounts = self.amounts.entry(currency).or_default();
        amounts.minor += i128::from(minor);
        amounts.weighted += i128::from(minor) * i128::from(probability);
    }
}

/// The currencies of a report, in order.
pub(super) fn currencies<'a>(sums: impl Iterator<Item = &'a Sums>) -> Vec<Currency> {
    let mut all: Vec<Currency> = sums.flat_map(|sums| sums.amounts.keys().copied()).collect();
    all.sort_unstable_by_key(|currency| currency.code());
    all.dedup();
    all
}

pub(super) fn columns(keys: &[&str], currencies: &[Currency]) -> Vec<ReportColumn> {
    let of = |currency: &Currency| {
        let column =
            |key: &&str| ReportColumn { key: (*key).to_owned(), unit: ReportUnit::Money, currency: Some(*currency) };
        keys.iter().map(column).collect::<Vec<_>>()
    };
    currencies.iter().flat_map(of).collect()
}

/// The amount in each currency, and the weighted one beside it where wanted: rounded half away from zero, once.
pub(super) fn values(sums: &Sums, currencies: &[Currency], weighted: bool) -> Vec<Option<String>> {
    let written = |minor: i128, currency: Currency| {
        let minor = i64::try_from(minor).unwrap_or(i64::MAX);
        Some(Money::new(minor, currency).decimal().to_string())
    };
    let of = |currency: &Currency| {
        let amounts = sums.amounts.get(currency).copied().unwrap_or_default();
        let whole = written(amounts.minor, *currency);
        if weighted { vec![whole, written(rounded(amounts.weighted), *currency)] } else { vec![whole] }
    };
    currencies.iter().flat_map(of).collect()
}

fn rounded(hundredths: i128) -> i128 {
    (hundredths.abs() + 50) / 100 * hundredths.signum()
}
