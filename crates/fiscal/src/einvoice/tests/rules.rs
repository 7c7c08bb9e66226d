//! Every rule is broken once and named; every shape breaks none.

mod categories;
mod profiles;

use std::collections::BTreeSet;

use super::super::check::fault_codes;
use super::super::*;
use super::samples::{all, code, d, day, id, t};

type Break = fn(&mut Invoice);

fn shape(name: &str) -> Invoice {
    all().into_iter().find(|(of, _)| *of == name).unwrap().1
}

fn rules(invoice: &Invoice) -> BTreeSet<String> {
    let faults = if invoice.profile == Profile::PeppolBis3 { check(invoice) } else { check_facturx(invoice) };
    faults.into_iter().map(|fault| fault.rule).collect()
}

/// The rule is broken by the change and was not before.
fn breaks(name: &str, cases: &[(&str, Break)]) {
    for (rule, change) in cases {
        let mut invoice = shape(name);
        assert!(!rules(&invoice).contains(*rule), "{rule} was broken before");
        change(&mut invoice);
        assert!(rules(&invoice).contains(*rule), "{rule} was not told: {:?}", rules(&invoice));
    }
}

#[test]
fn lawful_shapes_have_no_faults() {
    for (name, invoice) in all() {
        let is_facturx = invoice.profile == Profile::En16931;
        let faults = if is_facturx { check_facturx(&invoice) } else { check(&invoice) };
        assert!(faults.is_empty(), "{name}: {faults:?}");
    }
}

#[test]
fn head_and_parties() {
    breaks(
        "credit-note",
        &[
            ("BR-02", |i| i.number = t("")),
            ("BR-16", |i| i.lines.clear()),
            ("BR-29", |i| i.period = Some(Period { start: Some(day(2, 2)), end: Some(day(2, 1)) })),
            ("BR-CO-19", |i| i.period = Some(Period::default())),
            ("BR-CL-04", |i| i.currency = iso_currency::Currency::XAU),
            ("BR-CL-08", |i| i.notes[0].subject = Some(code("pmd"))),
            ("BR-55", |i| i.preceding[0].number = t("")),
            ("BR-57", |i| i.delivery = Some(Delivery { address: Some(Address::default()), ..Delivery::default() })),
            ("BR-06", |i| i.seller.name = t("")),
            ("BR-07", |i| i.buyer.name = t("")),
            ("BR-09", |i| i.seller.address.country = None),
            ("BR-11", |i| i.buyer.address.country = None),
            ("BR-CL-14", |i| i.buyer.address.country = Some(code("QQ"))),
            ("BR-17", |i| i.payee = Some(Payee::default())),
            ("BR-62", |i| i.seller.electronic = Some(id("1", ""))),
            ("BR-63", |i| i.buyer.electronic = Some(id("1", ""))),
            ("BR-CL-25", |i| i.buyer.electronic = Some(id("1", "9999"))),
            ("BR-CL-10", |i| i.buyer.ids[0].scheme = Some(code("0092"))),
            ("BR-CL-11", |i| i.seller.legal_id = Some(id("1", "249"))),
            ("BR-CO-09", |i| i.seller.vat_id = Some(t("66123456"))),
            ("BR-CO-26", |i| (i.seller.ids, i.seller.legal_id, i.seller.vat_id) = (Vec::new(), None, None)),
            ("UBL-SR-16", |i| i.buyer.ids.push(id("1", ""))),
            ("BR-FX-EN-04", |i| i.delivery = None),
            ("FX-SCH-A-000556", |i| i.profile = Profile::XRechnung3),
        ],
    );
    let own: Break = |i| i.accounting_tax = Some(AccountingTax { currency: i.currency, tax: 1 });
    breaks("standard", &[("BR-CO-15", own)]);
    breaks("standard", &[("BR-CO-25", |i| (i.due, i.payment_terms) = (None, None))]);
    let mut greek = shape("standard");
    greek.seller.vat_id = Some(t("EL094259216"));
    assert!(rules(&greek).is_empty());
}

#[test]
fn payment_and_reasons() {
    breaks(
        "charges",
        &[
            ("BR-50", |i| i.payment.as_mut().unwrap().accounts[0].number = t("").into()),
            ("BR-61", |i| i.payment.as_mut().unwrap().accounts.clear()),
            ("BR-CL-16", |i| i.payment.as_mut().unwrap().means = code("0")),
            ("BR-38", |i| (i.adjustments[0].adjustment.reason, i.adjustments[0].adjustment.reason_code) = (None, None)),
            ("BR-CL-20", |i| i.adjustments[0].adjustment.reason_code = Some(code("95"))),
            ("BR-44", |i| (i.lines[0].adjustments[0].reason, i.lines[0].adjustments[0].reason_code) = (None, None)),
        ],
    );
    breaks(
        "discount-percent",
        &[
            ("BR-33", |i| i.adjustments[0].adjustment.reason_code = None),
            ("BR-42", |i| i.lines[0].adjustments[0].reason_code = None),
            ("BR-CL-19", |i| i.lines[0].adjustments[0].reason_code = Some(code("FC"))),
        ],
    );
    breaks(
        "card",
        &[("BR-51", |i| {
            i.payment.as_mut().unwrap().card.as_mut().unwrap().number = t("4111 1111 1111 1111");
        })],
    );
}

#[test]
fn lines() {
    breaks(
        "prices",
        &[
            ("BR-21", |i| i.lines[0].id = t("")),
            ("BR-25", |i| i.lines[0].name = t("")),
            ("BR-27", |i| i.lines[0].price.net = d("-1")),
            ("BR-28", |i| i.lines[0].price.gross = Some(d("-1"))),
            ("BR-30", |i| i.lines[0].period = Some(Period { start: Some(day(2, 2)), end: Some(day(2, 1)) })),
            ("BR-CO-20", |i| i.lines[0].period = Some(Period::default())),
            ("BR-CL-23", |i| i.lines[0].unit = code("piece")),
            ("BR-64", |i| i.lines[1].standard_item.as_mut().unwrap().scheme = None),
            ("BR-CL-21", |i| i.lines[1].standard_item.as_mut().unwrap().scheme = Some(code("GTIN"))),
        ],
    );
    let mut invoice = shape("prices");
    invoice.lines[1].name = t("");
    let faults = check(&invoice);
    assert_eq!((faults[0].path().as_str(), faults[0].code()), ("lines[1].BT-153", "einvoice_item_name"));
    assert_eq!(faults[0].to_string(), "Line 2: Say what the line is for.");
}

#[test]
fn codes_are_apart() {
    let codes: BTreeSet<_> = fault_codes().iter().collect();
    assert_eq!(codes.len(), fault_codes().len());
}
