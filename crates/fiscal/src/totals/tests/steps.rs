//! The explanation, read as a person would.

use super::*;

fn json(document: &Document) -> Vec<serde_json::Value> {
    let steps = compute(document).explain(document);
    steps.iter().map(|step| serde_json::to_value(step).unwrap()).collect()
}

fn of(steps: &[serde_json::Value], name: &str) -> Vec<serde_json::Value> {
    steps.iter().filter(|step| step["step"] == name).cloned().collect()
}

#[test]
fn by_category_shows_the_tax_before_and_after_rounding() {
    let lines = ["37.76", "26.80", "5.50"].map(|price| line("1", price, &[iva("21")])).to_vec();
    let steps = json(&document(Norm::ByCategory, lines));
    assert_eq!(
        steps[0],
        serde_json::json!({"step": "method", "norm": "by_category", "decimals": 2, "line_decimals": 2, "prices_include_tax": false})
    );
    assert_eq!(
        of(&steps, "line_amount")[1],
        serde_json::json!({"step": "line_amount", "line": 1, "quantity": "1", "unit_price": "26.80", "amount": "26.80"})
    );
    assert_eq!(
        of(&steps, "document_tax"),
        [serde_json::json!({"step": "document_tax", "name": "IVA", "category": "S", "rate": "21", "withheld": false,
            "base": "70.06", "exact": "14.7126", "amount": "14.71"})]
    );
    assert_eq!(steps.last().unwrap(), &serde_json::json!({"step": "total", "figure": "payable", "amount": "84.77"}));
}

#[test]
fn by_line_shows_each_line_at_six_decimals() {
    let steps = json(&document(Norm::ByLine, vec![line("1", "33.33", &[iva("16")]); 3]));
    assert_eq!(of(&steps, "line_tax").len(), 3);
    assert_eq!(of(&steps, "line_tax")[2]["amount"], "5.3328");
    assert_eq!(of(&steps, "document_tax")[0]["exact"], "15.9984");
    assert_eq!(of(&steps, "document_tax")[0]["amount"], "16.00");
}

#[test]
fn discounts_and_included_tax_have_their_steps() {
    let mut invoice = document(Norm::ByCategory, vec![line("2", "60.50", &[iva("21")])]);
    invoice.prices_include_tax = true;
    invoice.lines[0].discount = Some(Discount::Percent(d("10")));
    invoice.allowance = Some(Discount::Amount(d("8.90")));
    let steps = json(&invoice);
    assert_eq!(of(&steps, "line_discount")[0]["amount"], "12.10");
    assert_eq!(of(&steps, "document_discount")[0]["amount"], "8.90");
    assert_eq!(
        of(&steps, "tax_included")[0],
        serde_json::json!({"step": "tax_included", "lines": [0], "rate": "21", "with_tax": "100.00", "base": "82.64", "tax": "17.36"})
    );
    assert_eq!(of(&steps, "line_base")[0]["amount"], "82.64");
}

#[test]
fn totals_of_another_document_are_not_explained() {
    let short = document(Norm::ByCategory, vec![line("1", "1", &[iva("21")])]);
    let long = document(Norm::ByLine, vec![line("1", "1", &[iva("21")]); 4]);
    for prices_include_tax in [false, true] {
        for (a, b) in [(&short, &long), (&long, &short)] {
            let other = Document { prices_include_tax, ..b.clone() };
            assert!(compute(a).explain(&other).is_empty());
        }
    }
}
