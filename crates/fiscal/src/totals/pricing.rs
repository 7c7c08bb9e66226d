//! The first step of both norms: what each line comes to as it was typed, and its share of the document's discount.
//! "As typed" means with tax where prices include it.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::Norm;
use super::error::{Field, Problem, TotalsError};
use super::exact::{WHOLE, apportion, part, product, rate_units, share, sum, units};
use super::input::{Discount, Document, Line};
use super::tax::Key;

/// A document whose lines are priced, in units of 10^-scale.
pub(super) struct Priced {
    /// Decimals of the currency.
    pub decimals: u32,
    /// Decimals of the amounts here: those of the currency, or six by line.
    pub scale: u32,
    /// Every tax of the document once, in the order of the breakdown.
    pub taxes: Vec<PricedTax>,
    pub lines: Vec<PricedLine>,
}

pub(super) struct PricedTax {
    pub key: Key,
    /// In millionths of a percent.
    pub rate: i128,
    pub exemption_codes: Vec<String>,
}

pub(super) struct PricedLine {
    pub gross: i128,
    pub discount: i128,
    /// Its share of the document's discount.
    pub allowance: i128,
    /// Places in `Priced::taxes`, ascending: lines with equal lists are one tax group.
    pub taxes: Vec<usize>,
}

impl PricedLine {
    pub fn net(&self) -> i128 {
        self.gross - self.discount
    }

    pub fn taxable(&self) -> i128 {
        self.net() - self.allowance
    }
}

impl Priced {
    /// The taxes added on a line; those withheld are not part of a price.
    pub fn added<'a>(&'a self, line: &'a PricedLine) -> impl Iterator<Item = usize> + 'a {
        line.taxes.iter().copied().filter(|at| !self.taxes[*at].key.withheld)
    }

    /// What 100 % plus the taxes added come to, in millionths of a percent.
    pub fn with_tax(&self, line: &PricedLine) -> i128 {
        WHOLE + self.added(line).map(|at| self.taxes[at].rate).sum::<i128>()
    }

    /// The lines by equal value of `key`, in the order of that value, so that the order of lines does not matter.
    pub fn groups<K: Ord>(&self, key: impl Fn(&PricedLine) -> K) -> Vec<Vec<usize>> {
        let mut groups = BTreeMap::<K, Vec<usize>>::new();
        for (at, line) in self.lines.iter().enumerate() {
            groups.entry(key(line)).or_default().push(at);
        }
        groups.into_values().collect()
    }
}

pub(super) fn price(document: &Document) -> Result<Priced, TotalsError> {
    let decimals = document.decimals()?;
    let scale = match document.norm {
        Norm::ByCategory => decimals,
        Norm::ByLine => 6,
    };
    let taxes = taxes_of(&document.lines).ok_or_else(TotalsError::overflow)?;
    let mut lines = Vec::with_capacity(document.lines.len());
    for (at, line) in document.lines.iter().enumerate() {
        let gross = product(line.quantity, line.unit_price, scale).ok_or_else(TotalsError::overflow)?;
        let discount = match &line.discount {
            Some(discount) => {
                discount.off(gross, scale).map_err(|problem| TotalsError::line(at, Field::Discount, problem))?
            }
            None => 0,
        };
        let mut places: Vec<usize> = line.taxes.iter().filter_map(|tax| place(&taxes, &tax.key())).collect();
        places.sort_unstable();
        lines.push(PricedLine { gross, discount, allowance: 0, taxes: places });
    }
    let mut priced = Priced { decimals, scale, taxes, lines };
    if let Some(allowance) = &document.allowance {
        let shares = match document.norm {
            Norm::ByCategory => shares_by_group(&priced, allowance)?,
            Norm::ByLine => shares_by_line(&priced, allowance)?,
        };
        for (line, share) in priced.lines.iter_mut().zip(shares) {
            line.allowance = share;
        }
    }
    Ok(priced)
}

impl Discount {
    /// How much is taken off an amount, with its sign.
    fn off(&self, amount: i128, scale: u32) -> Result<i128, Problem> {
        match self {
            Discount::Percent(percent) => percent_of(amount, *percent).ok_or(Problem::Overflow),
            Discount::Amount(off) => {
                let off = units(*off, scale).ok_or(Problem::TooManyDecimals { most: scale })?;
                if off > amount.abs() { Err(Problem::ExceedsAmount) } else { Ok(off * amount.signum()) }
            }
        }
    }
}

/// EN 16931 states the document's discount per tax group (BG-20), so a percentage is rounded once per group.
fn shares_by_group(priced: &Priced, allowance: &Discount) -> Result<Vec<i128>, TotalsError> {
    let groups = priced.groups(|line| line.taxes.clone());
    let nets = |group: &Vec<usize>| group.iter().map(|at| priced.lines[*at].net()).collect::<Vec<_>>();
    let sums: Option<Vec<i128>> = groups.iter().map(|group| sum(nets(group))).collect();
    let sums = sums.ok_or_else(TotalsError::overflow)?;
    let of_groups = match allowance {
        Discount::Percent(percent) => sums.iter().map(|net| percent_of(*net, *percent)).collect(),
        Discount::Amount(_) => share(whole(priced, allowance, sums.iter().copied())?, &sums),
    };
    let mut shares = vec![0; priced.lines.len()];
    for (group, off) in groups.iter().zip(of_groups.ok_or_else(TotalsError::overflow)?) {
        let of_lines = share(off, &nets(group)).ok_or_else(TotalsError::overflow)?;
        for (at, off) in group.iter().zip(of_lines) {
            shares[*at] = off;
        }
    }
    Ok(shares)
}

/// A CFDI states discounts per line only.
fn shares_by_line(priced: &Priced, allowance: &Discount) -> Result<Vec<i128>, TotalsError> {
    let nets: Vec<i128> = priced.lines.iter().map(PricedLine::net).collect();
    let shares = match allowance {
        Discount::Percent(percent) => nets.iter().map(|net| percent_of(*net, *percent)).collect(),
        Discount::Amount(_) => share(whole(priced, allowance, nets.iter().copied())?, &nets),
    };
    shares.ok_or_else(TotalsError::overflow)
}

/// The whole of a document's discount given as an amount.
fn whole(priced: &Priced, allowance: &Discount, nets: impl Iterator<Item = i128>) -> Result<i128, TotalsError> {
    let net = sum(nets).ok_or_else(TotalsError::overflow)?;
    allowance.off(net, priced.scale).map_err(|problem| TotalsError::document(Field::Allowance, problem))
}

fn percent_of(amount: i128, percent: Decimal) -> Option<i128> {
    part(amount, rate_units(percent)?, WHOLE)
}

fn taxes_of(lines: &[Line]) -> Option<Vec<PricedTax>> {
    let mut found = BTreeMap::<Key, Vec<String>>::new();
    for tax in lines.iter().flat_map(|line| &line.taxes) {
        let codes = found.entry(tax.key()).or_default();
        codes.extend(tax.exemption_code.clone());
    }
    let priced = found.into_iter().map(|(key, mut exemption_codes)| {
        exemption_codes.sort_unstable();
        exemption_codes.dedup();
        Some(PricedTax { rate: rate_units(key.rate)?, key, exemption_codes })
    });
    priced.collect()
}

pub(super) fn place(taxes: &[PricedTax], key: &Key) -> Option<usize> {
    taxes.binary_search_by(|tax| tax.key.cmp(key)).ok()
}

/// The amounts without the tax in them, for amounts that all carry the same tax (`with_tax` over [`WHOLE`]): each as
/// near as can be, and adding up to the rounded whole.
pub(super) fn without_tax(amounts: &[i128], with_tax: i128) -> Option<Vec<i128>> {
    let whole = part(sum(amounts.iter().copied())?, WHOLE, with_tax)?;
    split_without_tax(whole, amounts, with_tax)
}

/// The same, for a whole that is already known.
pub(super) fn split_without_tax(whole: i128, amounts: &[i128], with_tax: i128) -> Option<Vec<i128>> {
    let numerators: Option<Vec<i128>> = amounts.iter().map(|amount| amount.checked_mul(WHOLE)).collect();
    apportion(whole, &numerators?, with_tax)
}
