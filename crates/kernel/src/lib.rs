//! The vocabulary every crate of the product shares: typed ids, money, time, callers and what they may do,
//! errors with a stable code, pages, patches, and the declaration of every stored column.
//!
//! Invariant: nothing here does I/O, knows a web framework, a database driver or a vendor. Keep it small and
//! stable: every crate is rebuilt when it changes.

pub mod audit;
pub mod caller;
pub mod clock;
pub mod data_map;
pub mod error;
pub mod event;
pub mod field_right;
pub mod id;
pub mod job;
pub mod language;
pub mod money;
pub mod page;
pub mod patch;
pub mod permission;
pub mod reach;
pub mod sealed;
#[cfg(test)]
mod tests;
pub mod value;

pub use audit::Change;
pub use caller::{Actor, Caller, Can, Origin};
pub use clock::Clock;
pub use error::{Error, FieldError, Result};
pub use event::Event;
pub use field_right::{FieldRight, FieldRights};
pub use id::*;
pub use job::Job;
pub use language::Language;
pub use money::{Currency, Money};
pub use page::{Cursor, Page, PageRequest};
pub use patch::Patch;
pub use permission::{Grants, Permission, PermissionInfo, Role};
pub use reach::{Narrowed, Noun, Reach, Span};
pub use rust_decimal::Decimal;
pub use sealed::{BlindIndex, Sealed, SealedJson};
pub use uuid::Uuid;

pub use value::{Column, Json, Value};
/// For the macros of this crate.
#[doc(hidden)]
pub use {serde, utoipa};
