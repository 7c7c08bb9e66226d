//! Sweeps: work without input, done every so often by whichever node gets there first.
//!
//! Invariants: a node owns a turn by moving `next_at` from the value it read to the end of a lease; only one succeeds.
//! When the turn is over it is moved on to the next one. A node that dies leaves the turn to the others after the
//! lease. Due times are rows compared with the clock, so a moved clock moves the sweeps, backwards too.

use std::{panic::AssertUnwindSafe, sync::Arc, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use futures::{FutureExt, future::BoxFuture};
use store::sql;
use tokio::{sync::watch, task::JoinSet};
use tracing::Instrument;

use crate::{Runner, SweepContext, start::stopped};

/// How long one turn may take before another node may take the next.
const LEASE: TimeDelta = TimeDelta::minutes(5);

/// A named sweep.
#[derive(Clone)]
pub(crate) struct Sweep {
    pub name: &'static str,
    pub interval: TimeDelta,
    pub run: Arc<dyn Fn(SweepContext) -> BoxFuture<'static, kernel::Result<()>> + Send + Sync>,
}

/// A turn this node has won.
pub(crate) struct Turn {
    sweep: Sweep,
    began: DateTime<Utc>,
    lease_end: DateTime<Utc>,
}

impl Sweep {
    /// A due time far behind its furthest possible value was written before the clock was moved back.
    fn is_due(&self, next: DateTime<Utc>, now: DateTime<Utc>) -> bool {
        next <= now || next > now + (self.interval.max(LEASE) * 2)
    }
}

impl Runner {
    /// Runs each sweep whose time has come once, here and now, and answers how many. For tests.
    pub async fn sweep_due(&self) -> usize {
        let turns = self.due_turns().await;
        let count = turns.len();
        for turn in turns {
            self.run_turn(turn, std::future::pending()).await;
        }
        count
    }

    pub(crate) async fn keep_sweeping(&self, shutdown: watch::Receiver<bool>) {
        let mut running = JoinSet::new();
        while !*shutdown.borrow() && shutdown.has_changed().is_ok() {
            while running.try_join_next().is_some() {}
            self.pulse.sweeps();
            for turn in self.due_turns().await {
                let (runner, stopped) = (self.clone(), stopped(shutdown.clone()));
                running.spawn(async move { runner.run_turn(turn, stopped).await });
            }
            drop(tokio::time::timeout(self.poll, stopped(shutdown.clone())).await);
        }
        while running.join_next().await.is_some() {}
    }

    /// The turns this node has won just now.
    pub(crate) async fn due_turns(&self) -> Vec<Turn> {
        let mut turns = Vec::new();
        match self.due_sweeps().await {
            Ok(due) => {
                for (sweep, next) in due {
                    match self.take_turn(&sweep, next).await {
                        Ok(Some(turn)) => turns.push(turn),
                        Ok(None) => {}
                        Err(error) => tracing::warn!(%error, sweep = sweep.name, "the turn could not be taken"),
                    }
                }
            }
            Err(error) => tracing::warn!(%error, "the schedule cannot be read; looking again in a moment"),
        }
        turns
    }

    /// Sweeps whose time has come, with the due time as it stands; None for one that has never run.
    async fn due_sweeps(&self) -> store::Result<Vec<(Sweep, Option<DateTime<Utc>>)>> {
        if self.sweeps.is_empty() {
            return Ok(Vec::new());
        }
        let mut tx = self.store.platform_read().await?;
        let rows: Vec<(String, DateTime<Utc>)> = tx.all(sql!("SELECT name, next_at FROM job_schedule")).await?;
        let now = tx.now();
        let next = |name: &str| rows.iter().find(|(known, _)| known == name).map(|(_, next)| *next);
        let all = self.sweeps.iter().map(|sweep| (sweep.clone(), next(sweep.name)));
        Ok(all.filter(|(sweep, next)| next.is_none_or(|next| sweep.is_due(next, now))).collect())
    }

    async fn take_turn(&self, sweep: &Sweep, next: Option<DateTime<Utc>>) -> store::Result<Option<Turn>> {
        let mut tx = self.store.platform().await?;
        let began = tx.now();
        let lease_end = began + LEASE;
        let moved = match next {
            Some(next) => tx.execute(sql!(
                "UPDATE job_schedule SET next_at = {} WHERE name = {} AND next_at = {}",
                lease_end,
                sweep.name,
                next
            )),
            None => tx.execute(sql!(
                "INSERT INTO job_schedule (name, next_at) VALUES ({}, {}) ON CONFLICT (name) DO NOTHING",
                sweep.name,
                lease_end
            )),
        }
        .await?;
        tx.commit().await?;
        Ok((moved == 1).then(|| Turn { sweep: sweep.clone(), began, lease_end }))
    }

    /// Runs the sweep, unless `stopped` comes first, and moves it on to its next turn.
    async fn run_turn(&self, turn: Turn, stopped: impl Future<Output = ()>) {
        let Turn { sweep, began, lease_end } = turn;
        let context = SweepContext { store: self.store.clone(), name: sweep.name };
        let run = sweep.run.clone();
        let swept = AssertUnwindSafe(async move { run(context).await }).catch_unwind();
        let limit = (LEASE - LEASE / 10).to_std().unwrap_or(Duration::ZERO);
        let span = tracing::info_span!("sweep", name = sweep.name);
        let ended = tokio::select! {
            ended = tokio::time::timeout(limit, swept).instrument(span) => Some(ended),
            () = stopped => None,
        };
        let next = match &ended {
            // Cut off by the end of the program: the next node to look takes over.
            None => began,
            Some(_) => began + sweep.interval,
        };
        match ended {
            Some(Ok(Ok(Ok(())))) | None => tracing::debug!(sweep = sweep.name, "swept"),
            Some(Ok(Ok(Err(error)))) => tracing::error!(%error, sweep = sweep.name, "a sweep failed"),
            Some(Ok(Err(_))) => tracing::error!(sweep = sweep.name, "a sweep panicked"),
            Some(Err(_)) => tracing::error!(sweep = sweep.name, "a sweep was not done within its time"),
        }
        if let Err(error) = self.finish_turn(sweep.name, lease_end, next).await {
            tracing::warn!(%error, sweep = sweep.name, "the next turn could not be written; it comes after the lease");
        }
    }

    async fn finish_turn(&self, name: &str, lease_end: DateTime<Utc>, next: DateTime<Utc>) -> store::Result<()> {
        let mut tx = self.store.platform().await?;
        tx.execute(sql!(
            "UPDATE job_schedule SET next_at = {} WHERE name = {} AND next_at = {}",
            next,
            name,
            lease_end
        ))
        .await?;
        tx.commit().await
    }
}
