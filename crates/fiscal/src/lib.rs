//! The rules of business documents that need no database and no network: who a tax id belongs to, what a document adds
//! up to, how it is numbered and written as an electronic invoice, which taxes a country suggests, which of our entities
//! answers for it.
//!
//! Invariant: everything here is a pure function of its arguments. Nothing reads a clock, a file, the environment or
//! another crate of ours; "today" is a parameter. Money is `i64` minor units, quantities and rates are exact decimals.
//!
//! It refuses rather than guesses: each error has a stable `code()` for programs and a sentence for people, and no
//! input can make it panic.

pub mod bank;
pub mod country;
pub mod einvoice;
pub mod number;
pub mod tax_id;
pub mod tax_preset;
pub mod totals;
