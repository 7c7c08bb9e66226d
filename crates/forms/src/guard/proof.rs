//! Proof of work: a number with which the digest of the page's stamp begins with zeros. A browser with script finds it while
//! somebody types; who has none loses nothing by it. It costs whoever sends by the thousand, and is told of nobody else.

use sha2::{Digest, Sha256};

/// Leading zero bits: some four thousand digests.
const BITS: u32 = 12;

/// Is this the number that belongs to the stamp?
pub(crate) fn done(stamp: &str, proof: &str) -> bool {
    let short = !proof.is_empty() && proof.len() <= 12;
    let digest = Sha256::digest(format!("{stamp}:{proof}").as_bytes());
    let (first, second) = (digest.first().copied().unwrap_or(255), digest.get(1).copied().unwrap_or(255));
    short && u16::from_be_bytes([first, second]).leading_zeros() >= BITS
}
