//! XRechnung 3.0: what German authorities ask besides. It shares the general rules of Peppol.

use super::super::{Address, Invoice, Kind, Payment, Text};
use super::fault::{self, Faults};
use super::payment::{is_card, is_debit, is_transfer};
use crate::bank::Iban;

/// Types of document that it takes (BR-DE-17).
const KINDS: &[u16] = &[326, 380, 381, 384, 389, 875, 876, 877];

pub(super) fn check(invoice: &Invoice, faults: &mut Faults) {
    if invoice.buyer_reference.is_none() {
        faults.add("BR-DE-15", "BT-10", fault::BUYER_REFERENCE);
    }
    if !KINDS.contains(&invoice.kind.code()) {
        faults.add("BR-DE-17", "BT-3", fault::KIND);
    }
    if invoice.kind == Kind::CORRECTED && invoice.preceding.is_empty() {
        faults.add("BR-DE-26", "BG-3", fault::PRECEDING);
    }
    place(Some(&invoice.seller.address), [("BR-DE-3", "BT-37"), ("BR-DE-4", "BT-38")], faults);
    place(Some(&invoice.buyer.address), [("BR-DE-8", "BT-52"), ("BR-DE-9", "BT-53")], faults);
    let to = invoice.delivery.as_ref().and_then(|delivery| delivery.address.as_ref());
    place(to, [("BR-DE-10", "BT-77"), ("BR-DE-11", "BT-78")], faults);
    contact(invoice, faults);
    match &invoice.payment {
        None => faults.add("BR-DE-1", "BG-16", fault::PAYMENT),
        Some(payment) => means(payment, faults),
    }
}

fn place(address: Option<&Address>, rules: [(&'static str, &'static str); 2], faults: &mut Faults) {
    let Some(address) = address else { return };
    for ((rule, term), text) in rules.into_iter().zip([&address.city, &address.post_code]) {
        if text.is_none() {
            faults.add(rule, term, fault::PLACE);
        }
    }
}

fn contact(invoice: &Invoice, faults: &mut Faults) {
    let Some(contact) = &invoice.seller.contact else {
        return faults.add("BR-DE-2", "BG-6", fault::CONTACT);
    };
    let digits = |text: &Text| text.as_str().bytes().filter(u8::is_ascii_digit).count();
    let is_mail = |text: &Text| {
        let halves = text.as_str().split_once('@');
        halves.is_some_and(|(name, host)| name.len() > 1 && host.len() > 1 && !host.contains('@'))
    };
    for (rule, term, is_fine) in [
        ("BR-DE-5", "BT-41", contact.name.is_some()),
        ("BR-DE-6", "BT-42", contact.phone.is_some()),
        ("BR-DE-7", "BT-43", contact.email.is_some()),
        ("BR-DE-27", "BT-42", contact.phone.as_ref().is_none_or(|phone| digits(phone) >= 3)),
        ("BR-DE-28", "BT-43", contact.email.as_ref().is_none_or(is_mail)),
    ] {
        if !is_fine {
            faults.add(rule, term, fault::CONTACT);
        }
    }
}

/// The particulars go with the way it is paid, and no others.
fn means(payment: &Payment, faults: &mut Faults) {
    let (account, card, mandate) = (!payment.accounts.is_empty(), payment.card.is_some(), payment.mandate.is_some());
    if is_transfer(payment) && (card || mandate) {
        faults.add("BR-DE-23-b", "BG-17", fault::PAYMENT_GROUPS);
    }
    if payment.means == "58" && payment.accounts.iter().any(|account| !account.number.is_iban()) {
        faults.add("BR-DE-19", "BT-84", fault::IBAN);
    }
    let debited = payment.mandate.as_ref().and_then(|mandate| mandate.account.as_ref());
    if payment.means == "59" && debited.is_some_and(|account| Iban::parse(account.as_str()).is_err()) {
        faults.add("BR-DE-20", "BT-91", fault::IBAN);
    }
    if is_card(payment) {
        if !card {
            faults.add("BR-DE-24-a", "BG-18", fault::PAYMENT_GROUPS);
        }
        if account || mandate {
            faults.add("BR-DE-24-b", "BG-18", fault::PAYMENT_GROUPS);
        }
    }
    if is_debit(payment) {
        if !mandate {
            faults.add("BR-DE-25-a", "BG-19", fault::PAYMENT_GROUPS);
        }
        if account || card {
            faults.add("BR-DE-25-b", "BG-19", fault::PAYMENT_GROUPS);
        }
    }
    if let Some(mandate) = &payment.mandate {
        for (rule, term, text) in [("BR-DE-30", "BT-90", &mandate.creditor), ("BR-DE-31", "BT-91", &mandate.account)] {
            if text.is_none() {
                faults.add(rule, term, fault::CREDITOR);
            }
        }
    }
}
