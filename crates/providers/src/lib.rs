//! The vendors and protocols behind the capabilities: one folder each.
//!
//! Invariant: a provider turns one call of a capability into the vendor's own wire protocol and its answer into an
//! `Outcome`, and keeps no business state. Its address is configuration. It knows no table and no tenant.
//!
//! Refuses: retrying by itself, calling a lost answer a success or a failure, and talking to a sandbox unless it was
//! told that it may.

pub mod fetch;
pub mod smtp;
