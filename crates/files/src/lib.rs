//! Files: bytes kept in an object store (a local folder by default), named by tenant and digest; their names, types
//! and purposes kept in the database.
//!
//! Invariants: the bytes of a blob never change; a blob is reached only through its tenant's transaction; what is
//! served is never interpreted as a page of ours (see [`serve`]).

mod blob;
mod data_map;
pub mod serve;
#[cfg(test)]
mod tests;
mod upload;

pub use blob::{Blob, BlobId, Blobs, NewBlob};
pub use data_map::DATA_MAP;
pub use upload::Upload;
