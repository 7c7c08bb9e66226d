//! The list of what this program can run, and running it by hand. The workers are in `start`.

use std::{
    collections::HashMap,
    future::Future,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use chrono::TimeDelta;
use futures::{FutureExt, future::BoxFuture};
use kernel::{Error, Job, Uuid};
use serde_json::Value;
use store::Store;
use tokio::sync::{Mutex, Semaphore};

use crate::{
    Context, SweepContext, Verdict,
    attempt::attempt,
    claim::{Claimed, claim},
    pulse::Pulse,
    schedule::Sweep,
};

/// The lease of a kind this program does not know.
const UNKNOWN_LEASE: TimeDelta = TimeDelta::seconds(60);
/// How often the workers look although nobody told them to: other nodes' jobs and jobs that fall due.
const POLL: Duration = Duration::from_secs(1);
/// How long running jobs may go on once the program is told to stop.
const GRACE: Duration = Duration::from_secs(20);

type Run = Arc<dyn Fn(Context, Value) -> BoxFuture<'static, kernel::Result<Verdict>> + Send + Sync>;

/// What is known of one kind of job.
#[derive(Clone)]
pub(crate) struct Handler {
    pub run: Run,
    pub unique_key: fn(&Value) -> Option<String>,
    pub lease: TimeDelta,
}

/// Handlers and sweeps on one store. Built once, then started, or drained by a test. Clones share their place in the
/// round of tenants.
#[derive(Clone)]
pub struct Runner {
    pub(crate) store: Store,
    pub(crate) poll: Duration,
    pub(crate) grace: Duration,
    handlers: HashMap<&'static str, Handler>,
    pub(crate) sweeps: Vec<Sweep>,
    turn: Arc<Mutex<Uuid>>,
    pub(crate) pulse: Arc<Pulse>,
    /// One job at a time may be one whose last worker was lost.
    suspect: Arc<Semaphore>,
    held_back: Arc<AtomicBool>,
    outrun: Arc<AtomicBool>,
}

impl Runner {
    pub fn new(store: Store) -> Self {
        Self {
            store,
            poll: POLL,
            grace: GRACE,
            handlers: HashMap::new(),
            sweeps: Vec::new(),
            turn: Arc::default(),
            pulse: Arc::default(),
            suspect: Arc::new(Semaphore::new(1)),
            held_back: Arc::default(),
            outrun: Arc::default(),
        }
    }

    /// Runs jobs of type `J` by `handler`.
    ///
    /// # Panics
    /// When the kind already has a handler: a mistake in putting the program together.
    pub fn on<J, F, R>(mut self, handler: F) -> Self
    where
        J: Job,
        F: Fn(Context, J) -> R + Send + Sync + 'static,
        R: Future<Output = kernel::Result<Verdict>> + Send + 'static,
    {
        let handler = Arc::new(handler);
        let run: Run = Arc::new(move |context, payload| {
            let handler = handler.clone();
            async move {
                // What the parser says may quote the payload.
                let job = serde_json::from_value(payload)
                    .map_err(|_| Error::internal(format!("the payload does not have the shape of {}", J::KIND)))?;
                handler(context, job).await
            }
            .boxed()
        });
        let unique_key = |payload: &Value| serde_json::from_value::<J>(payload.clone()).ok()?.unique_key();
        let lease = TimeDelta::seconds(J::LEASE_SECONDS.max(1));
        let known = self.handlers.insert(J::KIND, Handler { run, unique_key, lease });
        assert!(known.is_none(), "the job {} has two handlers", J::KIND);
        self
    }

    /// Runs `sweep` every `interval` (whole seconds, at least one), on one node of the cluster at a time, for the
    /// first time at once. `name` is stable: it is stored. A turn that takes longer than four and a half minutes is
    /// ended; what it has not done is for the next.
    ///
    /// # Panics
    /// When the name is taken: a mistake in putting the program together.
    pub fn every<F, R>(mut self, name: &'static str, interval: Duration, sweep: F) -> Self
    where
        F: Fn(SweepContext) -> R + Send + Sync + 'static,
        R: Future<Output = kernel::Result<()>> + Send + 'static,
    {
        assert!(self.sweeps.iter().all(|s| s.name != name), "there are two sweeps {name}");
        let interval = TimeDelta::seconds(i64::try_from(interval.as_secs()).unwrap_or(i64::from(u32::MAX)).max(1));
        self.sweeps.push(Sweep { name, interval, run: Arc::new(move |context| sweep(context).boxed()) });
        self
    }

    /// How long ago each loop of the workers turned; None for one that has not been started.
    pub fn pulse(&self) -> [(&'static str, Option<Duration>); 2] {
        self.pulse.read()
    }

    /// The kinds of jobs that have a handler: a test compares them with the listeners of the store.
    pub fn kinds(&self) -> impl Iterator<Item = &'static str> {
        self.handlers.keys().copied()
    }

    /// Runs every due job here and now, one after the other, also those that the jobs enqueue, until none is due, and
    /// answers how many tries that were. For tests. A job that failed is due again later and counts once. A database
    /// that cannot be reached ends it early, with a line in the log.
    pub async fn drain(&self) -> usize {
        let mut tries = 0;
        loop {
            match self.claim(1).await {
                Ok(jobs) if jobs.is_empty() => return tries,
                Ok(jobs) => {
                    for job in jobs {
                        self.attempt(job, std::future::pending()).await;
                        tries += 1;
                    }
                }
                Err(error) => {
                    tracing::error!(%error, "the queue could not be drained");
                    return tries;
                }
            }
        }
    }

    pub(crate) async fn claim(&self, limit: usize) -> store::Result<Vec<Claimed>> {
        let mut turn = self.turn.lock().await;
        let lease = |kind: &str| self.handlers.get(kind).map_or(UNKNOWN_LEASE, |handler| handler.lease);
        let permit = self.suspect.clone().try_acquire_owned().ok();
        let caught = claim(&self.store, limit, &mut turn, permit, lease).await?;
        self.held_back.store(caught.held_back, Ordering::Relaxed);
        self.outrun.store(caught.outrun, Ordering::Relaxed);
        Ok(caught.jobs)
    }

    /// Were jobs left behind that may be taken once a running one is done?
    pub(crate) fn holds_back(&self) -> bool {
        self.held_back.swap(false, Ordering::Relaxed)
    }

    /// Was there work that other workers took while this one reached for it?
    pub(crate) fn was_outrun(&self) -> bool {
        self.outrun.swap(false, Ordering::Relaxed)
    }

    /// One try, which ends early when `cut_off` resolves.
    pub(crate) fn attempt(
        &self,
        job: Claimed,
        cut_off: impl Future<Output = ()> + Send + 'static,
    ) -> impl Future<Output = ()> + Send + 'static {
        attempt(self.store.clone(), self.handlers.get(job.kind.as_str()).cloned(), job, cut_off)
    }
}

impl std::fmt::Debug for Runner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Runner({} kinds, {} sweeps)", self.handlers.len(), self.sweeps.len())
    }
}
