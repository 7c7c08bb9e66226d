//! Sums, decimals, and what each tax category asks.

use super::super::super::*;
use super::super::samples::{code, d, document, line, of, t, tax};
use super::{Break, breaks, rules, shape};
use crate::totals::Category;

#[test]
fn sums_to_the_cent() {
    breaks(
        "charges",
        &[
            ("BR-CO-10", |i| i.sums.lines += 1),
            ("BR-CO-12", |i| i.sums.charges -= 1),
            ("BR-CO-13", |i| i.sums.net += 1),
            ("BR-CO-14", |i| i.sums.tax += 1),
            ("BR-CO-15", |i| i.sums.gross += 1),
            ("BR-CO-16", |i| i.sums.payable += 1),
            ("BR-CO-18", |i| i.vat.clear()),
            ("BR-CO-17", |i| i.vat[0].tax += 100),
            ("BR-S-01", |i| i.vat.clear()),
            ("BR-S-08", |i| i.vat[0].base += 1),
            ("BR-S-07", |i| i.adjustments[0].vat.rate = d("0")),
        ],
    );
    breaks(
        "discount-amount",
        &[("BR-CO-11", |i| i.sums.allowances += 1), ("BR-S-06", |i| i.adjustments[0].vat.rate = d("0"))],
    );
}

#[test]
fn three_decimals_are_refused_wherever_they_stand() {
    let mut invoice = shape("charges");
    let charge = invoice.lines[0].adjustments[0].clone();
    invoice.lines[0].adjustments.push(Adjustment { side: Side::Allowance, base: Some(1), ..charge.clone() });
    invoice.adjustments.push(DocumentAdjustment {
        adjustment: Adjustment { side: Side::Allowance, base: Some(1), ..charge },
        vat: invoice.adjustments[0].vat,
    });
    invoice.currency = iso_currency::Currency::KWD;
    let found = |invoice: &Invoice| -> Vec<String> {
        rules(invoice).into_iter().filter(|rule| rule.starts_with("BR-DEC")).collect()
    };
    let all_amounts = |invoice: &mut Invoice, minor: i64| {
        let Sums { lines, allowances, charges, net, tax, gross, paid, rounding, payable } = &mut invoice.sums;
        for sum in [lines, allowances, charges, net, tax, gross, paid, rounding, payable] {
            *sum = minor;
        }
        for row in
            invoice.adjustments.iter_mut().map(|row| &mut row.adjustment).chain(&mut invoice.lines[0].adjustments)
        {
            (row.amount, row.base) = (minor, Some(minor));
        }
        (invoice.vat[0].base, invoice.vat[0].tax, invoice.lines[0].net, invoice.lines[1].net) =
            (minor, minor, minor, minor);
        invoice.accounting_tax = Some(AccountingTax { currency: invoice.currency, tax: minor });
    };
    all_amounts(&mut invoice, 1_230);
    assert_eq!(found(&invoice), Vec::<String>::new());
    all_amounts(&mut invoice, 1_234);
    let numbers = "01 02 05 06 09 10 11 12 13 14 15 16 17 18 19 20 23 24 25 27 28";
    let expected: Vec<String> = numbers.split(' ').map(|number| format!("BR-DEC-{number}")).collect();
    assert_eq!(found(&invoice), expected);
}

/// The rules that every category has, under the name of each.
#[test]
fn each_category() {
    let names = [
        ("standard", Category::S, "S"),
        ("zero", Category::Z, "Z"),
        ("exempt", Category::E, "E"),
        ("reverse-charge", Category::AE, "AE"),
        ("within-union", Category::K, "IC"),
        ("export", Category::G, "G"),
        ("outside-scope", Category::O, "O"),
        ("igic", Category::L, "AF"),
        ("ipsi", Category::M, "AG"),
    ];
    for (name, category, prefix) in names {
        let told = |number: &str, change: Break| {
            let (rule, mut invoice) = (format!("BR-{prefix}-{number}"), shape(name));
            change(&mut invoice);
            assert!(rules(&invoice).contains(&rule), "{rule} was not told: {:?}", rules(&invoice));
        };
        told("01", |i| i.vat.clear());
        told("08", |i| i.vat[0].base += 1);
        told("05", |i| i.lines[0].vat.rate = d("-1"));
        if category == Category::O {
            told("02", |i| i.seller.vat_id = Some(t("ESB66123456")));
            told("02", |i| i.buyer.vat_id = Some(t("ESB66123456")));
        } else {
            told("02", |i| (i.seller.vat_id, i.seller.tax_registration) = (None, None));
        }
        if category.must_be_zero_rated() {
            told("09", |i| i.vat[0].tax = 1);
        }
        match category {
            Category::S | Category::Z | Category::L | Category::M => told("10", |i| i.vat[0].exemption = Some(t("x"))),
            _ => told("10", |i| (i.vat[0].exemption, i.vat[0].exemption_code) = (None, None)),
        }
        let allowance = |i: &mut Invoice, side: Side| {
            let adjustment =
                Adjustment { side, amount: 0, base: None, percent: None, reason: Some(t("x")), reason_code: None };
            let mut vat = i.lines[0].vat;
            vat.rate = d("-1");
            i.adjustments.push(DocumentAdjustment { adjustment, vat });
            (i.seller.vat_id, i.seller.tax_registration) = match vat.category {
                Category::O => (Some(t("ESB66123456")), None),
                _ => (None, None),
            };
        };
        for (side, rate, ids) in [(Side::Allowance, "06", "03"), (Side::Charge, "07", "04")] {
            let mut invoice = shape(name);
            allowance(&mut invoice, side);
            for number in [rate, ids] {
                let rule = format!("BR-{prefix}-{number}");
                assert!(rules(&invoice).contains(&rule), "{rule} was not told");
            }
        }
    }
}

#[test]
fn what_only_some_categories_ask() {
    breaks(
        "within-union",
        &[
            ("BR-IC-11", |i| i.delivery.as_mut().unwrap().date = None),
            ("BR-IC-12", |i| i.delivery.as_mut().unwrap().address = None),
            ("BR-IC-02", |i| i.buyer.vat_id = None),
            ("BR-CL-22", |i| i.vat[0].exemption_code = Some(code("VATEX-EU-X"))),
            ("BR-IC-01", |i| i.vat.push(i.vat[0].clone())),
        ],
    );
    breaks("reverse-charge", &[("BR-AE-02", |i| (i.buyer.vat_id, i.buyer.legal_id) = (None, None))]);
    // A tax number that is no VAT identifier does for most categories, not for these.
    for (name, rule) in [("within-union", "BR-IC-02"), ("export", "BR-G-02"), ("standard", "")] {
        let mut registered = shape(name);
        (registered.seller.vat_id, registered.seller.tax_registration) = (None, Some(t("12/345")));
        assert_eq!(rules(&registered).into_iter().collect::<String>(), rule, "{name}");
    }
    let mut mixed = of(&document(vec![line("1", "1", &[tax(Category::S, "21")]), line("1", "1", &[])]));
    let found = rules(&mixed);
    assert!(["BR-O-02", "BR-O-11", "BR-O-12"].iter().all(|rule| found.contains(*rule)), "{found:?}");
    for side in [Side::Allowance, Side::Charge] {
        let adjustment =
            Adjustment { side, amount: 0, base: None, percent: None, reason: Some(t("x")), reason_code: None };
        mixed.adjustments.push(DocumentAdjustment { adjustment, vat: mixed.lines[0].vat });
    }
    let found = rules(&mixed);
    assert!(["BR-O-13", "BR-O-14"].iter().all(|rule| found.contains(*rule)), "{found:?}");
}
