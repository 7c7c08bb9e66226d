//! Everything below the totals: how to pay, who accepted, notes, terms, small print.

use serde::Serialize;

use super::{Fact, is_web_address};
use crate::document::{Document, Kind, PaymentFieldKind, Rounding};
use crate::format;
use crate::words::Words;

/// A heading with text under it.
#[derive(Serialize)]
pub(crate) struct Block {
    title: String,
    text: String,
}

/// How to pay.
#[derive(Serialize)]
pub(crate) struct Payment {
    title: String,
    facts: Vec<Fact>,
    /// Where to pay online.
    links: Vec<String>,
}

/// `None` when nothing is to be paid or nobody said how.
pub(super) fn payment(document: &Document, words: Words<'_>) -> Option<Payment> {
    let is_settled = document.kind == Kind::Receipt || document.kind == Kind::CreditNote;
    if document.payment.is_empty() || is_settled {
        return None;
    }
    let mut payment = Payment {
        title: words.text("how-to-pay"),
        facts: Vec::new(),
        links: Vec::new(),
    };
    for field in &document.payment {
        let value = match field.kind {
            PaymentFieldKind::Iban => format::grouped_by_four(&field.value),
            PaymentFieldKind::Link if is_web_address(&field.value) => {
                payment.links.push(field.value.clone());
                continue;
            }
            _ => field.value.clone(),
        };
        payment.facts.push(Fact {
            label: words.text(label(field.kind)),
            value,
        });
    }
    Some(payment)
}

fn label(kind: PaymentFieldKind) -> &'static str {
    match kind {
        PaymentFieldKind::Bank => "pay-bank",
        PaymentFieldKind::Holder => "pay-holder",
        PaymentFieldKind::Account => "pay-account",
        PaymentFieldKind::Iban => "pay-iban",
        PaymentFieldKind::Bic => "pay-bic",
        PaymentFieldKind::Clabe => "pay-clabe",
        PaymentFieldKind::Routing => "pay-routing",
        PaymentFieldKind::Transit => "pay-transit",
        PaymentFieldKind::Pix => "pay-pix",
        PaymentFieldKind::Reference => "pay-reference",
        PaymentFieldKind::Link => "pay-link",
    }
}

pub(super) fn accepted(document: &Document, words: Words<'_>) -> Option<Block> {
    let accepted = document.accepted.as_ref()?;
    let when = format::timestamp(accepted.when, &document.locale);
    let text = match &accepted.ip {
        Some(ip) => words.filled(
            "accepted-from",
            &[("name", &accepted.name), ("when", &when), ("ip", ip)],
        ),
        None => words.filled("accepted-by", &[("name", &accepted.name), ("when", &when)]),
    };
    Some(Block {
        title: words.text("accepted"),
        text,
    })
}

pub(super) fn all(document: &Document, words: Words<'_>) -> Vec<Block> {
    let reason = document.corrects.as_ref().and_then(|corrects| corrects.reason.as_ref());
    let blocks = [
        ("reason", reason),
        ("notes", document.notes.as_ref()),
        ("terms", document.terms.as_ref()),
    ];
    let written = blocks
        .into_iter()
        .filter_map(|(key, text)| Some((key, text.filter(|t| !t.trim().is_empty())?)));
    written
        .map(|(key, text)| Block {
            title: words.text(key),
            text: text.clone(),
        })
        .collect()
}

pub(super) fn small_print(document: &Document, words: Words<'_>) -> Vec<String> {
    let rounding = document.rounding.map(|rounding| {
        words.text(match rounding {
            Rounding::PerCategory => "rounding-per-category",
            Rounding::PerLine => "rounding-per-line",
            Rounding::PerLineSix => "rounding-per-line-six",
        })
    });
    let hash = document
        .content_hash
        .as_ref()
        .map(|hash| words.filled("content-hash", &[("hash", hash)]));
    document
        .legend
        .iter()
        .cloned()
        .chain(rounding)
        .chain(hash)
        .filter(|text| !text.trim().is_empty())
        .collect()
}
