//! The key of a tenant's chain, and what is computed with it.
//!
//! Invariant: the key is in no table in the clear. Whoever can write to the database but has no key can neither extend a chain
//! nor mend one they have changed.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::entry::Entry;

/// Length of a key and of a seal.
const LENGTH: usize = 32;
/// The seal before the first.
pub(crate) const START: [u8; LENGTH] = [0; LENGTH];

const ALONE: &[u8] = b"alone";
const LINKED: &[u8] = b"linked";

/// The key of one tenant's chain.
pub(crate) struct ChainKey(Zeroizing<[u8; LENGTH]>);

impl ChainKey {
    /// A key derived for this purpose from the tenant's own (`keys`).
    pub(crate) fn new(key: Zeroizing<[u8; LENGTH]>) -> Self {
        Self(key)
    }

    /// The seal of an entry that waits for its place: shows that this program wrote it.
    pub(crate) fn alone(&self, entry: &Entry) -> [u8; LENGTH] {
        hmac(&self.0, &[ALONE, &entry.bytes()])
    }

    /// The seal of an entry at its place behind the one sealed by `before`.
    pub(crate) fn linked(&self, before: &[u8], seq: i64, entry: &Entry) -> [u8; LENGTH] {
        hmac(&self.0, &[LINKED, before, &seq.to_be_bytes(), &entry.bytes()])
    }
}

impl std::fmt::Debug for ChainKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ChainKey")
    }
}

/// The parts have fixed lengths but for the last, so they cannot be shifted against each other.
fn hmac(key: &[u8; LENGTH], parts: &[&[u8]]) -> [u8; LENGTH] {
    let mut block = Zeroizing::new([0; 64]);
    block[..LENGTH].copy_from_slice(key);
    let mut mac = Hmac::<Sha256>::new(&(*block).into());
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}
