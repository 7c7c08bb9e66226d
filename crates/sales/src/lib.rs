//! Sales documents: quotes and invoices.
//!
//! Invariants:
//! - Every figure of a document comes from `fiscal::totals` and is stored with it; screen, page, mail and PDF carry it over.
//! - A number is taken in the transaction that issues; a series has no gaps.
//! - What was sent or issued is a snapshot that later changes of customer, prices or settings do not touch.
//! - A quote has one answer a revision, with the evidence of what was answered.
//!
//! It does not take money: `payments` does, and tells an invoice what has been paid.

pub mod document;
pub mod entity;
pub mod invoice;
pub mod quote;
mod words;
