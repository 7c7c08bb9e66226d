//! Figures and steps as the API shows them. Amounts of money carry their currency; nothing is computed here.

use fiscal::totals::{Step, TaxSubtotal, Totals};
use kernel::{Currency, Decimal, Money};
use serde::Serialize;
use utoipa::ToSchema;

use super::Priced;

/// The figures of a document.
#[derive(Debug, Serialize, ToSchema)]
pub struct TotalsView {
    /// `by_category` or `by_line`: where figures were rounded.
    #[schema(example = "by_category")]
    pub norm: &'static str,
    /// One per line, in order.
    pub lines: Vec<LineTotalView>,
    /// One per tax, category and rate: first the taxes added, then those withheld.
    pub breakdown: Vec<TaxSubtotalView>,
    /// Quantity times price, before discounts, without tax.
    pub gross: Money,
    /// Discounts of lines.
    pub discount: Money,
    /// `gross - discount`.
    pub subtotal: Money,
    /// Discount of the document.
    pub allowance: Money,
    /// `subtotal - allowance`.
    pub net: Money,
    /// Taxes added.
    pub tax: Money,
    /// Taxes kept back by the customer; a positive figure that is subtracted.
    pub withheld: Money,
    /// `net + tax - withheld`.
    pub payable: Money,
}

/// The figures of one line.
#[derive(Debug, Serialize, ToSchema)]
pub struct LineTotalView {
    pub gross: Money,
    pub discount: Money,
    /// `gross - discount`, without tax.
    pub net: Money,
    /// Its share of the document's discount.
    pub allowance: Money,
    pub tax: Money,
    pub withheld: Money,
    /// Net, less its share of the document's discount, plus its taxes.
    pub with_tax: Money,
}

/// A row of the tax breakdown.
#[derive(Debug, Serialize, ToSchema)]
pub struct TaxSubtotalView {
    #[schema(example = "S")]
    pub category: String,
    #[schema(value_type = String, example = "21")]
    pub rate: Decimal,
    #[schema(example = "IVA")]
    pub name: String,
    pub withheld: bool,
    pub exemption_codes: Vec<String>,
    pub base: Money,
    pub tax: Money,
}

/// The view of computed totals.
pub fn totals(totals: &Totals, currency: Currency) -> TotalsView {
    let money = |minor| Money::new(minor, currency);
    TotalsView {
        norm: match totals.norm {
            fiscal::totals::Norm::ByCategory => "by_category",
            fiscal::totals::Norm::ByLine => "by_line",
        },
        lines: totals
            .lines
            .iter()
            .map(|line| LineTotalView {
                gross: money(line.gross),
                discount: money(line.discount),
                net: money(line.net),
                allowance: money(line.allowance),
                tax: money(line.tax),
                withheld: money(line.withheld),
                with_tax: money(line.with_tax()),
            })
            .collect(),
        breakdown: totals.breakdown.iter().map(|row| subtotal(row, currency)).collect(),
        gross: money(totals.gross),
        discount: money(totals.discount),
        subtotal: money(totals.subtotal),
        allowance: money(totals.allowance),
        net: money(totals.net),
        tax: money(totals.tax),
        withheld: money(totals.withheld),
        payable: money(totals.payable),
    }
}

fn subtotal(row: &TaxSubtotal, currency: Currency) -> TaxSubtotalView {
    TaxSubtotalView {
        category: row.category.to_string(),
        rate: row.rate,
        name: row.name.clone(),
        withheld: row.withheld,
        exemption_codes: row.exemption_codes.clone(),
        base: Money::new(row.base, currency),
        tax: Money::new(row.tax, currency),
    }
}

/// Totals and how they came about.
#[derive(Debug, Serialize, ToSchema)]
pub struct Calculation {
    pub currency: Currency,
    pub totals: TotalsView,
    /// In the order a person would compute them.
    #[schema(value_type = Vec<StepShape>)]
    pub steps: Vec<Step>,
}

/// One step of a calculation; which further fields there are follows from `step`. Amounts are in the currency's unit.
#[derive(Serialize, ToSchema)]
#[schema(as = CalculationStep)]
#[allow(dead_code, reason = "describes fiscal::totals::Step for the API description")]
pub struct StepShape {
    /// method, line_amount, line_discount, document_discount, line_share, tax_included, line_base, line_tax, document_tax or total.
    #[schema(example = "document_tax")]
    step: String,
    norm: Option<String>,
    decimals: Option<u32>,
    line_decimals: Option<u32>,
    prices_include_tax: Option<bool>,
    /// Counts from 0.
    line: Option<usize>,
    lines: Option<Vec<usize>>,
    quantity: Option<String>,
    unit_price: Option<String>,
    percent: Option<String>,
    name: Option<String>,
    category: Option<String>,
    rate: Option<String>,
    withheld: Option<bool>,
    with_tax: Option<String>,
    base: Option<String>,
    tax: Option<String>,
    /// Before rounding.
    #[schema(example = "14.7126")]
    exact: Option<String>,
    #[schema(example = "14.71")]
    amount: Option<String>,
    /// gross, discount, subtotal, allowance, net, tax, withheld or payable.
    figure: Option<String>,
}

/// Stored totals with the steps that lead to them.
pub fn calculation(priced: &Priced<'_>, computed: &Totals) -> kernel::Result<Calculation> {
    let steps = computed.explain(&priced.document()?);
    Ok(Calculation { currency: priced.currency, totals: totals(computed, priced.currency), steps })
}
