//! Days by the clocks of a zone.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// When a day begins in the zone: its first moment where clocks skip midnight.
pub(crate) fn begins(zone: Tz, day: NaiveDate) -> DateTime<Utc> {
    let midnight = day.and_time(NaiveTime::MIN);
    let first = (0..=3).find_map(|hours| zone.from_local_datetime(&(midnight + TimeDelta::hours(hours))).earliest());
    first.map_or_else(|| midnight.and_utc(), |time| time.to_utc())
}
