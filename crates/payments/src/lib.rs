//! Payments: money received, and which invoice it pays.
//!
//! Invariants:
//! - What an invoice shows as paid is the sum of its payments that were not voided.
//! - A payment is never changed or deleted; a wrong one is voided with its reason.
//!
//! It does not collect: card payments, links and reconciliation with the bank come with their own nouns.

mod data_map;
pub mod payment;
#[cfg(test)]
mod tests;

pub use data_map::DATA_MAP;
pub use payment::{PERMISSIONS, routes::routes};

/// A payment is seen by who sees its invoice.
pub const SCOPES: &[store::Scope] = &[store::Scope {
    table: "payment",
    prefix: "pay",
    through: &[store::Through::Row { column: "invoice_id", table: "invoice" }],
    ..store::Scope::BARE
}];
