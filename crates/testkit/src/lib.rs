//! What tests share: a fresh database of either kind for each test, and the live schema to compare declarations with.
//!
//! Invariant: no two tests see each other's rows or clock, and nothing is left behind when a test ends, also when it
//! fails. Refuses nothing politely: what a test needs and cannot have is a panic that says why.

mod database;
mod schema;
#[cfg(test)]
mod tests;

pub use database::{Database, Kind, TestStore, fresh_database, kinds, stores, stores_with};
pub use schema::{Schema, schema};
