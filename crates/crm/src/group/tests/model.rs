//! Random amounts and numbers against the plainest sum of them: exact, by currency, on both databases.

use std::collections::BTreeMap;

use rand::{RngExt, SeedableRng, rngs::SmallRng};
use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::{Value, json};

use super::{groups, pairs};
use crate::{field::custom::tests::field_of, tests::desks};

#[derive(Default)]
struct Sum {
    count: i64,
    amounts: BTreeMap<&'static str, Vec<Decimal>>,
    fees: BTreeMap<&'static str, Vec<Decimal>>,
    weights: Vec<Decimal>,
}

/// The figures of one aggregate, by currency.
fn figures(group: &Value, at: usize) -> BTreeMap<String, Decimal> {
    let of = |figure: &Value| {
        let currency = figure["currency"].as_str().unwrap_or("").to_owned();
        (currency, figure["value"].as_str().unwrap().parse().unwrap())
    };
    group["values"][at].as_array().unwrap().iter().map(of).collect()
}

fn made(values: &BTreeMap<&'static str, Vec<Decimal>>, of: fn(&[Decimal]) -> Decimal) -> BTreeMap<String, Decimal> {
    values.iter().map(|(currency, values)| ((*currency).to_owned(), of(values))).collect()
}

fn rounded(values: &[Decimal], digits: u32) -> Decimal {
    let mean = values.iter().sum::<Decimal>() / Decimal::from(values.len());
    mean.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero)
}

fn sum(values: &[Decimal]) -> Decimal {
    values.iter().sum()
}

fn cents(values: &[Decimal]) -> Decimal {
    rounded(values, 2)
}

fn least(values: &[Decimal]) -> Decimal {
    *values.iter().min().unwrap()
}

fn greatest(values: &[Decimal]) -> Decimal {
    *values.iter().max().unwrap()
}

#[tokio::test]
async fn sums_are_those_of_the_records_by_currency_and_to_the_last_digit() {
    for desk in desks().await {
        field_of(&desk, json!({ "object": "deal", "label": "Fee", "kind": "money" })).await;
        field_of(&desk, json!({ "object": "deal", "label": "Weight", "kind": "number" })).await;
        field_of(&desk, json!({ "object": "deal", "label": "Signed", "kind": "date" })).await;
        let stages = desk.get("/api/v1/pipelines").await.ok().body["items"][0]["stages"].clone();
        let mut random = SmallRng::seed_from_u64(11);
        let mut expected: BTreeMap<usize, Sum> = BTreeMap::new();
        for n in 0..40 {
            let (at, currency) = (random.random_range(0..3), if random.random_bool(0.6) { "EUR" } else { "MXN" });
            let amount = Decimal::new(random.random_range(0..9_000_000_000_i64), 2);
            let fee_in = if random.random_bool(0.5) { "EUR" } else { "USD" };
            let fee = Decimal::new(random.random_range(-5_000_000_i64..5_000_000), 2);
            let weight = Decimal::new(
                random.random_range(-9_999_999_999_999_999_i64..9_999_999_999_999_999),
                random.random_range(0..=10),
            );
            let mut custom = json!({ "fee": { "amount": fee.to_string(), "currency": fee_in }, "signed": format!("2026-03-{:02}", n % 28 + 1) });
            let sum = expected.entry(at).or_default();
            if n % 5 > 0 {
                custom["weight"] = json!(weight.to_string());
                sum.weights.push(weight);
            }
            sum.count += 1;
            sum.amounts.entry(currency).or_default().push(amount);
            sum.fees.entry(fee_in).or_default().push(fee);
            let body = json!({ "name": "Fleet", "stage_id": stages[at]["id"], "amount": { "amount": amount.to_string(), "currency": currency }, "custom": custom });
            desk.post("/api/v1/deals", body).await.ok();
        }
        let money = "sum:amount,average:amount,min:amount,max:amount,sum:custom.fee,average:custom.fee";
        let found = groups(&desk, &format!("deals/groups?by=stage_id&aggregate={money}")).await;
        let other = "sum:custom.weight,average:custom.weight,min:custom.weight,max:custom.weight,min:custom.signed";
        let others = groups(&desk, &format!("deals/groups?by=stage_id&aggregate={other}")).await;
        assert_eq!(found["groups"].as_array().unwrap().len(), expected.len());
        for (at, sums) in &expected {
            let (group, other) = (&found["groups"][*at], &others["groups"][*at]);
            assert_eq!(
                (&group["label"], &group["count"]),
                (&stages[*at]["name"], &json!(sums.count)),
                "in their order"
            );
            for (place, of) in [sum, cents, least, greatest].into_iter().enumerate() {
                assert_eq!(figures(group, place), made(&sums.amounts, of), "amounts {place}");
            }
            assert_eq!(figures(group, 4), made(&sums.fees, sum));
            assert_eq!(figures(group, 5), made(&sums.fees, cents));
            assert_eq!(figures(other, 0)[""], sum(&sums.weights));
            let (mean, exact) = (figures(other, 1)[""], rounded(&sums.weights, 4));
            assert!((mean - exact).abs() <= Decimal::new(1, 4), "{mean} {exact}");
            assert_eq!((figures(other, 2)[""], figures(other, 3)[""]), (least(&sums.weights), greatest(&sums.weights)));
        }
        let all = || expected.values().flat_map(|of| of.weights.iter().copied()).collect::<Vec<_>>();
        assert_eq!(figures(&others["total"], 0)[""], sum(&all()));
        assert_eq!(others["total"]["values"][4][0]["value"], json!("2026-03-01"));
        // Without groups there is the whole alone.
        let whole = groups(&desk, "deals/groups?aggregate=sum:amount").await;
        assert_eq!((&whole["groups"], &whole["total"]["count"]), (&json!([]), &json!(40)));
        assert_eq!(whole["total"]["values"][0], found["total"]["values"][0]);
        let none = groups(&desk, "contacts/groups?aggregate=max:birth_date").await;
        assert_eq!((&none["total"]["count"], &none["total"]["values"]), (&json!(0), &json!([[]])));
        let months = groups(&desk, "deals/groups?by=custom.signed:week").await;
        let weeks = super::counts(&months);
        assert_eq!(weeks.first().cloned(), pairs(&[("2026-02-23", weeks[0].1)]).pop(), "from the first day on");
        assert_eq!(weeks.iter().map(|week| week.1).sum::<i64>(), 40);
    }
}
