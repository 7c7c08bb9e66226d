//! Amounts have two decimals at most (BR-DEC), also in currencies that have three.

use iso_currency::Currency;

use super::super::xml::places;
use super::super::{Invoice, Side};
use super::fault::{self, Faults};

pub(super) fn check(invoice: &Invoice, faults: &mut Faults) {
    let fine = |minor: i64| is_fine(minor, invoice.currency);
    let sums = &invoice.sums;
    for (rule, term, minor) in [
        ("BR-DEC-09", "BT-106", sums.lines),
        ("BR-DEC-10", "BT-107", sums.allowances),
        ("BR-DEC-11", "BT-108", sums.charges),
        ("BR-DEC-12", "BT-109", sums.net),
        ("BR-DEC-13", "BT-110", sums.tax),
        ("BR-DEC-14", "BT-112", sums.gross),
        ("BR-DEC-16", "BT-113", sums.paid),
        ("BR-DEC-17", "BT-114", sums.rounding),
        ("BR-DEC-18", "BT-115", sums.payable),
    ] {
        if !fine(minor) {
            faults.add(rule, term, fault::DECIMALS);
        }
    }
    if invoice.accounting_tax.is_some_and(|tax| !is_fine(tax.tax, tax.currency)) {
        faults.add("BR-DEC-15", "BT-111", fault::DECIMALS);
    }
    for row in &invoice.adjustments {
        let (amount, base) = match row.adjustment.side {
            Side::Allowance => (("BR-DEC-01", "BT-92"), ("BR-DEC-02", "BT-93")),
            Side::Charge => (("BR-DEC-05", "BT-99"), ("BR-DEC-06", "BT-100")),
        };
        for ((rule, term), minor) in [(amount, Some(row.adjustment.amount)), (base, row.adjustment.base)] {
            if minor.is_some_and(|minor| !fine(minor)) {
                faults.add(rule, term, fault::DECIMALS);
            }
        }
    }
    for row in &invoice.vat {
        for (rule, term, minor) in [("BR-DEC-19", "BT-116", row.base), ("BR-DEC-20", "BT-117", row.tax)] {
            if !fine(minor) {
                faults.add(rule, term, fault::DECIMALS);
            }
        }
    }
    for (at, line) in invoice.lines.iter().enumerate() {
        if !fine(line.net) {
            faults.on_line(at, "BR-DEC-23", "BT-131", fault::DECIMALS);
        }
        for adjustment in &line.adjustments {
            let (amount, base) = match adjustment.side {
                Side::Allowance => (("BR-DEC-24", "BT-136"), ("BR-DEC-25", "BT-137")),
                Side::Charge => (("BR-DEC-27", "BT-141"), ("BR-DEC-28", "BT-142")),
            };
            for ((rule, term), minor) in [(amount, Some(adjustment.amount)), (base, adjustment.base)] {
                if minor.is_some_and(|minor| !fine(minor)) {
                    faults.on_line(at, rule, term, fault::DECIMALS);
                }
            }
        }
    }
}

/// Whether two decimals say the amount.
fn is_fine(minor: i64, currency: Currency) -> bool {
    let spare = places(currency).saturating_sub(2);
    10_i64.checked_pow(spare).is_some_and(|unit| minor % unit == 0)
}
