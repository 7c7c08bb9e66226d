//! Sealing: committed entries get their place in the tenant's chain and a seal over themselves and their predecessor.
//!
//! It is not done by the transaction of the change, which would make a tenant's writers wait for each other's commits.
//! An entry is committed with a seal of its own and takes its place a moment later, in the order of the ids.
//!
//! Invariants: the chain grows only under the lock of the tenant's `audit_head`, so two nodes extend one chain. What
//! this program did not write is never sealed. A node that dies between a commit and its seal leaves the entry to the
//! next that looks.

use std::{collections::BTreeSet, sync::Arc, sync::Mutex};

use kernel::{AuditId, Caller, TenantId, Uuid, id::Id};
use subtle::ConstantTimeEq;
use tokio::sync::Notify;

use super::{
    entry::Entry,
    key::{ChainKey, START},
};
use crate::{
    FromRow, Row, Sql, Store, Tx,
    error::{Error, Result},
    sql,
};

/// Entries sealed in one transaction: the embedded database's writer is not kept for longer than that.
const BATCH: i64 = 512;

/// Tenants that committed entries here which nobody has sealed yet.
#[derive(Debug, Default)]
pub(crate) struct Unsealed {
    tenants: Mutex<BTreeSet<TenantId>>,
    news: Notify,
}

impl Unsealed {
    pub(crate) fn add(&self, tenant: TenantId) {
        // A poisoned lock costs at most a minute: the sweep finds what was not noted.
        if self.tenants.lock().is_ok_and(|mut tenants| tenants.insert(tenant)) {
            self.news.notify_one();
        }
    }

    fn take(&self) -> BTreeSet<TenantId> {
        self.tenants.lock().map(|mut tenants| std::mem::take(&mut *tenants)).unwrap_or_default()
    }
}

impl Store {
    /// Resolves when a transaction of this process has left something to seal.
    pub async fn unsealed(&self) {
        self.unsealed_tenants().news.notified().await;
    }

    /// Seals what transactions of this process have committed; answers how many entries.
    pub async fn seal_committed(&self) -> Result<u64> {
        let mut sealed = 0;
        let mut failed = None;
        for tenant in self.unsealed_tenants().take() {
            match self.seal(tenant).await {
                Ok(n) => sealed += n,
                Err(error) => {
                    self.unsealed_tenants().add(tenant);
                    failed = Some(error);
                }
            }
        }
        failed.map_or(Ok(sealed), Err)
    }

    /// Seals what is left anywhere: by a node that died, or another program on the same database.
    pub async fn seal_all(&self) -> Result<u64> {
        let mut sealed = 0;
        for tenant in self.audited_tenants().await? {
            sealed += self.seal(tenant).await?;
        }
        Ok(sealed)
    }

    /// Every tenant that has or may have a trail.
    pub async fn audited_tenants(&self) -> Result<Vec<TenantId>> {
        let mut platform = self.platform_read().await?;
        let rows: Vec<(TenantId,)> = platform
            .all(Sql::new("SELECT tenant_id FROM account_tenant UNION SELECT tenant_id FROM audit_head ORDER BY 1"))
            .await?;
        Ok(rows.into_iter().map(|(tenant,)| tenant).collect())
    }

    /// Seals a tenant's waiting entries; answers how many.
    pub async fn seal(&self, tenant: TenantId) -> Result<u64> {
        let caller = Arc::new(Caller::system(tenant));
        let (mut sealed, mut behind) = (0, Uuid::nil());
        loop {
            // Looked at without a lock first: most tenants have nothing waiting.
            let waiting: Option<(AuditId,)> = self
                .read_as(caller.clone())
                .await?
                .optional(sql!(
                    "SELECT id FROM audit_entry WHERE tenant_id = {} AND seq IS NULL AND id > {} ORDER BY id LIMIT 1",
                    tenant,
                    behind
                ))
                .await?;
            if waiting.is_none() {
                return Ok(sealed);
            }
            let mut tx = self.open_as(caller.clone(), false).await?;
            let batch = seal_batch(&mut tx, &mut behind).await?;
            tx.commit().await?;
            sealed += batch;
        }
    }
}

/// An entry that waits, with the seal it was written with.
pub(super) struct Waiting {
    pub entry: Entry,
    pub mac: Option<Vec<u8>>,
}

impl FromRow for Waiting {
    fn from_row(row: &mut Row) -> Result<Self> {
        Ok(Self { entry: Entry::from_row(row)?, mac: row.take()? })
    }
}

/// Seals the next batch behind the id `behind`, which moves on; answers how many were sealed.
pub(super) async fn seal_batch(tx: &mut Tx, behind: &mut Uuid) -> Result<u64> {
    let key = tx.chain_key().await?;
    let (mut seq, mut mac) = lock_head(tx).await?;
    let waiting: Vec<Waiting> = tx
        .all(
            Sql::new("SELECT ")
                .push(Entry::COLUMNS)
                .push(", entry.mac FROM audit_entry AS entry WHERE entry.seq IS NULL AND entry.tenant_id = ")
                .bind(tx.tenant_id())
                .and("entry.id >", *behind)
                .push(" ORDER BY entry.id LIMIT ")
                .bind(BATCH),
        )
        .await?;
    let Some(last) = waiting.last() else { return Ok(0) };
    *behind = last.entry.id.uuid();
    let mut links = Vec::with_capacity(waiting.len());
    for Waiting { entry, mac: own } in waiting {
        if !is_ours(tx, &key, &entry, own.as_deref()).await? {
            tracing::error!(entry = %entry.id, "an audit entry was not written by this program and is not sealed");
            continue;
        }
        seq += 1;
        mac = key.linked(&mac, seq, &entry).to_vec();
        links.push((entry.id, seq, mac.clone()));
    }
    let mut rest = links.as_slice();
    // A few lengths, so that few statements are kept prepared.
    for size in [64, 16, 4, 1] {
        while rest.len() >= size {
            write_links(tx, &rest[..size]).await?;
            rest = &rest[size..];
        }
    }
    let (tenant, now) = (tx.tenant_id(), tx.now());
    tx.execute(sql!("UPDATE audit_head SET seq = {}, mac = {}, at = {} WHERE tenant_id = {}", seq, mac, now, tenant))
        .await?;
    Ok(links.len() as u64)
}

/// Did this program write the entry? One from before the chain has neither seal nor digest, and is taken only while
/// the chain has nothing else.
async fn is_ours(tx: &mut Tx, key: &ChainKey, entry: &Entry, mac: Option<&[u8]>) -> Result<bool> {
    if let Some(mac) = mac {
        return Ok(mac.ct_eq(&key.alone(entry)).into());
    }
    if entry.detail_digest.is_some() {
        return Ok(false);
    }
    let begun: Option<(i64,)> = tx
        .optional(sql!(
            "SELECT seq FROM audit_entry WHERE tenant_id = {} AND seq IS NOT NULL AND detail_digest IS NOT NULL LIMIT 1",
            entry.tenant_id
        ))
        .await?;
    Ok(begun.is_none())
}

/// The end of the chain, held until the transaction ends. A chain that has not begun is begun.
async fn lock_head(tx: &mut Tx) -> Result<(i64, Vec<u8>)> {
    let tenant = tx.tenant_id();
    let select = |tx: &Tx| {
        let head = sql!("SELECT seq, mac FROM audit_head WHERE tenant_id = {}", tenant);
        if tx.is_postgres() { head.push(" FOR UPDATE") } else { head }
    };
    let found = tx.optional(select(tx)).await?;
    if let Some(head) = found {
        return Ok(head);
    }
    let now = tx.now();
    tx.execute(sql!(
        "INSERT INTO audit_head (tenant_id, seq, mac, at) VALUES ({}, 0, {}, {}) ON CONFLICT DO NOTHING",
        tenant,
        START.to_vec(),
        now
    ))
    .await?;
    tx.one(select(tx)).await
}

/// On PostgreSQL many in one statement, whose answer shows that nobody else sealed one of them. The embedded database
/// has one writer: there each is found by its key, which a join with a list would not do.
async fn write_links(tx: &mut Tx, links: &[(AuditId, i64, Vec<u8>)]) -> Result<()> {
    let tenant = tx.tenant_id();
    if !tx.is_postgres() {
        for (id, seq, mac) in links {
            tx.defer(sql!(
                "UPDATE audit_entry SET seq = {}, mac = {} WHERE tenant_id = {} AND id = {}",
                *seq,
                mac.clone(),
                tenant,
                *id
            ));
        }
        return Ok(());
    }
    let mut sql = Sql::new("WITH link (id, seq, mac) AS (VALUES ");
    for (i, (id, seq, mac)) in links.iter().enumerate() {
        let sep = if i > 0 { ", (CAST(" } else { "(CAST(" };
        sql = sql.push(sep).bind(*id).push(" AS UUID), CAST(").bind(*seq);
        sql = sql.push(" AS BIGINT), CAST(").bind(mac.clone()).push(" AS BYTEA))");
    }
    let sql = sql
        .push(
            ") UPDATE audit_entry SET seq = link.seq, mac = link.mac FROM link \
             WHERE audit_entry.id = link.id AND audit_entry.seq IS NULL AND audit_entry.tenant_id = ",
        )
        .bind(tenant)
        .push(" RETURNING audit_entry.id");
    let written: Vec<(AuditId,)> = tx.all(sql).await?;
    if written.len() == links.len() {
        return Ok(());
    }
    Err(Error::Unavailable { detail: "an audit entry changed while it was being sealed".into() })
}
