//! Recording a payment, in part or whole. More than the balance is refused unless it is said to be meant. On a credit note
//! it is money given back, and never more than the credit that is left.

use chrono::NaiveDate;
use kernel::{Change, Error, Money, Result, error::Fields};
use sales::invoice::{Invoice, InvoiceId, InvoiceKind, pay::apply_payment};
use serde::Deserialize;
use store::Tx;
use utoipa::ToSchema;

use super::{Payment, PaymentId, PaymentMethod, event};

/// A payment to be recorded.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPayment {
    /// The invoice it pays; a credit note: it is money given back.
    pub invoice_id: InvoiceId,
    /// In the invoice's currency, more than nothing.
    pub amount: Money,
    /// The day the money arrived; not in the future.
    pub paid_on: NaiveDate,
    pub method: PaymentMethod,
    /// Of the transfer or receipt.
    #[serde(default)]
    pub reference: Option<String>,
    /// Record it though it is more than is owed.
    #[serde(default)]
    pub allow_overpayment: bool,
}

pub async fn record(tx: &mut Tx, input: NewPayment) -> Result<(Payment, Invoice)> {
    let invoice: Invoice = tx
        .find(input.invoice_id)
        .await?
        .ok_or_else(|| Error::invalid("invoice_id", "invoice_unknown", "There is no such invoice."))?;
    let zone = identity::tenant::current(tx).await?.zone();
    let mut refused = Fields::default();
    if input.amount.currency != invoice.currency {
        refused.refuse("amount", "currency_differs", format!("The invoice is in {}.", invoice.currency));
    }
    if input.amount.minor <= 0 {
        refused.refuse("amount", "amount_not_positive", "A payment is more than nothing.");
    }
    if input.paid_on > tx.now().with_timezone(&zone).date_naive() {
        refused.refuse("paid_on", "date_in_future", "Record a payment when it has arrived.");
    }
    let reference = crm::field::take(&mut refused, crm::field::line("reference", input.reference.as_deref(), 120));
    refused.finish()?;
    // From here on the invoice is locked: of two payments at once, the second sees the first.
    let paid = apply_payment(tx, invoice.id, input.amount.minor).await?;
    let is_refund = paid.kind == InvoiceKind::CreditNote;
    if is_refund && paid.balance().minor > 0 {
        let left = Money::new(input.amount.minor - paid.balance().minor, paid.currency);
        let message = format!("{left} of the credit is left. Give back no more than that.");
        return Err(Error::invalid("amount", "refund_above_credit", message));
    }
    if !is_refund && paid.balance().minor < 0 && !input.allow_overpayment {
        return Err(Error::invalid(
            "amount",
            "overpayment",
            format!(
                "This is {} more than is owed. Lower the amount, or say that it is meant.",
                Money::new(-paid.balance().minor, paid.currency)
            ),
        ));
    }
    let payment = Payment {
        id: PaymentId::new(),
        version: 1,
        invoice_id: invoice.id,
        is_refund,
        amount_minor: input.amount.minor,
        currency: input.amount.currency,
        paid_on: input.paid_on,
        method: input.method,
        reference,
        recorded_by: tx.caller().member_id(),
        voided_at: None,
        void_reason: None,
        created_at: tx.now(),
        updated_at: tx.now(),
    };
    tx.insert(&payment).await?;
    tx.audit(Change::new("payment.record", payment.id).after(&payment)).await?;
    tx.emit(event(payment.word("payment.recorded", "refund.recorded"), &payment, &paid)).await?;
    Ok((payment, paid))
}
