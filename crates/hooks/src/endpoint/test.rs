//! Sending a test: a message of its own type, signed and delivered like every other, also where the endpoint did not
//! choose that type.

use kernel::{Change, Error, EventId, Result};
use store::{EnqueueJob, Tx};

use super::{Endpoint, EndpointId};
use crate::{
    catalogue,
    delivery::{Delivery, send::SendDue},
};

pub async fn test(tx: &mut Tx, public_url: &str, id: EndpointId) -> Result<Delivery> {
    let endpoint: Endpoint = tx.get(id).await?;
    must_be_enabled(&endpoint)?;
    let payload = catalogue::test_message(id, tx.now(), public_url);
    let delivery = Delivery::new(id, EventId::new(), catalogue::TEST, payload, tx.now());
    tx.insert(&delivery).await?;
    tx.enqueue(&SendDue { endpoint_id: id }).await?;
    tx.audit(Change::new("webhook.test", id)).await?;
    Ok(delivery)
}

/// Refuses what would be sent to an endpoint that is off.
pub(crate) fn must_be_enabled(endpoint: &Endpoint) -> Result<()> {
    if endpoint.enabled {
        return Ok(());
    }
    Err(Error::conflict("webhook_disabled", "This endpoint is switched off. Switch it on first."))
}
