//! When a message is sent again: the example schedule of the Standard Webhooks specification, ten tries within about three
//! days. Each wait is up to a fifth longer by chance, so that what one outage felled does not come back all at once.

use std::time::Duration;

use chrono::TimeDelta;

/// The waits before the second try and those after it.
pub const WAITS: [TimeDelta; 9] = [
    TimeDelta::seconds(5),
    TimeDelta::minutes(5),
    TimeDelta::minutes(30),
    TimeDelta::hours(2),
    TimeDelta::hours(5),
    TimeDelta::hours(10),
    TimeDelta::hours(14),
    TimeDelta::hours(20),
    TimeDelta::hours(24),
];

/// The longest wait an endpoint may ask for with `Retry-After`.
const LONGEST_ASKED: TimeDelta = TimeDelta::hours(24);

/// The wait after try number `tries`; None when that was the last.
pub fn wait(tries: i64, asked: Option<Duration>) -> Option<TimeDelta> {
    let wait = *usize::try_from(tries).ok().and_then(|tries| WAITS.get(tries.checked_sub(1)?))?;
    let milliseconds = wait.num_milliseconds();
    let wait = TimeDelta::milliseconds(milliseconds + rand::random_range(0..=milliseconds / 5));
    let asked = asked.map_or(TimeDelta::zero(), |asked| TimeDelta::from_std(asked).unwrap_or(LONGEST_ASKED));
    Some(wait.max(asked.min(LONGEST_ASKED)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_follow_the_schedule_and_end() {
        for (at, least) in WAITS.into_iter().enumerate() {
            let tries = i64::try_from(at).unwrap() + 1;
            let waits: Vec<TimeDelta> = (0..50).map(|_| wait(tries, None).unwrap()).collect();
            assert!(waits.iter().all(|wait| (least..=least + least / 5).contains(wait)), "{tries}: {waits:?}");
            assert!(waits.iter().any(|wait| *wait != waits[0]), "chance spreads them");
        }
        assert_eq!(wait(10, None), None);
        assert_eq!(wait(0, None), None);
        assert_eq!(wait(i64::MAX, None), None);
    }

    #[test]
    fn a_wait_that_was_asked_for_is_kept_within_reason() {
        assert_eq!(wait(1, Some(Duration::from_secs(600))), Some(TimeDelta::minutes(10)));
        assert_eq!(wait(1, Some(Duration::MAX)), Some(TimeDelta::hours(24)));
        assert!(wait(4, Some(Duration::from_secs(1))).unwrap() >= TimeDelta::hours(2));
    }
}
