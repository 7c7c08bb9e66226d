//! What is refused, and how.

use super::*;

fn refused(document: &Document) -> (String, &'static str) {
    let error = document.compute().unwrap_err();
    let sentence = error.to_string();
    assert!(sentence.ends_with('.'), "{sentence}");
    (error.path(), error.code())
}

fn with(line: Line) -> Document {
    document(Norm::ByCategory, vec![super::line("1", "1", &[]), line])
}

#[test]
fn quantities_and_prices_have_a_size_and_eight_decimals() {
    let at = |field: &str, code| (format!("lines[1].{field}"), code);
    assert_eq!(refused(&with(line("0.000000001", "1", &[]))), at("quantity", "too_many_decimals"));
    assert_eq!(refused(&with(line("1", "0.123456789", &[]))), at("unit_price", "too_many_decimals"));
    assert_eq!(refused(&with(line("1000000001", "1", &[]))), at("quantity", "too_large"));
    assert_eq!(refused(&with(line("-1000000001", "1", &[]))), at("quantity", "too_large"));
    assert_eq!(refused(&with(line("1", "1000000000001", &[]))), at("unit_price", "too_large"));
    assert_eq!(refused(&with(line("1", "-1", &[]))), at("unit_price", "negative"));
    assert!(with(line("1.000000000000", "1.50000000000", &[])).compute().is_ok(), "zeros at the end do not count");
}

#[test]
fn discounts_stay_within_what_they_are_taken_off() {
    let off = |discount| refused(&with(Line { discount: Some(discount), ..line("2", "5", &[]) }));
    let at = |code| ("lines[1].discount".to_owned(), code);
    assert_eq!(off(Discount::Percent(d("100.1"))), at("not_percent"));
    assert_eq!(off(Discount::Percent(d("-1"))), at("not_percent"));
    assert_eq!(off(Discount::Percent(d("0.0000001"))), at("too_many_decimals"));
    assert_eq!(off(Discount::Amount(d("-0.01"))), at("negative"));
    assert_eq!(off(Discount::Amount(d("10.01"))), at("discount_exceeds_amount"));
    assert_eq!(off(Discount::Amount(d("0.001"))), at("too_many_decimals"));
    let whole = with(Line { discount: Some(Discount::Amount(d("10"))), ..line("-2", "5", &[]) });
    assert_eq!(compute(&whole).lines[1].net, 0);
    let too_much = Document { allowance: Some(Discount::Amount(d("1.01"))), ..with(line("0", "5", &[])) };
    assert_eq!(refused(&too_much), ("allowance".to_owned(), "discount_exceeds_amount"));
}

#[test]
fn rates_fit_their_category() {
    let of = |tax: Tax| refused(&with(line("1", "1", &[tax])));
    let at = |code| ("lines[1].taxes".to_owned(), code);
    for category in [Category::Z, Category::E, Category::AE, Category::K, Category::G, Category::O] {
        assert_eq!(of(tax("IVA", category, "21")), at("tax_rate_not_allowed"), "{category}");
        assert!(with(line("1", "1", &[tax("IVA", category, "0")])).compute().is_ok());
    }
    assert_eq!(of(iva("0")), at("tax_rate_missing"));
    assert_eq!(of(iva("101")), at("not_percent"));
    assert_eq!(of(iva("0.0000001")), at("too_many_decimals"));
    assert_eq!(of(tax("  ", Category::S, "1")), at("tax_name"));
    assert_eq!(refused(&with(line("1", "1", &[iva("21"), iva("21.0")]))), at("tax_duplicate"));
    assert!(with(line("1", "1", &[tax("IGIC", Category::L, "7"), tax("IPSI", Category::M, "0")])).compute().is_ok());
}

#[test]
fn documents_have_a_size() {
    let many = document(Norm::ByCategory, vec![line("1", "1", &[]); 2001]);
    assert_eq!(refused(&many), ("lines".to_owned(), "too_many"));
    let largest = line("1000000000", "1000000000000", &[iva("21")]);
    for norm in [Norm::ByCategory, Norm::ByLine] {
        assert_eq!(refused(&document(norm, vec![largest.clone(); 3])), ("lines".to_owned(), "amount_overflow"));
    }
    let large = line("1000000000", "10000000", &[iva("21")]);
    assert_eq!(compute(&document(Norm::ByCategory, vec![large.clone()])).payable, 1_210_000_000_000_000_000);
    assert_eq!(compute(&document(Norm::ByLine, vec![large])).payable, 1_210_000_000_000_000_000);
}

#[test]
fn currencies_without_a_minor_unit_are_refused() {
    let gold = Document { currency: Currency::XAU, ..document(Norm::ByCategory, Vec::new()) };
    assert_eq!(refused(&gold), ("currency".to_owned(), "currency_without_minor_unit"));
}

#[test]
fn documents_and_totals_travel_as_json() {
    let mut invoice = document(Norm::ByLine, vec![line("2", "10.5", &[iva("21")])]);
    invoice.lines[0].discount = Some(Discount::Percent(d("5")));
    let json = serde_json::to_value(&invoice).unwrap();
    assert_eq!(json["lines"][0]["discount"], serde_json::json!({"percent": "5"}));
    assert_eq!(json["lines"][0]["unit_price"], "10.5");
    assert_eq!((&json["norm"], &json["currency"]), (&"by_line".into(), &"EUR".into()));
    assert_eq!(serde_json::from_value::<Document>(json).unwrap(), invoice);
    let totals = compute(&invoice);
    let json = serde_json::to_string(&totals).unwrap();
    assert_eq!(serde_json::from_str::<Totals>(&json).unwrap(), totals);
    for category in Category::ALL {
        assert_eq!(category.as_str().parse(), Ok(category));
        assert_eq!(serde_json::to_value(category).unwrap(), category.as_str());
    }
    assert_eq!("X".parse::<Category>(), Err(UnknownCategory));
}
