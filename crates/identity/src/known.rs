//! Callers that were found a moment ago, so that a program which asks hundreds of times a second is not looked up each
//! time.
//!
//! Invariants: what was found is believed for [`BELIEVED`] at most, by the machine's clock and by the product's; a
//! commit of this process that changes who callers are or what they may do ends that at once (`Store::callers_version`),
//! one of another process within [`BELIEVED`]. Only what was found is kept, never that nothing was; secrets are known
//! by their digests.

use std::{
    collections::HashMap,
    sync::Mutex,
    time::{Duration, Instant},
};

use chrono::{DateTime, TimeDelta, Utc};
use kernel::{Caller, Origin};
use store::Store;

/// How long a caller who was found is believed.
pub const BELIEVED: Duration = Duration::from_secs(1);
/// More callers than this in one second, and they are found anew.
const MOST: usize = 10_000;

#[derive(Debug, Default)]
pub(crate) struct Known(Mutex<HashMap<Vec<u8>, Found>>);

#[derive(Debug)]
struct Found {
    caller: Caller,
    version: u64,
    at: Instant,
    now: DateTime<Utc>,
}

impl Known {
    /// The caller behind this digest, coming from `origin`, if it has been found just now.
    pub(crate) fn get(&self, store: &Store, digest: &[u8], origin: &Origin) -> Option<Caller> {
        let known = self.0.lock().ok()?;
        let found = known.get(digest)?;
        let passed = store.clock().now() - found.now;
        let is_fresh = found.at.elapsed() < BELIEVED
            && (TimeDelta::zero()..TimeDelta::seconds(BELIEVED.as_secs().cast_signed())).contains(&passed)
            && found.version == store.callers_version();
        is_fresh.then(|| Caller { origin: origin.clone(), ..found.caller.clone() })
    }

    /// Remembers one. `version` is what [`Store::callers_version`] said before the looking up began.
    pub(crate) fn put(&self, store: &Store, digest: Vec<u8>, caller: &Caller, version: u64) {
        let Ok(mut known) = self.0.lock() else { return };
        if known.len() >= MOST {
            known.clear();
        }
        let caller = Caller { origin: Origin::default(), ..caller.clone() };
        known.insert(digest, Found { caller, version, at: Instant::now(), now: store.clock().now() });
    }
}
