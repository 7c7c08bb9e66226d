//! Allowances and charges of the document and of its lines.

use super::super::{Adjustment, Invoice, Side};
use super::fault::{self, Faults, Fix};
use super::lists::{is_allowance, is_charge};

/// Rules and terms of an adjustment where it stands: reason, its words, its code.
struct Place {
    rule: &'static str,
    words: &'static str,
    code: &'static str,
}

pub(super) fn check(invoice: &Invoice, faults: &mut Faults) {
    for row in &invoice.adjustments {
        let place = match row.adjustment.side {
            Side::Allowance => Place { rule: "BR-33", words: "BT-97", code: "BT-98" },
            Side::Charge => Place { rule: "BR-38", words: "BT-104", code: "BT-105" },
        };
        reason(&row.adjustment, &place, |rule, term, fix| faults.add(rule, term, fix));
    }
    for (at, line) in invoice.lines.iter().enumerate() {
        for adjustment in &line.adjustments {
            let place = match adjustment.side {
                Side::Allowance => Place { rule: "BR-42", words: "BT-139", code: "BT-140" },
                Side::Charge => Place { rule: "BR-44", words: "BT-144", code: "BT-145" },
            };
            reason(adjustment, &place, |rule, term, fix| faults.on_line(at, rule, term, fix));
        }
    }
}

fn reason(adjustment: &Adjustment, place: &Place, mut add: impl FnMut(&'static str, &'static str, Fix)) {
    match (&adjustment.reason_code, adjustment.side) {
        (Some(code), Side::Allowance) if !is_allowance(code) => add("BR-CL-19", place.code, fault::REASON_CODE),
        (Some(code), Side::Charge) if !is_charge(code) => add("BR-CL-20", place.code, fault::REASON_CODE),
        (None, _) if adjustment.reason.is_none() => add(place.rule, place.words, fault::REASON),
        _ => {}
    }
}
