//! XML, as little of it as two syntaxes need: a writer that leaves nothing empty, and a reader that takes a document of a
//! stranger into a small tree.
//!
//! The reader refuses what an invoice has no use for and an attacker has: document types and with them every entity of
//! its own, encodings other than UTF-8, documents beyond [`read::MOST_BYTES`], depth and number of elements. What is in
//! the namespace of nobody we know (extensions, signatures) is passed over.

mod amount;
mod element;
mod error;
mod read;
mod write;

pub(super) use amount::{amount, places, plain};
pub(super) use element::{Element, Needed};
pub use error::{Problem, ReadError};
pub(super) use read::parse;
pub(super) use write::Writer;
