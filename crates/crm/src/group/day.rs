//! Days as groups: the span a day is in, and the day a moment is on by the clocks of a zone.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, Offset, TimeDelta, TimeZone, Utc, Weekday};
use chrono_tz::Tz;

use super::Each;

/// The first day of the span; weeks begin on Monday (ISO 8601).
pub(super) fn first(day: NaiveDate, each: Each) -> NaiveDate {
    let of = |month: u32| NaiveDate::from_ymd_opt(day.year(), month, 1).unwrap_or(day);
    match each {
        Each::Day => day,
        Each::Week => day.week(Weekday::Mon).checked_first_day().unwrap_or(day),
        Each::Month => of(day.month()),
        Each::Quarter => of(day.month0() / 3 * 3 + 1),
        Each::Year => of(1),
    }
}

/// The last day of the span that begins there.
pub(super) fn last(first: NaiveDate, each: Each) -> NaiveDate {
    let after = match each {
        Each::Day => return first,
        Each::Week => first.checked_add_days(Days::new(7)),
        Each::Month => first.checked_add_months(Months::new(1)),
        Each::Quarter => first.checked_add_months(Months::new(3)),
        Each::Year => first.checked_add_months(Months::new(12)),
    };
    after.and_then(|after| after.pred_opt()).unwrap_or(first)
}

/// By how many seconds the zone's clocks are ahead: up to each moment in turn, and after the last. Neither database is
/// asked for its own zones, which may be others than ours, or none.
pub(super) struct Clocks {
    pub until: Vec<(DateTime<Utc>, i64)>,
    pub after: i64,
}

impl Clocks {
    /// Over the span of moments that are grouped.
    pub fn of(zone: Tz, from: DateTime<Utc>, to: DateTime<Utc>) -> Clocks {
        let ahead =
            |at: DateTime<Utc>| i64::from(zone.offset_from_utc_datetime(&at.naive_utc()).fix().local_minus_utc());
        let mut clocks = Clocks { until: Vec::new(), after: ahead(from) };
        let mut at = from;
        while at < to {
            // Clocks are not changed twice in a week.
            let next = at.checked_add_signed(TimeDelta::days(7)).unwrap_or(to).min(to);
            if ahead(next) != clocks.after {
                let (mut before, mut changed) = (at, next);
                while changed - before > TimeDelta::seconds(1) {
                    let middle = before + (changed - before) / 2;
                    if ahead(middle) == clocks.after { before = middle } else { changed = middle }
                }
                clocks.until.push((whole(changed), clocks.after));
                clocks.after = ahead(changed);
            }
            at = next;
        }
        clocks
    }
}

/// Changes are on whole seconds.
fn whole(at: DateTime<Utc>) -> DateTime<Utc> {
    DateTime::from_timestamp(at.timestamp(), 0).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_begin_and_end_where_calendars_say() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        for (each, from, to) in [
            (Each::Day, "2028-02-29", "2028-02-29"),
            (Each::Week, "2028-02-28", "2028-03-05"),
            (Each::Month, "2028-02-01", "2028-02-29"),
            (Each::Quarter, "2028-01-01", "2028-03-31"),
            (Each::Year, "2028-01-01", "2028-12-31"),
        ] {
            assert_eq!(first(day("2028-02-29"), each), day(from), "{each}");
            assert_eq!(last(day(from), each), day(to), "{each}");
        }
    }

    #[test]
    fn clocks_change_when_the_zone_says() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let clocks = Clocks::of(chrono_tz::Europe::Madrid, at("2026-01-15T10:00:00.5Z"), at("2026-12-01T00:00:00Z"));
        assert_eq!(clocks.until, [(at("2026-03-29T01:00:00Z"), 3600), (at("2026-10-25T01:00:00Z"), 7200)]);
        assert_eq!(clocks.after, 3600);
        let still = Clocks::of(chrono_tz::America::Mexico_City, at("2026-01-15T10:00:00Z"), at("2026-12-01T00:00:00Z"));
        assert_eq!((still.until.len(), still.after), (0, -21600));
    }
}
