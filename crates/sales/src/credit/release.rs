//! Releasing credit that settled the wrong invoice: it is left to be used again. Releasing twice is harmless.

use kernel::{Change, Result};
use store::Tx;

use super::{Allocated, CreditAllocation, CreditAllocationId};
use crate::invoice::{Invoice, pay::settled};

pub async fn release(tx: &mut Tx, id: CreditAllocationId) -> Result<Allocated> {
    tx.caller().must_see_amounts()?;
    let known: CreditAllocation = tx.get(id).await?;
    // In the order in which both are locked when credit is used.
    let credit_note: Invoice = tx.get_locked(known.credit_note_id).await?;
    let invoice: Invoice = tx.get_locked(known.invoice_id).await?;
    let before: CreditAllocation = tx.get_locked(id).await?;
    if before.released_at.is_some() {
        return Ok(Allocated { allocation: before, credit_note, invoice });
    }
    let allocation = tx.update(&CreditAllocation { released_at: Some(tx.now()), ..before.clone() }).await?;
    let credit_note = settled(tx, credit_note, 0, -before.amount_minor).await?;
    let invoice = settled(tx, invoice, 0, -before.amount_minor).await?;
    tx.audit(Change::new("credit.release", id).before(&before).after(&allocation)).await?;
    let released = Allocated { allocation, credit_note, invoice };
    tx.emit(released.event("invoice.credit_released")).await?;
    Ok(released)
}
