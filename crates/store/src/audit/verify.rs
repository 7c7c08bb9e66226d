//! Proving a tenant's chain: every entry is walked in order and its seal computed anew.
//!
//! Invariants: nothing is written and nothing locked, so it runs while entries are being sealed; a page of entries is
//! held at a time, whatever the length of the chain. The first fault ends the walk: behind it nothing is proven.
//!
//! What it cannot see by itself: a chain whose end was cut off together with its head is a shorter, whole chain. Only
//! a head that was noted elsewhere shows that; hence the witness.

use std::{collections::VecDeque, fmt, str::FromStr, sync::Arc};

use chrono::{DateTime, Utc};
use kernel::{AuditId, Caller, TenantId};
use subtle::ConstantTimeEq;

use super::{
    entry::{Detail, Entry},
    key::{ChainKey, START},
};
use crate::{FromRow, Row, Sql, Store, Tx, error::Result, sql};

/// Entries read at a time.
const PAGE: i64 = 1000;
/// How many entries behind a fault are looked through for the one that belongs in its place.
const LOOK_AHEAD: i64 = 5000;

/// A place in a chain and the seal there: what to note elsewhere, as `SEQ:MAC`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    pub seq: i64,
    pub mac: Vec<u8>,
}

/// What to prove.
#[derive(Debug, Clone, Default)]
pub struct Check {
    /// Go on behind this head, which must be one of the chain's; from the beginning otherwise.
    pub from: Option<Head>,
    /// A head noted earlier that must still be part of the chain.
    pub witness: Option<Head>,
    /// At most about so many entries now; all of them otherwise.
    pub limit: Option<i64>,
}

/// What was found wrong with an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// Its seal belongs to the chain, what it says does not.
    Changed,
    /// There is no entry at its place.
    Missing,
    /// Another entry stands at its place, one that belongs further back.
    Reordered,
    /// Its seal was not made with the key of this trail.
    Forged,
    /// What is kept of the values before and after is not what was sealed.
    DetailChanged,
    /// The chain ends before the place where it is known to have been.
    TailCut,
    /// Another chain stands where the witnessed one was.
    Rewritten,
}

/// The first broken place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Break {
    pub what: What,
    /// The place in the chain; None for an entry that has none.
    pub seq: Option<i64>,
    /// The entry there; None where there is none.
    pub id: Option<AuditId>,
}

/// What a walk has shown.
#[derive(Debug, Clone)]
pub struct Report {
    pub tenant_id: TenantId,
    /// How far the chain is proven.
    pub proven: Head,
    /// Was all of it walked?
    pub complete: bool,
    pub checked: i64,
    /// Entries whose values have been erased.
    pub erased: i64,
    /// Entries from before the chain, whose values were never sealed.
    pub from_before: i64,
    /// Committed entries that are about to be sealed.
    pub waiting: i64,
    pub broken: Option<Break>,
}

impl What {
    pub const fn name(self) -> &'static str {
        match self {
            What::Changed => "changed",
            What::Missing => "missing",
            What::Reordered => "reordered",
            What::Forged => "forged",
            What::DetailChanged => "detail_changed",
            What::TailCut => "tail_cut",
            What::Rewritten => "rewritten",
        }
    }
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.seq)?;
        self.mac.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// The text is not a head.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a head is a number, a colon and 64 hexadecimal digits, as `omb audit verify` prints it")]
pub struct HeadError;

impl FromStr for Head {
    type Err = HeadError;
    fn from_str(text: &str) -> Result<Self, HeadError> {
        let (seq, mac) = text.trim().split_once(':').ok_or(HeadError)?;
        if mac.len() != 64 || !mac.is_ascii() {
            return Err(HeadError);
        }
        let byte = |i: usize| u8::from_str_radix(&mac[i..i + 2], 16).map_err(|_| HeadError);
        let mac = (0..64).step_by(2).map(byte).collect::<Result<_, _>>()?;
        Ok(Head { seq: seq.parse().ok().filter(|seq| *seq >= 0).ok_or(HeadError)?, mac })
    }
}

/// An entry as it stands in the chain.
struct Link {
    entry: Entry,
    seq: i64,
    mac: Option<Vec<u8>>,
    detail: Option<Detail>,
}

impl FromRow for Link {
    fn from_row(row: &mut Row) -> Result<Self> {
        let entry = Entry::from_row(row)?;
        let (seq, mac, salt) = (row.take()?, row.take()?, row.take::<Option<Vec<u8>>>()?);
        let (changes, ip, user_agent) = (row.take::<Option<_>>()?, row.take()?, row.take()?);
        let detail = salt.zip(changes).map(|(salt, changes)| Detail { salt, changes, ip, user_agent });
        Ok(Self { entry, seq, mac, detail })
    }
}

impl Store {
    /// The end of a tenant's chain and when it was sealed; None where nothing has been.
    pub async fn audit_head(&self, tenant: TenantId) -> Result<Option<(Head, DateTime<Utc>)>> {
        let mut tx = self.read_as(Arc::new(Caller::system(tenant))).await?;
        let row: Option<(i64, Vec<u8>, DateTime<Utc>)> =
            tx.optional(sql!("SELECT seq, mac, at FROM audit_head WHERE tenant_id = {}", tenant)).await?;
        Ok(row.map(|(seq, mac, at)| (Head { seq, mac }, at)))
    }

    /// Proves a tenant's chain, or a stretch of it.
    pub async fn verify_audit(&self, tenant: TenantId, check: Check) -> Result<Report> {
        let caller = Arc::new(Caller::system(tenant));
        let key = self.read_as(caller.clone()).await?.present_chain_key().await?;
        let proven = check.from.clone().unwrap_or(Head { seq: 0, mac: START.to_vec() });
        let report = Report {
            tenant_id: tenant,
            proven,
            complete: false,
            checked: 0,
            erased: 0,
            from_before: 0,
            waiting: 0,
            broken: None,
        };
        let mut walk = Walk { store: self, caller, key, check, report };
        if let Err(stopped) = walk.run().await {
            match stopped {
                Stop::Broken(broken) => walk.report.broken = Some(broken),
                Stop::Database(error) => return Err(error),
            }
        }
        Ok(walk.report)
    }
}

/// Why a walk ends before the end.
enum Stop {
    Broken(Break),
    Database(crate::Error),
}

impl From<crate::Error> for Stop {
    fn from(error: crate::Error) -> Self {
        Stop::Database(error)
    }
}

fn broken(what: What, seq: i64, id: Option<AuditId>) -> Stop {
    Stop::Broken(Break { what, seq: Some(seq), id })
}

struct Walk<'s> {
    store: &'s Store,
    caller: Arc<Caller>,
    key: ChainKey,
    check: Check,
    report: Report,
}

impl Walk<'_> {
    async fn tx(&self) -> Result<Tx> {
        self.store.read_as(self.caller.clone()).await
    }

    async fn run(&mut self) -> Result<(), Stop> {
        self.stand_on_start().await?;
        loop {
            let (head, last) = self.ends().await?;
            let proven = self.report.proven.seq;
            if proven >= head.seq {
                return self.finish(head, last).await;
            }
            if self.check.limit.is_some_and(|limit| self.report.checked >= limit) {
                return Ok(());
            }
            let links = self.page(proven, head.seq).await?;
            if links.is_empty() {
                return Err(broken(What::TailCut, proven + 1, None));
            }
            let mut links = VecDeque::from(links);
            while let Some(link) = links.pop_front() {
                self.step(link, links.front()).await?;
            }
        }
    }

    /// Where the walk goes on from, there must be what was there.
    async fn stand_on_start(&self) -> Result<(), Stop> {
        let Some(from) = self.check.from.as_ref().filter(|from| from.seq > 0) else { return Ok(()) };
        let tenant = self.report.tenant_id;
        let found: Option<(AuditId, Option<Vec<u8>>)> = self
            .tx()
            .await?
            .optional(sql!("SELECT id, mac FROM audit_entry WHERE tenant_id = {} AND seq = {}", tenant, from.seq))
            .await?;
        match found {
            None => Err(broken(What::TailCut, from.seq, None)),
            Some((id, mac)) if mac.as_ref() != Some(&from.mac) => Err(broken(What::Rewritten, from.seq, Some(id))),
            Some(_) => Ok(()),
        }
    }

    /// The head and the highest place taken, as one statement sees them. Without a head the entries are the chain.
    async fn ends(&self) -> Result<(Head, i64)> {
        let tenant = self.report.tenant_id;
        let (seq, mac, last): (Option<i64>, Option<Vec<u8>>, Option<i64>) = self
            .tx()
            .await?
            .one(sql!(
                "SELECT (SELECT seq FROM audit_head WHERE tenant_id = {}), (SELECT mac FROM audit_head WHERE tenant_id = {}), \
                 (SELECT max(seq) FROM audit_entry WHERE tenant_id = {} AND seq IS NOT NULL)",
                tenant,
                tenant,
                tenant
            ))
            .await?;
        let last = last.unwrap_or(0);
        Ok((Head { seq: seq.unwrap_or(last), mac: mac.unwrap_or_default() }, last))
    }

    async fn page(&self, behind: i64, up_to: i64) -> Result<Vec<Link>> {
        let sql = Sql::new("SELECT ")
            .push(Entry::COLUMNS)
            .push(
                ", entry.seq, entry.mac, detail.salt, detail.changes, detail.ip, detail.user_agent FROM audit_entry AS entry \
                 LEFT JOIN audit_detail AS detail ON detail.tenant_id = entry.tenant_id AND detail.entry_id = entry.id \
                 WHERE entry.tenant_id = ",
            )
            .bind(self.report.tenant_id)
            .and("entry.seq >", behind)
            .and("entry.seq <=", up_to)
            .push(" ORDER BY entry.seq LIMIT ")
            .bind(PAGE);
        self.tx().await?.all(sql).await
    }

    /// One entry further.
    async fn step(&mut self, link: Link, next: Option<&Link>) -> Result<(), Stop> {
        let Head { seq, mac: before } = &self.report.proven;
        let (seq, id) = (seq + 1, link.entry.id);
        if link.seq != seq {
            return Err(broken(What::Missing, seq, None));
        }
        let mac = self.key.linked(before, seq, &link.entry);
        if !link.mac.as_ref().is_some_and(|stored| stored.ct_eq(&mac).into()) {
            let what = self.explain(&link, next).await?;
            return Err(broken(what, seq, Some(id)));
        }
        self.report.proven = Head { seq, mac: mac.to_vec() };
        self.report.checked += 1;
        match (&link.entry.detail_digest, &link.detail) {
            (None, _) => self.report.from_before += 1,
            (Some(_), None) => self.report.erased += 1,
            (Some(digest), Some(detail)) if *digest != detail.digest() => {
                return Err(broken(What::DetailChanged, seq, Some(id)));
            }
            (Some(_), Some(_)) => {}
        }
        match &self.check.witness {
            Some(witness) if witness.seq == seq && witness.mac != mac => Err(broken(What::Rewritten, seq, Some(id))),
            _ => Ok(()),
        }
    }

    /// Why an entry does not fit where it stands.
    async fn explain(&self, link: &Link, next: Option<&Link>) -> Result<What> {
        let Head { seq, mac: before } = &self.report.proven;
        let place = seq + 1;
        let mut behind = place;
        while behind < place + LOOK_AHEAD {
            let further = self.page(behind, i64::MAX).await?;
            let Some(last) = further.last() else { break };
            behind = last.seq;
            let belongs_here = |other: &Link| {
                let mac = self.key.linked(before, place, &other.entry).to_vec();
                other.mac.as_ref() == Some(&mac) || link.mac.as_ref() == Some(&mac)
            };
            if further.iter().any(belongs_here) {
                return Ok(What::Reordered);
            }
        }
        let stored = link.mac.as_deref().unwrap_or_default();
        // Where the next entry, or the head, stands on this seal, the seal was the chain's.
        let stands = match next {
            Some(next) => next.mac.as_deref() == Some(&self.key.linked(stored, place + 1, &next.entry)),
            None => self.ends().await?.0.mac == stored,
        };
        Ok(if stands { What::Changed } else { What::Forged })
    }

    /// At the end of the chain: does it end where its head says, and where the witness was?
    async fn finish(&mut self, head: Head, last: i64) -> Result<(), Stop> {
        let proven = self.report.proven.clone();
        let head_is_gone = head.mac.is_empty() && proven.seq > 0;
        if head_is_gone || proven.seq > head.seq {
            return Err(broken(What::TailCut, proven.seq, None));
        }
        if last > head.seq {
            let id = self.entry_at(last).await?;
            return Err(broken(What::Forged, last, id));
        }
        if proven.seq > 0 && proven.mac != head.mac {
            return Err(broken(What::Rewritten, head.seq, self.entry_at(head.seq).await?));
        }
        if let Some(witness) = self.check.witness.as_ref().filter(|witness| witness.seq > head.seq) {
            return Err(broken(What::TailCut, witness.seq, None));
        }
        self.look_at_waiting().await?;
        self.report.complete = true;
        Ok(())
    }

    async fn entry_at(&self, seq: i64) -> Result<Option<AuditId>> {
        let tenant = self.report.tenant_id;
        let row: Option<(AuditId,)> = self
            .tx()
            .await?
            .optional(sql!("SELECT id FROM audit_entry WHERE tenant_id = {} AND seq = {}", tenant, seq))
            .await?;
        Ok(row.map(|(id,)| id))
    }

    /// Entries that have no place yet carry a seal of their own, and are refused by the sealer without it.
    async fn look_at_waiting(&mut self) -> Result<(), Stop> {
        let mut behind = kernel::Uuid::nil();
        loop {
            let sql = Sql::new("SELECT ")
                .push(Entry::COLUMNS)
                .push(", entry.mac FROM audit_entry AS entry WHERE entry.seq IS NULL AND entry.tenant_id = ")
                .bind(self.report.tenant_id)
                .and("entry.id >", behind)
                .push(" ORDER BY entry.id LIMIT ")
                .bind(PAGE);
            let page: Vec<super::seal::Waiting> = self.tx().await?.all(sql).await?;
            let Some(last) = page.last() else { return Ok(()) };
            behind = kernel::id::Id::uuid(last.entry.id);
            for waiting in page {
                let from_before = waiting.mac.is_none()
                    && waiting.entry.detail_digest.is_none()
                    && self.report.checked == self.report.from_before
                    && self.check.from.is_none();
                let ours = waiting.mac.is_some_and(|mac| mac.ct_eq(&self.key.alone(&waiting.entry)).into());
                if !ours && !from_before {
                    return Err(Stop::Broken(Break { what: What::Forged, seq: None, id: Some(waiting.entry.id) }));
                }
                self.report.waiting += 1;
            }
        }
    }
}
