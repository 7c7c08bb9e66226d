//! The workers: claim as many jobs as there are free hands, run them side by side, look again when told or once a
//! second.
//!
//! Invariant: a job is claimed only when it can begin at once, so no lease runs out in a line of ours.

use tokio::{
    sync::{broadcast::error::RecvError, watch},
    task::{JoinHandle, JoinSet},
    time::{Duration, MissedTickBehavior},
};

use crate::{Runner, seal::keep_sealing};

/// How long the queue may take to be told of the jobs that the end of the program cuts off. Those it is not told of come
/// back after their lease.
const GIVING_BACK: Duration = Duration::from_secs(5);
/// How soon to look again after other nodes were quicker.
const AGAIN: Duration = Duration::from_millis(20);

impl Runner {
    /// Starts `workers` workers (at least one), the sweeps and the sealing of the audit trail. They stop when `shutdown` turns true or its sender is
    /// gone: nothing new is begun, running jobs get 20 seconds and are given back to the queue when they need more, running sweeps are left to their next turn. The handle
    /// ends when all have.
    pub fn start(&self, workers: usize, shutdown: watch::Receiver<bool>) -> JoinHandle<()> {
        let runner = self.clone();
        tokio::spawn(async move {
            let jobs = runner.work(workers.max(1), shutdown.clone());
            let sealing = keep_sealing(runner.store.clone(), shutdown.clone());
            tokio::join!(jobs, sealing, runner.keep_sweeping(shutdown));
        })
    }

    async fn work(&self, workers: usize, shutdown: watch::Receiver<bool>) {
        let mut notices = self.store.committed();
        let mut poll = tokio::time::interval(self.poll);
        poll.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut running = JoinSet::new();
        let (cut, cut_off) = watch::channel(false);
        let told = stopped(shutdown);
        tokio::pin!(told);
        // May there be work nobody has looked for?
        let mut look = true;
        loop {
            while running.try_join_next().is_some() {}
            self.pulse.jobs();
            let free = workers - running.len();
            if look && free > 0 {
                match self.claim(free).await {
                    Ok(jobs) => {
                        look = jobs.len() == free;
                        running.extend(jobs.into_iter().map(|job| self.attempt(job, stopped(cut_off.clone()))));
                    }
                    Err(error) => {
                        look = false;
                        tracing::warn!(%error, "the queue cannot be read; looking again in a moment");
                    }
                }
            }
            let outrun = self.was_outrun();
            tokio::select! {
                biased;
                () = &mut told => break,
                Some(_) = running.join_next() => look |= self.holds_back(),
                _ = poll.tick() => look = true,
                () = tokio::time::sleep(AGAIN), if outrun => look = true,
                notice = notices.recv() => look |= match notice {
                    Ok(committed) => committed.jobs,
                    Err(RecvError::Lagged(_)) => true,
                    // The store lives as long as this runner: not reached.
                    Err(RecvError::Closed) => false,
                },
            }
        }
        if ended_within(self.grace, &mut running).await {
            return;
        }
        cut.send_replace(true);
        if !ended_within(GIVING_BACK, &mut running).await {
            tracing::warn!(
                jobs = running.len(),
                "jobs that were cut off could not be given back; they wait for their lease"
            );
        }
    }
}

/// Have all of them ended in that time?
async fn ended_within(time: Duration, running: &mut JoinSet<()>) -> bool {
    tokio::time::timeout(time, async { while running.join_next().await.is_some() {} }).await.is_ok()
}

/// Resolves when the program is to stop.
pub(crate) async fn stopped(mut shutdown: watch::Receiver<bool>) {
    // An error says that the sender is gone, which is the same word.
    drop(shutdown.wait_for(|stop| *stop).await);
}
