//! How much is worked on at once. What comes beyond waits a moment in a short line, and what comes beyond that is sent
//! away at once with 503, before anything has been asked of the database: a server with five times too much to do
//! answers as many requests as it can, and says no to the rest while it can still say it.
//!
//! Liveness, readiness, metrics and files of the app pass by; live event streams are counted for themselves.

pub mod lane;

use std::{
    collections::HashMap,
    hash::Hash,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};

use kernel::{Error, TenantId};
use lane::{Lane, Slot, Width};

use crate::{
    Problem,
    limit::{Account, Class, Payer},
    metrics,
};

/// What one node takes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capacity {
    /// Requests that read, in work at once.
    pub reads: Width,
    /// Requests that change something.
    pub writes: Width,
    /// Exports, imports, PDFs, and the hashing of passwords: what takes much memory or processor.
    pub costly: Width,
    /// Live event streams of one account, and of one tenant.
    pub streams: (usize, usize),
}

impl Capacity {
    /// Lanes of these many slots.
    pub fn of(reads: usize, writes: usize, costly: usize) -> Self {
        let [reads, writes, costly] = [reads, writes, costly].map(Width::of);
        Self { reads, writes, costly, streams: (20, 400) }
    }
}

impl Default for Capacity {
    fn default() -> Self {
        Self::of(32, 16, 8)
    }
}

/// Between whom turns are taken: tenants where they are known, network addresses where not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Group {
    Tenant(TenantId),
    Address(IpAddr),
    Nobody,
}

/// The lanes of one node.
pub struct Lanes {
    reads: Lane<Group>,
    writes: Lane<Group>,
    costly: Lane<Group>,
}

impl Lanes {
    pub fn new(capacity: Capacity) -> Self {
        Self {
            reads: Lane::new(capacity.reads),
            writes: Lane::new(capacity.writes),
            costly: Lane::new(capacity.costly),
        }
    }

    /// Waits for a place in work. 503 `overloaded` when there is none.
    pub async fn enter(&self, class: Class, group: Group) -> Result<Slot<Group>, Problem> {
        let lane = match class {
            Class::Read | Class::Search => &self.reads,
            Class::Write => &self.writes,
            Class::Costly | Class::Secret => &self.costly,
        };
        lane.enter(group).await.map_err(|_| {
            Problem(Error::Unavailable {
                code: "overloaded",
                // Spread, so that those who were sent away do not all come back in the same second.
                retry_after_seconds: 1 + u64::from(kernel::Uuid::now_v7().as_bytes()[15] % 3),
                operator: "more requests than are worked on at once".into(),
            })
        })
    }

    /// Name, in work, waiting and sent away, of each lane.
    pub fn load(&self) -> [(&'static str, (usize, usize, u64)); 3] {
        [("reads", self.reads.load()), ("writes", self.writes.load()), ("costly", self.costly.load())]
    }
}

/// Counts live event streams.
pub struct Streams {
    most: (usize, usize),
    accounts: Arc<Counts<Payer>>,
    tenants: Arc<Counts<TenantId>>,
}

struct Counts<K>(Mutex<HashMap<K, usize>>);

/// One counted stream; no longer counted when dropped.
pub struct Counted<K: Eq + Hash>(Arc<Counts<K>>, K);

/// A stream's place with its account and its tenant.
pub type StreamPlace = (Counted<Payer>, Counted<TenantId>);

impl Streams {
    pub fn new(capacity: Capacity) -> Self {
        let (accounts, tenants) = (Arc::new(Counts(Mutex::default())), Arc::new(Counts(Mutex::default())));
        Self { most: capacity.streams, accounts, tenants }
    }

    /// Counts one more, or refuses with 429.
    pub fn open(&self, account: Account) -> Result<StreamPlace, Problem> {
        let many = || {
            metrics::limited("streams");
            Problem(Error::Door {
                status: 429,
                code: "too_many_streams",
                detail: "Too many live connections are open. Close some windows and try again.".into(),
                retry_after_seconds: Some(10),
            })
        };
        let of_account = Counts::add(&self.accounts, account.payer, self.most.0).ok_or_else(many)?;
        let of_tenant = Counts::add(&self.tenants, account.tenant, self.most.1).ok_or_else(many)?;
        Ok((of_account, of_tenant))
    }

    /// How many are open.
    pub fn count(&self) -> usize {
        self.tenants.0.lock().unwrap_or_else(PoisonError::into_inner).values().sum()
    }
}

impl<K: Eq + Hash + Copy> Counts<K> {
    fn add(counts: &Arc<Self>, key: K, most: usize) -> Option<Counted<K>> {
        let mut map = counts.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = map.get(&key).copied().unwrap_or(0);
        if count >= most {
            return None;
        }
        map.insert(key, count + 1);
        Some(Counted(counts.clone(), key))
    }
}

impl<K: Eq + Hash> Drop for Counted<K> {
    fn drop(&mut self) {
        let mut map = self.0.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = map.get_mut(&self.1) {
            *count -= 1;
            if *count == 0 {
                map.remove(&self.1);
            }
        }
    }
}
