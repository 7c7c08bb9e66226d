//! Sweeps that belong to no domain. Each takes no input and can always be run again.

use chrono::TimeDelta;
use jobs::SweepContext;
use kernel::{Result, TenantId, permissions};
use store::Sql;

permissions! {
    /// Forget the answers kept for repeated requests; held by the product's own workers.
    pub ForgetAnswers = "idempotency.forget": [];
}

/// How long a repeated request gets its first answer again, as the data map says.
const REMEMBERED: TimeDelta = TimeDelta::days(2);

/// Forgets the idempotency keys that are older than they need to be, tenant by tenant.
pub async fn forget_answers(context: SweepContext) -> Result<()> {
    let mut platform = context.store.platform_read().await?;
    let tenants: Vec<(TenantId,)> = platform.all(Sql::new("SELECT DISTINCT tenant_id FROM account_tenant")).await?;
    let before = platform.now() - REMEMBERED;
    drop(platform);
    for (tenant,) in tenants {
        let can = context.can::<ForgetAnswers>(tenant)?;
        let mut tx = context.store.begin(&can).await?;
        tx.forget_idempotency_keys(before).await?;
        tx.commit().await?;
    }
    Ok(())
}
