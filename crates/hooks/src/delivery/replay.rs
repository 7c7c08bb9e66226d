//! Sending one delivery again, whatever became of it, under the same `webhook-id`.

use kernel::{Change, Result};
use store::{EnqueueJob, Tx};

use super::{Delivery, DeliveryId, DeliveryState, one, send::SendDue};
use crate::endpoint::{Endpoint, test::must_be_enabled};

pub async fn replay(tx: &mut Tx, id: DeliveryId) -> Result<Delivery> {
    one(tx, id).await?;
    let before: Delivery = tx.get_locked(id).await?;
    let endpoint: Endpoint = tx.get(before.endpoint_id).await?;
    must_be_enabled(&endpoint)?;
    let due = Delivery {
        state: DeliveryState::Waiting,
        tries: 0,
        next_try_at: Some(tx.now()),
        settled_at: None,
        ..before.clone()
    };
    let after = tx.update(&due).await?;
    tx.enqueue(&SendDue { endpoint_id: endpoint.id }).await?;
    let state = |delivery: &Delivery| serde_json::json!({ "state": delivery.state });
    tx.audit(Change::new("webhook.replay", id).before(&state(&before)).after(&state(&after))).await?;
    Ok(after)
}
