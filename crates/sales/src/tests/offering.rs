//! What a deal offers: its lines, the amount that follows from them, the quote they become.

use crm::deal::{Deal, create::NewDeal, delete};
use kernel::Decimal;
use proptest::{collection::vec, prelude::*, strategy::ValueTree, test_runner::TestRunner};
use serde_json::{Value, json};
use store::Tx;

use super::{Shop, code, shops, shops_in};
use crate::{
    deal::{
        DealLines, billing, lines, quote,
        set::{SetDealLines, set},
        view::{DealLinesView, view},
    },
    invoice::pay,
    quote::{QuoteState, convert},
};

/// A deal of the customer in a currency.
async fn deal(shop: &Shop, currency: &str) -> Deal {
    let mut tx = shop.tx().await;
    let input =
        json!({ "name": "Fleet", "company_id": shop.customer.id, "amount": { "amount": "10", "currency": currency } });
    let new: NewDeal = serde_json::from_value(input).unwrap();
    let deal = crm::deal::create::create(&mut tx, new).await.unwrap();
    tx.commit().await.unwrap();
    deal
}

async fn write(tx: &mut Tx, deal: &Deal, lines_: Value, follow: bool) -> kernel::Result<(Deal, DealLines)> {
    let deal: Deal = tx.get_locked(deal.id).await?;
    let before = lines(tx, &deal).await?;
    let input: SetDealLines = serde_json::from_value(json!({ "lines": lines_, "amount_from_lines": follow })).unwrap();
    set(tx, deal, before, input).await
}

async fn shown(tx: &mut Tx, deal: &Deal) -> DealLinesView {
    let deal: Deal = tx.get(deal.id).await.unwrap();
    let stored = lines(tx, &deal).await.unwrap();
    view(tx, &deal, stored).await.unwrap()
}

fn item(name: &str, quantity: &str, price: &str, percent: Option<&str>, recurring: &str) -> Value {
    json!({ "name": name, "quantity": quantity, "unit_price": price, "discount_percent": percent, "recurring": recurring })
}

#[tokio::test]
async fn the_amount_of_a_deal_follows_its_lines_until_it_is_let_go() {
    for shop in shops().await {
        let deal = deal(&shop, "EUR").await;
        let offered = json!([
            item("Pads", "2.5", "37.76", None, "once"),
            item("Watch", "12", "9.99", Some("10"), "monthly"),
            item("Audit", "1", "250", Some("0"), "yearly"),
        ]);
        let mut tx = shop.tx().await;
        let (followed, _) = write(&mut tx, &deal, offered.clone(), true).await.unwrap();
        // 94.40 and 107.892 and 250.
        assert_eq!((followed.amount_minor, followed.amount_computed), (45_229, true));
        let seen = shown(&mut tx, &deal).await;
        let figures = [seen.total, seen.once, seen.monthly, seen.yearly, seen.gross, seen.discount, seen.difference];
        assert_eq!(figures.map(|money| money.minor), [45_229, 9_440, 10_789, 25_000, 46_428, 1_199, 0]);

        // Nobody writes another amount meanwhile, and the one it has may be written with the rest.
        let amount =
            |minor: i64| json!({ "amount": { "amount": Decimal::new(minor, 2).to_string(), "currency": "EUR" } });
        let change = |change: Value| serde_json::from_value(change).unwrap();
        let refused = crm::deal::update::update(&mut tx, followed.clone(), change(amount(1))).await;
        assert_eq!(code(refused), "amount_computed");
        let renamed = crm::deal::update::update(&mut tx, followed, change(amount(45_229))).await.unwrap();

        // Let go, it stays as it is; the difference is shown.
        write(&mut tx, &renamed, json!([item("Pads", "1", "100", None, "once")]), false).await.unwrap();
        let seen = shown(&mut tx, &deal).await;
        assert_eq!((seen.amount.minor, seen.total.minor, seen.difference.minor), (45_229, 10_000, 35_229));
        assert!(!seen.amount_from_lines);
        tx.commit().await.unwrap();
        assert_eq!(shop.events("deal.lines_changed", deal.id).await, 2);

        // The same again changes nothing and says nothing.
        let mut tx = shop.tx().await;
        write(&mut tx, &deal, json!([item("Pads", "1", "100", None, "once")]), false).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(shop.events("deal.lines_changed", deal.id).await, 2);

        let mut tx = shop.tx().await;
        let (empty, _) = write(&mut tx, &deal, json!([]), true).await.unwrap();
        assert_eq!((empty.amount_minor, empty.amount_computed), (0, true), "nothing is offered");
        delete::delete(&mut tx, empty).await.unwrap();
        assert_eq!(code(write(&mut tx, &deal, json!([]), false).await), "deal_deleted");
    }
}

#[tokio::test]
async fn lines_that_cannot_be_reckoned_are_refused_where_they_stand() {
    for shop in shops().await {
        let deal = deal(&shop, "EUR").await;
        let mut tx = shop.tx().await;
        // As long as may be, it still becomes a line of a quote that says how often it recurs.
        let mut told = item("a", "1", "1", None, "yearly");
        told["description"] = json!("x".repeat(3_900));
        let (offered, _) = write(&mut tx, &deal, json!([told]), true).await.unwrap();
        quote::quote(&mut tx, &offered).await.unwrap();
        told["description"] = json!("x".repeat(3_901));
        for (line, field, refused) in [
            (told, "lines.0.description", "too_long"),
            (item(" ", "1", "1", None, "once"), "lines.0.name", "required"),
            (item("a", "1", "-1", None, "once"), "lines.0.unit_price", "negative"),
            (item("a", "1", "1", Some("101"), "once"), "lines.0.discount_percent", "not_percent"),
            (item("a", "0.000000001", "1", None, "once"), "lines.0.quantity", "too_many_decimals"),
            (item("a", "-1", "1", None, "once"), "amount", "amount_negative"),
            (item("a", "1000000", "1000000000", None, "once"), "amount", "amount_too_large"),
        ] {
            match write(&mut tx, &deal, json!([line]), true).await.unwrap_err() {
                kernel::Error::Invalid { fields } => {
                    assert_eq!((fields[0].field.as_str(), fields[0].code.as_str()), (field, refused));
                }
                other => panic!("{other:?}"),
            }
        }
        let many: Vec<Value> = (0..501).map(|_| item("a", "1", "1", None, "once")).collect();
        assert_eq!(code(write(&mut tx, &deal, json!(many), true).await), "too_many_lines");
    }
}

fn offer() -> impl Strategy<Value = Value> {
    let line = (1..500_000_i64, 1..9_999_999_i64, 0..60_i64).prop_map(|(quantity, price, percent)| {
        let percent = (percent > 30).then(|| percent.to_string());
        let (quantity, price) = (Decimal::new(quantity, 3).to_string(), Decimal::new(price, 4).to_string());
        item("x", &quantity, &price, percent.as_deref(), "once")
    });
    vec(line, 1..9).prop_map(|lines| json!(lines))
}

/// By both norms of rounding: with tax once a category, and summed from lines of six decimals.
#[tokio::test]
async fn the_quote_of_a_deal_adds_up_to_what_the_deal_does() {
    for (country, tax_id, currency) in [("ES", "B58378431", "EUR"), ("MX", "EKU9003173C9", "MXN")] {
        for shop in shops_in(country, Some(tax_id), currency).await {
            let deal = deal(&shop, currency).await;
            let (strategy, mut runner) = (offer(), TestRunner::deterministic());
            let mut tx = shop.tx().await;
            for _ in 0..12 {
                let offered = strategy.new_tree(&mut runner).unwrap().current();
                let (deal, _) = write(&mut tx, &deal, offered.clone(), true).await.unwrap();
                let made = quote::quote(&mut tx, &deal).await.unwrap();
                assert_eq!((made.totals.0.net, made.currency), (deal.amount_minor, deal.currency), "{offered}");
                assert!(made.totals.0.tax > 0, "the country's tax is on each line");
                let seen = shown(&mut tx, &deal).await;
                assert_eq!(seen.amounts.iter().map(|amount| amount.minor).sum::<i64>(), deal.amount_minor, "{offered}");
            }
            tx.commit().await.unwrap();
        }
    }
}

#[tokio::test]
async fn a_quote_made_of_a_deal_says_what_recurs_and_its_invoice_carries_the_deal() {
    for shop in shops().await {
        let deal = deal(&shop, "EUR").await;
        let mut tx = shop.tx().await;
        let mut watch = item("Watch", "12", "10", Some("10"), "monthly");
        watch["description"] = json!("Day and night");
        watch["unit"] = json!("van");
        write(&mut tx, &deal, json!([watch, item("Pads", "1", "50", None, "once")]), false).await.unwrap();
        let made = quote::quote(&mut tx, &deal).await.unwrap();
        assert_eq!(
            (made.deal_id, made.company_id, made.title.as_str()),
            (Some(deal.id), Some(shop.customer.id), "Fleet")
        );
        let told: Vec<_> =
            made.lines.0.iter().map(|line| (line.description.as_str(), line.details.as_deref())).collect();
        assert_eq!(told, [("Watch", Some("Day and night\nCada mes")), ("Pads", None)]);
        assert_eq!((made.lines.0[0].unit.as_deref(), made.totals.0.net), (Some("van"), 15_800));
        let second = quote::quote(&mut tx, &deal).await.unwrap();
        assert_ne!(second.id, made.id, "a deal may be offered in more ways than one");

        let accepted = crate::quote::Quote { state: QuoteState::Accepted, ..made };
        tx.update(&accepted).await.unwrap();
        let invoice = convert::invoice(&mut tx, accepted.id).await.unwrap();
        assert_eq!(invoice.deal_id, Some(deal.id));
        assert!(billing::billing(&mut tx, deal.id).await.unwrap().totals.is_empty(), "a draft counts for nothing");
        tx.commit().await.unwrap();

        let issued = shop.issue(&invoice).await.unwrap();
        let mut tx = shop.tx().await;
        pay::apply_payment(&mut tx, issued.id, 10_000).await.unwrap();
        let billed = billing::billing(&mut tx, deal.id).await.unwrap().totals;
        let told: Vec<_> =
            billed.iter().map(|t| (t.invoices, t.invoiced.minor, t.paid.minor, t.balance.minor)).collect();
        assert_eq!(told, [(1, 19_118, 10_000, 9_118)]);
    }
}
