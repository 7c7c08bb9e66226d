//! Deleting a lead, and bringing it back. A converted one stays: the contact's story and consent stand on it.

use kernel::{Change, Error, Result};
use store::Tx;

use super::{Lead, LeadStatus, event, index};

/// Marks it as deleted. Deleting twice is harmless.
pub async fn delete(tx: &mut Tx, lead: Lead) -> Result<Lead> {
    if lead.deleted_at.is_some() {
        return Ok(lead);
    }
    if lead.status == LeadStatus::Converted {
        return Err(Error::conflict(
            "lead_converted",
            "This lead has been converted, and what its contact agreed to is kept with it. Delete the contact instead.",
        ));
    }
    let gone = tx.update(&Lead { deleted_at: Some(tx.now()), ..lead.clone() }).await?;
    tx.unindex(&gone.id.to_string()).await?;
    tx.audit(Change::new("lead.delete", gone.id).before(&lead).after(&gone)).await?;
    tx.emit(event("lead.deleted", &gone)).await?;
    Ok(gone)
}

/// Brings it back.
pub async fn restore(tx: &mut Tx, lead: Lead) -> Result<Lead> {
    if lead.deleted_at.is_none() {
        return Ok(lead);
    }
    let back = tx.update(&Lead { deleted_at: None, ..lead.clone() }).await?;
    index(tx, &back).await?;
    tx.audit(Change::new("lead.restore", back.id).before(&lead).after(&back)).await?;
    tx.emit(event("lead.restored", &back)).await?;
    Ok(back)
}
