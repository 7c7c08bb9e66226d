//! What holds for every document.

use std::collections::{BTreeMap, HashSet};

use proptest::prelude::*;
use rust_decimal::RoundingStrategy;

use super::*;

fn rates() -> impl Strategy<Value = Vec<Tax>> {
    prop_oneof![
        5 => Just(vec![iva("21")]),
        3 => Just(vec![iva("10")]),
        1 => Just(vec![tax("IVA", Category::E, "0")]),
        1 => Just(vec![]),
        2 => Just(vec![iva("21"), withholding("IRPF", "15")]),
        2 => Just(vec![tax("GST", Category::S, "5"), tax("QST", Category::S, "9.975")]),
        1 => Just(vec![iva("16"), withholding("ISR", "10"), withholding("IVA", "10.6667")]),
    ]
}

/// A discount of a line that is never larger than it.
fn percent() -> impl Strategy<Value = Option<Discount>> {
    prop_oneof![
        3 => Just(None),
        1 => (0u32..=100_000).prop_map(|p| Some(Discount::Percent(Decimal::new(p.into(), 3)))),
    ]
}

fn lines(price_decimals: u32, quantities: std::ops::Range<i64>, most: usize) -> impl Strategy<Value = Vec<Line>> {
    let one = (quantities, 0i64..10_000_000, percent(), rates()).prop_map(move |(quantity, price, discount, taxes)| {
        Line { quantity: Decimal::new(quantity, 3), unit_price: Decimal::new(price, price_decimals), discount, taxes }
    });
    proptest::collection::vec(one, 0..most)
}

fn documents() -> impl Strategy<Value = Document> {
    let norm = prop_oneof![Just(Norm::ByCategory), Just(Norm::ByLine)];
    let currency = prop_oneof![Just(Currency::EUR), Just(Currency::JPY), Just(Currency::KWD)];
    (currency, norm, any::<bool>(), lines(4, -5_000..50_000, 9), percent()).prop_map(
        |(currency, norm, prices_include_tax, lines, allowance)| Document {
            currency,
            norm,
            prices_include_tax,
            lines,
            allowance,
        },
    )
}

/// Any document at all, most of them wrong somewhere.
fn wild() -> impl Strategy<Value = Document> {
    let number = || (any::<i64>(), 0u32..12).prop_map(|(n, scale)| Decimal::new(n, scale));
    let discount = move || {
        prop_oneof![
            Just(None),
            number().prop_map(|n| Some(Discount::Percent(n))),
            (0i64..200).prop_map(|n| Some(Discount::Percent(n.into()))),
            number().prop_map(|n| Some(Discount::Amount(n))),
        ]
    };
    let wild_tax = (0usize..9, number(), "[A-Z ]{0,3}", any::<bool>()).prop_map(|(at, rate, name, withheld)| Tax {
        category: Category::ALL[at],
        rate: rate / Decimal::from(1_000_000_000),
        name,
        withheld,
        exemption_code: None,
    });
    let taxes = prop_oneof![4 => rates(), 1 => proptest::collection::vec(wild_tax, 0..4)];
    let price = prop_oneof![number(), Just(Decimal::from(1_000_000_000_000_i64)), Just(Decimal::new(99_999_999, 8))];
    let quantity = prop_oneof![number(), Just(Decimal::from(1_000_000_000)), Just(Decimal::from(-1_000_000_000))];
    let one = (quantity, price, discount(), taxes).prop_map(|(quantity, unit_price, discount, taxes)| Line {
        quantity,
        unit_price,
        discount,
        taxes,
    });
    let norm = prop_oneof![Just(Norm::ByCategory), Just(Norm::ByLine)];
    (norm, any::<bool>(), proptest::collection::vec(one, 0..6), discount()).prop_map(
        |(norm, prices_include_tax, lines, allowance)| Document {
            currency: Currency::EUR,
            norm,
            prices_include_tax,
            lines,
            allowance,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn sums_agree_everywhere(document in documents()) {
        compute(&document);
    }

    #[test]
    fn a_credit_note_is_the_exact_mirror(document in documents()) {
        let (invoice, credit) = (compute(&document), compute(&document.reversed()));
        prop_assert_eq!(credit, invoice.negated());
    }

    #[test]
    fn by_category_the_order_of_lines_does_not_matter(
        document in documents(),
        order in proptest::collection::vec(any::<u32>(), 9),
    ) {
        let document = Document { norm: Norm::ByCategory, ..document };
        let mut keyed: Vec<(u32, Line)> = order.into_iter().zip(document.lines.clone()).collect();
        keyed.sort_by_key(|(key, _)| *key);
        let shuffled = Document { lines: keyed.into_iter().map(|(_, line)| line).collect(), ..document.clone() };
        let header = |totals: Totals| Totals { lines: Vec::new(), ..totals };
        prop_assert_eq!(header(compute(&shuffled)), header(compute(&document)));
    }

    #[test]
    fn prices_with_tax_give_themselves_back(lines in lines(2, -5_000..50_000, 9), by_line in any::<bool>(), off in percent()) {
        let norm = if by_line { Norm::ByLine } else { Norm::ByCategory };
        // Whole pieces at prices in cents, no percentage inside a line: what the buyer was shown is an exact sum.
        let lines = lines.into_iter().map(|line| Line { quantity: line.quantity.trunc(), discount: None, ..line });
        let mut document = Document { prices_include_tax: true, ..document(norm, lines.collect()) };
        let shown: Decimal = document.lines.iter().map(|line| line.quantity * line.unit_price).sum();
        let totals = compute(&document);
        let charged = document.lines.iter().any(|line| line.taxes.iter().any(|t| !t.withheld && !t.rate.is_zero()));
        if charged || norm == Norm::ByCategory {
            prop_assert_eq!(Decimal::new(totals.net + totals.tax, 2), shown);
        }
        if norm == Norm::ByCategory {
            // With a discount of the document too, each line's price with tax is kept to the cent.
            document.allowance = off;
            let totals = compute(&document);
            for (line, total) in document.lines.iter().zip(&totals.lines) {
                let typed = line.quantity * line.unit_price;
                let kept = Decimal::new(total.with_tax(), 2);
                prop_assert!(kept.abs() <= typed.abs() && (off.is_some() || kept == typed), "{} of {}", kept, typed);
            }
        }
    }

    #[test]
    fn plain_decimal_arithmetic_says_the_same(document in documents()) {
        let document = Document { prices_include_tax: false, allowance: None, ..document };
        let decimals = u32::from(document.currency.exponent().unwrap());
        let in_lines = if document.norm == Norm::ByLine { 6 } else { decimals };
        let round = |value: Decimal, to: u32| value.round_dp_with_strategy(to, RoundingStrategy::MidpointAwayFromZero);
        let (mut gross, mut discounts) = (Decimal::ZERO, Decimal::ZERO);
        let mut taxes = BTreeMap::<(String, Decimal, bool), (Decimal, Decimal)>::new();
        for line in &document.lines {
            let amount = round(line.quantity * line.unit_price, in_lines);
            let discount = match line.discount {
                Some(Discount::Percent(percent)) => round(amount * percent / Decimal::ONE_HUNDRED, in_lines),
                _ => Decimal::ZERO,
            };
            gross += amount;
            discounts += discount;
            for tax in &line.taxes {
                let (base, of_lines) = taxes.entry((tax.name.clone(), tax.rate.normalize(), tax.withheld)).or_default();
                *base += amount - discount;
                *of_lines += round((amount - discount) * tax.rate / Decimal::ONE_HUNDRED, 6);
            }
        }
        let mut payable = round(gross, decimals) - round(discounts, decimals);
        for ((_, rate, withheld), (base, of_lines)) in taxes {
            let once = round(base * rate / Decimal::ONE_HUNDRED, decimals);
            let tax = if document.norm == Norm::ByLine { round(of_lines, decimals) } else { once };
            payable += if withheld { -tax } else { tax };
        }
        prop_assert_eq!(Decimal::new(compute(&document).payable, decimals), payable);
    }

    #[test]
    fn by_category_the_tax_is_base_times_rate(document in documents()) {
        let document = Document { norm: Norm::ByCategory, ..document };
        let decimals = u32::from(document.currency.exponent().unwrap());
        let sets: HashSet<_> = document.lines.iter().map(|line| &line.taxes).collect();
        // Half a unit for the one rounding. A tax inside prices is what is left of them, found per set of taxes, and
        // then split among the taxes of the set: no more than a unit and a half each.
        let inside = Decimal::new(15, 1) * Decimal::from(sets.len());
        for row in compute(&document).breakdown {
            let exact = Decimal::new(row.base, decimals) * row.rate / Decimal::ONE_HUNDRED;
            let off = (Decimal::new(row.tax, decimals) - exact).abs() * Decimal::from(10_i64.pow(decimals));
            let allowed = if document.prices_include_tax && !row.withheld { inside } else { Decimal::new(5, 1) };
            prop_assert!(off <= allowed, "{row:?}: off by {off} minor units");
        }
    }

    #[test]
    fn any_input_is_figures_or_an_error(document in wild()) {
        match document.compute() {
            Ok(totals) => {
                assert_consistent(&totals);
                prop_assert!(!totals.explain(&document).is_empty());
            }
            Err(error) => prop_assert!(!error.code().is_empty() && !error.path().is_empty() && !error.to_string().is_empty()),
        }
    }

    #[test]
    fn the_explanation_retells_the_totals(document in documents()) {
        let totals = compute(&document);
        let decimals = u32::from(document.currency.exponent().unwrap());
        let told = totals.explain(&document);
        let figure = |wanted: Figure| told.iter().find_map(|step| match step {
            Step::Total { figure, amount } if *figure == wanted => Some(*amount),
            _ => None,
        });
        prop_assert_eq!(figure(Figure::Payable), Some(Decimal::new(totals.payable, decimals)));
        prop_assert_eq!(figure(Figure::Net), Some(Decimal::new(totals.net, decimals)));
        for step in &told {
            if let Step::TaxIncluded { with_tax, base, tax, .. } = step {
                prop_assert_eq!(*with_tax, base + tax);
            }
        }
    }
}
