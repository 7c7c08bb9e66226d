//! Deleting a deal, and bringing it back.

use kernel::{Change, Result};
use store::Tx;

use super::{Deal, event, index};

/// Marks the deal as deleted; its quotes and invoices stay. Deleting twice is harmless.
pub async fn delete(tx: &mut Tx, deal: Deal) -> Result<Deal> {
    if deal.deleted_at.is_some() {
        return Ok(deal);
    }
    let gone = tx.update(&Deal { deleted_at: Some(tx.now()), ..deal.clone() }).await?;
    tx.unindex(&gone.id.to_string()).await?;
    tx.audit(Change::new("deal.delete", gone.id).before(&deal).after(&gone)).await?;
    tx.emit(event("deal.deleted", &gone)).await?;
    Ok(gone)
}

/// Brings it back.
pub async fn restore(tx: &mut Tx, deal: Deal) -> Result<Deal> {
    if deal.deleted_at.is_none() {
        return Ok(deal);
    }
    let back = tx.update(&Deal { deleted_at: None, ..deal.clone() }).await?;
    index(tx, &back).await?;
    tx.audit(Change::new("deal.restore", back.id).before(&deal).after(&back)).await?;
    tx.emit(event("deal.restored", &back)).await?;
    Ok(back)
}
