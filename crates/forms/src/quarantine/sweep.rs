//! Forgetting: what was held back thirty days ago or was said to be spam a day ago, and what was counted.

use chrono::{DateTime, TimeDelta, Utc};
use files::Blobs;
use jobs::SweepContext;
use kernel::{Result, TenantId, id::Id, permissions};
use store::{Sql, Tx, sql};

use super::{QuarantineId, Quarantined};
use crate::attachment;

permissions! {
    /// Forget what was held back long ago; held by the product's own workers.
    pub ForgetQuarantine = "quarantine.forget": [];
}

/// What goes in one transaction.
const BATCH: i64 = 200;
/// Days that something is held back, as the data map says.
pub(crate) const KEPT: i64 = 30;
/// How long saying that it is spam can be taken back.
const REJECTED: TimeDelta = TimeDelta::days(1);

/// Tenant by tenant; can be run again at any time.
pub(crate) async fn sweep(context: SweepContext, blobs: Blobs) -> Result<()> {
    let mut platform = context.store.platform_read().await?;
    let tenants: Vec<(TenantId,)> = platform.all(Sql::new("SELECT DISTINCT tenant_id FROM account_tenant")).await?;
    drop(platform);
    for (tenant,) in tenants {
        let can = context.can::<ForgetQuarantine>(tenant)?;
        loop {
            let mut tx = context.store.begin(&can).await?;
            let more = forget(&mut tx, &blobs).await?;
            tx.commit().await?;
            if !more {
                break;
            }
        }
    }
    Ok(())
}

/// A batch; answers whether there was something.
async fn forget(tx: &mut Tx, blobs: &Blobs) -> Result<bool> {
    let (tenant, now) = (tx.tenant_id(), tx.now());
    tx.execute(sql!("DELETE FROM web_form_trace WHERE tenant_id = {} AND until <= {}", tenant, now)).await?;
    let due = sql!(
        "SELECT id FROM web_form_quarantine WHERE tenant_id = {} AND (created_at <= {} OR rejected_at <= {}) \
         ORDER BY id LIMIT {}",
        tenant,
        now - TimeDelta::days(KEPT),
        now - REJECTED,
        BATCH
    );
    let mut ids: Vec<QuarantineId> = Vec::new();
    for (id,) in tx.all::<(QuarantineId,)>(due).await? {
        // Locked in the order of those who decide, and looked at again: somebody may just be letting it through, or
        // taking back that it is spam.
        match tx.get_locked::<Quarantined>(id).await {
            Ok(kept) if is_due(&kept, now) => ids.push(id),
            Ok(_) | Err(store::Error::NotFound { .. }) => {}
            Err(other) => return Err(other.into()),
        }
    }
    if ids.is_empty() {
        return Ok(false);
    }
    attachment::keep::forget(tx, blobs, &ids).await?;
    let gone = Sql::new("DELETE FROM web_form_quarantine WHERE tenant_id = ").bind(tenant).push(" AND id IN ");
    tx.execute(gone.bind_list(ids.iter().map(|id| id.uuid()))).await?;
    Ok(true)
}

fn is_due(kept: &Quarantined, now: DateTime<Utc>) -> bool {
    kept.created_at <= now - TimeDelta::days(KEPT) || kept.rejected_at.is_some_and(|at| at <= now - REJECTED)
}
