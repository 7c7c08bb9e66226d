//! The one source of "now". Due work compares rows with this clock, so that a moved clock moves the work.
//!
//! Invariant: times are UTC and cut to microseconds, because both databases keep no more than that.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use chrono::{DateTime, NaiveDate, SubsecRound, TimeDelta, Utc};
use chrono_tz::Tz;

/// Wall clock plus an offset that only demo and test may move. Cheap to clone; clones share the offset.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    offset_micros: Arc<AtomicI64>,
    /// Where the wall clock was when it was stopped, in microseconds since 1970; 0 while it runs.
    stopped_micros: Arc<AtomicI64>,
}

impl Clock {
    pub fn system() -> Self {
        Self::default()
    }

    /// The present, in microseconds' precision.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the wall clock")]
    pub fn now(&self) -> DateTime<Utc> {
        let moved = TimeDelta::microseconds(self.offset_micros.load(Ordering::Relaxed));
        let wall = match self.stopped_micros.load(Ordering::Relaxed) {
            0 => Utc::now(),
            stopped => DateTime::from_timestamp_micros(stopped).unwrap_or_default(),
        };
        (wall + moved).trunc_subsecs(6)
    }

    /// From now on only [`Clock::advance`] makes this clock go on; a second stop does nothing. For tests that compare
    /// what is there before and after: on a slow machine work would become due in between.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the wall clock")]
    pub fn stop(&self) {
        let wall = Utc::now().timestamp_micros();
        let _ = self.stopped_micros.compare_exchange(0, wall, Ordering::Relaxed, Ordering::Relaxed);
    }

    /// The calendar day it is now in a time zone: what a document dated "today" carries.
    pub fn today(&self, zone: Tz) -> NaiveDate {
        self.now().with_timezone(&zone).date_naive()
    }

    /// Moves this clock by `by`, forwards or backwards.
    pub fn advance(&self, by: TimeDelta) {
        self.offset_micros.fetch_add(by.num_microseconds().unwrap_or(0), Ordering::Relaxed);
    }

    /// Puts this clock `offset` away from the machine's, whatever it was before.
    pub fn set_offset(&self, offset: TimeDelta) {
        self.offset_micros.store(offset.num_microseconds().unwrap_or(0), Ordering::Relaxed);
    }

    /// How far this clock is from the machine's.
    pub fn offset(&self) -> TimeDelta {
        TimeDelta::microseconds(self.offset_micros.load(Ordering::Relaxed))
    }
}
