//! Closing a workspace, and opening it again. Whoever runs the installation decides; the audit trail of the workspace
//! remembers it.
//!
//! Invariants: nothing is deleted by closing. While the row of [`Closure`] stands, members, keys and links are refused
//! with the next request on every node, and jobs wait. The day from which erasure is due is fixed when it is closed
//! (privacy policy 8: personal data goes within ninety days of closing; P150).

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use kernel::{Caller, Can, Change, Error, Event, Result, TenantId, permissions};
use serde::Serialize;
use store::{Store, Tx, sql};

use super::current;

permissions! {
    /// Close a workspace and open it again; held by whoever runs the installation, by the command line.
    pub CloseTenants = "tenant.close": [];
}

/// How long a closed workspace is kept.
pub const KEPT: TimeDelta = TimeDelta::days(90);

/// Since when a workspace is closed, and from which day its data is due to be erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Closure {
    pub closed_at: DateTime<Utc>,
    pub erase_on: NaiveDate,
}

/// Closes it. Answers the closure and whether it is new: one that is closed already keeps its day. 404 for an unknown
/// workspace.
pub async fn close(store: &Store, id: TenantId) -> Result<(Closure, bool)> {
    let mut tx = begin(store, id).await?;
    let closed_at = tx.now();
    let closure = Closure { closed_at, erase_on: (closed_at + KEPT).date_naive() };
    let closed = tx
        .execute(sql!(
            "INSERT INTO tenant_closure (tenant_id, closed_at, erase_on) VALUES ({}, {}, {}) ON CONFLICT (tenant_id) DO NOTHING",
            id,
            closure.closed_at,
            closure.erase_on
        ))
        .await?;
    if closed == 0 {
        let known = of(&mut tx, id).await?.ok_or_else(|| Error::not_found("tenant"))?;
        return Ok((known, false));
    }
    tx.audit(Change::new("tenant.close", id).after(&closure)).await?;
    tx.emit(Event::new("tenant.closed", id)).await?;
    tx.commit().await?;
    Ok((closure, true))
}

/// Opens it again; answers what it was closed by, or None when it was open. 404 for an unknown workspace.
pub async fn reopen(store: &Store, id: TenantId) -> Result<Option<Closure>> {
    let mut tx = begin(store, id).await?;
    let Some(closure) = of(&mut tx, id).await? else { return Ok(None) };
    if tx.execute(sql!("DELETE FROM tenant_closure WHERE tenant_id = {}", id)).await? == 0 {
        return Ok(None);
    }
    tx.audit(Change::new("tenant.reopen", id).before(&closure)).await?;
    tx.emit(Event::new("tenant.reopened", id)).await?;
    tx.commit().await?;
    Ok(Some(closure))
}

/// The product in a workspace that exists.
async fn begin(store: &Store, id: TenantId) -> Result<Tx> {
    let can = Can::<CloseTenants>::check(Arc::new(Caller::system(id)))?;
    let mut tx = store.begin(&can).await?;
    current(&mut tx).await?;
    Ok(tx)
}

async fn of(tx: &mut Tx, id: TenantId) -> Result<Option<Closure>> {
    let query = sql!("SELECT closed_at, erase_on FROM tenant_closure WHERE tenant_id = {}", id);
    let found: Option<(DateTime<Utc>, NaiveDate)> = tx.optional(query).await?;
    Ok(found.map(|(closed_at, erase_on)| Closure { closed_at, erase_on }))
}

/// What a member or a key of a closed workspace is told.
pub fn closed() -> Error {
    Error::Door {
        status: 403,
        code: "tenant_closed",
        detail: "This workspace is closed. Nothing of it was deleted yet: ask whoever runs this installation to open it again."
            .into(),
        retry_after_seconds: None,
    }
}

/// A workspace as whoever runs the installation sees it: no more than telling them apart takes.
#[derive(Debug, Clone, Serialize)]
pub struct TenantSummary {
    pub id: TenantId,
    pub name: String,
    pub country: String,
    /// Active ones.
    pub members: i64,
    pub created_at: DateTime<Utc>,
    /// `open` or `closed`.
    pub state: &'static str,
    #[serde(flatten)]
    pub closure: Option<Closure>,
}

/// Every workspace, the oldest first. Each is read in a transaction of its own, because no transaction sees two tenants.
pub async fn list(store: &Store) -> Result<Vec<TenantSummary>> {
    let mut platform = store.platform_read().await?;
    type Row = (TenantId, i64, Option<DateTime<Utc>>, Option<NaiveDate>);
    let rows: Vec<Row> = platform
        .all(store::Sql::new(
            "SELECT account_tenant.tenant_id, count(*), min(tenant_closure.closed_at), min(tenant_closure.erase_on) \
             FROM account_tenant LEFT JOIN tenant_closure ON tenant_closure.tenant_id = account_tenant.tenant_id \
             GROUP BY account_tenant.tenant_id ORDER BY account_tenant.tenant_id",
        ))
        .await?;
    drop(platform);
    let mut tenants = Vec::with_capacity(rows.len());
    for (id, members, closed_at, erase_on) in rows {
        let can = Can::<CloseTenants>::check(Arc::new(Caller::system(id)))?;
        let tenant = current(&mut store.read(&can).await?).await?;
        let closure = closed_at.zip(erase_on).map(|(closed_at, erase_on)| Closure { closed_at, erase_on });
        let state = if closure.is_some() { "closed" } else { "open" };
        let (name, country, created_at) = (tenant.name, tenant.country, tenant.created_at);
        tenants.push(TenantSummary { id, name, country, members, created_at, state, closure });
    }
    Ok(tenants)
}
