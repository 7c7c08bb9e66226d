//! XChaCha20-Poly1305 with random nonces of 192 bits, which need no counter to be safe, and what is authenticated with
//! each ciphertext.

use chacha20poly1305::{
    Key, XChaCha20Poly1305, XNonce,
    aead::{Aead, KeyInit, Payload},
};
use kernel::{TenantId, Uuid, id::Id};
use rand::Rng;
use zeroize::Zeroizing;

use crate::error::{Error, Result};

/// Where a sealed value stands. It opens nowhere else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub table: &'static str,
    pub column: &'static str,
    pub row: Uuid,
}

pub(crate) type Secret = Zeroizing<[u8; 32]>;

const NONCE: usize = 24;

/// 256 bits from the operating system's generator, by way of the thread's.
pub(crate) fn random() -> Secret {
    let mut bytes = Zeroizing::new([0_u8; 32]);
    rand::rng().fill_bytes(bytes.as_mut_slice());
    bytes
}

/// Appends nonce and ciphertext to `out`.
pub(crate) fn encrypt(key: &Secret, aad: &[u8], plain: &[u8], mut out: Vec<u8>) -> Result<Vec<u8>> {
    let mut nonce = [0_u8; NONCE];
    rand::rng().fill_bytes(&mut nonce);
    let sealed = XChaCha20Poly1305::new(&Key::from(**key))
        .encrypt(&XNonce::from(nonce), Payload { msg: plain, aad })
        .map_err(|_| Error::Key { detail: "a value is too large to be sealed".into() })?;
    out.extend_from_slice(&nonce);
    out.extend_from_slice(&sealed);
    Ok(out)
}

/// The plain text, or None where key, place or a single bit differ. The tag is compared in constant time.
pub(crate) fn decrypt(key: &Secret, aad: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (nonce, sealed) = sealed.split_first_chunk::<NONCE>()?;
    XChaCha20Poly1305::new(&Key::from(**key))
        .decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad })
        .ok()
        .map(Zeroizing::new)
}

impl Place {
    /// Tenant and place as bytes; lengths stand before what varies, so that no two places give the same bytes.
    pub(crate) fn aad(&self, tenant: TenantId) -> Vec<u8> {
        let mut aad = Vec::with_capacity(96);
        aad.extend_from_slice(b"omb.value.1");
        aad.extend_from_slice(tenant.uuid().as_bytes());
        aad.extend_from_slice(self.row.as_bytes());
        for name in [self.table, self.column] {
            aad.extend_from_slice(&(name.len() as u32).to_be_bytes());
            aad.extend_from_slice(name.as_bytes());
        }
        aad
    }
}

/// What binds a wrapped tenant key to its row and to the master key that wraps it.
pub(crate) fn wrapping_aad(tenant: TenantId, key: Uuid, master: &str) -> Vec<u8> {
    let mut aad = Vec::with_capacity(96);
    aad.extend_from_slice(b"omb.tenant-key.1");
    aad.extend_from_slice(tenant.uuid().as_bytes());
    aad.extend_from_slice(key.as_bytes());
    aad.extend_from_slice(master.as_bytes());
    aad
}
