//! Numbers worked out by hand, among them the test numbers of the two norms.

use super::*;

fn pair() -> Vec<Line> {
    ["37.76", "26.80", "5.50"].map(|price| line("1", price, &[iva("21")])).to_vec()
}

#[test]
fn by_category_rounds_the_tax_of_a_category_once() {
    let totals = compute(&document(Norm::ByCategory, pair()));
    assert_eq!((totals.net, totals.tax, totals.payable), (7006, 1471, 8477));
    assert_eq!((totals.breakdown.len(), totals.breakdown[0].base, totals.breakdown[0].tax), (1, 7006, 1471));
    let taxes: Vec<i64> = totals.lines.iter().map(|l| l.tax).collect();
    assert_eq!(taxes, [793, 563, 115], "14.71 shared so that the lines add up");
}

#[test]
fn line_rounded_taxes_of_the_same_pair_would_be_a_cent_more() {
    // The other norm's total, 84.78, is the sum of line taxes rounded to cents: 7.93 + 5.63 + 1.16.
    let each: i64 = pair().iter().map(|line| compute(&document(Norm::ByCategory, vec![line.clone()])).tax).sum();
    assert_eq!((each, 7006 + each), (1472, 8478));
    // CFDI keeps six decimals per line, and so agrees with the category here.
    assert_eq!(compute(&document(Norm::ByLine, pair())).payable, 8477);
}

#[test]
fn cfdi_keeps_six_decimals_in_lines_and_rounds_the_header() {
    let lines = vec![line("1", "33.33", &[iva("16")]); 3];
    let totals = compute(&Document { currency: Currency::MXN, ..document(Norm::ByLine, lines.clone()) });
    assert_eq!((totals.net, totals.tax, totals.payable), (9999, 1600, 11599));
    for line in &totals.lines {
        let exact = line.exact.as_ref().unwrap();
        assert_eq!((exact.net, exact.taxes[0].base, exact.taxes[0].amount), (d("33.33"), d("33.33"), d("5.3328")));
    }
    assert_eq!(totals.lines.iter().map(|l| l.tax).collect::<Vec<_>>(), [534, 533, 533]);
    let each: i64 = lines.into_iter().map(|line| compute(&document(Norm::ByCategory, vec![line])).tax).sum();
    assert_eq!(each, 1599, "line-rounded, the same invoice would charge 15.99");
}

#[test]
fn price_with_tax_gives_itself_back() {
    for norm in [Norm::ByCategory, Norm::ByLine] {
        let with_tax = Document { prices_include_tax: true, ..document(norm, vec![line("1", "100.00", &[iva("21")])]) };
        let totals = compute(&with_tax);
        assert_eq!((totals.net, totals.tax, totals.payable), (8264, 1736, 10000), "{norm:?}");
        assert_eq!(totals.lines[0].with_tax(), 10000);
    }
}

#[test]
fn quebec_sales_tax_needs_three_decimals_of_rate() {
    let taxes = [tax("GST", Category::S, "5"), tax("QST", Category::S, "9.975")];
    let canadian = Document { currency: Currency::CAD, ..document(Norm::ByCategory, vec![line("1", "100", &taxes)]) };
    let totals = compute(&canadian);
    assert_eq!(totals.breakdown.iter().map(|row| row.tax).collect::<Vec<_>>(), [500, 998]);
    assert_eq!(totals.payable, 11498);
    // 9.975 % of 40.10 is 3.999975; with two decimals of rate it would be 4.00 from 9.98, and 3.996 from 9.97.
    let small = compute(&Document { lines: vec![line("1", "40.10", &taxes[1..])], ..canadian });
    assert_eq!(small.tax, 400);
}

#[test]
fn a_credit_note_mirrors_its_invoice_to_the_cent() {
    let invoice = document(Norm::ByCategory, pair());
    let (charged, given_back) = (compute(&invoice), compute(&invoice.reversed()));
    assert_eq!(given_back.payable, -8477);
    assert_eq!(charged.payable + given_back.payable, 0);
    assert_eq!(given_back, charged.negated());
}

#[test]
fn halves_go_away_from_zero_on_both_sides() {
    for (price, rate, tax) in [("0.50", "1", 1), ("2.50", "1", 3), ("0.49", "1", 0), ("1.50", "1", 2)] {
        let up = document(Norm::ByCategory, vec![line("1", price, &[iva(rate)])]);
        assert_eq!((compute(&up).tax, compute(&up.reversed()).tax), (tax, -tax), "{price}");
    }
}

#[test]
fn unit_prices_keep_eight_decimals() {
    let totals = compute(&document(Norm::ByCategory, vec![line("1000", "0.00123456", &[iva("21")])]));
    assert_eq!((totals.net, totals.tax), (123, 26));
    let totals = compute(&document(Norm::ByLine, vec![line("0.333333", "0.01234567", &[])]));
    assert_eq!(totals.lines[0].exact.as_ref().unwrap().gross, d("0.004115"));
}

#[test]
fn discounts_of_a_line_in_percent_and_in_money() {
    let mut lines = vec![line("3", "19.99", &[iva("21")]); 2];
    lines[0].discount = Some(Discount::Percent(d("10")));
    lines[1].discount = Some(Discount::Amount(d("9.97")));
    let totals = compute(&document(Norm::ByCategory, lines));
    // 59.97: 10 % is 5.997, so 6.00.
    assert_eq!(
        totals.lines.iter().map(|l| (l.gross, l.discount, l.net)).collect::<Vec<_>>(),
        [(5997, 600, 5397), (5997, 997, 5000)]
    );
    assert_eq!((totals.gross, totals.discount, totals.net, totals.tax), (11994, 1597, 10397, 2183));
}

#[test]
fn document_discount_is_shared_among_categories() {
    let lines = vec![
        line("1", "100", &[iva("21")]),
        line("1", "50", &[iva("10")]),
        line("1", "50", &[tax("IVA", Category::E, "0")]),
    ];
    let base = document(Norm::ByCategory, lines);
    for allowance in [Discount::Percent(d("10")), Discount::Amount(d("20"))] {
        let totals = compute(&Document { allowance: Some(allowance), ..base.clone() });
        assert_eq!((totals.subtotal, totals.allowance, totals.net), (20000, 2000, 18000));
        let rows: Vec<_> = totals.breakdown.iter().map(|r| (r.category, r.base, r.tax)).collect();
        assert_eq!(rows, [(Category::S, 4500, 450), (Category::S, 9000, 1890), (Category::E, 4500, 0)]);
    }
    // 10.00 in three equal parts: 3.34 + 3.33 + 3.33.
    let thirds = document(Norm::ByCategory, ["21", "10", "4"].map(|rate| line("1", "30", &[iva(rate)])).to_vec());
    let totals = compute(&Document { allowance: Some(Discount::Amount(d("10"))), ..thirds });
    let mut bases: Vec<i64> = totals.breakdown.iter().map(|r| r.base).collect();
    bases.sort_unstable();
    assert_eq!((totals.net, bases), (8000, vec![2666, 2667, 2667]));
}

#[test]
fn a_percentage_off_the_document_is_rounded_once_per_category() {
    let lines = vec![line("1", "0.05", &[iva("21")]); 2];
    let totals =
        compute(&Document { allowance: Some(Discount::Percent(d("10"))), ..document(Norm::ByCategory, lines) });
    assert_eq!((totals.allowance, totals.net), (1, 9), "10 % of 0.10, not twice 10 % of 0.05");
}

#[test]
fn document_discount_of_a_cfdi_becomes_discounts_of_its_lines() {
    let lines = vec![line("1", "100", &[iva("16")]), line("1", "50", &[iva("16")])];
    let totals = compute(&Document { allowance: Some(Discount::Amount(d("10"))), ..document(Norm::ByLine, lines) });
    let exact: Vec<_> = totals.lines.iter().map(|l| l.exact.as_ref().unwrap().discount).collect();
    assert_eq!(exact, [d("6.666667"), d("3.333333")]);
    assert_eq!((totals.gross, totals.allowance, totals.net, totals.tax), (15000, 1000, 14000, 2240));
}

#[test]
fn withheld_taxes_are_subtracted_and_stand_last() {
    let taxes = [withholding("IRPF", "15"), iva("21")];
    let totals = compute(&document(Norm::ByCategory, vec![line("1", "1000", &taxes)]));
    assert_eq!((totals.net, totals.tax, totals.withheld, totals.payable), (100_000, 21_000, 15_000, 106_000));
    assert_eq!(totals.breakdown.iter().map(|r| r.withheld).collect::<Vec<_>>(), [false, true]);
    // Mexican fees: ISR 10 % and two thirds of the IVA.
    let taxes = [iva("16"), withholding("ISR", "10"), withholding("IVA", "10.6667")];
    let totals =
        compute(&Document { currency: Currency::MXN, ..document(Norm::ByLine, vec![line("1", "1000", &taxes)]) });
    assert_eq!((totals.tax, totals.withheld, totals.payable), (16_000, 20_667, 95_333));
    assert_eq!(totals.lines[0].exact.as_ref().unwrap().taxes[2].amount, d("106.667"));
}

#[test]
fn taxes_of_one_rate_and_different_names_stay_apart() {
    let lines = vec![line("1", "10", &[iva("8")]), line("1", "10", &[tax("IEPS", Category::S, "8")])];
    assert_eq!(compute(&document(Norm::ByLine, lines)).breakdown.len(), 2);
    let lines = vec![line("1", "10", &[iva("21")]), line("1", "10", &[iva("21.000")])];
    assert_eq!(compute(&document(Norm::ByCategory, lines)).breakdown.len(), 1);
}

#[test]
fn exemption_reasons_are_gathered_in_one_row() {
    let reason = |code: &str| Tax { exemption_code: Some(code.into()), ..tax("IVA", Category::E, "0") };
    let codes = ["VATEX-EU-132", "VATEX-EU-79-C", "VATEX-EU-132"];
    let totals = compute(&document(Norm::ByCategory, codes.map(|code| line("1", "10", &[reason(code)])).to_vec()));
    assert_eq!(totals.breakdown.len(), 1);
    assert_eq!(totals.breakdown[0].exemption_codes, ["VATEX-EU-132", "VATEX-EU-79-C"]);
}

#[test]
fn currencies_have_their_own_decimals() {
    for (currency, payable) in [(Currency::JPY, 110), (Currency::EUR, 11_011), (Currency::KWD, 110_110)] {
        let lines = vec![line("1", "100.1", &[iva("10")])];
        assert_eq!(compute(&Document { currency, ..document(Norm::ByCategory, lines) }).payable, payable, "{currency}");
    }
}

#[test]
fn an_empty_document_is_zero() {
    for norm in [Norm::ByCategory, Norm::ByLine] {
        let totals = compute(&document(norm, Vec::new()));
        assert_eq!((totals.payable, totals.lines.len(), totals.breakdown.len()), (0, 0, 0));
    }
}

#[test]
fn prices_with_two_taxes_inside_and_a_withholding() {
    let taxes = [tax("GST", Category::S, "5"), tax("QST", Category::S, "9.975"), withholding("X", "10")];
    let with_tax =
        Document { prices_include_tax: true, ..document(Norm::ByCategory, vec![line("1", "114.98", &taxes)]) };
    let totals = compute(&with_tax);
    assert_eq!((totals.net, totals.tax, totals.withheld, totals.payable), (10_000, 1_498, 1_000, 10_498));
    assert_eq!(totals.breakdown.iter().map(|r| r.tax).collect::<Vec<_>>(), [500, 998, 1_000]);
}

#[test]
fn discounts_inside_prices_with_tax_are_stated_without_it() {
    let discounted = Line { discount: Some(Discount::Percent(d("10"))), ..line("1", "121", &[iva("21")]) };
    for norm in [Norm::ByCategory, Norm::ByLine] {
        let allowance = Some(Discount::Amount(d("12.10")));
        let totals =
            compute(&Document { prices_include_tax: true, allowance, ..document(norm, vec![discounted.clone()]) });
        assert_eq!((totals.gross, totals.discount, totals.allowance), (10_000, 1_000, 1_000), "{norm:?}");
        assert_eq!((totals.net, totals.tax, totals.payable), (8_000, 1_680, 9_680), "{norm:?}");
    }
}

#[test]
fn the_base_of_a_withheld_tax_inside_equal_prices_does_not_depend_on_their_order() {
    // 2.00 is 1.65 without tax, of which two lines of 1.00 cannot have equal parts.
    let mut lines = vec![line("1", "1", &[iva("21")]), line("1", "1", &[iva("21"), withholding("IRPF", "15")])];
    let with_tax = |lines: Vec<Line>| Document { prices_include_tax: true, ..document(Norm::ByCategory, lines) };
    let first = compute(&with_tax(lines.clone()));
    lines.reverse();
    assert_eq!(compute(&with_tax(lines)).breakdown, first.breakdown);
    assert_eq!((first.net, first.tax), (165, 35));
}

#[test]
fn lines_that_cancel_out_keep_their_own_figures() {
    let lines = vec![line("1", "100", &[iva("21")]), line("-1", "100", &[iva("21")])];
    for prices_include_tax in [false, true] {
        for norm in [Norm::ByCategory, Norm::ByLine] {
            let totals = compute(&Document { prices_include_tax, ..document(norm, lines.clone()) });
            assert_eq!((totals.net, totals.tax, totals.payable), (0, 0, 0));
            assert_eq!(totals.lines[0].base(), -totals.lines[1].base());
            assert_eq!(totals.lines[0].with_tax(), if prices_include_tax { 10_000 } else { 12_100 });
        }
    }
}

#[test]
fn mexico_rounds_by_line_and_everybody_else_by_category() {
    assert_eq!((Norm::for_country("MX"), Norm::for_country("mx")), (Norm::ByLine, Norm::ByLine));
    for country in ["ES", "DE", "US", "BR", ""] {
        assert_eq!(Norm::for_country(country), Norm::ByCategory);
    }
}
