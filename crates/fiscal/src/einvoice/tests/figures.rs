//! The money part is that of the totals, and always what the rules ask.

use iso_currency::Currency;
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;

use super::super::*;
use super::samples::{code, d, document, exempt, figures, less, line, t, tax, with};
use crate::totals::{self, Category::*, Discount, Document, Norm, Tax, Totals};

/// Faults in the figures; those of parties and dates are not asked here.
fn faults(figures: Figures) -> Vec<String> {
    let invoice = Invoice { profile: Profile::PeppolBis3, ..with(figures) };
    let is_money = |fault: &Fault| {
        let rule = fault.rule.as_str();
        let by_category = ["-05", "-06", "-07", "-08", "-09", "-10"].iter().any(|end| rule.ends_with(end));
        rule.starts_with("BR-CO-1") || rule.starts_with("PEPPOL-EN16931-R") || rule.starts_with("BR-2") || by_category
    };
    let found = check(&invoice).into_iter().filter(is_money);
    found.map(|fault| format!("{} {}", fault.rule, fault.path())).collect()
}

fn words(count: usize) -> Vec<Item> {
    let item = Item { name: t("x"), description: None, unit: code("C62"), note: None, seller_item: None };
    vec![item; count]
}

#[test]
fn lines_of_the_knowledge_come_to_the_same_cent_as_the_totals() {
    let lines = ["37.76", "26.80", "5.50"].map(|price| line("1", price, &[tax(S, "21")]));
    let sums = figures(&document(lines.to_vec())).sums;
    assert_eq!((sums.net, sums.tax, sums.gross, sums.payable), (7_006, 1_471, 8_477, 8_477));
}

#[test]
fn a_price_with_tax_becomes_one_that_gives_the_line_back() {
    let including = |quantity: &str, price: &str| {
        let document = Document { prices_include_tax: true, ..document(vec![line(quantity, price, &[tax(S, "21")])]) };
        let figures = figures(&document);
        (figures.lines[0].net, figures.lines[0].price.clone(), figures.vat[0].tax)
    };
    let plain = |net: &str| Price { net: d(net), gross: None, base_quantity: None };
    assert_eq!(including("1", "100"), (8_264, plain("82.64"), 1_736));
    assert_eq!(including("3", "33.33"), (8_264, plain("27.547"), 1_735));
    let whole = Price { net: d("826446.28"), gross: None, base_quantity: Some(d("999999.9999")) };
    let (net, price, _) = including("999999.9999", "1.00000000");
    assert_eq!(net, 82_644_628);
    assert!(price == whole || price.base_quantity.is_none(), "{price:?}");
}

#[test]
fn what_no_eight_decimals_give_back_is_priced_for_the_whole_quantity() {
    let thousand_million = line("999999999.99999999", "0.37", &[tax(S, "21")]);
    let figures = figures(&Document { prices_include_tax: true, ..document(vec![thousand_million]) });
    assert_eq!(figures.lines[0].price.base_quantity, Some(d("999999999.99999999")));
    assert_eq!(faults(figures), Vec::<String>::new());
}

#[test]
fn the_discount_of_the_document_is_a_row_for_each_category_and_rate() {
    let lines =
        vec![line("1", "100", &[tax(S, "21")]), line("1", "50", &[tax(S, "10")]), line("1", "50", &[tax(Z, "0")])];
    let figures = figures(&Document { allowance: Some(Discount::Percent(d("10"))), ..document(lines) });
    let rows: Vec<_> = figures.adjustments.iter().map(|row| (row.vat.rate, row.adjustment.amount)).collect();
    assert_eq!(rows, [(d("21"), 1_000), (d("10"), 500), (d("0"), 500)]);
    assert_eq!(figures.sums.allowances, 2_000);
    assert!(figures.adjustments.iter().all(|row| row.adjustment.percent == Some(d("10"))));
}

#[test]
fn withheld_tax_is_told_apart_and_does_not_lower_what_is_due() {
    let irpf = Tax { withheld: true, name: "IRPF".into(), ..tax(S, "15") };
    let figures = figures(&document(vec![line("10", "100", &[tax(S, "21"), irpf])]));
    assert_eq!((figures.sums.gross, figures.sums.payable), (121_000, 121_000));
    let expected = Withheld { name: "IRPF".into(), rate: d("15"), base: 100_000, amount: 15_000 };
    assert_eq!(figures.withheld, [expected]);
    assert_eq!(figures.vat.len(), 1);
}

#[test]
fn what_cannot_be_said_is_refused_with_its_line() {
    let refused = |document: &Document| {
        Figures::of(document, &document.compute().unwrap(), &words(document.lines.len())).unwrap_err()
    };
    let quebec = Tax { name: "QST".into(), ..tax(S, "9.975") };
    let both = document(vec![line("1", "1", &[tax(S, "21")]), line("1", "1", &[tax(S, "5"), quebec])]);
    assert_eq!(refused(&both), FiguresError::TwoTaxes { line: 1 });
    let thirds: Vec<_> = (0..3).map(|_| line("1", "33.33", &[tax(S, "16")])).collect();
    let cents = ["37.76", "26.80", "5.50", "0.03", "0.03"].map(|price| line("1", price, &[tax(S, "21")])).to_vec();
    for lines in [thirds, cents] {
        let by_line = Document { norm: Norm::ByLine, ..document(lines) };
        let exact = Figures::of(&by_line, &by_line.compute().unwrap(), &words(by_line.lines.len()));
        assert!(exact.is_ok() || exact == Err(FiguresError::Cents));
    }
    let two_names = Tax { name: "VAT".into(), ..tax(S, "21") };
    let twice = document(vec![line("1", "0.02", &[tax(S, "21")]), line("1", "0.02", &[two_names])]);
    assert_eq!(refused(&twice), FiguresError::Cents);
    let one = document(vec![line("1", "1", &[])]);
    assert_eq!(Figures::of(&one, &one.compute().unwrap(), &[]), Err(FiguresError::Mismatch));
}

#[test]
fn what_is_paid_lowers_what_is_due() {
    let figures = figures(&document(vec![line("1", "100", &[tax(S, "21")])])).with_paid(2_100).unwrap();
    assert_eq!((figures.sums.gross, figures.sums.paid, figures.sums.payable), (12_100, 2_100, 10_000));
    assert_eq!(figures.with_paid(i64::MIN), Err(FiguresError::Overflow));
}

/// Documents as people make them: amounts of any size, discounts, several taxes, prices with or without tax.
fn any_document() -> impl Strategy<Value = Document> {
    let taxes = select(vec![
        vec![tax(S, "21")],
        vec![tax(S, "10")],
        vec![tax(S, "5.5")],
        vec![tax(Z, "0")],
        vec![exempt(E, "VATEX-EU-132")],
        vec![tax(L, "7")],
        vec![tax(S, "21"), Tax { withheld: true, name: "IRPF".into(), ..tax(S, "15") }],
    ]);
    let number = |whole: i64, scale: u32| (0..whole, 0..=scale).prop_map(|(n, s)| rust_decimal::Decimal::new(n, s));
    let percent = || (0_i64..=10_000).prop_map(|n| Discount::Percent(rust_decimal::Decimal::new(n, 2)));
    let one = (number(1_000_000, 4), any::<bool>(), number(10_000_000, 4), of(percent()), taxes);
    let one = one.prop_map(|(quantity, is_back, price, discount, taxes)| totals::Line {
        quantity: if is_back { -quantity } else { quantity },
        unit_price: price,
        discount,
        taxes,
    });
    let currency = select(vec![Currency::EUR, Currency::JPY]);
    (vec(one, 1..12), of(percent()), any::<bool>(), currency).prop_map(
        |(lines, allowance, prices_include_tax, currency)| Document {
            currency,
            norm: Norm::ByCategory,
            prices_include_tax,
            lines,
            allowance,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    /// Form, PDF and XML say the same: every figure is that of the totals, and every rule about figures holds.
    #[test]
    fn any_document_has_the_figures_of_its_totals(document in any_document()) {
        let totals: Totals = document.compute().unwrap();
        let figures = match Figures::of(&document, &totals, &words(document.lines.len())) {
            Ok(figures) => figures,
            // A cent of rounding on a line of the other sign has no price.
            Err(FiguresError::Cents) if document.prices_include_tax => return Ok(()),
            Err(error) => return Err(TestCaseError::fail(error.to_string())),
        };
        prop_assert_eq!(figures.sums.lines, totals.subtotal);
        prop_assert_eq!(figures.sums.allowances, totals.allowance);
        prop_assert_eq!(figures.sums.net, totals.net);
        prop_assert_eq!(figures.sums.tax, totals.tax);
        prop_assert_eq!(figures.sums.payable, totals.payable + totals.withheld);
        for (line, total) in figures.lines.iter().zip(&totals.lines) {
            prop_assert_eq!(line.net, total.net);
        }
        prop_assert_eq!(faults(figures), Vec::<String>::new());
    }

    /// An ordinary line of a document without tax in its prices keeps the price that was typed.
    #[test]
    fn a_typed_price_stays_as_it_is(n in 0_i64..1_000_000, quantity in 1_i64..1_000) {
        let price = rust_decimal::Decimal::new(n, 2);
        let typed = less(line("1", "0", &[tax(S, "21")]), Discount::Percent(d("5")));
        let typed = totals::Line { quantity: quantity.into(), unit_price: price, ..typed };
        let figures = figures(&document(vec![typed]));
        prop_assert_eq!(&figures.lines[0].price, &Price { net: price.normalize(), gross: None, base_quantity: None });
    }
}
