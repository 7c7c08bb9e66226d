//! Following a tenant's events without missing one, whatever order their transactions are committed in.
//!
//! An event's id is made before its transaction is committed, so a later look may find an older id. What is in order is
//! its *moment* (migration 0012). Invariant: every event that becomes visible after [`Tx::news`] looked has a moment of
//! at least the [`News::horizon`] it answered; looking again from there finds it. Some that were seen are found again:
//! who follows drops the ids it knows.

use chrono::TimeDelta;
use kernel::{EventId, id::Id};

use crate::{Sql, Tx, error::Result, sql};

/// What happened, as far as a live page is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub id: EventId,
    pub kind: String,
    pub subject: String,
}

/// From where to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Since {
    /// What has a lower moment is known.
    pub horizon: i64,
    /// Within a look that takes several pages: the last one read.
    page: Option<(i64, EventId, i64)>,
}

/// What one look found.
#[derive(Debug, Clone)]
pub struct News {
    /// In the order of their moments.
    pub notices: Vec<Notice>,
    /// From where to look the next time.
    pub next: Since,
    /// There is more than was asked for: look again at once.
    pub more: bool,
}

impl Since {
    /// From a horizon that was answered before.
    pub fn horizon(horizon: i64) -> Self {
        Self { horizon, page: None }
    }
}

/// Events older than this are no news. Keeps the rows of a restored backup out, whose moments are another server's.
const OLDEST: TimeDelta = TimeDelta::days(1);

impl Tx {
    /// From where to look to find what happens from now on.
    pub async fn horizon(&mut self) -> Result<i64> {
        let sql = if self.connection.is_postgres() {
            Sql::new("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        } else {
            sql!("SELECT coalesce(max(moment), 0) + 1 FROM event WHERE tenant_id = {}", self.tenant_id())
        };
        let mut whole = self.beyond_reach("a moment tells nothing of what happened in it");
        whole.one::<(i64,)>(sql).await.map(|(horizon,)| horizon)
    }

    /// Is the event one that the caller may hear of?
    pub async fn hears(&mut self, event: EventId) -> Result<bool> {
        let found = sql!("SELECT count(*) FROM event WHERE tenant_id = {} AND id = {}", self.tenant_id(), event);
        Ok(self.count(found).await? > 0)
    }

    /// Up to `limit` events.
    pub async fn news(&mut self, since: Since, limit: u32) -> Result<News> {
        // Asked for before the first page: what is running then is looked for again the next time.
        let horizon = match since.page {
            Some((_, _, horizon)) => horizon,
            None => self.horizon().await?.max(since.horizon),
        };
        let mut query = sql!(
            "SELECT id, kind, subject, moment FROM event WHERE tenant_id = {} AND id > {}",
            self.tenant_id(),
            oldest()
        );
        query = match since.page {
            Some((moment, id, _)) => query.append(sql!(" AND (moment, id) > ({}, {})", moment, id)),
            None => query.and("moment >=", since.horizon),
        };
        if self.connection.is_postgres() {
            query = query.push(" AND moment < pg_snapshot_xmax(pg_current_snapshot())::text::bigint");
        }
        query = query.push(" ORDER BY moment, id LIMIT ").bind(i64::from(limit));
        let rows: Vec<(EventId, String, String, i64)> = self.all(query).await?;
        let cut =
            rows.last().filter(|_| rows.len() >= limit as usize).map(|(id, _, _, moment)| (*moment, *id, horizon));
        let next = match cut {
            Some(_) => Since { horizon: since.horizon, page: cut },
            None => Since::horizon(horizon),
        };
        let notices = rows.into_iter().map(|(id, kind, subject, _)| Notice { id, kind, subject }).collect();
        Ok(News { notices, next, more: cut.is_some() })
    }
}

/// An id as it would have been made [`OLDEST`] ago (version 7: the first 48 bits are milliseconds).
fn oldest() -> EventId {
    let id = EventId::new().uuid().as_u128();
    let span = u128::from(OLDEST.num_milliseconds().unsigned_abs()) << 80;
    EventId::from_uuid(kernel::Uuid::from_u128(id.saturating_sub(span)))
}
