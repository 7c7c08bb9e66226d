//! Any invoice the model can hold, lawful or not.

use chrono::{Days, NaiveDate};
use iso_currency::Currency;
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;
use rust_decimal::Decimal;

use super::super::*;
use crate::totals::Category;

/// Any text, made of all that people and machines write; never one that looks as if it had a subject before it.
fn text() -> impl Strategy<Value = Text> {
    let characters =
        prop_oneof![any::<char>(), select("<>&\"' ]\n\t\r\u{0}\u{ffff}\u{202e}é漢🚀".chars().collect::<Vec<_>>())];
    vec(characters, 1..12).prop_map(|text| Text::from(text.into_iter().collect::<String>().replace('#', "").as_str()))
}

/// A text that says something.
fn some() -> impl Strategy<Value = Text> {
    text().prop_map(|text| if text.is_empty() { Text::from("?") } else { text })
}

fn maybe() -> impl Strategy<Value = Option<Text>> {
    of(some())
}

fn code() -> impl Strategy<Value = Code> {
    "[!-~]{1,8}".prop_filter_map("not the scheme of creditors", |code| {
        Code::parse(&code).filter(|code| !code.as_str().eq_ignore_ascii_case("SEPA") && *code != "1")
    })
}

fn date() -> impl Strategy<Value = NaiveDate> {
    (0_u64..60_000).prop_map(|days| NaiveDate::from_ymd_opt(1950, 1, 1).unwrap() + Days::new(days))
}

fn period() -> impl Strategy<Value = Option<Period>> {
    (of(date()), of(date()))
        .prop_map(|(start, end)| Some(Period { start, end }).filter(|period| *period != Period::default()))
}

fn number() -> impl Strategy<Value = Decimal> {
    (-1_000_000_000_000_i64..1_000_000_000_000, 0_u32..=8).prop_map(|(mantissa, scale)| Decimal::new(mantissa, scale))
}

fn amount() -> impl Strategy<Value = i64> {
    prop_oneof![Just(0), -1_000_000_i64..1_000_000, any::<i64>()]
}

fn identifier() -> impl Strategy<Value = Identifier> {
    (some(), of(code())).prop_map(|(id, scheme)| Identifier { id, scheme })
}

fn address() -> impl Strategy<Value = Address> {
    (maybe(), maybe(), maybe(), maybe(), maybe(), maybe(), of(code())).prop_map(
        |(line1, line2, line3, city, post_code, region, country)| Address {
            line1,
            line2,
            line3,
            city,
            post_code,
            region,
            country,
        },
    )
}

fn party() -> impl Strategy<Value = Party> {
    let contact =
        of((some(), maybe(), maybe()).prop_map(|(name, phone, email)| Contact { name: Some(name), phone, email }));
    let ids = vec(identifier(), 0..3).prop_map(|mut ids| {
        ids.sort_by_key(|id| id.scheme.is_some());
        ids
    });
    let names = (text(), maybe(), ids, of(identifier()));
    let numbers = (maybe(), maybe(), maybe(), of(identifier()));
    (names, numbers, address(), contact).prop_map(
        |(
            (name, trading_name, ids, legal_id),
            (vat_id, tax_registration, legal_form, electronic),
            address,
            contact,
        )| {
            Party {
                name,
                trading_name,
                ids,
                legal_id,
                vat_id,
                tax_registration,
                legal_form,
                electronic,
                address,
                contact,
            }
        },
    )
}

fn vat() -> impl Strategy<Value = Vat> {
    (select(Category::ALL.to_vec()), number()).prop_map(|(category, rate)| Vat { category, rate })
}

fn adjustment() -> impl Strategy<Value = Adjustment> {
    let side = select(vec![Side::Allowance, Side::Charge]);
    (side, amount(), of(amount()), of(number()), maybe(), of(code())).prop_map(
        |(side, amount, base, percent, reason, reason_code)| Adjustment {
            side,
            amount,
            base,
            percent,
            reason,
            reason_code,
        },
    )
}

fn line() -> impl Strategy<Value = Line> {
    let figures = (number(), code(), amount(), vec(adjustment(), 0..3), vat());
    let price = (number(), of(number()), of(number()));
    let price = price.prop_map(|(net, gross, base_quantity)| Price { net, gross, base_quantity });
    let words = (text(), maybe(), maybe(), period(), text(), maybe());
    let items = (maybe(), maybe(), of(identifier()));
    (figures, price, words, items).prop_map(
        |((quantity, unit, net, adjustments, vat), price, (id, note, order_line, period, name, description), items)| {
            Line {
                id,
                note,
                quantity,
                unit,
                net,
                order_line,
                period,
                adjustments,
                price,
                vat,
                name,
                description,
                seller_item: items.0,
                buyer_item: items.1,
                standard_item: items.2,
            }
        },
    )
}

fn payment() -> impl Strategy<Value = Payment> {
    let account =
        (some(), maybe(), maybe()).prop_map(|(number, name, bic)| Account { number: number.into(), name, bic });
    let mandate = (some(), maybe(), maybe()).prop_map(|(reference, creditor, account)| Mandate {
        reference: Some(reference),
        creditor,
        account,
    });
    let card = (some(), maybe()).prop_map(|(number, holder)| Card { number, holder });
    (code(), maybe(), maybe(), vec(account, 0..3), of(card), of(mandate)).prop_map(
        |(means, means_text, remittance, accounts, card, mandate)| Payment {
            // An attribute has no line breaks.
            means_text: means_text.map(|text| Text::from(text.as_str().replace(['\n', '\t'], " ").as_str())),
            means,
            remittance,
            accounts,
            card,
            mandate,
        },
    )
}

fn head() -> impl Strategy<Value = Invoice> {
    let profile = prop_oneof![
        select(vec![Profile::En16931, Profile::PeppolBis3, Profile::XRechnung3]),
        (some(), maybe()).prop_map(|(specification, process)| Profile::Other { specification, process }),
    ];
    let kind = select(vec![Kind::INVOICE, Kind::CREDIT_NOTE, Kind::CORRECTED]);
    let currency = select(vec![Currency::EUR, Currency::JPY, Currency::KWD, Currency::USD]);
    let tax = of(amount().prop_map(|tax| AccountingTax { currency: Currency::CHF, tax }));
    let dates = (date(), of(date()), of(date()));
    let texts = (text(), maybe(), maybe(), maybe(), maybe());
    (profile, kind, currency, tax, dates, texts, party(), party()).prop_map(
        |(profile, kind, currency, accounting_tax, (issued, tax_point, due), texts, seller, buyer)| Invoice {
            profile,
            number: texts.0,
            issued,
            kind,
            currency,
            accounting_tax,
            tax_point,
            due,
            buyer_reference: texts.1,
            contract: texts.2,
            order: texts.3,
            payment_terms: texts.4,
            notes: Vec::new(),
            preceding: Vec::new(),
            seller,
            buyer,
            payee: None,
            delivery: None,
            period: None,
            payment: None,
            adjustments: Vec::new(),
            sums: Sums::default(),
            vat: Vec::new(),
            lines: Vec::new(),
        },
    )
}

/// Any invoice. A tax point is only where a row of the breakdown can carry it, which CII needs.
pub(super) fn any_invoice() -> impl Strategy<Value = Invoice> {
    let note = (of("[A-Z]{3}"), some())
        .prop_map(|(subject, text)| Note { subject: subject.and_then(|s| Code::parse(&s)), text });
    let preceding = (text(), of(date())).prop_map(|(number, issued)| Preceding { number, issued });
    let delivery = of((some(), of(date()), of(address())).prop_map(|(name, date, address)| Delivery {
        name: Some(name),
        date,
        address: address.filter(|address| *address != Address::default()),
    }));
    let payee =
        of((some(), of(identifier()), of(identifier())).prop_map(|(name, id, legal_id)| Payee { name, id, legal_id }));
    let row = (vat(), amount(), amount(), maybe(), of(code()))
        .prop_map(|(vat, base, tax, exemption, exemption_code)| VatRow { vat, base, tax, exemption, exemption_code });
    let row_adjustment = (adjustment(), vat()).prop_map(|(adjustment, vat)| DocumentAdjustment { adjustment, vat });
    let sums = proptest::array::uniform9(amount()).prop_map(
        |[lines, allowances, charges, net, tax, gross, paid, rounding, payable]| Sums {
            lines,
            allowances,
            charges,
            net,
            tax,
            gross,
            paid,
            rounding,
            payable,
        },
    );
    let around = (vec(note, 0..3), vec(preceding, 0..3), payee, delivery, period(), of(payment()));
    let money = (vec(row_adjustment, 0..3), sums, vec(row, 1..4), vec(line(), 0..4));
    (head(), around, money).prop_map(|(head, around, money)| {
        let (notes, preceding, payee, delivery, period, payment) = around;
        let (adjustments, sums, vat, lines) = money;
        Invoice { notes, preceding, payee, delivery, period, payment, adjustments, sums, vat, lines, ..head }
    })
}
