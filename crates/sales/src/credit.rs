//! Credit: the part of an invoice that a credit note settles.
//!
//! Invariant: what an invoice and a credit note count as credited is the sum of the allocations between them that were not
//! released. One is never changed; one made by mistake is released and stays.

pub mod allocate;
pub mod release;
pub mod routes;

use chrono::{DateTime, Utc};
use kernel::{Currency, Event, MemberId, Money, permissions};

use crate::invoice::{Invoice, InvoiceId};

kernel::id!(/// Credit that settles a part of an invoice.
    pub CreditAllocationId, "cra");

permissions! {
    /// Settle invoices by credit, and release credit again.
    pub AllocateCredit = "credit.allocate": [Administrator, Billing];
}

store::record! {
    /// An allocation as stored.
    pub struct CreditAllocation in credit_allocation {
        id: CreditAllocationId,
        version: i64,
        credit_note_id: InvoiceId,
        invoice_id: InvoiceId,
        amount_minor: i64,
        currency: Currency,
        allocated_by: Option<MemberId>,
        released_at: Option<DateTime<Utc>>,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

impl CreditAllocation {
    pub fn amount(&self) -> Money {
        Money::new(self.amount_minor, self.currency)
    }
}

/// An allocation with both ends as they then are.
pub struct Allocated {
    pub allocation: CreditAllocation,
    pub credit_note: Invoice,
    pub invoice: Invoice,
}

impl Allocated {
    /// It happens to the invoice; the credit note is told too.
    fn event(&self, kind: &'static str) -> Event {
        Event::new(kind, self.invoice.id)
            .related(self.credit_note.id)
            .related_if(self.invoice.company_id)
            .related_if(self.invoice.contact_id)
            .related_if(self.invoice.deal_id)
            .data(serde_json::json!({ "number": self.invoice.number, "amount": self.allocation.amount(), "balance": self.invoice.balance() }))
    }
}
