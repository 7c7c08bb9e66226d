//! Token buckets by key: full at first, refilled evenly over a minute (the generic cell rate algorithm, one time per
//! key).
//!
//! Invariants: a key whose bucket is full again is forgotten; no more than [`MOST_KEYS`] are remembered, and what comes
//! beyond shares one bucket, so that a flood of new keys neither fills the memory nor takes from those already known.

use std::{
    collections::HashMap,
    hash::{BuildHasher, Hash, RandomState},
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// Keys remembered at once, of all kinds of bucket each.
pub const MOST_KEYS: usize = 65_536;
const SHARDS: usize = 16;
/// A shard smaller than this is not worth sweeping.
const SMALL: usize = 64;
const MINUTE: u64 = 60_000_000_000;

/// Buckets of one size.
pub struct Buckets<K> {
    per_minute: u32,
    most_keys: usize,
    began: Instant,
    hasher: RandomState,
    shards: Vec<Mutex<Shard<K>>>,
}

struct Shard<K> {
    /// When each key's bucket is full again, in nanoseconds since `began`.
    full_at: HashMap<K, u64>,
    sweep_at: usize,
    /// The bucket of those that found no room.
    rest: u64,
}

/// What is left, and for how long at most it takes to be full again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Left {
    pub tokens: u32,
    pub full_after: Duration,
}

impl<K: Hash + Eq> Buckets<K> {
    /// Buckets of `per_minute` tokens; 0 is no limit.
    pub fn new(per_minute: u32) -> Self {
        Self::with_room(per_minute, MOST_KEYS)
    }

    pub(crate) fn with_room(per_minute: u32, most_keys: usize) -> Self {
        let shard = || Mutex::new(Shard { full_at: HashMap::new(), sweep_at: SMALL, rest: 0 });
        Self {
            per_minute,
            most_keys,
            began: Instant::now(),
            hasher: RandomState::new(),
            shards: (0..SHARDS).map(|_| shard()).collect(),
        }
    }

    /// Tokens of a full bucket; 0 is no limit.
    pub fn size(&self) -> u32 {
        self.per_minute
    }

    /// Takes `tokens` (at most a full bucket), or says how long to wait for them. A refusal takes nothing.
    pub fn take(&self, key: K, tokens: u32, now: Instant) -> Result<Left, Duration> {
        if self.per_minute == 0 {
            return Ok(Left { tokens: u32::MAX, full_after: Duration::ZERO });
        }
        let now = nanos(now.saturating_duration_since(self.began));
        let one = MINUTE / u64::from(self.per_minute);
        let cost = one * u64::from(tokens.min(self.per_minute));
        let shard = &self.shards[(self.hasher.hash_one(&key) as usize) % SHARDS];
        let mut shard = shard.lock().unwrap_or_else(PoisonError::into_inner);
        let shard = &mut *shard;
        let known = shard.full_at.contains_key(&key);
        if !known && shard.full_at.len() >= shard.sweep_at {
            shard.sweep(now);
        }
        let full_at = if known || shard.full_at.len() < self.most_keys / SHARDS {
            shard.full_at.entry(key).or_insert(now)
        } else {
            &mut shard.rest
        };
        let after = (*full_at).max(now) + cost;
        if after > now + MINUTE {
            return Err(Duration::from_nanos(after - MINUTE - now));
        }
        *full_at = after;
        let left = (MINUTE - (after - now)) / one;
        Ok(Left { tokens: u32::try_from(left).unwrap_or(u32::MAX), full_after: Duration::from_nanos(after - now) })
    }

    /// How many keys are remembered.
    pub fn keys(&self) -> usize {
        self.shards.iter().map(|s| s.lock().unwrap_or_else(PoisonError::into_inner).full_at.len()).sum()
    }
}

impl<K: Hash + Eq> Shard<K> {
    /// Forgets the full ones; the next sweep comes when as many again have been added.
    fn sweep(&mut self, now: u64) {
        self.full_at.retain(|_, full_at| *full_at > now);
        self.full_at.shrink_to(SMALL);
        self.sweep_at = (self.full_at.len() * 2).max(SMALL);
    }
}

/// Five hundred years fit.
fn nanos(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_bucket_is_given_out_and_then_refills_evenly() {
        let buckets = Buckets::new(60);
        let now = Instant::now();
        for left in (0..60).rev() {
            assert_eq!(buckets.take("a", 1, now).unwrap().tokens, left);
        }
        assert_eq!(buckets.take("a", 1, now), Err(Duration::from_secs(1)));
        assert_eq!(buckets.take("a", 10, now), Err(Duration::from_secs(10)));
        assert!(buckets.take("b", 60, now).is_ok(), "another key has a bucket of its own");
        assert!(buckets.take("a", 1, now + Duration::from_secs(1)).is_ok());
        assert!(buckets.take("a", 60, now + Duration::from_secs(61)).is_ok());
    }

    #[test]
    fn what_costs_more_than_a_bucket_costs_a_whole_one() {
        let buckets = Buckets::new(5);
        let now = Instant::now();
        assert_eq!(buckets.take((), 1000, now).unwrap().tokens, 0);
        assert!(buckets.take((), 1, now).is_err());
    }

    #[test]
    fn idle_keys_are_forgotten() {
        let buckets = Buckets::new(60);
        let began = Instant::now();
        for second in 0..10_000_u64 {
            buckets.take(second, 1, began + Duration::from_secs(second)).unwrap();
        }
        assert!(buckets.keys() <= SHARDS * (SMALL + 1), "{} keys are remembered", buckets.keys());
    }

    #[test]
    fn a_flood_of_keys_stays_within_its_room_and_takes_nothing_from_those_known() {
        let buckets = Buckets::with_room(2, 4096);
        let now = Instant::now();
        buckets.take(0_u64, 1, now).unwrap();
        let refused = (1..100_000_u64).filter(|key| buckets.take(*key, 1, now).is_err()).count();
        assert!(buckets.keys() <= 4096, "{} keys are remembered", buckets.keys());
        assert!(refused > 90_000, "strangers without room share one bucket: {refused} refused");
        assert!(buckets.take(0, 1, now).is_ok(), "who was known before the flood has what is left of its own");
    }

    #[test]
    fn nothing_is_limited_by_zero() {
        let buckets = Buckets::new(0);
        let now = Instant::now();
        assert!((0..1000).all(|_| buckets.take((), 1_000_000, now).is_ok()));
        assert_eq!(buckets.keys(), 0);
    }
}
