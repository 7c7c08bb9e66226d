//! Starting it.

use chrono::{DateTime, Utc};
use kernel::{Change, Error, Result};
use serde::Deserialize;
use store::{EnqueueJob, Tx, sql};
use utoipa::ToSchema;

use super::{Replay, ReplayId, ReplayState, run::RunReplay};
use crate::{
    delivery::DeliveryState,
    endpoint::{Endpoint, EndpointId, test::must_be_enabled},
};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewReplay {
    /// What was written for the endpoint from this time on and failed is sent again.
    pub since: DateTime<Utc>,
}

pub async fn start(tx: &mut Tx, endpoint_id: EndpointId, new: NewReplay) -> Result<Replay> {
    let endpoint: Endpoint = tx.get_locked(endpoint_id).await?;
    must_be_enabled(&endpoint)?;
    let now = tx.now();
    if new.since > now {
        return Err(Error::invalid("since", "in_the_future", "Choose a time that has passed."));
    }
    let running = tx.select::<Replay>().and("endpoint_id =", endpoint_id).and("state =", ReplayState::Running);
    if tx.optional::<Replay>(running).await?.is_some() {
        let sentence = "What failed is being sent again already. Wait until that is done.";
        return Err(Error::conflict("replay_running", sentence));
    }
    let failed = sql!(
        "SELECT count(*) FROM webhook_delivery WHERE tenant_id = {} AND endpoint_id = {} AND state = {} \
         AND created_at >= {} AND created_at <= {}",
        tx.tenant_id(),
        endpoint_id,
        DeliveryState::Failed,
        new.since,
        now
    );
    let total = tx.count(failed).await?;
    let state = if total == 0 { ReplayState::Done } else { ReplayState::Running };
    let replay = Replay {
        id: ReplayId::new(),
        endpoint_id,
        since: new.since,
        until: now,
        state,
        total,
        done: 0,
        created_at: now,
    };
    tx.insert(&replay).await?;
    if state == ReplayState::Running {
        tx.enqueue(&RunReplay { replay_id: replay.id }).await?;
    }
    tx.audit(Change::new("webhook.replay", endpoint_id).after(&replay)).await?;
    Ok(replay)
}
