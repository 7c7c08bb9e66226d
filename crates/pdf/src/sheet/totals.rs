//! The column of totals: net, each tax on its base, total, what is paid and what is left. Printed as given.

use serde::Serialize;

use crate::document::{Document, Kind, TaxRow};
use crate::format;
use crate::words::Words;

/// One row of the totals.
#[derive(Serialize)]
pub(crate) struct Total {
    label: String,
    /// Said more quietly after the label: the base of a tax.
    hint: Option<String>,
    value: String,
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

pub(super) fn all(document: &Document, words: Words<'_>) -> Vec<Total> {
    let d = document;
    let plain = |minor| format::amount(minor, d.currency.exponent, &d.locale);
    let money = |minor| format::money(minor, &d.currency, &d.locale);
    let row = |label, value, weight| Total {
        label,
        hint: None,
        value,
        weight,
    };

    let mut totals = vec![row(words.text("subtotal"), plain(d.net), Weight::Plain)];
    taxes(document, words, &mut totals);
    let is_settled_elsewhere = d.kind == Kind::Quote || d.kind == Kind::CreditNote;
    let shows_balance = !is_settled_elsewhere && (d.paid != 0 || d.kind == Kind::Receipt);
    let weight = if shows_balance { Weight::Sum } else { Weight::Headline };
    totals.push(row(words.text("total"), money(d.total), weight));
    if shows_balance {
        match d.kind {
            Kind::Receipt => {
                totals.push(row(words.text("paid"), money(d.paid), Weight::Headline));
                if d.balance != 0 {
                    totals.push(row(words.text("balance"), plain(d.balance), Weight::Plain));
                }
            }
            _ => {
                totals.push(row(words.text("paid"), minus(d.paid, document), Weight::Plain));
                totals.push(row(words.text("balance"), money(d.balance), Weight::Headline));
            }
        }
    }
    totals
}

fn taxes(document: &Document, words: Words<'_>, totals: &mut Vec<Total>) {
    let d = document;
    let plain = |minor| format::amount(minor, d.currency.exponent, &d.locale);
    let row = |label, value| Total {
        label,
        hint: None,
        value,
        weight: Weight::Plain,
    };
    for tax in &d.breakdown {
        let hint = words.filled("tax-base", &[("base", &plain(tax.base))]);
        let value = if tax.withheld {
            minus(tax.tax, document)
        } else {
            plain(tax.tax)
        };
        totals.push(Total {
            label: tax.label.clone(),
            hint: Some(hint),
            value,
            weight: Weight::Plain,
        });
    }
    let rows_of = |withheld: bool| {
        d.breakdown
            .iter()
            .filter(|row: &&TaxRow| row.withheld == withheld)
            .count()
    };
    // A sum of one row would only repeat it.
    if rows_of(false) > 1 || (rows_of(false) == 0 && d.tax != 0) {
        totals.push(row(words.text("tax-total"), plain(d.tax)));
    }
    if rows_of(true) > 1 || (rows_of(true) == 0 && d.withheld != 0) {
        totals.push(row(words.text("withheld-total"), minus(d.withheld, document)));
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
