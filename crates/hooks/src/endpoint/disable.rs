//! Switching off an endpoint that wants nothing more, or to which nothing gets through; its owners are told by mail.

use kernel::{Change, Event, Result};
use serde_json::json;
use store::{Tx, sql};

use super::{DisabledReason, Endpoint, EndpointId, listen};
use crate::{delivery::DeliveryState, notice};

/// Does so, unless somebody has done it meanwhile.
pub(crate) async fn disable(tx: &mut Tx, public_url: &str, id: EndpointId, reason: DisabledReason) -> Result<()> {
    let before: Endpoint = tx.get_locked(id).await?;
    if !before.enabled {
        return Ok(());
    }
    let off = Endpoint { enabled: false, disabled_reason: Some(reason), ..before.clone() };
    let after = tx.update(&off).await?;
    give_up(tx, id).await?;
    listen(tx).await?;
    tx.audit(Change::new("webhook.disable", id).before(&before).after(&after)).await?;
    tx.emit(Event::new("webhook.disabled", id).data(json!({ "reason": reason }))).await?;
    notice::disabled(tx, public_url, &after, reason).await
}

/// What waits for an endpoint that is off has failed, from where it can be sent again.
pub(super) async fn give_up(tx: &mut Tx, id: EndpointId) -> Result<()> {
    tx.execute(sql!(
        "UPDATE webhook_delivery SET state = {}, outcome = 'endpoint_disabled', next_try_at = NULL, settled_at = {} \
         WHERE tenant_id = {} AND endpoint_id = {} AND state = {}",
        DeliveryState::Failed,
        tx.now(),
        tx.tenant_id(),
        id,
        DeliveryState::Waiting
    ))
    .await?;
    Ok(())
}
