//! Keys: a master key in a file, one key per tenant wrapped by it, and what is sealed with that.
//!
//! Invariants:
//! - The database holds no key that opens anything by itself. The master key lives in a file of its own
//!   (`OMB_MASTER_KEY_FILE`, mode 0600), so that a copy of the database alone is not enough to read what is sealed.
//! - What is sealed opens only where it was sealed: tenant, table, column and row are authenticated with it.
//! - A tenant's key that has not been committed is never cached, and one that was destroyed is dropped.
//! - Whoever wraps a key holds the master key's row while doing so, so that a master key cannot be retired under it.
//!
//! It refuses a master key file that others may read, one that is damaged, and one that is not this database's.

mod cipher;
mod convert;
mod file;
mod master;
mod ring;
mod rotate;
mod seal;
mod tenant;
#[cfg(test)]
mod tests;
mod unlock;

pub use cipher::Place;
pub use file::KeyFileError;
pub use master::{MasterKeyInfo, MasterKeyState};
pub use ring::KeyRing;
pub use rotate::{KeyUse, RotateError, Rotation, TenantKeyId};
pub(crate) use seal::Opener;
pub(crate) use tenant::{Held, TenantKeyCache};
