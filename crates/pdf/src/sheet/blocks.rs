//! Everything around the totals: how to pay, who accepted, notes, terms, small print.

use serde::Serialize;

use super::{Fact, Link, is_web_address};
use crate::document::{Document, Kind, PaymentFieldKind, Rounding};
use crate::format;
use crate::place::{Place, Shown};
use crate::words::Words;

/// A heading with text under it.
#[derive(Serialize)]
pub(crate) struct Block {
    title: Shown,
    text: Shown,
}

/// How to pay.
#[derive(Serialize)]
pub(crate) struct Payment {
    title: Shown,
    facts: Vec<Fact>,
    /// Where to pay online.
    links: Vec<Link>,
}

/// `None` when nothing is to be paid or nobody said how.
pub(super) fn payment(document: &Document, words: Words<'_>) -> Option<Payment> {
    let is_settled = document.kind == Kind::Receipt || document.kind == Kind::CreditNote;
    if document.payment.is_empty() || is_settled {
        return None;
    }
    let title = Place::Payment.fit(&words.text("how-to-pay"));
    let mut payment = Payment { title, facts: Vec::new(), links: Vec::new() };
    for field in &document.payment {
        let label = Place::Payment.fit(&words.text(label(field.kind)));
        match field.kind {
            PaymentFieldKind::Link if is_web_address(&field.value) => {
                payment.links.push(Link { label, url: field.value.clone() });
            }
            PaymentFieldKind::Iban => {
                let value = Place::Payment.fit(&format::grouped_by_four(&field.value));
                payment.facts.push(Fact { label, value });
            }
            _ => payment.facts.push(Fact { label, value: Place::Payment.fit(&field.value) }),
        }
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
        Some(ip) => words.filled("accepted-from", &[("name", &accepted.name), ("when", &when), ("ip", ip)]),
        None => words.filled("accepted-by", &[("name", &accepted.name), ("when", &when)]),
    };
    Some(block("accepted", &text, words))
}

pub(super) fn all(document: &Document, words: Words<'_>) -> Vec<Block> {
    let reason = document.corrects.as_ref().and_then(|corrects| corrects.reason.as_ref());
    let blocks = [("reason", reason), ("notes", document.notes.as_ref()), ("terms", document.terms.as_ref())];
    let written = blocks.into_iter().filter_map(|(key, text)| Some((key, text.filter(|t| !t.trim().is_empty())?)));
    written.map(|(key, text)| block(key, text, words)).collect()
}

fn block(key: &'static str, text: &str, words: Words<'_>) -> Block {
    Block { title: Place::Text.fit(&words.text(key)), text: Place::Text.fit(text) }
}

pub(super) fn small_print(document: &Document, words: Words<'_>) -> Vec<Shown> {
    let rounding = document.rounding.map(|rounding| {
        words.text(match rounding {
            Rounding::PerCategory => "rounding-per-category",
            Rounding::PerLine => "rounding-per-line",
            Rounding::PerLineSix => "rounding-per-line-six",
        })
    });
    let hash = document.content_hash.as_ref().map(|hash| words.filled("content-hash", &[("hash", hash)]));
    let texts = document.legend.iter().cloned().chain(rounding).chain(hash);
    texts.filter(|text| !text.trim().is_empty()).map(|text| Place::Text.fit(&text)).collect()
}
