//! A master key, and how a file of them is written. One line each: id, when it was made, what it is used for, and the
//! key. The id is a digest of the key, so that a damaged key is noticed before anything is tried with it.

use std::{fmt, sync::Arc};

use base64::{Engine, prelude::BASE64_STANDARD_NO_PAD as BASE64};
use chrono::{DateTime, SecondsFormat, Utc};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::cipher::{self, Secret};

/// What a master key is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MasterKeyState {
    /// Wraps new keys, and opens what it wrapped.
    Current,
    /// Opens what it wrapped, until nothing is.
    Retiring,
}

impl MasterKeyState {
    pub const fn as_str(self) -> &'static str {
        match self {
            MasterKeyState::Current => "current",
            MasterKeyState::Retiring => "retiring",
        }
    }
}

/// A master key without the key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MasterKeyInfo {
    /// `mk_` and sixteen hexadecimal digits.
    pub id: String,
    pub created_at: DateTime<Utc>,
    pub state: MasterKeyState,
}

#[derive(Clone)]
pub(crate) struct MasterKey {
    pub info: MasterKeyInfo,
    pub secret: Arc<Secret>,
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MasterKey({})", self.info.id)
    }
}

const PREAMBLE: &str = "\
# Master key of OMB Cloud. With it, the keys of every workspace in the database can be opened; without it, what is
# sealed in the database cannot be read by anybody, and nobody can make it again.
# Keep a copy in a safe place, apart from the backups of the database. Keep it readable by this user only (mode 0600).
# Written by omb: change it with `omb keys rotate`, look at it with `omb keys list`.
";

impl MasterKey {
    pub(crate) fn new(created_at: DateTime<Utc>) -> Self {
        Self::of(cipher::random(), created_at, MasterKeyState::Current)
    }

    fn of(secret: Secret, created_at: DateTime<Utc>, state: MasterKeyState) -> Self {
        let digest = Sha256::new().chain_update(b"omb.master-key.1").chain_update(secret.as_slice()).finalize();
        let id = format!("mk_{}", hex::encode(&digest[..8]));
        Self { info: MasterKeyInfo { id, created_at, state }, secret: Arc::new(secret) }
    }
}

/// The text of a file with these keys.
pub(crate) fn write(keys: &[MasterKey]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(1024));
    text.push_str(PREAMBLE);
    for MasterKey { info, secret } in keys {
        let at = info.created_at.to_rfc3339_opts(SecondsFormat::Secs, true);
        let key = Zeroizing::new(BASE64.encode(secret.as_slice()));
        text.push_str(&info.id);
        for word in [at.as_str(), info.state.as_str(), key.as_str()] {
            text.push(' ');
            text.push_str(word);
        }
        text.push('\n');
    }
    text
}

/// Reads a file; answers what is wrong with it otherwise, never repeating what stands in it.
pub(crate) fn read(text: &str) -> Result<Vec<MasterKey>, String> {
    let mut keys: Vec<MasterKey> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let key = parse(line).ok_or_else(|| format!("line {number} is no master key, or it is damaged"))?;
        if keys.iter().any(|k| k.info.id == key.info.id) {
            return Err(format!("line {number} repeats a key"));
        }
        keys.push(key);
    }
    match keys.iter().filter(|k| k.info.state == MasterKeyState::Current).count() {
        1 => Ok(keys),
        0 => Err("it holds no current key".into()),
        n => Err(format!("it holds {n} current keys, and one is wanted")),
    }
}

fn parse(line: &str) -> Option<MasterKey> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let [id, at, state, key] = words.as_slice() else { return None };
    let state = match *state {
        "current" => MasterKeyState::Current,
        "retiring" => MasterKeyState::Retiring,
        _ => return None,
    };
    let bytes = Zeroizing::new(BASE64.decode(key).ok()?);
    let secret = Zeroizing::new(<[u8; 32]>::try_from(bytes.as_slice()).ok()?);
    let created_at = DateTime::parse_from_rfc3339(at).ok()?.to_utc();
    Some(MasterKey::of(secret, created_at, state)).filter(|key| key.info.id == *id)
}
