//! The United States: a quote, its acceptance, a receipt.

use chrono::{TimeZone, Utc};

use super::{currency, day, line, party};
use crate::document::*;
use crate::region::Locale;

/// United States: no tax on services, valid until, nothing to pay yet.
pub(in crate::tests) fn quote_us() -> Document {
    let mut issuer = party(
        "Northwind Field Services LLC",
        "EIN",
        "84-3920157",
        &["1201 3rd Avenue, Suite 2200", "Seattle, WA 98101"],
        "hello@northwindfield.example",
        "+1 206 555 0134",
    );
    issuer.address_lines.push("United States".into());
    let customer = Party {
        name: "Harbor & Pine Coffee Roasters, Inc.".into(),
        address_lines: vec!["418 Pike Street".into(), "Seattle, WA 98101".into()],
        email: Some("ap@harborpine.example".into()),
        ..Party::default()
    };
    let mut d =
        Document::new(Kind::Quote, Locale::from_tag("en-US"), currency("USD", 2), day(2026, 11, 23), issuer, customer);
    d.number = Some("Q-00087".into());
    d.due = Some(day(2026, 12, 15));
    let mut audit = line("Equipment audit", "2", Some("days"), "1200", 240_000, "Exempt");
    audit.details = Some("Two roasters, one packaging line. Written report within five working days.".into());
    let mut parts = line("Replacement burner assembly, stainless", "4", None, "389.99", 145_996, "WA 10.35%");
    parts.discount = Some(Discount::Amount(10_000));
    d.lines = vec![audit, parts, line("Annual maintenance plan", "12", Some("months"), "85", 102_000, "Exempt")];
    d.breakdown = vec![TaxRow { label: "WA sales tax 10.35%".into(), base: 145_996, tax: 15_111, withheld: false }];
    (d.net, d.tax, d.total, d.balance) = (487_996, 15_111, 503_107, 503_107);
    d.terms = Some(
        "Half on acceptance, the rest on completion. Prices hold until the date above. \
         Work outside this scope is quoted before it starts."
            .into(),
    );
    d.rounding = Some(Rounding::PerCategory);
    d.public_url = Some("https://app.example/q/3fZr9LkQm2".into());
    d
}

pub(in crate::tests) fn receipt_us() -> Document {
    let mut d = quote_us();
    d.kind = Kind::Receipt;
    d.number = Some("RC-311".into());
    d.due = None;
    d.paid_on = Some(day(2026, 12, 1));
    d.payment_method = Some("Visa ending in 4242".into());
    (d.paid, d.balance) = (503_107, 0);
    d
}

pub(in crate::tests) fn accepted_quote_us() -> Document {
    let mut d = quote_us();
    d.accepted = Some(Acceptance {
        name: "Grace Okafor".into(),
        when: Utc.with_ymd_and_hms(2026, 11, 24, 16, 5, 9).unwrap(),
        ip: Some("203.0.113.7".into()),
    });
    d
}
