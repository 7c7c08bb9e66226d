//! Days that are asked about: as they are written, and as they stand to today.

use chrono::{Datelike, Days, Months, NaiveDate};
use kernel::{Error, Result};
use serde_json::Value;

use super::catalogue::FilterOp;

/// The first and the last day; open where there is none.
pub(super) type DaySpan = (Option<NaiveDate>, Option<NaiveDate>);

/// A century is enough.
const MOST_DAYS: u64 = 36_500;

pub(super) fn span(op: FilterOp, value: &Value, today: NaiveDate, path: &str) -> Result<DaySpan> {
    let back = |days: u64| today.checked_sub_days(Days::new(days)).unwrap_or(NaiveDate::MIN);
    let ahead = |days: u64| today.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX);
    Ok(match op {
        FilterOp::On => {
            let on = day(value, path)?;
            (Some(on), Some(on))
        }
        FilterOp::Before => (None, day(value, path)?.pred_opt()),
        FilterOp::After => (day(value, path)?.succ_opt(), None),
        FilterOp::Between => match value.as_array().map(Vec::as_slice) {
            Some([from, to]) => (Some(day(from, &format!("{path}.0"))?), Some(day(to, &format!("{path}.1"))?)),
            _ => return Err(Error::invalid(path, "wrong_type", "Give two days: the first and the last.")),
        },
        FilterOp::LastDays => (Some(back(days(value, path)?)), Some(today)),
        FilterOp::NextDays => (Some(today), Some(ahead(days(value, path)?))),
        FilterOp::OlderThanDays => (None, back(days(value, path)?).pred_opt()),
        FilterOp::This => this(value, today, path)?,
        _ => return Err(Error::invalid(path, "op_unknown", "A day cannot be asked about so.")),
    })
}

fn day(value: &Value, path: &str) -> Result<NaiveDate> {
    let refused = || Error::invalid(path, "date_invalid", "Write the day as 2027-03-01.");
    let day: NaiveDate = value.as_str().and_then(|text| text.trim().parse().ok()).ok_or_else(refused)?;
    if (1..=9999).contains(&day.year()) { Ok(day) } else { Err(refused()) }
}

fn days(value: &Value, path: &str) -> Result<u64> {
    value
        .as_u64()
        .filter(|days| *days <= MOST_DAYS)
        .ok_or_else(|| Error::invalid(path, "wrong_type", format!("Give a whole number of days, at most {MOST_DAYS}.")))
}

/// The present week (from Monday, ISO 8601), month, quarter or year.
fn this(value: &Value, today: NaiveDate, path: &str) -> Result<DaySpan> {
    let first_of = |month: u32| NaiveDate::from_ymd_opt(today.year(), month, 1).unwrap_or(today);
    let (from, months) = match value.as_str() {
        Some("week") => {
            let week = today.week(chrono::Weekday::Mon);
            return Ok((Some(week.first_day()), Some(week.last_day())));
        }
        Some("month") => (first_of(today.month()), 1),
        Some("quarter") => (first_of(today.month0() / 3 * 3 + 1), 3),
        Some("year") => (first_of(1), 12),
        _ => return Err(Error::invalid(path, "wrong_type", "Say week, month, quarter or year.")),
    };
    let to = from.checked_add_months(Months::new(months)).and_then(|next| next.pred_opt());
    Ok((Some(from), to))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn days_stand_to_today() {
        let today: NaiveDate = "2026-11-24".parse().unwrap();
        for (op, value, from, to) in [
            (FilterOp::On, json!("2026-02-28"), "2026-02-28", "2026-02-28"),
            (FilterOp::Before, json!("2026-03-01"), "", "2026-02-28"),
            (FilterOp::After, json!("2026-02-28"), "2026-03-01", ""),
            (FilterOp::Between, json!(["2026-01-01", "2026-01-31"]), "2026-01-01", "2026-01-31"),
            (FilterOp::LastDays, json!(30), "2026-10-25", "2026-11-24"),
            (FilterOp::NextDays, json!(7), "2026-11-24", "2026-12-01"),
            (FilterOp::OlderThanDays, json!(30), "", "2026-10-24"),
            (FilterOp::This, json!("week"), "2026-11-23", "2026-11-29"),
            (FilterOp::This, json!("month"), "2026-11-01", "2026-11-30"),
            (FilterOp::This, json!("quarter"), "2026-10-01", "2026-12-31"),
            (FilterOp::This, json!("year"), "2026-01-01", "2026-12-31"),
        ] {
            let read = span(op, &value, today, "filter.value").unwrap();
            assert_eq!(read, (from.parse().ok(), to.parse().ok()), "{op} {value}");
        }
        for (op, value) in [
            (FilterOp::On, json!("yesterday")),
            (FilterOp::On, json!("10000-01-01")),
            (FilterOp::Between, json!(["2026-01-01"])),
            (FilterOp::LastDays, json!(-1)),
            (FilterOp::LastDays, json!(1_000_000)),
            (FilterOp::This, json!("decade")),
        ] {
            assert!(span(op, &value, today, "filter.value").is_err(), "{op} {value}");
        }
    }
}
