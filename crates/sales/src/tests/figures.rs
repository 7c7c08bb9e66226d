//! Figures: those of the published examples through a stored invoice, and stored figures against computed ones.

use kernel::{Decimal, Json};
use proptest::{collection::vec, prelude::*, strategy::ValueTree, test_runner::TestRunner};
use serde_json::{Value, json};

use super::{line, shops, shops_in};
use crate::{document::view::calculation, entity::FiscalEntity, invoice::Invoice};

#[tokio::test]
async fn tax_is_rounded_once_a_category_where_en_16931_holds() {
    for shop in shops().await {
        let lines = json!([line("a", "1", "37.76", "21"), line("b", "1", "26.80", "21"), line("c", "1", "5.50", "21")]);
        let issued = shop.issue(&shop.draft(lines).await).await.unwrap();
        let totals = &issued.totals.0;
        assert_eq!((totals.net, totals.tax, issued.payable_minor), (7006, 1471, 8477));
        let mut tx = shop.tx().await;
        let entity: FiscalEntity = tx.get(issued.fiscal_entity_id).await.unwrap();
        let told = serde_json::to_string(&calculation(&issued.priced(&entity), totals).unwrap()).unwrap();
        assert!(told.contains(r#""exact":"14.7126""#) && told.contains(r#""amount":"14.71""#), "{told}");
    }
}

#[tokio::test]
async fn tax_is_summed_from_lines_of_six_decimals_in_mexico() {
    for shop in shops_in("MX", Some("EKU9003173C9"), "MXN").await {
        let three: Vec<Value> = ["a", "b", "c"].iter().map(|name| line(name, "1", "33.33", "16")).collect();
        let issued = shop.issue(&shop.draft(json!(three)).await).await.unwrap();
        assert_eq!((issued.totals.0.net, issued.totals.0.tax, issued.payable_minor), (9999, 1600, 11_599));
    }
}

#[tokio::test]
async fn base_and_tax_give_a_price_with_tax_back() {
    for shop in shops().await {
        let input = json!({ "prices_include_tax": true, "lines": [line("a", "1", "100.00", "21")] });
        let issued = shop.issue(&shop.draft_with(input).await).await.unwrap();
        assert_eq!((issued.totals.0.net, issued.totals.0.tax, issued.payable_minor), (8264, 1736, 10_000));
    }
}

fn decimal(most: i64, scale: u32) -> impl Strategy<Value = String> {
    (1..most).prop_map(move |n| Decimal::new(n, scale).to_string())
}

fn document() -> impl Strategy<Value = Value> {
    let taxed =
        (decimal(500_000, 3), decimal(9_999_999, 4), prop::sample::select(vec!["21", "10", "4", "9.975"]), 0..60_i64);
    let written = taxed.prop_map(|(quantity, price, rate, percent)| {
        let mut line = line("x", &quantity, &price, rate);
        if percent > 30 {
            line["discount"] = json!({ "percent": percent.to_string() });
        }
        line
    });
    (vec(written, 1..12), any::<bool>(), 0..40_i64).prop_map(|(lines, with_tax, allowance)| {
        let allowance = (allowance > 20).then(|| json!({ "percent": allowance.to_string() }));
        json!({ "lines": lines, "prices_include_tax": with_tax, "allowance": allowance })
    })
}

#[tokio::test]
async fn stored_figures_are_those_that_computing_again_gives() {
    let strategy = document();
    for shop in shops().await {
        let mut runner = TestRunner::deterministic();
        for _ in 0..40 {
            let input = strategy.new_tree(&mut runner).unwrap().current();
            let issued = shop.issue(&shop.draft_with(input.clone()).await).await.unwrap();
            let mut tx = shop.tx().await;
            let read: Invoice = tx.get(issued.id).await.unwrap();
            let entity: FiscalEntity = tx.get(read.fiscal_entity_id).await.unwrap();
            let again = read.priced(&entity).totals().unwrap();
            assert_eq!(Json(again.clone()), read.totals, "{input}");
            let snapshot = read.snapshot.unwrap().0;
            assert_eq!(
                (snapshot.totals.payable, snapshot.sha256()),
                (read.payable_minor, read.snapshot_sha256.unwrap()),
                "{input}"
            );
            assert_eq!(again.lines.iter().map(|l| l.base()).sum::<i64>(), again.net, "{input}");
            assert_eq!(again.net + again.tax - again.withheld, again.payable, "{input}");
        }
    }
}
