//! Verifying a message, by Standard Webhooks 1.0.

use base64::{Engine, prelude::BASE64_STANDARD};
use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit, Mac};
use serde::Serialize;
use sha2::Sha256;

/// How far a timestamp may be from the clock, in seconds.
const TOLERANCE: i64 = 300;

/// A message with its headers, empty where one is absent.
pub(crate) struct Offered<'a> {
    pub id: &'a str,
    pub timestamp: &'a str,
    pub signatures: &'a str,
    pub body: &'a [u8],
}

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Verdict {
    /// One of its signatures is that of the inbox's secret.
    Verified,
    /// The inbox has no secret.
    Unchecked,
    /// A header is missing or malformed.
    Malformed,
    /// The timestamp is more than five minutes away.
    Stale,
    /// None of its signatures fits.
    Forged,
}

impl Verdict {
    pub(crate) fn words(self) -> &'static str {
        match self {
            Verdict::Verified => "signature verified",
            Verdict::Unchecked => "signature not checked: this inbox has no secret",
            Verdict::Malformed => "headers missing or malformed",
            Verdict::Stale => "timestamp too far from now",
            Verdict::Forged => "signature does not fit",
        }
    }
}

pub(super) fn verify(secret: &str, now: DateTime<Utc>, offered: &Offered<'_>) -> Verdict {
    if offered.id.is_empty() || offered.id.contains('.') || offered.signatures.is_empty() {
        return Verdict::Malformed;
    }
    let Ok(timestamp) = offered.timestamp.parse::<i64>() else { return Verdict::Malformed };
    if secret.is_empty() {
        return Verdict::Unchecked;
    }
    if now.timestamp().abs_diff(timestamp) > TOLERANCE.unsigned_abs() {
        return Verdict::Stale;
    }
    let Ok(key) = BASE64_STANDARD.decode(secret.trim_start_matches("whsec_")) else { return Verdict::Forged };
    let fits = |signature: &str| {
        let Some(sent) = signature.strip_prefix("v1,").and_then(|text| BASE64_STANDARD.decode(text).ok()) else {
            return false;
        };
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&key) else { return false };
        for part in [offered.id.as_bytes(), b".", offered.timestamp.as_bytes(), b".", offered.body] {
            mac.update(part);
        }
        // Compares in constant time.
        mac.verify_slice(&sent).is_ok()
    };
    if offered.signatures.split(' ').any(fits) { Verdict::Verified } else { Verdict::Forged }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    fn found(id: &str, timestamp: &str, signatures: &str, body: &[u8], now: i64) -> Verdict {
        let now = DateTime::from_timestamp(now, 0).unwrap();
        verify(SECRET, now, &Offered { id, timestamp, signatures, body })
    }

    #[test]
    fn the_published_vector_is_verified_and_nothing_else_is() {
        let (id, at, body) = ("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", br#"{"test": 2432232314}"# as &[u8]);
        let good = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
        assert_eq!(found(id, at, good, body, 1_614_265_330), Verdict::Verified);
        let several = format!("v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc= v1a,x {good}");
        assert_eq!(found(id, at, &several, body, 1_614_265_400), Verdict::Verified);
        assert_eq!(found(id, at, good, br#"{"test": 2432232315}"#, 1_614_265_330), Verdict::Forged);
        assert_eq!(found("msg_other", at, good, body, 1_614_265_330), Verdict::Forged);
        assert_eq!(found(id, at, &good.replace("OE=", "OA="), body, 1_614_265_330), Verdict::Forged);
        assert_eq!(found(id, at, "v1,", body, 1_614_265_330), Verdict::Forged);
        assert_eq!(found(id, at, good, body, 1_614_265_330 + 301), Verdict::Stale);
        assert_eq!(found(id, at, good, body, 1_614_265_330 - 301), Verdict::Stale);
        assert_eq!(found("", at, good, body, 1_614_265_330), Verdict::Malformed);
        assert_eq!(found(id, "soon", good, body, 1_614_265_330), Verdict::Malformed);
        assert_eq!(found(id, at, "", body, 1_614_265_330), Verdict::Malformed);
    }
}
