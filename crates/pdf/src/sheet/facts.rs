//! The dates and numbers in the head, and the one sentence that says what the reader is asked for.

use chrono::NaiveDate;
use serde::Serialize;

use crate::document::{Document, Kind};
use crate::format;
use crate::place::{Place, Shown};
use crate::words::Words;

/// A label and its value.
#[derive(Serialize)]
pub(crate) struct Fact {
    pub(crate) label: Shown,
    pub(crate) value: Shown,
}

pub(super) fn all(document: &Document, words: Words<'_>) -> Vec<Fact> {
    let d = document;
    let day = |value| format::date(value, &d.locale);
    let number = d.number.clone().unwrap_or_else(|| words.text("draft"));
    let due = if d.kind == Kind::Quote { "valid-until" } else { "due-date" };
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
    let shown = facts.into_iter().filter_map(|(key, value)| Some((key, value?)));
    shown
        .map(|(key, value)| Fact { label: Place::Fact.fit(&words.text(key)), value: Place::Fact.fit(&value) })
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
pub(super) fn headline(document: &Document, words: Words<'_>) -> Shown {
    let d = document;
    let said = |key, minor, date: Option<NaiveDate>| {
        let amount = format::money(minor, &d.currency, &d.locale);
        let date = date.map(|date| format::date(date, &d.locale)).unwrap_or_default();
        words.filled(key, &[("amount", &amount), ("date", &date)])
    };
    let sentence = match d.kind {
        Kind::Quote => match &d.accepted {
            Some(accepted) => said("headline-accepted", d.total, Some(accepted.when.date_naive())),
            None if d.due.is_some() => said("headline-valid-until", d.total, d.due),
            None => format::money(d.total, &d.currency, &d.locale),
        },
        Kind::Invoice | Kind::DebitNote if d.balance == 0 && d.paid != 0 => said("headline-paid", d.paid, None),
        Kind::Invoice | Kind::DebitNote if d.due.is_some() => said("headline-due-by", d.balance, d.due),
        Kind::Invoice | Kind::DebitNote => said("headline-due", d.balance, None),
        Kind::CreditNote => said("headline-credited", d.total, None),
        Kind::Receipt if d.paid_on.is_some() => said("headline-paid-on", d.paid, d.paid_on),
        Kind::Receipt => said("headline-paid", d.paid, None),
    };
    Place::Text.fit(&sentence)
}
