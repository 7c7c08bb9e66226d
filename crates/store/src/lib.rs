//! Both databases behind one transaction. SQL is written once, in the dialect both share (`$1` parameters,
//! `RETURNING`, `ON CONFLICT`, row values); what differs lives in `sqlite.rs` and `postgres.rs` and nowhere else.
//!
//! Invariants:
//! - A tenant's rows are reached only through a [`Tx`], and a `Tx` is had only for a [`kernel::Can`].
//! - Audit entries, events and jobs are written by the transaction that makes the change; listeners hear of it
//!   after the commit.
//! - What a record marks as sealed reaches the database only as ciphertext bound to its tenant, column and row.
//! - A transaction that is dropped is rolled back before its connection is used again, also when the request that
//!   owned it was cancelled half-way.

mod audit;
pub mod commits;
mod data_map;
mod driver;
mod error;
mod idempotency;
mod jobs;
pub mod keys;
mod keyset;
pub mod measure;
mod migrate;
mod migrations;
mod news;
mod outbox;
mod platform;
mod postgres;
mod reach;
mod record;
mod rows;
pub mod search;
mod sql;
mod sqlite;
mod store;
#[cfg(test)]
mod tests;
pub mod text;
mod tls;
mod tx;

pub use audit::{Break, Check, Head, Report, What};
pub use data_map::DATA_MAP;
pub use error::{Error, OnConstraint, Result, WRITE_CONFLICT};
pub use idempotency::Replay;
pub use jobs::EnqueueJob;
pub use keys::{KeyFileError, KeyRing, Place};
pub use keyset::{Order, Sort, SortKind};
pub use migrate::{MigrateError, SchemaState};
pub use migrations::PLATFORM_TABLES;
pub use news::{News, Notice, Since};
pub use outbox::{Committed, StoredEvent, WantedEvents};
pub use platform::PlatformTx;
pub use reach::{Beyond, CONCEALED, Cell, Derived, Field, Fielded, Object, OwnValues, Scope, Through, Way};
pub use record::Record;
pub use rows::{FromRow, Row};
pub use sql::{IntoValues, Sql};
pub use sqlite::READERS;
pub use store::{DatabaseUrl, OpenError, Store, StoreOptions};
pub use tls::PostgresAddress;
pub use tx::Tx;

/// Re-exported for the `record!` and `sql!` macros.
pub use kernel::value::{Column, Value};
