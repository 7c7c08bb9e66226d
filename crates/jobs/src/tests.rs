//! The promises of `lib.rs`, on both databases.

use std::{
    future::Future,
    sync::{Arc, Mutex},
};

use kernel::{Caller, Can, Job, TenantId, permissions};
use serde::{Deserialize, Serialize};
use store::{EnqueueJob, PlatformTx, Sql, Store};

use crate::*;

mod dead;
mod ending;
mod failure;
mod fairness;
mod lease;
mod sweeping;
mod unique;
mod wire;
mod working;

permissions! { Work = "work.do": []; }

/// Writes a word into the list.
#[derive(Debug, Serialize, Deserialize)]
struct Say(String);
impl Job for Say {
    const KIND: &'static str = "word.say";
}

/// One of a kind per key.
#[derive(Debug, Serialize, Deserialize)]
struct Keyed(String);
impl Job for Keyed {
    const KIND: &'static str = "key.turn";
    fn unique_key(&self) -> Option<String> {
        Some(self.0.clone())
    }
}

/// Has three tries of a second each.
#[derive(Debug, Serialize, Deserialize)]
struct Fragile;
impl Job for Fragile {
    const KIND: &'static str = "glass.carry";
    const MAX_ATTEMPTS: i64 = 3;
    const LEASE_SECONDS: i64 = 1;
}

/// What the handlers did, in order.
#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Vec<String>>>);

impl Heard {
    fn add(&self, word: impl Into<String>) {
        self.0.lock().unwrap().push(word.into());
    }
    fn all(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}

/// A runner that says words.
fn speaker(store: &Store, heard: &Heard) -> Runner {
    let heard = heard.clone();
    Runner::new(store.clone()).on(move |_: Context, Say(word)| {
        heard.add(word);
        async { Ok(Verdict::Done) }
    })
}

/// A runner whose fragile jobs end as `end` says.
fn carrier<R>(store: &Store, end: impl Fn(Context) -> R + Send + Sync + 'static) -> Runner
where
    R: Future<Output = kernel::Result<Verdict>> + Send + 'static,
{
    Runner::new(store.clone()).on(move |context: Context, _: Fragile| end(context))
}

fn can(tenant: TenantId) -> Can<Work> {
    Can::check(Arc::new(Caller::system(tenant))).unwrap()
}

async fn enqueue(store: &Store, tenant: TenantId, job: &impl Job) {
    let mut tx = store.begin(&can(tenant)).await.unwrap();
    tx.enqueue(job).await.unwrap();
    tx.commit().await.unwrap();
}

fn say(word: &str) -> Say {
    Say(word.to_owned())
}

/// State, tries and last error of every row, the oldest first.
async fn rows(store: &Store) -> Vec<(String, i64, Option<String>)> {
    let mut tx: PlatformTx = store.platform_read().await.unwrap();
    tx.all(Sql::new("SELECT state, attempts, last_error FROM job ORDER BY id")).await.unwrap()
}

/// Waits for something to come true, and fails when it does not within half a minute.
async fn eventually<R: Future<Output = bool>>(what: &str, is_true: impl Fn() -> R) {
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(30);
    while !is_true().await {
        assert!(std::time::Instant::now() < deadline, "{what} did not come true");
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
}
