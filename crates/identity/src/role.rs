//! The table of rights: which role holds which permission. The product gives each role a set; a tenant's owner, or who
//! holds `role.manage`, may tune it. Only the differences are stored.
//!
//! Invariants: the owner's column is always full; what belongs to a person and not to a role (`account.own`) is held by
//! everybody; nobody grants what they do not hold, nor lets see or change what they do not see or change
//! themselves.

pub mod field;
pub mod reach;
pub(crate) mod routes;
pub(crate) mod store;
mod table;
pub mod tune;

pub use table::RoleTable;
