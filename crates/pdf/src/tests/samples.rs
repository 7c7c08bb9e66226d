//! Documents as small companies send them, in several countries.

mod brazil;
mod canada;
mod export;
mod mexico;
mod spain;
mod united_states;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::document::*;

pub(super) use brazil::invoice_br;
pub(super) use canada::invoice_fr;
pub(super) use export::invoice_export;
pub(super) use mexico::invoice_mx;
pub(super) use spain::{credit_note_es, draft_es, invoice_es};
pub(super) use united_states::{accepted_quote_us, quote_us, receipt_us};

pub(super) fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

pub(super) fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

pub(super) fn currency(code: &str, exponent: u8) -> Currency {
    Currency { code: code.into(), exponent }
}

pub(super) fn line(description: &str, quantity: &str, unit: Option<&str>, price: &str, net: i64, tax: &str) -> Line {
    Line {
        description: description.into(),
        details: None,
        quantity: number(quantity),
        unit: unit.map(Into::into),
        unit_price: number(price),
        discount: None,
        net,
        tax_label: tax.into(),
    }
}

fn party(name: &str, label: &str, tax_id: &str, address: &[&str], email: &str, phone: &str) -> Party {
    Party {
        name: name.into(),
        tax_id_label: Some(label.into()),
        tax_id: Some(tax_id.into()),
        address_lines: address.iter().map(|line| (*line).to_owned()).collect(),
        email: Some(email.into()),
        phone: Some(phone.into()),
    }
}

fn pay(kind: PaymentFieldKind, value: &str) -> PaymentField {
    PaymentField { kind, value: value.into() }
}

/// Every sample with the name of its file.
pub(super) fn all() -> Vec<(&'static str, Document)> {
    vec![
        ("invoice-mx", invoice_mx()),
        ("quote-us", quote_us()),
        ("invoice-br", invoice_br()),
        ("invoice-es", invoice_es()),
        ("invoice-fr-ca", invoice_fr()),
        ("invoice-export", invoice_export()),
        ("credit-note-es", credit_note_es()),
        ("receipt-us", receipt_us()),
        ("quote-us-accepted", accepted_quote_us()),
        ("draft-es", draft_es()),
    ]
}
