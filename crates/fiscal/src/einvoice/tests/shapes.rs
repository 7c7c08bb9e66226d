//! The shapes of [`all`](super::samples::all).

use iso_currency::Currency;

use super::super::*;
use super::samples::*;
use crate::totals::{Category::*, Discount, Document, Norm, Tax};

/// The shape that the schema of CII D16B has no room for.
pub(super) const TWO_PRECEDING: &str = "credit-note-of-two";

/// Shapes that differ in their figures.
pub(super) fn money() -> Vec<(&'static str, Invoice)> {
    let plain = |tax: Tax| of(&document(vec![line("3", "33.335", &[tax])]));
    let several = vec![
        less(line("2.5", "37.76", &[tax(S, "21")]), Discount::Percent(d("12.5"))),
        less(line("7", "26.80", &[tax(S, "10")]), Discount::Amount(d("3.11"))),
        line("1", "5.50", &[tax(Z, "0")]),
    ];
    let reduced = |allowance| Document { allowance: Some(allowance), ..document(several.clone()) };
    let including = Document {
        prices_include_tax: true,
        allowance: Some(Discount::Percent(d("3"))),
        ..document(vec![
            line("3", "33.33", &[tax(S, "21")]),
            less(line("7", "0.99", &[tax(S, "21")]), Discount::Percent(d("10"))),
            line("0.333", "1999.99", &[tax(S, "10")]),
            line("99999", "0.01", &[tax(S, "4")]),
        ])
    };
    let irpf = Tax { withheld: true, name: "IRPF".into(), ..tax(S, "15") };
    let withheld = of(&document(vec![line("10", "100", &[tax(S, "21"), irpf])]));
    let taken_back = document(several.clone()).reversed();
    let yen = Document {
        currency: Currency::JPY,
        allowance: Some(Discount::Percent(d("5"))),
        ..document(vec![line("3", "33.5", &[tax(S, "10")]), line("7", "1234", &[tax(S, "8")])])
    };
    let paid = Invoice {
        sums: figures(&reduced(Discount::Amount(d("20")))).with_paid(5_000).unwrap().sums,
        ..of(&reduced(Discount::Amount(d("20"))))
    };
    let mexican = Document { norm: Norm::ByLine, ..document(vec![line("3", "100", &[tax(S, "16")])]) };
    vec![
        ("standard", of(&document(several.clone()))),
        ("zero", plain(tax(Z, "0"))),
        ("exempt", plain(exempt(E, "VATEX-EU-132"))),
        ("exempt-in-words", plain(exempt(E, "Art. 20 Ley 37/1992"))),
        ("reverse-charge", plain(exempt(AE, "VATEX-EU-AE"))),
        ("within-union", within_union(plain(exempt(K, "VATEX-EU-IC")))),
        ("export", plain(exempt(G, "VATEX-EU-G"))),
        ("outside-scope", without_vat_ids(of(&document(vec![line("1", "80", &[])])))),
        ("igic", of(&document(vec![line("2", "50", &[tax(L, "7")]), line("1", "9.99", &[tax(L, "3")])]))),
        ("ipsi", plain(tax(M, "4"))),
        ("discount-percent", of(&reduced(Discount::Percent(d("7.5"))))),
        ("discount-amount", of(&reduced(Discount::Amount(d("20"))))),
        ("prices-with-tax", of(&including)),
        ("withheld", Invoice { payment_terms: Some(t("Retención IRPF 15 %: -150,00 EUR")), ..withheld }),
        ("negative-lines", Invoice { kind: Kind::CORRECTED, preceding: preceding(), ..of(&taken_back) }),
        ("yen", of(&yen)),
        ("yen-with-tax", of(&Document { prices_include_tax: true, ..yen.clone() })),
        ("partly-paid", paid),
        ("by-line", of(&mexican)),
    ]
}

/// Shapes that differ in everything else.
pub(super) fn words() -> Vec<(&'static str, Invoice)> {
    let base = || of(&document(vec![line("2", "49.90", &[tax(S, "21")]), line("1", "10", &[tax(S, "21")])]));
    let credit = Invoice { kind: Kind::CREDIT_NOTE, preceding: preceding(), ..base() };
    let card = Payment {
        means: code("48"),
        means_text: None,
        remittance: None,
        accounts: Vec::new(),
        card: Some(Card { number: t("4111111111"), holder: Some(t("M. Dupont")) }),
        mandate: None,
    };
    let mandate = Mandate {
        reference: Some(t("M-1")),
        creditor: Some(t("ES02000B66123456")),
        account: Some(t("FR1420041010050500013M02606")),
    };
    let debit = Payment { means: code("59"), card: None, mandate: Some(mandate), ..card.clone() };
    let mut peppol = Invoice { profile: Profile::PeppolBis3, payment: Some(debit.clone()), ..base() };
    peppol.lines[0].period = Some(Period { start: Some(day(11, 1)), end: Some(day(11, 15)) });
    peppol.period = Some(Period { start: Some(day(11, 1)), end: Some(day(11, 30)) });
    let mut priced = base();
    priced.lines[0].price = Price { net: d("49.90"), gross: Some(d("59.90")), base_quantity: None };
    priced.lines[1].price = Price { net: d("120"), gross: None, base_quantity: Some(d("12")) };
    priced.lines[1].standard_item = Some(id("04012345678901", "0160"));
    priced.lines[1].order_line = Some(t("7"));
    priced.lines[1].buyer_item = Some(t("B-7"));
    priced.lines[1].note = Some(t("Two\nlines"));
    let dollars = Document { currency: Currency::USD, ..document(vec![line("1", "100", &[tax(S, "21")])]) };
    let dollars =
        Invoice { accounting_tax: Some(AccountingTax { currency: Currency::EUR, tax: 1_812 }), ..of(&dollars) };
    let german = Note { subject: Some(code("PMD")), text: t("Late payment: legal interest.") };
    vec![
        ("credit-note", credit.clone()),
        (TWO_PRECEDING, of_two(credit.clone())),
        ("credit-note-without-payment", Invoice { payment: None, ..credit }),
        ("card", Invoice { payment: Some(card), ..base() }),
        ("direct-debit", Invoice { payment: Some(debit), ..base() }),
        ("peppol", peppol),
        ("xrechnung", Invoice { profile: Profile::XRechnung3, ..base() }),
        ("prices", priced),
        ("tax-in-euro", dollars),
        ("note-subject", Invoice { notes: vec![german], ..base() }),
        ("scripts", scripts(base())),
        ("factor", Invoice { payee: Some(factor()), tax_point: Some(day(11, 1)), ..base() }),
        ("charges", charged(base())),
    ]
}

fn preceding() -> Vec<Preceding> {
    vec![Preceding { number: t("F-2026-0041"), issued: Some(day(10, 1)) }]
}

/// A credit note of two invoices, one without its date.
fn of_two(mut invoice: Invoice) -> Invoice {
    invoice.preceding.push(Preceding { number: t("F-2026-0040"), issued: None });
    invoice
}

fn factor() -> Payee {
    Payee { name: t("Factor & Sons"), id: Some(id("9501101021037", "0088")), legal_id: Some(id("552100554", "0002")) }
}

fn within_union(mut invoice: Invoice) -> Invoice {
    let address = Address { country: Some(code("FR")), ..Address::default() };
    invoice.delivery = Some(Delivery { name: Some(t("Entrepôt")), date: Some(day(11, 20)), address: Some(address) });
    invoice
}

fn without_vat_ids(mut invoice: Invoice) -> Invoice {
    (invoice.seller.vat_id, invoice.buyer.vat_id) = (None, None);
    invoice
}

/// Right to left, beyond 16 bits, combined, and what would be markup.
fn scripts(mut invoice: Invoice) -> Invoice {
    invoice.seller.name = t("شركة الفجر للتجارة 🚀");
    invoice.buyer.name = t("בית דפוס \"אור\" & <בנים> 𠮷野家 👩‍👩‍👧‍👦");
    invoice.lines[0].name = t("Ñandú e\u{301}té ]]> &amp; '");
    invoice.notes = vec![Note { subject: None, text: t("First line\r\nsecond line\u{0}\u{b}\u{ffff}") }];
    invoice
}

/// A charge on the document and one on a line, by hand: our own documents have none.
fn charged(mut invoice: Invoice) -> Invoice {
    let charge = Adjustment {
        side: Side::Charge,
        amount: 500,
        base: None,
        percent: None,
        reason: Some(t("Freight")),
        reason_code: Some(code("FC")),
    };
    invoice.lines[0].adjustments.push(charge.clone());
    invoice.lines[0].net += 500;
    let vat = invoice.lines[0].vat;
    invoice.adjustments.push(DocumentAdjustment { adjustment: charge, vat });
    invoice.vat[0].base += 1_000;
    let tax = 210;
    invoice.vat[0].tax += tax;
    let sums = &mut invoice.sums;
    sums.lines += 500;
    sums.charges += 500;
    sums.net += 1_000;
    sums.tax += tax;
    sums.gross += 1_000 + tax;
    sums.rounding = -1;
    sums.payable = sums.gross - 1;
    invoice
}
