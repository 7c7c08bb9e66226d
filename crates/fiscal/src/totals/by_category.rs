//! EN 16931: everything at the currency's decimals, tax once per category and rate.
//!
//! Where prices include tax, base and tax are found per set of taxes from the sum of its lines, so that they give the
//! sum back; the base is then handed down to the lines.

use super::error::TotalsError;
use super::exact::{WHOLE, apportion, part, share, sum};
use super::input::Document;
use super::pricing::{Priced, PricedLine, split_without_tax, without_tax};
use super::{LineTotal, Norm, TaxSubtotal, Totals};

/// A line without tax, in minor units.
#[derive(Clone, Default)]
struct Net {
    gross: i128,
    discount: i128,
    allowance: i128,
    base: i128,
    tax: i128,
    withheld: i128,
}

pub(super) fn compute(document: &Document, priced: &Priced) -> Result<Totals, TotalsError> {
    figures(document, priced).ok_or_else(TotalsError::overflow)
}

fn figures(document: &Document, priced: &Priced) -> Option<Totals> {
    let mut lines: Vec<Net> = priced.lines.iter().map(as_typed).collect();
    let mut taxes = vec![0_i128; priced.taxes.len()];
    if document.prices_include_tax {
        take_tax_out(priced, &mut lines, &mut taxes)?;
    }
    let mut breakdown = Vec::with_capacity(priced.taxes.len());
    for (at, tax) in priced.taxes.iter().enumerate() {
        let members: Vec<usize> = (0..lines.len()).filter(|line| priced.lines[*line].taxes.contains(&at)).collect();
        let base = sum(members.iter().map(|line| lines[*line].base))?;
        if tax.key.withheld || !document.prices_include_tax {
            taxes[at] = part(base, tax.rate, WHOLE)?;
            let exact: Option<Vec<i128>> = members.iter().map(|line| lines[*line].base.checked_mul(tax.rate)).collect();
            for (line, amount) in members.iter().zip(apportion(taxes[at], &exact?, WHOLE)?) {
                let column = if tax.key.withheld { &mut lines[*line].withheld } else { &mut lines[*line].tax };
                *column = column.checked_add(amount)?;
            }
        }
        breakdown.push(TaxSubtotal {
            category: tax.key.category,
            rate: tax.key.rate,
            name: tax.key.name.clone(),
            withheld: tax.key.withheld,
            exemption_codes: tax.exemption_codes.clone(),
            base: base.try_into().ok()?,
            tax: taxes[at].try_into().ok()?,
        });
    }
    header(document, &lines, breakdown)
}

fn as_typed(line: &PricedLine) -> Net {
    Net {
        gross: line.gross,
        discount: line.discount,
        allowance: line.allowance,
        base: line.taxable(),
        ..Net::default()
    }
}

/// Turns amounts with tax into amounts without, one set of taxes added at a time.
fn take_tax_out(priced: &Priced, lines: &mut [Net], taxes: &mut [i128]) -> Option<()> {
    for pool in priced.groups(|line| priced.added(line).collect::<Vec<_>>()) {
        let first = &priced.lines[*pool.first()?];
        let with_tax = priced.with_tax(first);
        let bases = down_to_lines(priced, &pool, with_tax, PricedLine::taxable)?;
        let allowances = down_to_lines(priced, &pool, with_tax, |line| line.allowance)?;
        for (position, at) in pool.iter().enumerate() {
            let (typed, net) = (&priced.lines[*at], &mut lines[*at]);
            net.base = bases[position];
            net.allowance = allowances[position];
            net.discount = part(typed.discount, WHOLE, with_tax)?;
            net.gross = sum([net.base, net.allowance, net.discount])?;
            net.tax = typed.taxable().checked_sub(net.base)?;
        }
        let tax = sum(pool.iter().map(|at| lines[*at].tax))?;
        let added: Vec<usize> = priced.added(first).collect();
        let rates: Vec<i128> = added.iter().map(|at| priced.taxes[*at].rate).collect();
        for (at, amount) in added.iter().zip(share(tax, &rates)?) {
            taxes[*at] = taxes[*at].checked_add(amount)?;
        }
    }
    Some(())
}

/// An amount of each line of a pool without tax: rounded for the pool, then for its tax groups, then for lines, so that
/// the bases of withheld taxes do not depend on the order of lines either.
fn down_to_lines(
    priced: &Priced,
    pool: &[usize],
    with_tax: i128,
    amount: impl Fn(&PricedLine) -> i128,
) -> Option<Vec<i128>> {
    let mut groups: Vec<(&[usize], Vec<usize>)> = Vec::new();
    for (position, at) in pool.iter().enumerate() {
        let taxes = priced.lines[*at].taxes.as_slice();
        match groups.iter_mut().find(|(of, _)| *of == taxes) {
            Some((_, positions)) => positions.push(position),
            None => groups.push((taxes, vec![position])),
        }
    }
    groups.sort();
    let amounts = |positions: &[usize]| positions.iter().map(|p| amount(&priced.lines[pool[*p]])).collect::<Vec<_>>();
    let sums: Option<Vec<i128>> = groups.iter().map(|(_, positions)| sum(amounts(positions))).collect();
    let mut result = vec![0; pool.len()];
    for ((_, positions), whole) in groups.iter().zip(without_tax(&sums?, with_tax)?) {
        let parts = split_without_tax(whole, &amounts(positions), with_tax)?;
        for (position, part) in positions.iter().zip(parts) {
            result[*position] = part;
        }
    }
    Some(result)
}

fn header(document: &Document, lines: &[Net], breakdown: Vec<TaxSubtotal>) -> Option<Totals> {
    let column = |figure: fn(&Net) -> i128| -> Option<i64> { sum(lines.iter().map(figure))?.try_into().ok() };
    let (gross, discount) = (column(|l| l.gross)?, column(|l| l.discount)?);
    let (allowance, tax, withheld) = (column(|l| l.allowance)?, column(|l| l.tax)?, column(|l| l.withheld)?);
    let subtotal = gross.checked_sub(discount)?;
    let net = subtotal.checked_sub(allowance)?;
    let line_totals: Option<Vec<LineTotal>> = lines.iter().map(line_total).collect();
    Some(Totals {
        currency: document.currency,
        norm: Norm::ByCategory,
        lines: line_totals?,
        breakdown,
        gross,
        discount,
        subtotal,
        allowance,
        net,
        tax,
        withheld,
        payable: net.checked_add(tax)?.checked_sub(withheld)?,
    })
}

fn line_total(line: &Net) -> Option<LineTotal> {
    let minor = |amount: i128| i64::try_from(amount).ok();
    let (gross, discount) = (minor(line.gross)?, minor(line.discount)?);
    Some(LineTotal {
        gross,
        discount,
        net: gross.checked_sub(discount)?,
        allowance: minor(line.allowance)?,
        tax: minor(line.tax)?,
        withheld: minor(line.withheld)?,
        exact: None,
    })
}
