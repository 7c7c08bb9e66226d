//! Rows by VAT category and rate: the document's allowance (BG-20) and the breakdown (BG-23).

use rust_decimal::{Decimal, RoundingStrategy};

use super::super::line::{DocumentAdjustment, Line, Vat};
use super::super::sums::VatRow;
use super::super::text::{Code, Text};
use super::Figures;
use crate::totals::{Category, Document, Totals};

/// The document's discount per category and rate: the sums of the shares that the totals gave to the lines.
pub(super) fn allowances(document: &Document, totals: &Totals, lines: &[Line]) -> Option<Vec<DocumentAdjustment>> {
    let places = super::super::xml::places(document.currency);
    let mut rows = Vec::new();
    for vat in categories(lines) {
        let members = || lines.iter().zip(&totals.lines).filter(|(line, _)| line.vat == vat);
        let base = members().try_fold(0_i64, |sum, (line, _)| sum.checked_add(line.net))?;
        let amount = members().try_fold(0_i64, |sum, (_, total)| sum.checked_add(total.allowance))?;
        let adjustment = super::discount(document.allowance, base, amount, places);
        rows.extend(adjustment.map(|adjustment| DocumentAdjustment { adjustment, vat }));
    }
    Some(rows)
}

/// The rows of the totals, those of one category and rate as one; lines without tax have none there and get theirs.
pub(super) fn breakdown(totals: &Totals, lines: &[Line]) -> Option<Vec<VatRow>> {
    let mut rows = Vec::new();
    for vat in categories(lines) {
        let mut base = 0_i64;
        for (_, total) in lines.iter().zip(&totals.lines).filter(|(line, _)| line.vat == vat) {
            base = base.checked_add(total.net.checked_sub(total.allowance)?)?;
        }
        let mut tax = 0_i64;
        let mut reasons = Vec::new();
        let same =
            |row: &&crate::totals::TaxSubtotal| !row.withheld && row.category == vat.category && row.rate == vat.rate;
        for row in totals.breakdown.iter().filter(same) {
            tax = tax.checked_add(row.tax)?;
            reasons.extend(row.exemption_codes.iter().map(String::as_str));
        }
        let (exemption_code, exemption) = exemption(vat.category, &reasons);
        rows.push(VatRow { vat, base, tax, exemption, exemption_code });
    }
    Some(rows)
}

/// The reason by code and in words. Categories that mean one thing have a code of their own; several reasons for an
/// exemption, or one that is not on the VATEX list, are told in words, since a row has one code. Categories that are
/// charged, or zero rated, must not state any (BR-S-10, BR-Z-10).
fn exemption(category: Category, reasons: &[&str]) -> (Option<Code>, Option<Text>) {
    let usual = match category {
        Category::S | Category::Z | Category::L | Category::M => return (None, None),
        Category::E => None,
        Category::AE => Some("VATEX-EU-AE"),
        Category::K => Some("VATEX-EU-IC"),
        Category::G => Some("VATEX-EU-G"),
        Category::O => Some("VATEX-EU-O"),
    };
    let mut reasons = reasons.to_vec();
    reasons.sort_unstable();
    reasons.dedup();
    match reasons[..] {
        [] => (usual.and_then(Code::parse), None),
        [one] if one.starts_with("VATEX-") => (Code::parse(one), None),
        _ => (usual.and_then(Code::parse), Text::some(&reasons.join(", "))),
    }
}

/// Each category and rate once, in the order in which the lines name them.
fn categories(lines: &[Line]) -> Vec<Vat> {
    let mut found: Vec<Vat> = Vec::new();
    for line in lines {
        if !found.contains(&line.vat) {
            found.push(line.vat);
        }
    }
    found
}

/// Whether every sum of EN 16931 holds to the cent (BR-CO-10 to BR-CO-17). Always so by category; by line, where the
/// cents fell that way. The tax that a price includes is what the base leaves of the price, and may be a cent beside the
/// base times the rate: 100.00 with 21 % is 82.64 and 17.36. The official rules leave room for that.
pub(super) fn agree(document: &Document, figures: &Figures) -> bool {
    let sums = &figures.sums;
    let sum = |amounts: Vec<i64>| amounts.into_iter().try_fold(0_i64, i64::checked_add);
    let is_exact = |row: &VatRow| {
        let Some(tax) = Decimal::from(row.base).checked_mul(row.vat.rate) else { return false };
        let (tax, stated) = (tax / Decimal::ONE_HUNDRED, Decimal::from(row.tax));
        let is_beside = document.prices_include_tax && (tax - stated).abs() <= Decimal::ONE;
        is_beside || tax.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero) == stated
    };
    sum(figures.lines.iter().map(|line| line.net).collect()) == Some(sums.lines)
        && sum(figures.adjustments.iter().map(|row| row.adjustment.amount).collect()) == Some(sums.allowances)
        && sum(figures.vat.iter().map(|row| row.base).collect()) == Some(sums.net)
        && sum(figures.vat.iter().map(|row| row.tax).collect()) == Some(sums.tax)
        && sums.lines.checked_sub(sums.allowances) == Some(sums.net)
        && figures.vat.iter().all(is_exact)
}
