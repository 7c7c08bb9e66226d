//! Payment instructions: one element for each account, those without any account once.

use super::super::{NO_NETWORK, NOT_DEFINED};
use crate::einvoice::date::iso;
use crate::einvoice::xml::Writer;
use crate::einvoice::{Account, Invoice, Payment, Text};

pub(super) fn means(w: &mut Writer, invoice: &Invoice) {
    // An invoice has its due date in the head.
    let due = invoice.due.filter(|_| invoice.kind.is_credit_note()).map(iso);
    let Some(payment) = &invoice.payment else {
        if let Some(due) = due {
            w.node("cac:PaymentMeans", |w| {
                w.text("cbc:PaymentMeansCode", NOT_DEFINED);
                w.text("cbc:PaymentDueDate", due);
            });
        }
        return;
    };
    for at in 0..payment.accounts.len().max(1) {
        w.node("cac:PaymentMeans", |w| {
            // What the instructions have once stands in the first element (UBL-SR-45, UBL-SR-46, UBL-SR-54, UBL-SR-55).
            let once = at == 0;
            let words = payment.means_text.as_ref().filter(|_| once).map(|text| ("name", text.as_str()));
            w.with("cbc:PaymentMeansCode", words, payment.means.as_str());
            w.maybe("cbc:PaymentDueDate", due.as_ref().filter(|_| once));
            w.maybe("cbc:PaymentID", payment.remittance.as_ref().map(Text::as_str));
            if once {
                card(w, payment);
            }
            if let Some(to) = payment.accounts.get(at) {
                account(w, to);
            }
            if once {
                mandate(w, payment);
            }
        });
    }
}

fn card(w: &mut Writer, payment: &Payment) {
    if let Some(card) = &payment.card {
        w.node("cac:CardAccount", |w| {
            w.text("cbc:PrimaryAccountNumberID", card.number.as_str());
            w.text("cbc:NetworkID", NO_NETWORK);
            w.maybe("cbc:HolderName", card.holder.as_ref().map(Text::as_str));
        });
    }
}

fn account(w: &mut Writer, account: &Account) {
    w.node("cac:PayeeFinancialAccount", |w| {
        w.text("cbc:ID", account.number.as_str());
        w.maybe("cbc:Name", account.name.as_ref().map(Text::as_str));
        w.node("cac:FinancialInstitutionBranch", |w| w.maybe("cbc:ID", account.bic.as_ref().map(Text::as_str)));
    });
}

fn mandate(w: &mut Writer, payment: &Payment) {
    if let Some(mandate) = &payment.mandate {
        w.node("cac:PaymentMandate", |w| {
            w.maybe("cbc:ID", mandate.reference.as_ref().map(Text::as_str));
            w.node("cac:PayerFinancialAccount", |w| w.maybe("cbc:ID", mandate.account.as_ref().map(Text::as_str)));
        });
    }
}
