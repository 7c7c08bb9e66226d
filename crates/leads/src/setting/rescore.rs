//! Scoring all open leads again: when the rules have changed, and nightly, because a lead that was recent grows old.

use jobs::{Context, SweepContext, Verdict};
use kernel::{Result, TenantId, permissions};
use serde::{Deserialize, Serialize};
use store::{EnqueueJob, Sql, Tx, sql};

use super::current;
use crate::lead::{Lead, LeadId, LeadStatus};

permissions! {
    /// Score the leads again; held by the product's own workers.
    pub RescoreOpenLeads = "lead.rescore": [];
}

/// Leads per transaction.
const BATCH: i64 = 200;

#[derive(Debug, Serialize, Deserialize)]
pub struct RescoreLeads {}

impl kernel::Job for RescoreLeads {
    const KIND: &'static str = "lead.rescore";

    /// Two changes in a row need one pass, by the rules as they then are.
    fn unique_key(&self) -> Option<String> {
        Some("all".to_owned())
    }
}

/// Can be run again at any time. A score is not the lead's own words: its version stays, so that nobody who is writing
/// is told that somebody else saved first.
pub async fn run(context: Context, _: RescoreLeads) -> Result<Verdict> {
    let can = context.can::<RescoreOpenLeads>()?;
    let mut after: Option<LeadId> = None;
    loop {
        let mut tx = context.store.begin(&can).await?;
        let leads = open(&mut tx, after).await?;
        let (setting, now) = (current(&mut tx).await?, tx.now());
        let last = leads.last().map(|lead| lead.id);
        for mut lead in leads {
            if setting.score(&mut lead, now) {
                write(&mut tx, &lead).await?;
            }
        }
        tx.commit().await?;
        match last {
            Some(last) => after = Some(last),
            None => return Ok(Verdict::Done),
        }
    }
}

async fn open(tx: &mut Tx, after: Option<LeadId>) -> Result<Vec<Lead>> {
    let query = tx
        .select::<Lead>()
        .push(" AND lead.deleted_at IS NULL AND lead.status <> ")
        .bind(LeadStatus::Converted)
        .and_if("lead.id >", after)
        .push(" ORDER BY lead.id LIMIT ")
        .bind(BATCH);
    // Held until the batch is written: a change that meets it is scored by its own words, not by those before it.
    let query = tx.shared(query);
    Ok(tx.all(query).await?)
}

async fn write(tx: &mut Tx, lead: &Lead) -> Result<()> {
    let tenant = tx.tenant_id();
    tx.execute(sql!(
        "UPDATE lead SET score = {}, score_reasons = {} WHERE tenant_id = {} AND id = {}",
        lead.score,
        lead.score_reasons.clone(),
        tenant,
        lead.id
    ))
    .await?;
    Ok(())
}

/// Lets each workspace that has leads score them again.
pub async fn nightly(context: SweepContext) -> Result<()> {
    let tenants: Vec<(TenantId,)> = {
        let mut platform = context.store.platform_read().await?;
        platform.all(Sql::new("SELECT DISTINCT tenant_id FROM account_tenant ORDER BY tenant_id")).await?
    };
    for (tenant,) in tenants {
        let mut tx = context.store.begin(&context.can::<RescoreOpenLeads>(tenant)?).await?;
        if tx.optional::<(LeadId,)>(sql!("SELECT id FROM lead WHERE tenant_id = {} LIMIT 1", tenant)).await?.is_some() {
            tx.enqueue(&RescoreLeads {}).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}
