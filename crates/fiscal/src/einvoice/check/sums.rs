//! Sums: BR-CO-10 to BR-CO-16 hold to the last cent.

use super::super::{Invoice, Side};
use super::fault::{self, Faults};

pub(super) fn check(invoice: &Invoice, faults: &mut Faults) {
    let sums = &invoice.sums;
    let of_side = |side: Side| {
        let rows = invoice.adjustments.iter().filter(move |row| row.adjustment.side == side);
        total(rows.map(|row| row.adjustment.amount))
    };
    let lines = total(invoice.lines.iter().map(|line| line.net));
    let tax = total(invoice.vat.iter().map(|row| row.tax));
    let wide = i128::from;
    for (rule, term, holds) in [
        ("BR-CO-10", "BT-106", lines == wide(sums.lines)),
        ("BR-CO-11", "BT-107", of_side(Side::Allowance) == wide(sums.allowances)),
        ("BR-CO-12", "BT-108", of_side(Side::Charge) == wide(sums.charges)),
        ("BR-CO-13", "BT-109", wide(sums.lines) - wide(sums.allowances) + wide(sums.charges) == wide(sums.net)),
        ("BR-CO-14", "BT-110", tax == wide(sums.tax)),
        ("BR-CO-15", "BT-112", wide(sums.net) + wide(sums.tax) == wide(sums.gross)),
        ("BR-CO-16", "BT-115", wide(sums.gross) - wide(sums.paid) + wide(sums.rounding) == wide(sums.payable)),
    ] {
        if !holds {
            faults.add(rule, term, fault::SUM);
        }
    }
    if invoice.vat.is_empty() {
        faults.add("BR-CO-18", "BG-23", fault::BREAKDOWN);
    }
}

/// A sum that cannot overflow: there are fewer amounts than would fill 128 bits.
pub(super) fn total(amounts: impl Iterator<Item = i64>) -> i128 {
    amounts.map(i128::from).sum()
}
