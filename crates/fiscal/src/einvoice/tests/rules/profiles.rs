//! What the networks and authorities ask besides.

use super::super::super::*;
use super::super::samples::{code, d, day, t, transfer};
use super::{Break, breaks, rules, shape};

#[test]
fn peppol() {
    breaks(
        "peppol",
        &[
            ("PEPPOL-EN16931-R002", |i| i.notes.push(i.notes[0].clone())),
            ("PEPPOL-EN16931-R003", |i| (i.buyer_reference, i.order) = (None, None)),
            ("PEPPOL-EN16931-R005", |i| i.accounting_tax = Some(AccountingTax { currency: i.currency, tax: 1 })),
            ("PEPPOL-EN16931-R010", |i| i.buyer.electronic = None),
            ("PEPPOL-EN16931-R020", |i| i.seller.electronic = None),
            ("PEPPOL-EN16931-R055", |i| {
                i.accounting_tax = Some(AccountingTax { currency: iso_currency::Currency::USD, tax: -1 })
            }),
            ("PEPPOL-EN16931-R061", |i| i.payment.as_mut().unwrap().mandate = None),
            ("PEPPOL-EN16931-R110", |i| i.lines[0].period.as_mut().unwrap().start = Some(day(10, 31))),
            ("PEPPOL-EN16931-R111", |i| i.lines[0].period.as_mut().unwrap().end = Some(day(12, 1))),
            ("PEPPOL-EN16931-R120", |i| i.lines[0].price.net += d("0.02")),
            ("PEPPOL-EN16931-R121", |i| i.lines[0].price.base_quantity = Some(d("0"))),
            ("PEPPOL-EN16931-P0100", |i| i.kind = Kind::parse("389").unwrap()),
            ("PEPPOL-EN16931-P0101", |i| i.kind = Kind::parse("261").unwrap()),
            ("PEPPOL-EN16931-P0112", |i| i.kind = Kind::CORRECTED),
        ],
    );
    let percent: [(&str, Break); 3] = [
        ("PEPPOL-EN16931-R040", |i| i.adjustments[0].adjustment.amount += 3),
        ("PEPPOL-EN16931-R041", |i| i.lines[0].adjustments[0].base = None),
        ("PEPPOL-EN16931-R042", |i| i.adjustments[0].adjustment.percent = None),
    ];
    for (rule, change) in percent {
        let mut invoice = Invoice { profile: Profile::PeppolBis3, ..shape("discount-percent") };
        assert!(rules(&invoice).is_empty(), "{:?}", rules(&invoice));
        change(&mut invoice);
        assert!(rules(&invoice).contains(rule), "{rule} was not told");
    }
}

#[test]
fn xrechnung() {
    breaks(
        "xrechnung",
        &[
            ("BR-DE-1", |i| i.payment = None),
            ("BR-DE-2", |i| i.seller.contact = None),
            ("BR-DE-3", |i| i.seller.address.city = None),
            ("BR-DE-4", |i| i.seller.address.post_code = None),
            ("BR-DE-5", |i| i.seller.contact.as_mut().unwrap().name = None),
            ("BR-DE-6", |i| i.seller.contact.as_mut().unwrap().phone = None),
            ("BR-DE-7", |i| i.seller.contact.as_mut().unwrap().email = None),
            ("BR-DE-8", |i| i.buyer.address.city = None),
            ("BR-DE-9", |i| i.buyer.address.post_code = None),
            ("BR-DE-10", |i| i.delivery.as_mut().unwrap().address = Some(Address::default())),
            ("BR-DE-11", |i| i.delivery.as_mut().unwrap().address = Some(Address::default())),
            ("BR-DE-15", |i| i.buyer_reference = None),
            ("BR-DE-17", |i| i.kind = Kind::parse("386").unwrap()),
            ("BR-DE-19", |i| i.payment.as_mut().unwrap().accounts[0].number = t("ES9121000418450200051333").into()),
            ("BR-DE-20", |i| {
                let account = Some(t("ES9121000418450200051333"));
                let mandate = Mandate { account, ..Mandate::default() };
                *i.payment.as_mut().unwrap() = Payment { means: code("59"), mandate: Some(mandate), ..transfer() };
            }),
            ("BR-DE-23-b", |i| i.payment.as_mut().unwrap().mandate = Some(Mandate::default())),
            ("BR-DE-24-a", |i| i.payment.as_mut().unwrap().means = code("48")),
            ("BR-DE-24-b", |i| i.payment.as_mut().unwrap().means = code("48")),
            ("BR-DE-25-a", |i| i.payment.as_mut().unwrap().means = code("59")),
            ("BR-DE-25-b", |i| i.payment.as_mut().unwrap().means = code("59")),
            ("BR-DE-26", |i| i.kind = Kind::CORRECTED),
            ("BR-DE-27", |i| i.seller.contact.as_mut().unwrap().phone = Some(t("12"))),
            ("BR-DE-28", |i| i.seller.contact.as_mut().unwrap().email = Some(t("a@b@c"))),
            ("BR-DE-30", |i| i.payment.as_mut().unwrap().mandate = Some(Mandate::default())),
            ("BR-DE-31", |i| i.payment.as_mut().unwrap().mandate = Some(Mandate::default())),
        ],
    );
}
