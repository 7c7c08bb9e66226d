//! A page's stamp: when it was shown, bound to its form and to the page's own number by a keyed digest, so that nobody
//! makes one and none serves another form.

use chrono::{DateTime, TimeDelta, Utc};
use hmac::{Hmac, KeyInit, Mac};
use kernel::id::Id;
use sha2::Sha256;

use crate::form::FormId;

/// Faster than this nobody reads a form.
const FAST: TimeDelta = TimeDelta::seconds(3);
/// Somebody may leave a page open over night, and hardly longer.
const OLD: TimeDelta = TimeDelta::hours(24);

/// What a stamp says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Age {
    Fine,
    Fast,
    Old,
    /// It is not of ours, of another form, of another page, or of the future.
    Forged,
}

/// Sixteen bytes of HMAC-SHA-256 as hex, of parts that cannot run into each other.
pub(crate) fn keyed(key: &[u8; 32], parts: &[&str]) -> String {
    hex::encode(digest(key, parts).finalize().into_bytes().get(..16).unwrap_or_default())
}

fn digest(key: &[u8; 32], parts: &[&str]) -> Hmac<Sha256> {
    let mut block = [0; 64];
    block[..32].copy_from_slice(key);
    let mut mac = Hmac::<Sha256>::new(&block.into());
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part.as_bytes());
    }
    mac
}

/// A stamp for a page that is shown now.
pub(crate) fn stamp(key: &[u8; 32], form: FormId, once: &str, now: DateTime<Utc>) -> String {
    let at = now.timestamp().to_string();
    let mac = keyed(key, &["stamp", &form.uuid().simple().to_string(), once, &at]);
    format!("{at}.{mac}")
}

/// Reads a stamp that came back.
pub(crate) fn age(key: &[u8; 32], form: FormId, once: &str, stamp: &str, now: DateTime<Utc>) -> Age {
    let read = || {
        let (at, mac) = stamp.split_once('.')?;
        let shown = DateTime::from_timestamp(at.parse().ok()?, 0)?;
        let mut given = [0; 16];
        hex::decode_to_slice(mac, &mut given).ok()?;
        let parts = ["stamp", &form.uuid().simple().to_string(), once, at];
        digest(key, &parts).verify_truncated_left(&given).ok()?;
        Some(now - shown)
    };
    match read() {
        None => Age::Forged,
        // The nodes' clocks may differ by a little.
        Some(age) if age < TimeDelta::seconds(-60) => Age::Forged,
        Some(age) if age < FAST => Age::Fast,
        Some(age) if age > OLD => Age::Old,
        Some(_) => Age::Fine,
    }
}
