//! Searching all records of a noun for duplicates. The records are read a page at a time, compared on a thread of its
//! own without holding a transaction, and what was found is written in one: new pairs come, those that no longer hold
//! go, those that somebody settled stay as they were settled.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering},
    },
    time::Duration,
};

use jobs::{Context, SweepContext, Verdict};
use kernel::{Change, Error, Event, Json, Result, TenantId, Uuid, id::Id, permissions};
use serde::{Deserialize, Serialize};
use store::{EnqueueJob, Record, Sql, Tx};

use super::{
    DuplicatePair, DuplicatePairId, DuplicateSweep, DuplicateSweepId, Noun, PairState, SweepState,
    block::pairs,
    profile::Profile,
    rule::{Reason, score},
    rule_of, settle,
};
use crate::{company::Company, contact::Contact, merge};

permissions! {
    /// Search all records for duplicates; held by the product's own workers.
    pub SweepDuplicates = "duplicate.sweep": [];
}

/// Records read at a time.
const PAGE: i64 = 2_000;
/// Pairs kept: the strongest. Who has more than that has a rule that says too much.
const MOST_PAIRS: usize = 20_000;

/// One search.
#[derive(Debug, Serialize, Deserialize)]
pub struct SweepForDuplicates {
    pub sweep_id: DuplicateSweepId,
    pub noun: Noun,
}

impl kernel::Job for SweepForDuplicates {
    const KIND: &'static str = "duplicate.sweep";
    const MAX_ATTEMPTS: i64 = 3;
    const LEASE_SECONDS: i64 = 900;

    /// Asked for twice before it began, it is one search.
    fn unique_key(&self) -> Option<String> {
        Some(self.noun.to_string())
    }
}

/// The last search of a noun.
pub async fn latest(tx: &mut Tx, noun: Noun) -> Result<Option<DuplicateSweep>> {
    let query = tx.select::<DuplicateSweep>().and("noun =", noun).push(" ORDER BY id DESC LIMIT 1");
    Ok(tx.optional(query).await?)
}

/// Queues a search, unless one is waiting to begin: that one is answered.
pub async fn start(tx: &mut Tx, noun: Noun) -> Result<DuplicateSweep> {
    if let Some(waiting) = latest(tx, noun).await?.filter(|sweep| sweep.state == SweepState::Queued) {
        tx.enqueue(&SweepForDuplicates { sweep_id: waiting.id, noun }).await?;
        return Ok(waiting);
    }
    let sweep = DuplicateSweep {
        id: DuplicateSweepId::new(),
        version: 1,
        noun,
        state: SweepState::Queued,
        progress: 0,
        records: 0,
        pairs: settle::open(tx, noun).await?,
        started_at: None,
        finished_at: None,
        created_at: tx.now(),
        updated_at: tx.now(),
    };
    tx.insert(&sweep).await?;
    tx.enqueue(&SweepForDuplicates { sweep_id: sweep.id, noun }).await?;
    tx.audit(Change::new("duplicate.search", sweep.id).after(&sweep)).await?;
    tx.emit(Event::new("duplicate.search_started", sweep.id)).await?;
    Ok(sweep)
}

/// Every night, every workspace's contacts and companies.
pub async fn nightly(context: SweepContext) -> Result<()> {
    let tenants: Vec<(TenantId,)> = {
        let mut platform = context.store.platform_read().await?;
        platform.all(Sql::new("SELECT DISTINCT tenant_id FROM account_tenant ORDER BY tenant_id")).await?
    };
    for (tenant,) in tenants {
        let mut tx = context.store.begin(&context.can::<SweepDuplicates>(tenant)?).await?;
        for noun in [Noun::Contact, Noun::Company] {
            start(&mut tx, noun).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

pub async fn run(context: Context, job: SweepForDuplicates) -> Result<Verdict> {
    let can = context.can::<SweepDuplicates>()?;
    let mut tx = context.store.begin(&can).await?;
    let Some(sweep) = tx.find::<DuplicateSweep>(job.sweep_id).await? else { return Ok(Verdict::Done) };
    if sweep.state == SweepState::Done {
        return Ok(Verdict::Done);
    }
    merge::links::gather_strays(&mut tx, job.noun).await?;
    let (rule, _) = rule_of(&mut tx, job.noun).await?;
    let started = DuplicateSweep { state: SweepState::Running, started_at: Some(tx.now()), ..sweep };
    let mut sweep = tx.update(&started).await?;
    tx.commit().await?;

    let mut profiles = Vec::new();
    loop {
        let mut tx = context.store.read(&can).await?;
        let after = profiles.last().map(|profile: &Profile| profile.id);
        let more = match job.noun {
            Noun::Contact => page::<Contact>(&mut tx, after).await?,
            Noun::Company => page::<Company>(&mut tx, after).await?,
        };
        if more.is_empty() {
            break;
        }
        profiles.extend(more);
    }
    let progress = Arc::new(AtomicU8::new(0));
    let told = progress.clone();
    let profiles = Arc::new(profiles);
    let compared = profiles.clone();
    let mut comparing =
        tokio::task::spawn_blocking(move || pairs(&compared, &rule, |percent| told.store(percent, Ordering::Relaxed)));
    let found = loop {
        match tokio::time::timeout(Duration::from_secs(2), &mut comparing).await {
            Ok(found) => break found.map_err(|_| Error::internal("the comparison of records was cut off"))?,
            Err(_) => {
                let mut tx = context.store.begin(&can).await?;
                let percent = i64::from(progress.load(Ordering::Relaxed)).min(99);
                sweep = tx.update(&DuplicateSweep { progress: percent, ..sweep }).await?;
                tx.emit(Event::new("duplicate.search_progress", sweep.id)).await?;
                tx.commit().await?;
            }
        }
    };
    let mut strongest: Vec<(Uuid, Uuid, i64, Vec<Reason>)> = found
        .into_iter()
        .map(|pair| {
            let (a, b) = (profiles[pair.first].id, profiles[pair.second].id);
            (a.min(b), a.max(b), score(&pair.reasons), pair.reasons)
        })
        .collect();
    strongest.sort_by(|a, b| b.2.cmp(&a.2).then((a.0, a.1).cmp(&(b.0, b.1))));
    strongest.truncate(MOST_PAIRS);
    let mut tx = context.store.begin(&can).await?;
    write(&mut tx, job.noun, strongest).await?;
    let done = DuplicateSweep {
        state: SweepState::Done,
        progress: 100,
        records: i64::try_from(profiles.len()).unwrap_or(i64::MAX),
        pairs: settle::open(&mut tx, job.noun).await?,
        finished_at: Some(tx.now()),
        ..sweep
    };
    let done = tx.update(&done).await?;
    tx.audit(Change::new("duplicate.searched", done.id).after(&done)).await?;
    tx.emit(Event::new("duplicate.search_finished", done.id)).await?;
    tx.commit().await?;
    Ok(Verdict::Done)
}

async fn page<R: Record>(tx: &mut Tx, after: Option<Uuid>) -> Result<Vec<Profile>>
where
    for<'r> Profile: From<&'r R>,
{
    let query =
        tx.select::<R>().push(" AND deleted_at IS NULL").and_if("id >", after).push(" ORDER BY id LIMIT ").bind(PAGE);
    Ok(tx.all::<R>(query).await?.iter().map(Profile::from).collect())
}

/// Makes the stored pairs of the noun those that were found.
async fn write(tx: &mut Tx, noun: Noun, found: Vec<(Uuid, Uuid, i64, Vec<Reason>)>) -> Result<()> {
    let query = tx.select::<DuplicatePair>().and("noun =", noun);
    let stored: Vec<DuplicatePair> = tx.all(query).await?;
    let mut stored: HashMap<(Uuid, Uuid), DuplicatePair> =
        stored.into_iter().map(|pair| ((pair.first_id, pair.second_id), pair)).collect();
    let mut new = Vec::new();
    for (first_id, second_id, score, reasons) in found {
        match stored.remove(&(first_id, second_id)) {
            Some(pair) if pair.score == score && pair.reasons.0 == reasons => {}
            Some(pair) => drop(tx.update(&DuplicatePair { score, reasons: Json(reasons), ..pair }).await?),
            None => new.push(DuplicatePair {
                id: DuplicatePairId::new(),
                version: 1,
                noun,
                first_id,
                second_id,
                state: PairState::Open,
                score,
                reasons: Json(reasons),
                settled_by: None,
                settled_at: None,
                created_at: tx.now(),
                updated_at: tx.now(),
            }),
        }
    }
    tx.insert_all(&new).await?;
    let gone: Vec<Uuid> =
        stored.into_values().filter(|pair| pair.state == PairState::Open).map(|pair| pair.id.uuid()).collect();
    for part in gone.chunks(200) {
        let delete = Sql::new("DELETE FROM duplicate_pair WHERE tenant_id = ").bind(tx.tenant_id());
        tx.execute(delete.push(" AND id IN ").bind_list(part.iter().copied())).await?;
    }
    Ok(())
}
