//! Forgetting what is older than thirty days, and secrets that sign no more; looking after endpoints whose job was lost.

use chrono::TimeDelta;
use jobs::SweepContext;
use kernel::{Result, TenantId, permissions};
use store::{EnqueueJob, Sql, Tx, sql};

use crate::{
    delivery::{DeliveryState, send::SendDue},
    endpoint::EndpointId,
};

permissions! {
    /// Forget old deliveries; held by the product's own workers.
    pub ForgetDeliveries = "webhook.forget": [];
}

/// How long the log goes back, as the data map says.
pub const REMEMBERED: TimeDelta = TimeDelta::days(30);

/// Tenant by tenant.
pub(crate) async fn sweep(context: SweepContext) -> Result<()> {
    let mut platform = context.store.platform_read().await?;
    let tenants: Vec<(TenantId,)> = platform.all(Sql::new("SELECT DISTINCT tenant_id FROM account_tenant")).await?;
    drop(platform);
    for (tenant,) in tenants {
        let can = context.can::<ForgetDeliveries>(tenant)?;
        let mut tx = context.store.begin(&can).await?;
        forget(&mut tx).await?;
        wake(&mut tx).await?;
        tx.commit().await?;
    }
    Ok(())
}

async fn forget(tx: &mut Tx) -> Result<()> {
    let (tenant, now) = (tx.tenant_id(), tx.now());
    let before = now - REMEMBERED;
    let old_tries = sql!(
        "DELETE FROM webhook_try WHERE tenant_id = {} AND delivery_id IN \
         (SELECT id FROM webhook_delivery WHERE tenant_id = {} AND created_at <= {})",
        tenant,
        tenant,
        before
    );
    tx.execute(old_tries).await?;
    tx.execute(sql!("DELETE FROM webhook_delivery WHERE tenant_id = {} AND created_at <= {}", tenant, before)).await?;
    tx.execute(sql!("DELETE FROM webhook_replay WHERE tenant_id = {} AND created_at <= {}", tenant, before)).await?;
    tx.execute(sql!(
        "UPDATE webhook_endpoint SET old_secret = NULL, old_secret_until = NULL WHERE tenant_id = {} AND old_secret_until <= {}",
        tenant,
        now
    ))
    .await?;
    Ok(())
}

async fn wake(tx: &mut Tx) -> Result<()> {
    let due = sql!(
        "SELECT DISTINCT endpoint_id FROM webhook_delivery WHERE tenant_id = {} AND state = {} AND next_try_at <= {}",
        tx.tenant_id(),
        DeliveryState::Waiting,
        tx.now()
    );
    for (endpoint_id,) in tx.all::<(EndpointId,)>(due).await? {
        tx.enqueue(&SendDue { endpoint_id }).await?;
    }
    Ok(())
}
