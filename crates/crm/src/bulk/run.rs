//! Running a bulk change, or taking one back: a job goes on for a while, then queues itself again, so that others get
//! their turn and a worker that dies costs at most one step's work.

use std::{sync::Arc, time::Instant};

use jobs::{Context, Runner, Verdict};
use kernel::{Caller, Can, Error, Job, Result};
use serde::{Deserialize, Serialize};
use store::{EnqueueJob, Store};

use super::{
    Bulk, BulkChangeId, UseBulkChanges,
    lapse::{self, LapseBulkChange},
    step::{Step, step},
    stop,
    undo::{UndoBulkChange, put_back},
};

/// Goes on with a bulk change.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RunBulkChange {
    pub bulk_change_id: BulkChangeId,
}

impl Job for RunBulkChange {
    const KIND: &'static str = "bulk_change.run";
    const MAX_ATTEMPTS: i64 = 5;
    const LEASE_SECONDS: i64 = 120;

    fn unique_key(&self) -> Option<String> {
        Some(self.bulk_change_id.to_string())
    }
}

/// Which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Forth,
    Back,
}

/// What is left after a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    More,
    Over,
}

/// Adds the jobs of bulk changes to a runner.
pub fn jobs(runner: Runner, bulk: Bulk) -> Runner {
    let (forth, back) = (bulk.clone(), bulk);
    runner
        .on(move |context: Context, job: RunBulkChange| {
            run(context, forth.clone(), job.bulk_change_id, Way::Forth, job)
        })
        .on(move |context: Context, job: UndoBulkChange| run(context, back.clone(), job.bulk_change_id, Way::Back, job))
        .on::<LapseBulkChange, _, _>(lapse::run)
}

async fn run<J: Job>(context: Context, bulk: Bulk, id: BulkChangeId, way: Way, job: J) -> Result<Verdict> {
    let Some(can) = present(&context, &bulk).await? else {
        stop::halt(&context, id, "rights_lost").await?;
        return Ok(Verdict::Done);
    };
    match turn(&bulk, &context.store, &can, id, way).await {
        Ok(Turn::Over) => Ok(Verdict::Done),
        Ok(Turn::More) => {
            let mut tx = context.store.begin(&can).await?;
            tx.enqueue(&job).await?;
            tx.commit().await?;
            Ok(Verdict::Done)
        }
        Err(Error::NotFound { .. }) => Ok(Verdict::Dead { reason: "the bulk change is gone".into() }),
        Err(Error::Forbidden { .. }) => {
            stop::halt(&context, id, "rights_lost").await?;
            Ok(Verdict::Done)
        }
        Err(error) if context.attempt >= J::MAX_ATTEMPTS => {
            stop::halt(&context, id, "interrupted").await?;
            Ok(Verdict::Dead { reason: error.code().to_owned() })
        }
        Err(error) => Err(error),
    }
}

/// Whoever asked for it, with the rights of today; None when they have left or may not do so any more.
async fn present(context: &Context, bulk: &Bulk) -> Result<Option<Can<UseBulkChanges>>> {
    let origin = context.caller.origin.clone();
    let caller: Option<Caller> = bulk.identity.present(context.caller.tenant_id, context.enqueued_by, origin).await?;
    Ok(caller.and_then(|caller| Can::check(Arc::new(caller)).ok()))
}

/// Takes steps until it or the turn is over.
pub async fn turn(bulk: &Bulk, store: &Store, can: &Can<UseBulkChanges>, id: BulkChangeId, way: Way) -> Result<Turn> {
    let began = Instant::now();
    let mut told: Option<Instant> = None;
    let mut single = 0_usize;
    loop {
        let rows = if single > 0 { 1 } else { bulk.pace.rows };
        single = single.saturating_sub(1);
        let tell = told.is_none_or(|at| at.elapsed() >= bulk.pace.notice);
        let stepped = match way {
            Way::Forth => step(bulk, store, can, id, rows, tell).await?,
            Way::Back => put_back(bulk, store, can, id, rows, tell).await?,
        };
        match stepped {
            Step::Over => return Ok(Turn::Over),
            Step::OneByOne => {
                // Nothing of that step remains: to end the turn here would begin the next one with the same step.
                single = bulk.pace.rows;
                continue;
            }
            Step::On => {}
        }
        if tell {
            told = Some(Instant::now());
        }
        if began.elapsed() >= bulk.pace.turn {
            return Ok(Turn::More);
        }
    }
}

/// A small one within the request that brought it; what could not be done is left to the workers.
pub async fn at_once(bulk: &Bulk, store: &Store, can: &Can<UseBulkChanges>, id: BulkChangeId, way: Way) {
    if let Err(error) = turn(bulk, store, can, id, way).await {
        tracing::warn!(code = error.code(), "a small bulk change was left to the workers");
    }
}
