//! Going on with it: some hundred deliveries are made due in one transaction, then the job queues itself again.

use jobs::{Context, Verdict};
use kernel::{Job, Result, permissions};
use serde::{Deserialize, Serialize};
use store::{EnqueueJob, Tx, sql};

use super::{Replay, ReplayId, ReplayState};
use crate::{
    delivery::{DeliveryState, send::SendDue},
    endpoint::Endpoint,
};

permissions! {
    /// Make failed deliveries due again; held by the product's own workers.
    pub ReplayWebhooks = "webhook.replay": [];
}

/// Goes on with a run.
#[derive(Debug, Serialize, Deserialize)]
pub struct RunReplay {
    pub replay_id: ReplayId,
}

impl Job for RunReplay {
    const KIND: &'static str = "webhook.replay";

    fn unique_key(&self) -> Option<String> {
        Some(self.replay_id.to_string())
    }
}

/// Deliveries made due at once.
const CHUNK: i64 = 500;

pub(crate) async fn run(context: Context, job: RunReplay) -> Result<Verdict> {
    let can = context.can::<ReplayWebhooks>()?;
    let mut tx = context.store.begin(&can).await?;
    let Some(replay) = tx.find::<Replay>(job.replay_id).await?.filter(|replay| replay.state == ReplayState::Running)
    else {
        return Ok(Verdict::Done);
    };
    let on = tx.find::<Endpoint>(replay.endpoint_id).await?.is_some_and(|endpoint| endpoint.enabled);
    let after = if on { chunk(&mut tx, replay).await? } else { Replay { state: ReplayState::Stopped, ..replay } };
    let after = tx.update(&after).await?;
    if on {
        tx.enqueue(&SendDue { endpoint_id: after.endpoint_id }).await?;
    }
    if after.state == ReplayState::Running {
        tx.enqueue(&job).await?;
    }
    tx.commit().await?;
    Ok(Verdict::Done)
}

async fn chunk(tx: &mut Tx, replay: Replay) -> Result<Replay> {
    // What fails again meanwhile is not taken a second time.
    let most = CHUNK.min(replay.total - replay.done);
    let due = tx
        .execute(sql!(
            "UPDATE webhook_delivery SET state = {}, tries = 0, next_try_at = {}, settled_at = NULL WHERE tenant_id = {} \
             AND id IN (SELECT id FROM webhook_delivery WHERE tenant_id = {} AND endpoint_id = {} AND state = {} \
             AND created_at >= {} AND created_at <= {} ORDER BY created_at, id LIMIT {})",
            DeliveryState::Waiting,
            tx.now(),
            tx.tenant_id(),
            tx.tenant_id(),
            replay.endpoint_id,
            DeliveryState::Failed,
            replay.since,
            replay.until,
            most
        ))
        .await?;
    let due = i64::try_from(due).unwrap_or(most);
    let done = replay.done + due;
    let state = if due < most || done >= replay.total { ReplayState::Done } else { ReplayState::Running };
    Ok(Replay { done, state, ..replay })
}
