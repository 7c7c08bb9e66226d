//! Customers: companies, the people in them, and the deals made with them.
//!
//! Invariants:
//! - A record that was deleted can be brought back, and never stands in the way of a new one.
//! - The deals of a stage have one order, whoever moves them.
//! - Every change is on the record's timeline and in the audit trail.
//!
//! It does not price, bill or send: quotes and invoices are `sales`, which tells a deal that it is won.

pub mod company;
pub mod contact;
mod data_map;
pub mod deal;
pub mod field;
pub mod pipeline;

pub use data_map::DATA_MAP;
