//! Voiding a payment that was recorded by mistake. Voiding twice is harmless.

use kernel::{Change, Error, Result};
use sales::invoice::pay::apply_payment;
use store::Tx;

use super::{Payment, PaymentId, event};

pub async fn void(tx: &mut Tx, id: PaymentId, reason: &str) -> Result<Payment> {
    let reason = crm::field::line("reason", Some(reason), 500)?
        .ok_or_else(|| Error::invalid("reason", "required", "Say why the payment is voided: it stays in the books."))?;
    let before: Payment = tx.get_locked(id).await?;
    if before.voided_at.is_some() {
        return Ok(before);
    }
    let invoice = apply_payment(tx, before.invoice_id, -before.amount_minor).await?;
    let after = tx.update(&Payment { voided_at: Some(tx.now()), void_reason: Some(reason), ..before.clone() }).await?;
    tx.audit(Change::new("payment.void", id).before(&before).after(&after)).await?;
    tx.emit(event(after.word("payment.voided", "refund.voided"), &after, &invoice)).await?;
    Ok(after)
}
