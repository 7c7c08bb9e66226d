//! Removing an endpoint and everything that was sent to it.

use kernel::{Change, Event, Result};
use store::{Tx, sql};

use super::{Endpoint, EndpointId, listen};

pub async fn delete(tx: &mut Tx, id: EndpointId) -> Result<()> {
    let endpoint: Endpoint = tx.get_locked(id).await?;
    let tenant = tx.tenant_id();
    tx.execute(sql!(
        "DELETE FROM webhook_try WHERE tenant_id = {} AND delivery_id IN \
         (SELECT id FROM webhook_delivery WHERE tenant_id = {} AND endpoint_id = {})",
        tenant,
        tenant,
        id
    ))
    .await?;
    tx.execute(sql!("DELETE FROM webhook_delivery WHERE tenant_id = {} AND endpoint_id = {}", tenant, id)).await?;
    tx.execute(sql!("DELETE FROM webhook_replay WHERE tenant_id = {} AND endpoint_id = {}", tenant, id)).await?;
    tx.delete::<Endpoint>(id).await?;
    listen(tx).await?;
    tx.audit(Change::new("webhook.delete", id).before(&endpoint)).await?;
    tx.emit(Event::new("webhook.deleted", id)).await?;
    Ok(())
}
