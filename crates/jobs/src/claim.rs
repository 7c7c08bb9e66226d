//! Taking due jobs off the queue, fairly between tenants.
//!
//! Invariants: a claim moves `run_at` to the end of the lease and counts the try, so a worker that dies gives its jobs
//! back by doing nothing. Tenants are served in turn, in the order of their ids and from where the last claim stopped:
//! nobody waits for longer than one job of each other tenant, whatever lies before them in the queue. The jobs of a
//! closed tenant wait until it is opened again. A job whose last try was never settled may have taken its worker down:
//! such suspects are run one at a time, so that a job which ends the program each time does not use up the tries of the
//! others that were under way with it.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use kernel::{JobId, Json, Narrowed, Reach, TenantId, Uuid, id::Id};
use serde_json::Value;
use store::{FromRow, PlatformTx, Row, Sql, Store, sql};
use tokio::sync::OwnedSemaphorePermit;

/// What stands as the failure of a try from its claim until it is settled: what is left of a worker that was lost.
pub(crate) const WORKER_LOST: &str = "worker_lost";

/// A job this worker holds until `lease_end`, unless it settles it before.
#[derive(Debug, Clone)]
pub(crate) struct Claimed {
    pub id: JobId,
    pub tenant_id: TenantId,
    pub kind: String,
    pub payload: Value,
    pub attempts: i64,
    pub max_attempts: i64,
    pub lease_end: DateTime<Utc>,
    pub actor_kind: String,
    pub actor_id: Option<String>,
    pub request_id: Option<String>,
    /// How far the one who enqueued it saw.
    pub reach: Reach,
    /// Held by the one suspect that is run at a time.
    pub suspect: Option<Arc<OwnedSemaphorePermit>>,
}

/// What a claim brought.
#[derive(Debug, Default)]
pub(crate) struct Catch {
    pub jobs: Vec<Claimed>,
    /// Suspects are due that have to wait for the one that is being run.
    pub held_back: bool,
    /// Others were quicker each time, so there may well be more.
    pub outrun: bool,
}

/// Among how many due jobs for each wanted one is chosen after another worker was quicker.
const SPREAD: usize = 8;

impl FromRow for Claimed {
    fn from_row(row: &mut Row) -> store::Result<Self> {
        Ok(Self {
            id: row.take()?,
            tenant_id: row.take()?,
            kind: row.take()?,
            payload: row.take()?,
            attempts: row.take()?,
            max_attempts: row.take()?,
            lease_end: row.take()?,
            actor_kind: row.take()?,
            actor_id: row.take()?,
            request_id: row.take()?,
            reach: Reach::read(row.take::<Option<Json<Narrowed>>>()?.map(|reach| reach.0)),
            suspect: None,
        })
    }
}

/// Takes up to `limit` due jobs, at most all that are free. `lease` says how long a job of a kind may take; `turn` is
/// the tenant that was served last and is moved on. `permit` allows one suspect.
pub(crate) async fn claim(
    store: &Store,
    limit: usize,
    turn: &mut Uuid,
    permit: Option<OwnedSemaphorePermit>,
    lease: impl Fn(&str) -> TimeDelta,
) -> store::Result<Catch> {
    // Another worker may take the very rows this one chose; it then chooses again, any of the next ones, so that the two
    // do not go on reaching for the same.
    for attempt in 0..3 {
        let mut tx = store.platform().await?;
        let window = if attempt == 0 { limit } else { limit * SPREAD };
        let mut chosen: Vec<(JobId, TenantId, String, bool)> =
            tx.all(fair(&tx, window, *turn, permit.is_some())).await?;
        while chosen.len() > limit {
            chosen.remove(rand::random_range(0..chosen.len()));
        }
        let (mut suspects, found) = (0, chosen.len());
        chosen.retain(|(.., suspect)| {
            suspects += usize::from(*suspect);
            !suspect || suspects == 1
        });
        let held_back = chosen.len() < found || permit.is_none();
        let Some((_, last, ..)) = chosen.last() else { return Ok(Catch { held_back, ..Catch::default() }) };
        let last = last.uuid();
        let mut leases: Vec<(TimeDelta, Vec<JobId>)> = Vec::new();
        for (id, _, kind, _) in &chosen {
            let lease = lease(kind);
            match leases.iter_mut().find(|(length, _)| *length == lease) {
                Some((_, ids)) => ids.push(*id),
                None => leases.push((lease, vec![*id])),
            }
        }
        let mut claimed = Vec::with_capacity(chosen.len());
        for (length, ids) in leases {
            claimed.extend(tx.all::<Claimed>(take(&tx, length, ids)).await?);
        }
        tx.commit().await?;
        if !claimed.is_empty() {
            *turn = last;
            claimed.sort_by_key(|job| chosen.iter().position(|(id, ..)| *id == job.id));
            let suspect = chosen.iter().find(|(.., suspect)| *suspect).map(|(id, ..)| *id);
            if let Some(job) = claimed.iter_mut().find(|job| Some(job.id) == suspect) {
                job.suspect = permit.map(Arc::new);
            }
            return Ok(Catch { jobs: claimed, held_back, outrun: false });
        }
    }
    Ok(Catch { outrun: true, ..Catch::default() })
}

/// The jobs whose turn it is. `tenant` walks the tenants that have anything waiting by one index step each; `next` are
/// those with due work, beginning behind the one served last; `due` are their oldest jobs, dealt out one a round.
fn fair(tx: &PlatformTx, limit: usize, turn: Uuid, suspects: bool) -> Sql {
    let limit = limit as i64;
    let trusted = if suspects {
        Sql::new("")
    } else {
        sql!(" AND (mine.attempts = 0 OR mine.last_error IS DISTINCT FROM {})", WORKER_LOST)
    };
    // Each database has one form it answers by index alone; PostgreSQL would run SQLite's for minutes.
    let oldest = if tx.is_postgres() {
        sql!(
            "CROSS JOIN LATERAL (SELECT * FROM job AS mine WHERE mine.state = 'waiting' AND mine.tenant_id = next.id \
             AND mine.run_at <= {}",
            tx.now()
        )
        .append(trusted)
        .append(sql!(" ORDER BY mine.run_at, mine.id LIMIT {}) AS job", limit))
    } else {
        sql!(
            "JOIN job ON job.id IN (SELECT mine.id FROM job AS mine WHERE mine.state = 'waiting' \
             AND mine.tenant_id = next.id AND mine.run_at <= {}",
            tx.now()
        )
        .append(trusted)
        .append(sql!(" ORDER BY mine.run_at, mine.id LIMIT {})", limit))
    };
    sql!(
        "WITH RECURSIVE tenant(id) AS ( \
           SELECT (SELECT job.tenant_id FROM job WHERE job.state = 'waiting' ORDER BY job.tenant_id LIMIT 1) \
           UNION ALL \
           SELECT (SELECT job.tenant_id FROM job WHERE job.state = 'waiting' AND job.tenant_id > tenant.id \
                   ORDER BY job.tenant_id LIMIT 1) FROM tenant WHERE tenant.id IS NOT NULL \
         ), next AS ( \
           SELECT tenant.id, CASE WHEN tenant.id > {} THEN 0 ELSE 1 END AS lap FROM tenant \
           WHERE (SELECT job.run_at FROM job WHERE job.state = 'waiting' AND job.tenant_id = tenant.id \
                  ORDER BY job.run_at LIMIT 1) <= {} \
           AND NOT EXISTS (SELECT 1 FROM tenant_closure WHERE tenant_closure.tenant_id = tenant.id) \
           ORDER BY lap, tenant.id LIMIT {} \
         ), due AS ( \
           SELECT job.id, job.tenant_id, job.kind, next.lap, job.attempts, job.last_error, \
                  row_number() OVER (PARTITION BY job.tenant_id ORDER BY job.run_at, job.id) AS round FROM next ",
        turn,
        tx.now(),
        limit
    )
    .append(oldest)
    .append(sql!(
        ") SELECT id, tenant_id, kind, attempts > 0 AND last_error IS NOT DISTINCT FROM {} \
         FROM due ORDER BY round, lap, tenant_id LIMIT {}",
        WORKER_LOST,
        limit
    ))
}

/// Marks the chosen rows as taken, leaving out those that another worker took or a transaction still relies on.
fn take(tx: &PlatformTx, lease: TimeDelta, ids: Vec<JobId>) -> Sql {
    let sql = sql!(
        "UPDATE job SET run_at = {}, leased_until = {}, attempts = attempts + 1, unique_key = NULL, last_error = {} \
         WHERE id IN (SELECT free.id FROM job AS free WHERE free.state = 'waiting' AND free.run_at <= {} AND free.id IN ",
        tx.now() + lease,
        tx.now() + lease,
        WORKER_LOST,
        tx.now()
    )
    .bind_list(ids);
    let sql = if tx.is_postgres() { sql.push(" FOR UPDATE SKIP LOCKED") } else { sql };
    sql.push(
        ") RETURNING id, tenant_id, kind, payload, attempts, max_attempts, run_at, actor_kind, actor_id, request_id, \
         reach",
    )
}
