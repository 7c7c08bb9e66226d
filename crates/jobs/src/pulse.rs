//! Whether the workers' loops still turn: read by readiness. A loop that hangs says nothing by itself.

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// When each loop last turned.
#[derive(Debug, Default)]
pub(crate) struct Pulse {
    jobs: Mutex<Option<Instant>>,
    sweeps: Mutex<Option<Instant>>,
}

impl Pulse {
    pub(crate) fn jobs(&self) {
        *self.jobs.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    pub(crate) fn sweeps(&self) {
        *self.sweeps.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    pub(crate) fn read(&self) -> [(&'static str, Option<Duration>); 2] {
        [("jobs", &self.jobs), ("sweeps", &self.sweeps)]
            .map(|(name, at)| (name, at.lock().unwrap_or_else(PoisonError::into_inner).map(|at| at.elapsed())))
    }
}
