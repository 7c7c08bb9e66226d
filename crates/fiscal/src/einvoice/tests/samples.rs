//! Invoices of every category and shape, each lawful by [`check`](super::super::check()).

use chrono::NaiveDate;
use iso_currency::Currency;
use rust_decimal::Decimal;

use super::super::*;
use crate::totals::{self, Category, Discount, Document, Norm, Tax};

pub(super) fn d(text: &str) -> Decimal {
    text.parse().unwrap()
}

pub(super) fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

pub(super) fn t(text: &str) -> Text {
    Text::from(text)
}

pub(super) fn code(text: &str) -> Code {
    Code::parse(text).unwrap()
}

pub(super) fn id(id: &str, scheme: &str) -> Identifier {
    Identifier { id: t(id), scheme: Code::parse(scheme) }
}

pub(super) fn tax(category: Category, rate: &str) -> Tax {
    Tax { category, rate: d(rate), name: "IVA".into(), withheld: false, exemption_code: None }
}

pub(super) fn exempt(category: Category, reason: &str) -> Tax {
    Tax { exemption_code: Some(reason.into()), ..tax(category, "0") }
}

pub(super) fn line(quantity: &str, price: &str, taxes: &[Tax]) -> totals::Line {
    totals::Line { quantity: d(quantity), unit_price: d(price), discount: None, taxes: taxes.to_vec() }
}

pub(super) fn less(mut line: totals::Line, discount: Discount) -> totals::Line {
    line.discount = Some(discount);
    line
}

pub(super) fn document(lines: Vec<totals::Line>) -> Document {
    Document { currency: Currency::EUR, norm: Norm::ByCategory, prices_include_tax: false, lines, allowance: None }
}

pub(super) fn figures(document: &Document) -> Figures {
    let item = |(at, _): (usize, &totals::Line)| Item {
        name: t(&format!("Item {}", at + 1)),
        description: (at % 2 == 0).then(|| t("As agreed & <delivered>")),
        unit: code(if at % 2 == 0 { "C62" } else { "HUR" }),
        note: None,
        seller_item: Some(t(&format!("SKU-{at}"))),
    };
    let items: Vec<Item> = document.lines.iter().enumerate().map(item).collect();
    Figures::of(document, &document.compute().unwrap(), &items).unwrap()
}

pub(super) fn with(figures: Figures) -> Invoice {
    Invoice {
        profile: Profile::En16931,
        number: t("F-2026-0042"),
        issued: day(11, 23),
        kind: Kind::INVOICE,
        currency: figures.currency,
        accounting_tax: None,
        tax_point: None,
        due: Some(day(12, 23)),
        buyer_reference: Some(t("04011000-12345-34")),
        contract: Some(t("C-7")),
        order: Some(t("PO-99")),
        payment_terms: Some(t("Net 30 days")),
        notes: vec![Note { subject: None, text: t("Thank you for your order.") }],
        preceding: Vec::new(),
        seller: seller(),
        buyer: buyer(),
        payee: None,
        delivery: Some(Delivery { name: None, date: Some(day(11, 20)), address: None }),
        period: None,
        payment: Some(transfer()),
        adjustments: figures.adjustments,
        sums: figures.sums,
        vat: figures.vat,
        lines: figures.lines,
    }
}

pub(super) fn of(document: &Document) -> Invoice {
    with(figures(document))
}

fn address(line: &str, city: &str, post_code: &str, country: &str) -> Address {
    Address {
        line1: Text::some(line),
        line2: Some(t("2º izquierda")),
        line3: None,
        city: Some(t(city)),
        post_code: Some(t(post_code)),
        region: None,
        country: Some(code(country)),
    }
}

fn seller() -> Party {
    Party {
        name: t("Talleres Aurora S.L."),
        trading_name: Some(t("Aurora")),
        ids: vec![id("SUP-1", "")],
        legal_id: Some(Identifier { id: t("B66123456"), scheme: None }),
        vat_id: Some(t("ESB66123456")),
        tax_registration: None,
        legal_form: Some(t("Registro Mercantil de Barcelona, tomo 1")),
        electronic: Some(id("ESB66123456", "9920")),
        address: address("Carrer de Mallorca 401", "Barcelona", "08013", "ES"),
        contact: Some(Contact {
            name: Some(t("Facturación")),
            phone: Some(t("+34 930 000 000")),
            email: Some(t("facturas@aurora.example")),
        }),
    }
}

fn buyer() -> Party {
    Party {
        name: t("Étiquettes Sud-Ouest SAS"),
        ids: vec![id("3014531600000", "0088")],
        legal_id: Some(id("552100554", "0002")),
        vat_id: Some(t("FR83404833048")),
        electronic: Some(id("552100554", "0225")),
        address: address("12 rue de la République", "Bordeaux", "33000", "FR"),
        contact: Some(Contact { name: Some(t("Comptabilité")), phone: None, email: None }),
        ..Party::default()
    }
}

pub(super) fn transfer() -> Payment {
    Payment {
        means: code("58"),
        means_text: Some(t("SEPA credit transfer")),
        remittance: Some(t("F-2026-0042")),
        accounts: vec![
            Account {
                number: AccountNumber::from(t("ES91 2100 0418 4502 0005 1332")),
                name: Some(t("Talleres Aurora")),
                bic: Some(t("CAIXESBBXXX")),
            },
            Account { number: AccountNumber::from(t("FR1420041010050500013M02606")), name: None, bic: None },
        ],
        card: None,
        mandate: None,
    }
}

/// Every shape by its name.
pub(super) fn all() -> Vec<(&'static str, Invoice)> {
    let mut all = super::shapes::money();
    all.extend(super::shapes::words());
    all
}
