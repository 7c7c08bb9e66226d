//! A tenant's opened keys and what they do: seal and open values, and give keys for other purposes.
//!
//! A sealed value is: format (1 byte), the id of the key that sealed it (16), nonce (24), ciphertext, tag (16).
//! A tenant key is two secrets under one wrapping: one seals, the other only derives. The deriving one stays when the
//! sealing one is renewed, so that indexes and chains keyed by it keep their meaning.

use std::{fmt, sync::Arc, time::Instant};

use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use kernel::{TenantId, Uuid};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::{
    Place,
    cipher::{self, Secret},
    master::MasterKey,
};
use crate::error::{Error, Result};

const FORMAT: u8 = 1;
const HEADER: usize = 17;

/// A tenant's keys, opened. Zeroed when the last user lets go of them.
pub(crate) struct TenantKeys {
    tenant: TenantId,
    /// The one that seals first, then those that still open.
    sealing: Vec<(Uuid, Secret)>,
    deriving: Secret,
    /// How fresh the copy is.
    pub(super) read_at: Instant,
}

/// One tenant key in the open.
pub(super) struct Opened {
    pub id: Uuid,
    sealing: Secret,
    deriving: Secret,
}

impl Opened {
    pub(super) fn new() -> Self {
        Self { id: Uuid::now_v7(), sealing: cipher::random(), deriving: cipher::random() }
    }

    /// The key as the database keeps it.
    pub(super) fn wrap(&self, tenant: TenantId, master: &MasterKey) -> Result<Vec<u8>> {
        let mut both = Zeroizing::new([0_u8; 64]);
        both[..32].copy_from_slice(self.sealing.as_slice());
        both[32..].copy_from_slice(self.deriving.as_slice());
        let aad = cipher::wrapping_aad(tenant, self.id, &master.info.id);
        cipher::encrypt(&master.secret, &aad, both.as_slice(), Vec::with_capacity(104))
    }

    pub(super) fn unwrap(tenant: TenantId, id: Uuid, master: &MasterKey, wrapped: &[u8]) -> Result<Self> {
        let aad = cipher::wrapping_aad(tenant, id, &master.info.id);
        let spoilt =
            || Error::Key { detail: format!("the key of tenant {tenant} does not open with {}", master.info.id) };
        let both = cipher::decrypt(&master.secret, &aad, wrapped).ok_or_else(spoilt)?;
        let secret = |half: &[u8]| <[u8; 32]>::try_from(half).map(Zeroizing::new).map_err(|_| spoilt());
        let (sealing, deriving) = both.split_at_checked(32).ok_or_else(spoilt)?;
        Ok(Self { id, sealing: secret(sealing)?, deriving: secret(deriving)? })
    }
}

impl TenantKeys {
    /// `first` seals and derives; the others only open.
    pub(super) fn new(tenant: TenantId, first: Opened, others: Vec<Opened>) -> Self {
        let mut sealing = vec![(first.id, first.sealing)];
        sealing.extend(others.into_iter().map(|key| (key.id, key.sealing)));
        Self { tenant, sealing, deriving: first.deriving, read_at: Instant::now() }
    }

    pub(super) fn seal(&self, place: Place, plain: &[u8]) -> Result<Vec<u8>> {
        let Some((id, secret)) = self.sealing.first() else {
            return Err(Error::Key { detail: format!("tenant {} has no key that seals", self.tenant) });
        };
        let mut out = Vec::with_capacity(HEADER + plain.len() + 40);
        out.push(FORMAT);
        out.extend_from_slice(id.as_bytes());
        cipher::encrypt(secret, &place.aad(self.tenant), plain, out)
    }

    pub(super) fn open(&self, place: Place, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
        let opened = || {
            let (header, rest) = sealed.split_at_checked(HEADER)?;
            let id = Uuid::from_slice(header.strip_prefix(&[FORMAT])?).ok()?;
            let (_, secret) = self.sealing.iter().find(|(key, _)| *key == id)?;
            cipher::decrypt(secret, &place.aad(self.tenant), rest)
        };
        opened().ok_or_else(|| unopened(place))
    }

    /// A key of its own for each purpose; knowing one tells nothing of another.
    pub(super) fn derive(&self, purpose: &[&str]) -> Result<Secret> {
        let mut key = Zeroizing::new([0_u8; 32]);
        let mut info = String::from("omb.derive.1");
        for part in purpose {
            info.push('\0');
            info.push_str(part);
        }
        Hkdf::<Sha256>::new(None, self.deriving.as_slice())
            .expand(info.as_bytes(), key.as_mut_slice())
            .map_err(|_| Error::Key { detail: "a key cannot be derived".into() })?;
        Ok(key)
    }

    /// The same text always gives the same sixteen bytes in one column of one tenant, and other ones elsewhere.
    pub(super) fn blind_index(&self, table: &str, column: &str, text: &str) -> Result<Vec<u8>> {
        let key = self.derive(&["blind-index", table, column])?;
        let mut mac = Hmac::<Sha256>::new_from_slice(key.as_slice())
            .map_err(|_| Error::Key { detail: "a derived key has the wrong length".into() })?;
        mac.update(text.as_bytes());
        Ok(mac.finalize().into_bytes()[..16].to_vec())
    }
}

/// Says where, never what.
pub(super) fn unopened(place: Place) -> Error {
    Error::Sealed { table: place.table, column: place.column, row: place.row }
}

impl fmt::Debug for TenantKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TenantKeys({})", self.tenant)
    }
}

/// Opens the sealed fields of the records a transaction reads.
#[derive(Clone)]
pub(crate) struct Opener(pub(super) Arc<TenantKeys>);

impl Opener {
    pub(crate) fn open_text(&self, place: Place, sealed: &[u8]) -> Result<String> {
        let plain = self.0.open(place, sealed)?;
        String::from_utf8(plain.to_vec()).map_err(|_| unopened(place))
    }
}
