//! Revoking an API key: the next request with it is refused.

use kernel::{ApiKeyId, Change, Error, Event, Result};
use store::{Tx, sql};

pub async fn revoke(tx: &mut Tx, id: ApiKeyId) -> Result<()> {
    let (tenant, now) = (tx.tenant_id(), tx.now());
    let ended = tx
        .execute(sql!(
            "UPDATE api_key SET revoked_at = {} WHERE tenant_id = {} AND id = {} AND revoked_at IS NULL",
            now,
            tenant,
            id
        ))
        .await?;
    if ended == 0 {
        return Err(Error::not_found("api_key"));
    }
    tx.audit(Change::new("api_key.revoke", id)).await?;
    tx.emit(Event::new("api_key.revoked", id)).await?;
    Ok(())
}
