//! CFDI 4.0: lines and their taxes at six decimals, the header rounded once from their sums.
//!
//! SubTotal is the sum of Importe and Descuento the sum of all discounts, each rounded by itself, as the SAT checks them.
//! The whole cents shown per line are apportioned from the header, so that a table of lines adds up.

use super::error::TotalsError;
use super::exact::{WHOLE, apportion, decimal, part, rescale, share, sum};
use super::input::{Document, Line};
use super::pricing::{Priced, PricedLine, place};
use super::{ExactLine, ExactTax, LineTotal, Norm, TaxSubtotal, Totals};

/// A line without tax, at six decimals.
struct Net {
    gross: i128,
    discount: i128,
    allowance: i128,
    /// What its taxes are computed on.
    base: i128,
    /// Beside `PricedLine::taxes`.
    taxes: Vec<i128>,
}

/// The figures of the document in minor units.
struct Header {
    gross: i128,
    discount: i128,
    allowance: i128,
    /// Beside `Priced::taxes`.
    bases: Vec<i128>,
    taxes: Vec<i128>,
}

pub(super) fn compute(document: &Document, priced: &Priced) -> Result<Totals, TotalsError> {
    figures(document, priced).ok_or_else(TotalsError::overflow)
}

fn figures(document: &Document, priced: &Priced) -> Option<Totals> {
    let nets: Option<Vec<Net>> =
        priced.lines.iter().map(|line| net_of(priced, line, document.prices_include_tax)).collect();
    let nets = nets?;
    let header = header_of(document, priced, &nets)?;
    let lines = lines_of(document, priced, &nets, &header)?;
    let minor = |amount: i128| i64::try_from(amount).ok();
    let by_sign = |withheld: bool| {
        let amounts = priced.taxes.iter().zip(&header.taxes);
        minor(sum(amounts.filter(|(tax, _)| tax.key.withheld == withheld).map(|(_, amount)| *amount))?)
    };
    let (tax, withheld) = (by_sign(false)?, by_sign(true)?);
    let (gross, discount, allowance) = (minor(header.gross)?, minor(header.discount)?, minor(header.allowance)?);
    let subtotal = gross.checked_sub(discount)?;
    let net = subtotal.checked_sub(allowance)?;
    let rows = priced.taxes.iter().zip(header.bases.iter().zip(&header.taxes)).map(|(tax, (base, amount))| {
        Some(TaxSubtotal {
            category: tax.key.category,
            rate: tax.key.rate,
            name: tax.key.name.clone(),
            withheld: tax.key.withheld,
            exemption_codes: tax.exemption_codes.clone(),
            base: minor(*base)?,
            tax: minor(*amount)?,
        })
    });
    Some(Totals {
        currency: document.currency,
        norm: Norm::ByLine,
        lines,
        breakdown: rows.collect::<Option<_>>()?,
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

fn net_of(priced: &Priced, line: &PricedLine, prices_include_tax: bool) -> Option<Net> {
    let exact_taxes = |base: i128| line.taxes.iter().map(move |at| part(base, priced.taxes[*at].rate, WHOLE));
    if !prices_include_tax {
        let (gross, discount, allowance, base) = (line.gross, line.discount, line.allowance, line.taxable());
        return Some(Net { gross, discount, allowance, base, taxes: exact_taxes(base).collect::<Option<_>>()? });
    }
    let with_tax = priced.with_tax(line);
    let base = part(line.taxable(), WHOLE, with_tax)?;
    let discount = part(line.discount, WHOLE, with_tax)?;
    let allowance = part(line.allowance, WHOLE, with_tax)?;
    let rates: Vec<i128> = priced.added(line).map(|at| priced.taxes[at].rate).collect();
    let mut added = share(line.taxable().checked_sub(base)?, &rates)?.into_iter();
    let taxes = line
        .taxes
        .iter()
        .zip(exact_taxes(base))
        .map(|(at, exact)| if priced.taxes[*at].key.withheld { exact } else { added.next() });
    let taxes = taxes.collect::<Option<Vec<i128>>>()?;
    Some(Net { gross: sum([base, allowance, discount])?, discount, allowance, base, taxes })
}

fn header_of(document: &Document, priced: &Priced, nets: &[Net]) -> Option<Header> {
    let minor = |amount: i128| rescale(amount, priced.scale, priced.decimals);
    let gross = minor(sum(nets.iter().map(|line| line.gross))?)?;
    let allowance = minor(sum(nets.iter().map(|line| line.allowance))?)?;
    let all_discounts = minor(sum(nets.iter().flat_map(|line| [line.discount, line.allowance]))?)?;
    let mut bases = vec![0_i128; priced.taxes.len()];
    let mut taxes = bases.clone();
    for (line, net) in priced.lines.iter().zip(nets) {
        for (at, amount) in line.taxes.iter().zip(&net.taxes) {
            bases[*at] = bases[*at].checked_add(net.base)?;
            taxes[*at] = taxes[*at].checked_add(*amount)?;
        }
    }
    for amount in bases.iter_mut().chain(&mut taxes) {
        *amount = minor(*amount)?;
    }
    if document.prices_include_tax {
        let typed = minor(sum(priced.lines.iter().map(PricedLine::taxable))?)?;
        let net = gross.checked_sub(all_discounts)?;
        give_back(priced, typed.checked_sub(net)?, &mut taxes)?;
    }
    Some(Header { gross, discount: all_discounts.checked_sub(allowance)?, allowance, bases, taxes })
}

/// Rounding the net and each tax by itself can miss the price with tax by a cent; the largest tax takes it.
fn give_back(priced: &Priced, added: i128, taxes: &mut [i128]) -> Option<()> {
    let charged: Vec<usize> =
        (0..taxes.len()).filter(|at| !priced.taxes[*at].key.withheld && priced.taxes[*at].rate > 0).collect();
    let missing = added.checked_sub(sum(charged.iter().map(|at| taxes[*at]))?)?;
    if let Some(largest) = charged.into_iter().max_by_key(|at| (taxes[*at].unsigned_abs(), std::cmp::Reverse(*at))) {
        taxes[largest] = taxes[largest].checked_add(missing)?;
    }
    Some(())
}

fn lines_of(document: &Document, priced: &Priced, nets: &[Net], header: &Header) -> Option<Vec<LineTotal>> {
    let unit = 10_i128.checked_pow(priced.scale - priced.decimals)?;
    let column =
        |total: i128, amount: fn(&Net) -> i128| apportion(total, &nets.iter().map(amount).collect::<Vec<_>>(), unit);
    let gross = column(header.gross, |line| line.gross)?;
    let discount = column(header.discount, |line| line.discount)?;
    let allowance = column(header.allowance, |line| line.allowance)?;
    let (mut tax, mut withheld) = (vec![0_i128; nets.len()], vec![0_i128; nets.len()]);
    for (at, of_document) in priced.taxes.iter().enumerate() {
        let amount_on = |line: usize| {
            let position = priced.lines[line].taxes.iter().position(|place| *place == at)?;
            Some((line, nets[line].taxes[position]))
        };
        let (members, amounts): (Vec<usize>, Vec<i128>) = (0..nets.len()).filter_map(amount_on).unzip();
        let target = if of_document.key.withheld { &mut withheld } else { &mut tax };
        for (line, amount) in members.into_iter().zip(apportion(header.taxes[at], &amounts, unit)?) {
            target[line] = target[line].checked_add(amount)?;
        }
    }
    let minor = |amount: i128| i64::try_from(amount).ok();
    let total = |(at, (line, net)): (usize, (&Line, &Net))| {
        let (gross, discount) = (minor(gross[at])?, minor(discount[at])?);
        Some(LineTotal {
            gross,
            discount,
            net: gross.checked_sub(discount)?,
            allowance: minor(allowance[at])?,
            tax: minor(tax[at])?,
            withheld: minor(withheld[at])?,
            exact: Some(exact_line(priced, line, &priced.lines[at], net)?),
        })
    };
    document.lines.iter().zip(nets).enumerate().map(total).collect()
}

fn exact_line(priced: &Priced, line: &Line, places: &PricedLine, net: &Net) -> Option<ExactLine> {
    let decimal = |amount: i128| decimal(amount, priced.scale).map(|amount| amount.normalize());
    let taxes = line.taxes.iter().map(|tax| {
        let at = place(&priced.taxes, &tax.key())?;
        let position = places.taxes.iter().position(|place| *place == at)?;
        Some(ExactTax { tax: tax.clone(), base: decimal(net.base)?, amount: decimal(net.taxes[position])? })
    });
    Some(ExactLine {
        gross: decimal(net.gross)?,
        discount: decimal(sum([net.discount, net.allowance])?)?,
        net: decimal(net.base)?,
        taxes: taxes.collect::<Option<_>>()?,
    })
}
