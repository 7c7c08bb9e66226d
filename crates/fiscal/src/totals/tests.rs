//! Totals: worked figures, steps, limits and properties.
mod figures;
mod limits;
mod properties;
mod steps;

use iso_currency::Currency;
use rust_decimal::Decimal;

use super::*;

fn d(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn tax(name: &str, category: Category, rate: &str) -> Tax {
    Tax { category, rate: d(rate), name: name.to_owned(), withheld: false, exemption_code: None }
}

fn iva(rate: &str) -> Tax {
    tax("IVA", Category::S, rate)
}

fn withholding(name: &str, rate: &str) -> Tax {
    Tax { withheld: true, ..tax(name, Category::S, rate) }
}

fn line(quantity: &str, unit_price: &str, taxes: &[Tax]) -> Line {
    Line { quantity: d(quantity), unit_price: d(unit_price), discount: None, taxes: taxes.to_vec() }
}

fn document(norm: Norm, lines: Vec<Line>) -> Document {
    Document { currency: Currency::EUR, norm, prices_include_tax: false, lines, allowance: None }
}

/// Everything that must hold for any totals.
fn assert_consistent(totals: &Totals) {
    let column = |figure: fn(&LineTotal) -> i64| totals.lines.iter().map(figure).sum::<i64>();
    assert_eq!(column(|l| l.gross), totals.gross, "gross of lines");
    assert_eq!(column(|l| l.discount), totals.discount, "discount of lines");
    assert_eq!(column(|l| l.net), totals.subtotal, "net of lines");
    assert_eq!(column(|l| l.allowance), totals.allowance, "allowance of lines");
    assert_eq!(column(|l| l.tax), totals.tax, "tax of lines");
    assert_eq!(column(|l| l.withheld), totals.withheld, "withheld of lines");
    assert!(totals.lines.iter().all(|l| l.net == l.gross - l.discount));
    let rows = |withheld| totals.breakdown.iter().filter(move |row| row.withheld == withheld).map(|row| row.tax);
    assert_eq!(rows(false).sum::<i64>(), totals.tax, "tax of the breakdown");
    assert_eq!(rows(true).sum::<i64>(), totals.withheld, "withheld of the breakdown");
    assert_eq!(totals.subtotal, totals.gross - totals.discount);
    assert_eq!(totals.net, totals.subtotal - totals.allowance);
    assert_eq!(totals.payable, totals.net + totals.tax - totals.withheld);
}

fn compute(document: &Document) -> Totals {
    let totals = document.compute().unwrap_or_else(|error| panic!("{error}"));
    assert_consistent(&totals);
    totals
}
