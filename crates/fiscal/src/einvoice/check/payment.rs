//! Payment instructions.

use super::super::{Invoice, Payment};
use super::fault::{self, Faults};
use super::lists::is_means;

/// Characters of a card number that may be kept: the first six digits and the last four.
const CARD_CHARACTERS: usize = 10;

pub(super) fn check(invoice: &Invoice, faults: &mut Faults) {
    let Some(payment) = &invoice.payment else { return };
    if !is_means(&payment.means) {
        faults.add("BR-CL-16", "BT-81", fault::MEANS);
    }
    if payment.accounts.iter().any(|account| account.number.as_str().is_empty()) {
        faults.add("BR-50", "BT-84", fault::ACCOUNT);
    } else if is_transfer(payment) && payment.accounts.is_empty() {
        faults.add("BR-61", "BT-84", fault::ACCOUNT);
    }
    if payment.card.as_ref().is_some_and(|card| card.number.as_str().chars().count() > CARD_CHARACTERS) {
        faults.add("BR-51", "BT-87", fault::CARD_NUMBER);
    }
}

/// Credit transfer, of SEPA or not.
pub(super) fn is_transfer(payment: &Payment) -> bool {
    payment.means == "30" || payment.means == "58"
}

/// Direct debit, of SEPA or not.
pub(super) fn is_debit(payment: &Payment) -> bool {
    payment.means == "49" || payment.means == "59"
}

/// Payment by card.
pub(super) fn is_card(payment: &Payment) -> bool {
    payment.means == "48" || payment.means == "54" || payment.means == "55"
}
