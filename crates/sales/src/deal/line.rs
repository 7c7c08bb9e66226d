//! One line: read at the door, and priced as a line of a quote is.

use fiscal::totals::{Discount, Document, Line, Norm, Totals};
use kernel::{Currency, Decimal, Error, Result, error::Fields};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::document::{MOST_LINES, fiscal_currency};

kernel::states! {
    /// How often what is sold is paid for.
    pub enum Recurring { Once = "once", Monthly = "monthly", Yearly = "yearly" }
}

/// The longest description: the line of a quote has room for 4,000 characters, and how often it recurs stands below.
const MOST_DESCRIBED: usize = 3_900;

/// A line of a deal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DealLine {
    #[schema(example = "Fleet maintenance")]
    pub name: String,
    #[serde(default)]
    pub description: Option<String>,
    /// Exact, at most 8 decimals.
    #[schema(value_type = String, example = "12")]
    pub quantity: Decimal,
    #[serde(default)]
    #[schema(example = "van")]
    pub unit: Option<String>,
    /// Exact price of one unit without tax, at most 8 decimals, in the deal's currency.
    #[schema(value_type = String, example = "37.76")]
    pub unit_price: Decimal,
    /// 0 to 100, at most 6 decimals.
    #[serde(default)]
    #[schema(value_type = Option<String>, example = "10")]
    pub discount_percent: Option<Decimal>,
    /// `once` unless given.
    #[serde(default = "once")]
    pub recurring: Recurring,
}

fn once() -> Recurring {
    Recurring::Once
}

/// Reads lines at the door: text trimmed and bounded, figures that can be computed.
pub fn parse(lines: Vec<DealLine>) -> Result<Vec<DealLine>> {
    let mut refused = Fields::default();
    if lines.len() > MOST_LINES {
        refused.refuse("lines", "too_many_lines", format!("A deal has at most {MOST_LINES} lines."));
    }
    let parsed =
        lines.into_iter().take(MOST_LINES).enumerate().map(|(at, line)| read(at, line, &mut refused)).collect();
    refused.finish()?;
    Ok(parsed)
}

fn read(at: usize, line: DealLine, refused: &mut Fields) -> DealLine {
    let name = crm::field::take(refused, crm::field::line(&format!("lines.{at}.name"), Some(&line.name), 200));
    if name.is_none() {
        refused.refuse(format!("lines.{at}.name"), "required", "Say what is sold.");
    }
    let description = line.description.as_deref();
    let description = crm::field::text(&format!("lines.{at}.description"), description, MOST_DESCRIBED);
    DealLine {
        name: name.unwrap_or_default(),
        description: crm::field::take(refused, description),
        unit: crm::field::take(refused, crm::field::line(&format!("lines.{at}.unit"), line.unit.as_deref(), 20)),
        discount_percent: line.discount_percent.filter(|percent| !percent.is_zero()),
        ..line
    }
}

/// What the lines add up to without tax.
pub fn totals(lines: &[DealLine], currency: Currency, norm: Norm) -> Result<Totals> {
    let document = Document {
        currency: fiscal_currency(currency.code())?,
        norm,
        prices_include_tax: false,
        lines: lines.iter().map(priced).collect(),
        allowance: None,
    };
    document.compute().map_err(|e| {
        let path = e.path().replace('[', ".").replace(']', "").replace(".discount", ".discount_percent");
        Error::invalid(path, e.code(), e.to_string())
    })
}

fn priced(line: &DealLine) -> Line {
    Line {
        quantity: line.quantity,
        unit_price: line.unit_price,
        discount: line.discount_percent.map(Discount::Percent),
        taxes: Vec::new(),
    }
}
