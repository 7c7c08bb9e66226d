//! One follower of the outbox per tenant and node, however many windows are open: it looks when a transaction of this
//! node has been committed, and every two seconds for those of others, and tells all who listen.
//!
//! Invariant: who subscribes hears of every event that becomes visible afterwards, or is told that it lags.

use std::{
    collections::{HashMap, HashSet},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use kernel::{Caller, Can, EventId, TenantId};
use store::{Notice, Since, Store};
use tokio::sync::broadcast;

use super::WatchEvents;

/// How often another node's events are looked for.
const POLL: Duration = Duration::from_secs(2);
/// Notices kept for a listener that is slow; beyond, it reads them for itself.
const KEPT: usize = 256;
/// Events of one look.
pub(super) const PAGE: u32 = 200;

/// A notice, with the horizon from which everything after it is found.
#[derive(Debug, Clone)]
pub(super) struct Sent {
    pub resume: i64,
    pub notice: Arc<Notice>,
}

/// The followers of one node.
#[derive(Clone, Default)]
pub struct Feeds {
    open: Arc<Mutex<HashMap<TenantId, Feed>>>,
}

struct Feed {
    sender: broadcast::Sender<Sent>,
    /// What was not told before has at least this moment.
    horizon: Arc<AtomicI64>,
}

impl Feeds {
    /// From where everything that is not heard can be found, and the ear.
    pub(super) async fn subscribe(
        &self,
        store: &Store,
        tenant: TenantId,
    ) -> kernel::Result<(i64, broadcast::Receiver<Sent>)> {
        if let Some(subscribed) = self.open().get(&tenant).map(Feed::subscribe) {
            return Ok(subscribed);
        }
        let can = Can::check(Arc::new(Caller::system(tenant)))?;
        let horizon = store.read(&can).await?.horizon().await?;
        let mut open = self.open();
        // Somebody else may have begun meanwhile.
        let feed = open.entry(tenant).or_insert_with(|| {
            let (sender, _) = broadcast::channel(KEPT);
            let at = Arc::new(AtomicI64::new(horizon));
            let follower = Follower { store: store.clone(), can, sender: sender.clone(), horizon: at.clone() };
            let feeds = self.clone();
            tokio::spawn(follower.follow(feeds));
            Feed { sender, horizon: at }
        });
        Ok(feed.subscribe())
    }

    /// Tenants that are followed.
    pub fn count(&self) -> usize {
        self.open().len()
    }

    fn open(&self) -> MutexGuard<'_, HashMap<TenantId, Feed>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends a feed nobody listens to; decided under the lock under which one subscribes.
    fn is_over(&self, tenant: TenantId) -> bool {
        let mut open = self.open();
        let over = open.get(&tenant).is_none_or(|feed| feed.sender.receiver_count() == 0);
        if over {
            open.remove(&tenant);
        }
        over
    }
}

impl Feed {
    fn subscribe(&self) -> (i64, broadcast::Receiver<Sent>) {
        (self.horizon.load(Ordering::Acquire), self.sender.subscribe())
    }
}

struct Follower {
    store: Store,
    can: Can<WatchEvents>,
    sender: broadcast::Sender<Sent>,
    horizon: Arc<AtomicI64>,
}

impl Follower {
    async fn follow(self, feeds: Feeds) {
        let mut committed = self.store.committed();
        let mut since = Since::horizon(self.horizon.load(Ordering::Acquire));
        let mut told = HashSet::new();
        while !feeds.is_over(self.can.tenant_id()) {
            if let Err(error) = self.look(&mut since, &mut told).await {
                tracing::warn!(%error, "live events: the outbox could not be read");
            }
            let mine = async {
                loop {
                    match committed.recv().await {
                        Ok(notice) if notice.tenant_id != self.can.tenant_id() => {}
                        Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => return,
                        // The store lives as long as this follower: not reached.
                        Err(broadcast::error::RecvError::Closed) => std::future::pending().await,
                    }
                }
            };
            // At its end the wait only means: look again.
            drop(tokio::time::timeout(POLL, mine).await);
        }
    }

    /// Tells what is new. `told` are the ids that the next look may find again.
    async fn look(&self, since: &mut Since, told: &mut HashSet<EventId>) -> store::Result<()> {
        let mut found = HashSet::new();
        loop {
            let mut tx = self.store.read(&self.can).await?;
            let news = tx.news(*since, PAGE).await?;
            drop(tx);
            for notice in news.notices {
                found.insert(notice.id);
                if !told.contains(&notice.id) {
                    // Nobody listening is no fault.
                    drop(self.sender.send(Sent { resume: since.horizon, notice: Arc::new(notice) }));
                }
            }
            *since = news.next;
            if !news.more {
                break;
            }
        }
        *told = found;
        self.horizon.store(since.horizon, Ordering::Release);
        Ok(())
    }
}
