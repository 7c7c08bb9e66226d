//! The column of totals: net, each tax on its base, total, what is paid and what is left. Printed as given.

use serde::Serialize;

use crate::document::{Document, Kind, TaxRow};
use crate::format;
use crate::place::{Place, Shown};
use crate::words::Words;

/// One row of the totals.
#[derive(Serialize)]
pub(crate) struct Total {
    label: Shown,
    /// Said more quietly after the label: the base of a tax.
    hint: Option<Shown>,
    value: Shown,
    weight: Weight,
}

/// How much a row stands out.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Weight {
    Plain,
    /// The sum of rows above.
    Sum,
    /// The figure the document is about.
    Headline,
}

impl Total {
    fn new(label: &str, value: String, weight: Weight) -> Self {
        Self { label: Place::Cell.fit(label), hint: None, value: Place::Figure.fit(&value), weight }
    }
}

pub(super) fn all(document: &Document, words: Words<'_>) -> Vec<Total> {
    let d = document;
    let plain = |minor| format::amount(minor, d.currency.exponent, &d.locale);
    let money = |minor| format::money(minor, &d.currency, &d.locale);
    let row = |key, value, weight| Total::new(&words.text(key), value, weight);

    let mut totals = Vec::new();
    if d.allowance != 0 {
        totals.push(row("discount", minus(d.allowance, document), Weight::Plain));
    }
    totals.push(row("subtotal", plain(d.net), Weight::Plain));
    taxes(document, words, &mut totals);
    let shows_balance = d.kind == Kind::Receipt || (d.kind == Kind::Invoice && d.paid != 0);
    let weight = if shows_balance { Weight::Sum } else { Weight::Headline };
    totals.push(row("total", money(d.total), weight));
    if d.kind == Kind::Receipt {
        totals.push(row("paid", money(d.paid), Weight::Headline));
        if d.balance != 0 {
            totals.push(row("balance", plain(d.balance), Weight::Plain));
        }
    } else if shows_balance {
        totals.push(row("paid", minus(d.paid, document), Weight::Plain));
        totals.push(row("balance", money(d.balance), Weight::Headline));
    }
    totals
}

/// Taxes with their sum, then what is withheld with its sum. A sum of one row would only repeat it.
fn taxes(document: &Document, words: Words<'_>, totals: &mut Vec<Total>) {
    let d = document;
    let plain = |minor| format::amount(minor, d.currency.exponent, &d.locale);
    for withheld in [false, true] {
        let value = |minor| if withheld { minus(minor, document) } else { plain(minor) };
        let rows: Vec<&TaxRow> = d.breakdown.iter().filter(|row| row.withheld == withheld).collect();
        totals.extend(rows.iter().map(|row| {
            let hint = words.filled("tax-base", &[("base", &plain(row.base))]);
            let total = Total::new(&row.label, value(row.tax), Weight::Plain);
            Total { hint: Some(Place::Figure.fit(&hint)), ..total }
        }));
        let (key, sum) = if withheld { ("withheld-total", d.withheld) } else { ("tax-total", d.tax) };
        if rows.len() > 1 || (rows.is_empty() && sum != 0) {
            totals.push(Total::new(&words.text(key), value(sum), Weight::Plain));
        }
    }
}

/// The amount as a deduction: a positive one with a minus before it, a negative one (a reversal) without.
fn minus(minor: i64, document: &Document) -> String {
    let shown = format::amount(minor, document.currency.exponent, &document.locale);
    match shown.strip_prefix(format::MINUS) {
        Some(reversed) => reversed.to_owned(),
        None if minor == 0 => shown,
        None => format!("{}{shown}", format::MINUS),
    }
}
