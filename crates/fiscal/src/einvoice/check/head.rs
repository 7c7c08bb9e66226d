//! Number, dates, periods, notes, references.

use super::super::{Invoice, Period};
use super::fault::{self, Faults, Fix};
use super::lists::is_country;

pub(super) fn check(invoice: &Invoice, faults: &mut Faults) {
    if invoice.number.is_empty() {
        faults.add("BR-02", "BT-1", fault::NUMBER);
    }
    if invoice.currency.exponent().is_none() {
        faults.add("BR-CL-04", "BT-5", fault::CURRENCY);
    }
    if invoice.accounting_tax.is_some_and(|tax| tax.currency == invoice.currency) {
        faults.add("BR-CO-15", "BT-6", fault::ACCOUNTING_CURRENCY);
    }
    if invoice.lines.is_empty() {
        faults.add("BR-16", "BG-25", fault::NO_LINES);
    }
    let is_subject = |code: &str| code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    for note in &invoice.notes {
        if note.subject.as_ref().is_some_and(|subject| !is_subject(subject.as_str())) {
            faults.add("BR-CL-08", "BT-21", fault::NOTE_SUBJECT);
        }
    }
    if invoice.preceding.iter().any(|preceding| preceding.number.is_empty()) {
        faults.add("BR-55", "BT-25", fault::PRECEDING);
    }
    if let Some((rule, fix)) = invoice.period.as_ref().and_then(|period| stretch(period, "BR-CO-19", "BR-29")) {
        faults.add(rule, "BG-14", fix);
    }
    // The artefacts of 2026 leave this rule out, the standard and several receivers do not. A credit note is not paid.
    let is_to_be_paid = invoice.sums.payable > 0 && !invoice.kind.is_credit_note();
    if is_to_be_paid && invoice.due.is_none() && invoice.payment_terms.is_none() {
        faults.add("BR-CO-25", "BT-9", fault::DUE);
    }
    let to = invoice.delivery.as_ref().and_then(|delivery| delivery.address.as_ref());
    match to.map(|address| address.country.as_ref()) {
        Some(None) => faults.add("BR-57", "BT-80", fault::COUNTRY),
        Some(Some(code)) if !is_country(code.as_str()) => faults.add("BR-CL-14", "BT-80", fault::COUNTRY),
        _ => {}
    }
}

/// What is wrong with a period: nothing in it, or its end before its start.
pub(super) fn stretch(period: &Period, empty: &'static str, order: &'static str) -> Option<(&'static str, Fix)> {
    match (period.start, period.end) {
        (None, None) => Some((empty, fault::PERIOD_EMPTY)),
        (Some(start), Some(end)) if end < start => Some((order, fault::PERIOD_ORDER)),
        _ => None,
    }
}
