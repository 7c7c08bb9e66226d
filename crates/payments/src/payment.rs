//! The noun: a payment.

pub mod record;
pub mod routes;
pub mod void;

use chrono::{DateTime, NaiveDate, Utc};
use kernel::{Currency, Event, MemberId, Money, permissions};
use sales::invoice::{Invoice, InvoiceId};

kernel::id!(/// A payment.
    pub PaymentId, "pay");

kernel::states! {
    /// How the money came.
    pub enum PaymentMethod {
        BankTransfer = "bank_transfer",
        Cash = "cash",
        Card = "card",
        DirectDebit = "direct_debit",
        Cheque = "cheque",
        Other = "other",
    }
}

permissions! {
    /// See payments.
    pub ReadPayments = "payment.read": [Administrator, Sales, Billing, ReadOnly];
    /// Record payments and void wrong ones.
    pub RecordPayments = "payment.record": [Administrator, Billing];
}

store::record! {
    /// A payment as stored.
    pub struct Payment in payment {
        id: PaymentId,
        version: i64,
        invoice_id: InvoiceId,
        /// Money given back of a credit note: it went out.
        is_refund: bool,
        amount_minor: i64,
        currency: Currency,
        paid_on: NaiveDate,
        method: PaymentMethod,
        reference: Option<String>,
        recorded_by: Option<MemberId>,
        voided_at: Option<DateTime<Utc>>,
        void_reason: Option<String>,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

impl Payment {
    pub fn amount(&self) -> Money {
        Money::new(self.amount_minor, self.currency)
    }

    /// The one of two words that is of money that came in, or went out.
    fn word(&self, payment: &'static str, refund: &'static str) -> &'static str {
        if self.is_refund { refund } else { payment }
    }
}

fn event(kind: &'static str, payment: &Payment, invoice: &Invoice) -> Event {
    Event::new(kind, payment.id)
        .related(payment.invoice_id)
        .related_if(invoice.company_id)
        .related_if(invoice.contact_id)
        .related_if(invoice.deal_id)
        .data(serde_json::json!({ "amount": payment.amount(), "number": invoice.number, "balance": invoice.balance() }))
}
