//! What has been settled: by money, which the `payments` domain keeps, and by credit. Under a lock, so that two at once
//! are both counted.

use kernel::{Error, Result};
use store::Tx;

use super::{Invoice, InvoiceId, InvoiceKind, InvoiceState, event};

/// Adds to (or, negative, takes from) what money has settled of an issued invoice, or of a credit note what was given
/// back of it.
pub async fn apply_payment(tx: &mut Tx, id: InvoiceId, delta_minor: i64) -> Result<Invoice> {
    let invoice: Invoice = tx.get_locked(id).await?;
    settled(tx, invoice, delta_minor, 0).await
}

/// The locked `invoice` with this much more settled, by money and by credit; both count with the sign of the invoice.
pub(crate) async fn settled(tx: &mut Tx, invoice: Invoice, paid: i64, credited: i64) -> Result<Invoice> {
    if invoice.state != InvoiceState::Issued {
        return Err(Error::conflict("invoice_not_issued", "A draft cannot be paid. Issue the invoice first."));
    }
    let by = |paid: i64, credited: i64| {
        let credited_minor = invoice.credited_minor.checked_add(invoice.kind.signed(credited))?;
        let settled_minor = invoice.settled_minor.checked_add(invoice.kind.signed(paid.checked_add(credited)?))?;
        let money = settled_minor.checked_sub(credited_minor)?;
        let is_in_range = |minor| invoice.kind.signed(minor) >= 0;
        (is_in_range(credited_minor) && is_in_range(money)).then_some((settled_minor, credited_minor))
    };
    let (settled_minor, credited_minor) =
        by(paid, credited).ok_or_else(|| Error::invalid("amount", "amount_range", "This amount is out of range."))?;
    let was_settled = invoice.is_settled();
    let after = tx.update(&Invoice { settled_minor, credited_minor, ..invoice }).await?;
    if !was_settled && after.is_settled() && after.kind != InvoiceKind::CreditNote {
        tx.emit(event("invoice.paid", &after)).await?;
    }
    Ok(after)
}
