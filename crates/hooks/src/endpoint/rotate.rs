//! Giving an endpoint a new secret. For a day messages carry both signatures, so that the receiver can change over without
//! missing one.

use chrono::TimeDelta;
use kernel::{Change, Event, Result};
use store::Tx;

use super::{Endpoint, EndpointId};
use crate::sign;

/// How long the secret before still signs.
pub const OVERLAP: TimeDelta = TimeDelta::hours(24);

/// Answers the endpoint with its new secret, to be shown now and never again. A secret that was older still ends at once.
pub async fn rotate(tx: &mut Tx, id: EndpointId) -> Result<Endpoint> {
    let before: Endpoint = tx.get_locked(id).await?;
    let changed = Endpoint {
        secret: sign::new_secret(),
        old_secret: Some(before.secret.clone()),
        old_secret_until: Some(tx.now() + OVERLAP),
        ..before.clone()
    };
    let after = tx.update(&changed).await?;
    tx.audit(Change::new("webhook.rotate_secret", id).before(&before).after(&after)).await?;
    tx.emit(Event::new("webhook.secret_rotated", id)).await?;
    Ok(after)
}
