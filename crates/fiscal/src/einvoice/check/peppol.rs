//! Peppol BIS Billing 3.0, without its rules for single countries.

use super::super::xml::places;
use super::super::{Adjustment, Invoice, Kind, Party, Payment};
use super::fault::{self, Faults, Fix};
use super::lines::gives_net;
use super::payment::is_debit;
use rust_decimal::Decimal;

/// Types of document that the network carries (P0100, P0101).
const KINDS: &[u16] = &[
    71, 80, 81, 82, 83, 84, 102, 218, 219, 326, 331, 380, 381, 382, 383, 384, 386, 388, 393, 395, 396, 532, 553, 575,
    623, 780, 817, 870, 875, 876, 877,
];

pub(super) fn check(invoice: &Invoice, faults: &mut Faults) {
    let is_german = |party: &Party| party.address.country.as_ref().is_some_and(|code| *code == "DE");
    let among_germans = is_german(&invoice.seller) && is_german(&invoice.buyer);
    if invoice.notes.len() > 1 && !among_germans {
        faults.add("PEPPOL-EN16931-R002", "BG-1", fault::NOTES);
    }
    if invoice.buyer_reference.is_none() && invoice.order.is_none() {
        faults.add("PEPPOL-EN16931-R003", "BT-10", fault::REFERENCE);
    }
    let kind = invoice.kind;
    if !KINDS.contains(&kind.code()) {
        let rule = if kind.is_credit_note() { "PEPPOL-EN16931-P0101" } else { "PEPPOL-EN16931-P0100" };
        faults.add(rule, "BT-3", fault::KIND);
    } else if (kind == Kind::CORRECTED || kind.code() == 326) && !among_germans {
        faults.add("PEPPOL-EN16931-P0112", "BT-3", fault::KIND);
    }
    shared(invoice, faults);
}

/// The rules that XRechnung has taken over.
pub(super) fn shared(invoice: &Invoice, faults: &mut Faults) {
    if invoice.buyer.electronic.is_none() {
        faults.add("PEPPOL-EN16931-R010", "BT-49", fault::BUYER_ADDRESS);
    }
    if invoice.seller.electronic.is_none() {
        faults.add("PEPPOL-EN16931-R020", "BT-34", fault::SELLER_ADDRESS);
    }
    if let Some(tax) = invoice.accounting_tax {
        if tax.currency == invoice.currency {
            faults.add("PEPPOL-EN16931-R005", "BT-6", fault::ACCOUNTING_CURRENCY);
        }
        if tax.tax.signum() * invoice.sums.tax.signum() < 0 {
            faults.add("PEPPOL-EN16931-R055", "BT-111", fault::ACCOUNTING_SIGN);
        }
    }
    let has_reference = |payment: &Payment| payment.mandate.as_ref().is_some_and(|mandate| mandate.reference.is_some());
    if invoice.payment.as_ref().is_some_and(|payment| is_debit(payment) && !has_reference(payment)) {
        faults.add("PEPPOL-EN16931-R061", "BT-89", fault::MANDATE);
    }
    for row in &invoice.adjustments {
        percentage(invoice, &row.adjustment, |rule, fix| faults.add(rule, "BT-94", fix));
    }
    for (at, line) in invoice.lines.iter().enumerate() {
        for adjustment in &line.adjustments {
            percentage(invoice, adjustment, |rule, fix| faults.on_line(at, rule, "BT-138", fix));
        }
        if line.price.base_quantity.is_some_and(|base| base <= Decimal::ZERO) {
            faults.on_line(at, "PEPPOL-EN16931-R121", "BT-149", fault::BASE_QUANTITY);
        } else if !gives_net(invoice, line) {
            faults.on_line(at, "PEPPOL-EN16931-R120", "BT-131", fault::LINE_NET);
        }
        if let (Some(line), Some(whole)) = (&line.period, &invoice.period) {
            if line.start.zip(whole.start).is_some_and(|(start, first)| start < first) {
                faults.on_line(at, "PEPPOL-EN16931-R110", "BT-134", fault::LINE_PERIOD);
            }
            if line.end.zip(whole.end).is_some_and(|(end, last)| end > last) {
                faults.on_line(at, "PEPPOL-EN16931-R111", "BT-135", fault::LINE_PERIOD);
            }
        }
    }
}

/// Percentage and base come together and give the amount.
fn percentage(invoice: &Invoice, adjustment: &Adjustment, mut add: impl FnMut(&'static str, Fix)) {
    let scale = places(invoice.currency);
    let major = |minor: i64| Decimal::try_from_i128_with_scale(minor.into(), scale).ok();
    match (adjustment.percent, adjustment.base) {
        (Some(_), None) => add("PEPPOL-EN16931-R041", fault::PERCENT),
        (None, Some(_)) => add("PEPPOL-EN16931-R042", fault::PERCENT),
        (Some(percent), Some(base)) => {
            let part = || major(base)?.checked_mul(percent)?.checked_div(Decimal::ONE_HUNDRED);
            let difference = || part()?.checked_sub(major(adjustment.amount)?);
            if difference().is_none_or(|difference| difference.abs() > Decimal::new(2, 2)) {
                add("PEPPOL-EN16931-R040", fault::PERCENT);
            }
        }
        (None, None) => {}
    }
}
