//! The dates and numbers in the head, and the one sentence that says what the reader is asked for.

use serde::Serialize;

use crate::document::{Document, Kind};
use crate::format;
use crate::words::Words;

/// A label and its value.
#[derive(Serialize)]
pub(crate) struct Fact {
    pub(crate) label: String,
    pub(crate) value: String,
}

pub(super) fn all(document: &Document, words: Words<'_>) -> Vec<Fact> {
    let d = document;
    let day = |value| format::date(value, &d.locale);
    let number = d.number.clone().unwrap_or_else(|| words.text("draft"));
    let due = if d.kind == Kind::Quote {
        "valid-until"
    } else {
        "due-date"
    };
    let facts = [
        ("number", Some(number)),
        ("issue-date", Some(day(d.issue_date))),
        (due, d.due.map(day)),
        ("supplied-on", d.supplied_on.map(day)),
        ("paid-on", d.paid_on.map(day)),
        ("payment-method", d.payment_method.clone()),
        ("corrects", corrected(document)),
        ("purchase-order", d.reference.clone()),
        ("currency", Some(d.currency.code.clone())),
    ];
    let shown = facts
        .into_iter()
        .filter_map(|(key, value)| value.map(|value| (key, value)));
    shown
        .map(|(key, value)| Fact {
            label: words.text(key),
            value,
        })
        .collect()
}

fn corrected(document: &Document) -> Option<String> {
    let corrects = document.corrects.as_ref()?;
    Some(match corrects.date {
        Some(date) => format!("{} · {}", corrects.number, format::date(date, &document.locale)),
        None => corrects.number.clone(),
    })
}

/// One sentence: how much, and by when.
pub(super) fn headline(document: &Document, words: Words<'_>) -> String {
    let d = document;
    let money = |minor| format::money(minor, &d.currency, &d.locale);
    let sentence = |key, amount: String, date: Option<chrono::NaiveDate>| {
        let date = date.map(|date| format::date(date, &d.locale)).unwrap_or_default();
        words.filled(key, &[("amount", &amount), ("date", &date)])
    };
    match d.kind {
        Kind::Quote => match &d.accepted {
            Some(accepted) => sentence("headline-accepted", money(d.total), Some(accepted.when.date_naive())),
            None if d.due.is_some() => sentence("headline-valid-until", money(d.total), d.due),
            None => money(d.total),
        },
        Kind::Invoice if d.balance == 0 && d.paid != 0 => sentence("headline-paid", money(d.paid), None),
        Kind::Invoice if d.due.is_some() => sentence("headline-due-by", money(d.balance), d.due),
        Kind::Invoice => sentence("headline-due", money(d.balance), None),
        Kind::CreditNote => sentence("headline-credited", money(d.total), None),
        Kind::Receipt if d.paid_on.is_some() => sentence("headline-paid-on", money(d.paid), d.paid_on),
        Kind::Receipt => sentence("headline-paid", money(d.paid), None),
    }
}
