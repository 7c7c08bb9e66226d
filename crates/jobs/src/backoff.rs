//! How long a failed job waits: 5 s, doubled with each try, at most an hour. A random half of it spreads out the jobs
//! that one outage felled together.

use chrono::TimeDelta;
use kernel::Error;

const FIRST_SECONDS: i64 = 5;
const LONGEST_SECONDS: i64 = 3600;

/// The longest wait after a number of tries.
fn ceiling(attempt: i64) -> TimeDelta {
    let doublings = attempt.clamp(1, 20) - 1;
    TimeDelta::seconds((FIRST_SECONDS << doublings).min(LONGEST_SECONDS))
}

/// The wait after try number `attempt`, between half the ceiling and the ceiling; longer where the error says when it
/// is worth trying again.
pub(crate) fn wait(attempt: i64, error: Option<&Error>) -> TimeDelta {
    let half = ceiling(attempt).num_milliseconds() / 2;
    let wait = TimeDelta::milliseconds(half + rand::random_range(0..=half));
    let asked = match error {
        Some(Error::Unavailable { retry_after_seconds, .. }) => Some(*retry_after_seconds),
        Some(Error::Door { retry_after_seconds, .. }) => *retry_after_seconds,
        _ => None,
    };
    let asked = asked.map_or(0, |seconds| i64::try_from(seconds).unwrap_or(LONGEST_SECONDS).min(LONGEST_SECONDS));
    wait.max(TimeDelta::seconds(asked))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_an_hour() {
        let seconds: Vec<i64> = (1..=12).map(|n| ceiling(n).num_seconds()).collect();
        assert_eq!(seconds, [5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600]);
        assert_eq!(ceiling(i64::MAX).num_seconds(), 3600);
    }

    #[test]
    fn waits_lie_in_the_upper_half_and_differ() {
        let waits: Vec<TimeDelta> = (0..50).map(|_| wait(5, None)).collect();
        assert!(waits.iter().all(|w| (TimeDelta::seconds(40)..=TimeDelta::seconds(80)).contains(w)));
        assert!(waits.iter().any(|w| *w != waits[0]));
    }

    #[test]
    fn a_wait_that_was_asked_for_is_kept_within_reason() {
        let asked =
            |retry_after_seconds| Error::Unavailable { code: "away", retry_after_seconds, operator: String::new() };
        assert_eq!(wait(1, Some(&asked(600))), TimeDelta::seconds(600));
        assert_eq!(wait(1, Some(&asked(u64::MAX))), TimeDelta::seconds(3600));
    }
}
