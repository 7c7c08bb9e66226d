//! How long statements take, counted for metrics and shown as spans in a trace. A statement's text is made of literals
//! of the program, so that nothing of anybody's can stand in it.

use std::{
    future::Future,
    sync::atomic::{AtomicU64, Ordering},
    time::Instant,
};

use tracing::Instrument;

/// Upper bounds of the histogram, in microseconds.
pub const BOUNDS: [u64; 9] = [100, 250, 500, 1_000, 2_500, 5_000, 25_000, 100_000, 1_000_000];

static BUCKETS: [AtomicU64; BOUNDS.len()] = [const { AtomicU64::new(0) }; BOUNDS.len()];
static COUNT: AtomicU64 = AtomicU64::new(0);
static MICROSECONDS: AtomicU64 = AtomicU64::new(0);

/// Statements of this process so far.
#[derive(Debug, Clone, Copy)]
pub struct Statements {
    /// How many took no longer than each of [`BOUNDS`].
    pub buckets: [u64; BOUNDS.len()],
    pub count: u64,
    pub seconds: f64,
}

/// Connections of a store.
#[derive(Debug, Clone, Copy)]
pub struct Connections {
    pub in_use: usize,
    pub most: usize,
    /// Transactions that wait for one; None where that is not known.
    pub waiting: Option<usize>,
}

/// What was counted.
pub fn statements() -> Statements {
    Statements {
        buckets: std::array::from_fn(|i| BUCKETS[i].load(Ordering::Relaxed)),
        count: COUNT.load(Ordering::Relaxed),
        seconds: MICROSECONDS.load(Ordering::Relaxed) as f64 / 1e6,
    }
}

/// Runs one statement in a span of its own and counts it.
pub(crate) async fn statement<T>(sql: &str, work: impl Future<Output = T>) -> T {
    let began = Instant::now();
    let done = work.instrument(tracing::debug_span!("statement", sql)).await;
    let took = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX);
    COUNT.fetch_add(1, Ordering::Relaxed);
    MICROSECONDS.fetch_add(took, Ordering::Relaxed);
    for (bucket, bound) in BUCKETS.iter().zip(BOUNDS) {
        if took <= bound {
            bucket.fetch_add(1, Ordering::Relaxed);
        }
    }
    done
}
