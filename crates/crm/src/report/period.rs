//! The days of a report: those that were written, or a period that moves with the reader's day.

use chrono::{Datelike, Days, Months, NaiveDate};
use kernel::{Error, Result};

use super::{ReportPeriod, ReportQuery};

/// The first and the last day.
pub(super) fn days(query: &ReportQuery, today: NaiveDate) -> Result<(NaiveDate, NaiveDate)> {
    match query.period {
        Some(_) if query.from.is_some() || query.to.is_some() => {
            Err(Error::invalid("period", "period_twice", "Give a period or its days, not both."))
        }
        Some(period) => Ok(of(period, today)),
        None => {
            let to = query.to.unwrap_or(today);
            Ok((query.from.unwrap_or_else(|| back(to, 90)), to))
        }
    }
}

fn back(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(NaiveDate::MIN)
}

fn of(period: ReportPeriod, today: NaiveDate) -> (NaiveDate, NaiveDate) {
    let first = |month: u32| NaiveDate::from_ymd_opt(today.year(), month, 1).unwrap_or(today);
    let (month, quarter, year) = (first(today.month()), first(today.month0() / 3 * 3 + 1), first(1));
    let before = |first: NaiveDate, months: u32| {
        (first.checked_sub_months(Months::new(months)).unwrap_or(first), back(first, 1))
    };
    match period {
        ReportPeriod::Days7 => (back(today, 7), today),
        ReportPeriod::Days30 => (back(today, 30), today),
        ReportPeriod::Days90 => (back(today, 90), today),
        ReportPeriod::Days365 => (back(today, 365), today),
        ReportPeriod::Month => (month, today),
        ReportPeriod::Quarter => (quarter, today),
        ReportPeriod::Year => (year, today),
        ReportPeriod::LastMonth => before(month, 1),
        ReportPeriod::LastQuarter => before(quarter, 3),
        ReportPeriod::LastYear => before(year, 12),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_moves_with_the_day() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        for (period, today, from, to) in [
            (ReportPeriod::Days7, "2026-03-01", "2026-02-22", "2026-03-01"),
            (ReportPeriod::Days30, "2026-03-01", "2026-01-30", "2026-03-01"),
            (ReportPeriod::Days90, "2026-03-01", "2025-12-01", "2026-03-01"),
            (ReportPeriod::Days365, "2026-03-01", "2025-03-01", "2026-03-01"),
            (ReportPeriod::Month, "2026-11-24", "2026-11-01", "2026-11-24"),
            (ReportPeriod::Quarter, "2026-11-24", "2026-10-01", "2026-11-24"),
            (ReportPeriod::Year, "2026-11-24", "2026-01-01", "2026-11-24"),
            (ReportPeriod::LastMonth, "2026-01-31", "2025-12-01", "2025-12-31"),
            (ReportPeriod::LastQuarter, "2026-02-10", "2025-10-01", "2025-12-31"),
            (ReportPeriod::LastYear, "2026-11-24", "2025-01-01", "2025-12-31"),
        ] {
            assert_eq!(of(period, day(today)), (day(from), day(to)), "{period} on {today}");
        }
    }
}
