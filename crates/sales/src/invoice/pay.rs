//! What has been paid. Kept by the `payments` domain, under a lock so that two payments at once are both counted.

use kernel::{Error, Result};
use store::Tx;

use super::{Invoice, InvoiceId, InvoiceState, event};

/// Adds to (or, negative, takes from) what is paid of an issued invoice.
pub async fn apply_payment(tx: &mut Tx, id: InvoiceId, delta_minor: i64) -> Result<Invoice> {
    let invoice: Invoice = tx.get_locked(id).await?;
    if invoice.state != InvoiceState::Issued {
        return Err(Error::conflict("invoice_not_issued", "A draft cannot be paid. Issue the invoice first."));
    }
    let paid_minor = invoice
        .paid_minor
        .checked_add(delta_minor)
        .filter(|paid| *paid >= 0)
        .ok_or_else(|| Error::invalid("amount", "amount_range", "This amount is out of range."))?;
    let was_paid = invoice.paid_minor >= invoice.payable_minor;
    let after = tx.update(&Invoice { paid_minor, ..invoice }).await?;
    if !was_paid && after.paid_minor >= after.payable_minor {
        tx.emit(event("invoice.paid", &after)).await?;
    }
    Ok(after)
}
