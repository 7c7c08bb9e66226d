//! The calculation of a document as a list of steps that a person can follow with a pocket calculator.
//!
//! Steps are data: a name and numbers, so that each reader sees them in their language. They are read off the finished
//! totals, and so can never tell another story than the document does.

use rust_decimal::Decimal;
use serde::Serialize;

use super::exact::decimal;
use super::input::{Discount, Document};
use super::pricing::{self, Priced, PricedLine};
use super::{Category, ExactTax, Norm, TaxSubtotal, Totals};

/// A header figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Figure {
    /// Sum of quantity times price.
    Gross,
    /// Discounts of lines.
    Discount,
    /// Sum of line nets.
    Subtotal,
    /// Discount of the document.
    Allowance,
    /// Total without tax.
    Net,
    /// Taxes added.
    Tax,
    /// Taxes withheld.
    Withheld,
    /// What is to be paid.
    Payable,
}

/// One step. Lines count from zero; amounts are in major units of the currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum Step {
    /// How figures are rounded, always half away from zero: to `line_decimals` in the lines, `decimals` in the header.
    Method { norm: Norm, decimals: u32, line_decimals: u32, prices_include_tax: bool },
    /// `quantity` x `unit_price` = `amount`, as typed: with tax where prices include it.
    LineAmount { line: usize, quantity: Decimal, unit_price: Decimal, amount: Decimal },
    /// `percent` of the line's amount, or an amount as given.
    LineDiscount { line: usize, percent: Option<Decimal>, amount: Decimal },
    /// The document's discount, as typed, in all.
    DocumentDiscount { percent: Option<Decimal>, amount: Decimal },
    /// The line's share of the document's discount, as typed.
    LineShare { line: usize, amount: Decimal },
    /// `with_tax` / (1 + `rate` / 100) = `base`, and `with_tax` - `base` = `tax`: the tax inside the prices of the lines
    /// named, which all carry the same taxes. `rate` is their sum in percent.
    TaxIncluded { lines: Vec<usize>, rate: Decimal, with_tax: Decimal, base: Decimal, tax: Decimal },
    /// What the line comes to without tax, the discounts taken off.
    LineBase { line: usize, amount: Decimal },
    /// By line: `base` x `rate` / 100 = `amount` at six decimals.
    LineTax {
        line: usize,
        name: String,
        category: Category,
        rate: Decimal,
        withheld: bool,
        base: Decimal,
        amount: Decimal,
    },
    /// The tax of the document: `exact` before rounding, `amount` after. `exact` is `base` x `rate` / 100, or by line the
    /// sum of the lines' taxes; with prices that include tax, `amount` is what gives the price back.
    DocumentTax {
        name: String,
        category: Category,
        rate: Decimal,
        withheld: bool,
        base: Decimal,
        exact: Decimal,
        amount: Decimal,
    },
    /// A figure of the header.
    Total { figure: Figure, amount: Decimal },
}

impl Totals {
    /// The steps that lead from the document to these totals. None when the totals are plainly another document's.
    pub fn explain(&self, document: &Document) -> Vec<Step> {
        if self.norm != document.norm || self.lines.len() != document.lines.len() {
            return Vec::new();
        }
        let Ok(priced) = pricing::price(document) else { return Vec::new() };
        let teller = Teller { totals: self, document, priced: &priced };
        let mut steps = vec![teller.method()];
        teller.typed(&mut steps);
        if document.prices_include_tax {
            teller.tax_included(&mut steps);
        }
        teller.bases(&mut steps);
        steps.extend(self.breakdown.iter().filter_map(|row| teller.document_tax(row)));
        steps.extend(teller.header());
        steps
    }
}

/// What the steps are read from.
struct Teller<'a> {
    totals: &'a Totals,
    document: &'a Document,
    priced: &'a Priced,
}

impl Teller<'_> {
    fn method(&self) -> Step {
        Step::Method {
            norm: self.document.norm,
            decimals: self.priced.decimals,
            line_decimals: self.priced.scale,
            prices_include_tax: self.document.prices_include_tax,
        }
    }

    /// A figure of the totals.
    fn minor(&self, amount: i64) -> Decimal {
        Decimal::new(amount, self.priced.decimals)
    }

    /// An amount at the scale of lines.
    fn line_amount(&self, amount: i128) -> Option<Decimal> {
        decimal(amount, self.priced.scale)
    }

    fn typed(&self, steps: &mut Vec<Step>) {
        for (line, (input, priced)) in self.document.lines.iter().zip(&self.priced.lines).enumerate() {
            if let Some(amount) = self.line_amount(priced.gross) {
                let (quantity, unit_price) = (input.quantity, input.unit_price);
                steps.push(Step::LineAmount { line, quantity, unit_price, amount });
            }
            if let (Some(discount), Some(amount)) = (&input.discount, self.line_amount(priced.discount)) {
                steps.push(Step::LineDiscount { line, percent: percent(discount), amount });
            }
        }
        let Some(allowance) = &self.document.allowance else { return };
        if let Some(amount) = self.line_amount(self.priced.lines.iter().map(|line| line.allowance).sum()) {
            steps.push(Step::DocumentDiscount { percent: percent(allowance), amount });
        }
        for (line, priced) in self.priced.lines.iter().enumerate() {
            steps.extend(self.line_amount(priced.allowance).map(|amount| Step::LineShare { line, amount }));
        }
    }

    fn tax_included(&self, steps: &mut Vec<Step>) {
        let pools = match self.document.norm {
            Norm::ByCategory => self.priced.groups(|line| self.priced.added(line).collect::<Vec<_>>()),
            Norm::ByLine => (0..self.priced.lines.len()).map(|line| vec![line]).collect(),
        };
        for lines in pools {
            let typed: i128 = lines.iter().map(|line| self.priced.lines[*line].taxable()).sum();
            let rate = self.rate(&self.priced.lines[lines[0]]);
            let base = match self.document.norm {
                Norm::ByCategory => Some(self.minor(lines.iter().map(|line| self.totals.lines[*line].base()).sum())),
                Norm::ByLine => self.totals.lines[lines[0]].exact.as_ref().map(|exact| exact.net),
            };
            if let (Some(with_tax), Some(base)) = (self.line_amount(typed), base) {
                steps.push(Step::TaxIncluded { lines, rate, with_tax, base, tax: with_tax - base });
            }
        }
    }

    /// The sum of the rates added on a line, in percent.
    fn rate(&self, line: &PricedLine) -> Decimal {
        self.priced.added(line).map(|at| self.priced.taxes[at].key.rate).sum()
    }

    fn bases(&self, steps: &mut Vec<Step>) {
        for (line, total) in self.totals.lines.iter().enumerate() {
            let amount = total.exact.as_ref().map_or_else(|| self.minor(total.base()), |exact| exact.net);
            steps.push(Step::LineBase { line, amount });
            let taxes = total.exact.iter().flat_map(|exact| &exact.taxes);
            steps.extend(taxes.map(|ExactTax { tax, base, amount }| Step::LineTax {
                line,
                name: tax.name.clone(),
                category: tax.category,
                rate: tax.rate,
                withheld: tax.withheld,
                base: *base,
                amount: *amount,
            }));
        }
    }

    fn document_tax(&self, row: &TaxSubtotal) -> Option<Step> {
        let base = self.minor(row.base);
        let exact = match self.totals.norm {
            Norm::ByCategory => base.checked_mul(row.rate)?.checked_div(Decimal::ONE_HUNDRED)?,
            Norm::ByLine => self.sum_of_line_taxes(row)?,
        };
        Some(Step::DocumentTax {
            name: row.name.clone(),
            category: row.category,
            rate: row.rate,
            withheld: row.withheld,
            base,
            exact: exact.normalize(),
            amount: self.minor(row.tax),
        })
    }

    fn sum_of_line_taxes(&self, row: &TaxSubtotal) -> Option<Decimal> {
        let lines = self.totals.lines.iter().filter_map(|line| line.exact.as_ref());
        let same = |tax: &&ExactTax| {
            let key = tax.tax.key();
            (key.withheld, key.name.as_str(), key.category, key.rate)
                == (row.withheld, row.name.as_str(), row.category, row.rate)
        };
        let mut amounts = lines.flat_map(|line| &line.taxes).filter(same).map(|tax| tax.amount);
        amounts.try_fold(Decimal::ZERO, |sum, amount| sum.checked_add(amount))
    }

    fn header(&self) -> impl Iterator<Item = Step> {
        let totals = self.totals;
        [
            (Figure::Gross, totals.gross),
            (Figure::Discount, totals.discount),
            (Figure::Subtotal, totals.subtotal),
            (Figure::Allowance, totals.allowance),
            (Figure::Net, totals.net),
            (Figure::Tax, totals.tax),
            (Figure::Withheld, totals.withheld),
            (Figure::Payable, totals.payable),
        ]
        .map(|(figure, amount)| Step::Total { figure, amount: self.minor(amount) })
        .into_iter()
    }
}

fn percent(discount: &Discount) -> Option<Decimal> {
    match discount {
        Discount::Percent(percent) => Some(*percent),
        Discount::Amount(_) => None,
    }
}
