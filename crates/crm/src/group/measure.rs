//! Values of a field as figures that databases add up exactly: whole numbers all the way. A value of a custom field is read
//! from its key (`field::custom::order`), whose digits are added in parts so that no sum grows beyond 64 bits.
//!
//! Invariant: each measured field takes [`WIDTH`] columns: currency, three parts of the sum, how many, the least, the greatest.

use kernel::{Currency, Money, Value, value::Column as _};
use rust_decimal::Decimal;
use store::Sql;

use super::{AggregateOp, Figure, MOST_AGGREGATES, read::Of};
use crate::{
    field::custom::{CustomKind, order},
    filter::catalogue::FilterKind,
};

pub(super) const WIDTH: usize = 7;

/// The names that stand beside the records for values of custom fields, and those of their currencies.
pub(super) const BESIDE: [&str; MOST_AGGREGATES] = ["value_0", "value_1", "value_2", "value_3", "value_4", "value_5"];
pub(super) const CURRENCY: [&str; MOST_AGGREGATES] =
    ["currency_0", "currency_1", "currency_2", "currency_3", "currency_4", "currency_5"];

/// Digits behind the point of an average of numbers.
const AVERAGE: u32 = 4;

/// How the values of a field add up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Measure {
    Whole,
    Amount,
    /// Days or moments: only their ends.
    Ends,
    OwnNumber,
    OwnMoney,
    OwnDay,
}

/// What was found of one field, in one currency where it has some.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Sums {
    /// Numbers of custom fields in units of 10⁻¹⁰, amounts in minor units.
    pub sum: i128,
    pub filled: i64,
    pub ends: Option<(End, End)>,
}

#[derive(Debug, Clone, PartialEq, PartialOrd)]
pub(super) enum End {
    Number(i128),
    /// A day or a moment, in an order that texts have.
    Text(String),
}

impl Measure {
    pub fn of(of: &Of) -> Measure {
        match of {
            Of::Column(column) => match column.kind {
                FilterKind::Money => Measure::Amount,
                FilterKind::Number => Measure::Whole,
                _ => Measure::Ends,
            },
            Of::Own(field) => match field.kind {
                CustomKind::Money => Measure::OwnMoney,
                CustomKind::Number => Measure::OwnNumber,
                _ => Measure::OwnDay,
            },
        }
    }

    pub fn has_currency(self) -> bool {
        matches!(self, Measure::Amount | Measure::OwnMoney)
    }

    /// Its columns; `at` is its place among the measured fields.
    pub fn columns(self, sql: Sql, of: &Of, at: usize) -> Sql {
        let beside = BESIDE[at];
        let sql = match self {
            Measure::Amount => sql.push(", deal.currency AS "),
            Measure::OwnMoney => sql.push(", substr(").push(beside).push(".key, 1, 3) AS "),
            _ => sql.push(", NULL AS "),
        };
        let sql = sql.push(CURRENCY[at]);
        let own = |sql: Sql, parts: &[(&'static str, &'static str)]| {
            let none = std::iter::repeat_n(", NULL", 3 - parts.len());
            let sql = parts.iter().fold(sql, |sql, (digits, nines)| part(sql, beside, self.sign(), digits, nines));
            let sql = none.fold(sql, Sql::push);
            let sql = sql.push(", count(").push(beside).push(".key), min(").push(beside).push(".key), max(");
            sql.push(beside).push(".key)")
        };
        match (self, of) {
            (Measure::OwnNumber, _) => {
                own(sql, &[("2, 9", "999999999"), ("11, 9", "999999999"), ("20, 10", "9999999999")])
            }
            (Measure::OwnMoney, _) => own(sql, &[("5, 10", "9999999999"), ("15, 10", "9999999999")]),
            (Measure::OwnDay, _) => own(sql, &[]),
            (_, Of::Column(column)) => {
                let sql = match self {
                    Measure::Ends => sql.push(", NULL"),
                    _ => sql.push(", sum(").push(column.sql).push(")"),
                };
                let sql = sql.push(", NULL, NULL, count(").push(column.sql).push("), min(").push(column.sql);
                sql.push("), max(").push(column.sql).push(")")
            }
            (_, Of::Own(_)) => sql.push(", NULL, NULL, NULL, 0, NULL, NULL"),
        }
    }

    /// Where the sign stands in a key.
    fn sign(self) -> &'static str {
        if self == Measure::OwnMoney { "4" } else { "1" }
    }

    /// What the columns say.
    pub fn read(self, cells: &[Value]) -> Option<(Option<Currency>, Sums)> {
        let part = |at: usize| cells.get(at).cloned().and_then(|cell| i64::from_value(cell).ok()).map_or(0, i128::from);
        let filled = cells.get(4).cloned().and_then(|cell| i64::from_value(cell).ok()).unwrap_or(0);
        if filled == 0 {
            return None;
        }
        let currency = cells.first().cloned().and_then(|cell| Currency::from_value(cell).ok());
        let sum = match self {
            Measure::OwnNumber => (part(1) * 1_000_000_000 + part(2)) * 10_000_000_000 + part(3),
            Measure::OwnMoney => part(1) * 10_000_000_000 + part(2),
            _ => part(1),
        };
        let ends = self.end(cells.get(5)?).zip(self.end(cells.get(6)?));
        Some((currency, Sums { sum, filled, ends }))
    }

    fn end(self, cell: &Value) -> Option<End> {
        Some(match (self, cell) {
            (_, Value::Int(number)) => End::Number(i128::from(*number)),
            (Measure::OwnNumber, Value::Text(key)) => End::Number(order::read(key)?),
            (Measure::OwnMoney, Value::Text(key)) => End::Number(order::read(key.get(3..)?)?),
            (_, Value::Text(text)) => End::Text(text.clone()),
            (_, Value::Date(day)) => End::Text(day.to_string()),
            (_, Value::Time(at)) => End::Text(at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true)),
            _ => return None,
        })
    }

    /// What an aggregate makes of it.
    pub fn figure(self, op: AggregateOp, currency: Option<Currency>, sums: &Sums) -> Option<Figure> {
        let number = |scaled: i128| match currency.filter(|_| self.has_currency()) {
            Some(currency) => i64::try_from(scaled).ok().map(|minor| Money::new(minor, currency).decimal().to_string()),
            None => written(scaled, if self == Measure::OwnNumber { order::FRACTION } else { 0 }),
        };
        let end = |end: &End| match end {
            End::Number(scaled) => number(*scaled),
            End::Text(text) => Some(text.clone()),
        };
        let value = match op {
            AggregateOp::Sum => number(sums.sum),
            AggregateOp::Average if self.has_currency() => number(divided(sums.sum, i128::from(sums.filled))),
            AggregateOp::Average => {
                let shift = if self == Measure::OwnNumber { order::FRACTION } else { 0 };
                let (up, down) =
                    (10_i128.pow(AVERAGE.saturating_sub(shift)), 10_i128.pow(shift.saturating_sub(AVERAGE)));
                written(divided(sums.sum * up, i128::from(sums.filled) * down), AVERAGE)
            }
            AggregateOp::Min => sums.ends.as_ref().and_then(|ends| end(&ends.0)),
            AggregateOp::Max => sums.ends.as_ref().and_then(|ends| end(&ends.1)),
        };
        value.map(|value| Figure { value, currency: currency.filter(|_| self.has_currency()) })
    }
}

impl Sums {
    pub fn add(&mut self, more: &Sums) {
        self.sum += more.sum;
        self.filled += more.filled;
        self.ends = match (self.ends.take(), more.ends.clone()) {
            (Some((low, high)), Some((lower, higher))) => {
                Some((if lower < low { lower } else { low }, if higher > high { higher } else { high }))
            }
            (one, other) => one.or(other),
        };
    }
}

/// The sum of some digits of the keys; those of a negative number are turned round.
fn part(sql: Sql, beside: &'static str, sign: &'static str, digits: &'static str, nines: &'static str) -> Sql {
    let cut = |sql: Sql| sql.push("CAST(substr(").push(beside).push(".key, ").push(digits).push(") AS BIGINT)");
    let sql = sql.push(", sum(CASE WHEN substr(").push(beside).push(".key, ").push(sign).push(", 1) = '1' THEN ");
    let sql = cut(cut(sql).push(" ELSE "));
    sql.push(" - ").push(nines).push(" END)")
}

/// Rounded half away from zero.
fn divided(number: i128, by: i128) -> i128 {
    let half = by / 2;
    if number < 0 { (number - half) / by } else { (number + half) / by }
}

/// Decimal text without zeros at its end; None beyond what a decimal holds.
fn written(scaled: i128, scale: u32) -> Option<String> {
    let whole = 10_i128.pow(scale);
    let (front, behind) = (Decimal::try_from_i128_with_scale(scaled / whole, 0).ok()?, (scaled % whole).unsigned_abs());
    if behind == 0 {
        return Some(front.to_string());
    }
    let sign = if scaled < 0 && front.is_zero() { "-" } else { "" };
    let digits = format!("{behind:0width$}", width = scale as usize);
    Some(format!("{sign}{front}.{}", digits.trim_end_matches('0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_exact_and_rounded_half_away_from_zero() {
        for (scaled, scale, text) in [(5, 1, "0.5"), (-5, 1, "-0.5"), (-15, 1, "-1.5"), (100, 2, "1"), (0, 4, "0")] {
            assert_eq!(written(scaled, scale).as_deref(), Some(text));
        }
        for (number, by, whole) in [(5, 2, 3), (-5, 2, -3), (4, 3, 1), (-4, 3, -1), (1, 3, 0)] {
            assert_eq!(divided(number, by), whole, "{number} / {by}");
        }
    }
}
