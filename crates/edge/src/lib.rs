//! The door. Turns a request into a caller with rights and typed input, and a verb's answer into JSON with a version,
//! or a problem with a stable code (RFC 9457). Knows no domain.
//!
//! Invariant: a handler cannot reach a tenant's rows without asking for a permission, because a transaction wants a
//! [`kernel::Can`] and only [`May`] makes one here.

pub mod amounts;
pub mod answer;
pub mod app;
pub mod caller;
pub mod conflict;
pub mod docs;
pub mod door;
pub mod idempotency;
pub mod input;
pub mod layers;
pub mod limit;
pub mod live;
pub mod load;
pub mod metrics;
pub mod openapi;
pub mod problem;
pub mod version;

pub use answer::{Created, NoContent, Versioned};
pub use app::{App, Authenticator, Settings};
pub use caller::{Connection, May, Signed};
pub use input::{Json, Path, Query, query};
pub use problem::{Problem, ProblemBody, Result};
pub use version::IfMatch;
