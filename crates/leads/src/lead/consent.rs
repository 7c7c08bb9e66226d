//! What somebody agreed to, as evidence: the words, which version of them, when and from where.
//!
//! Invariant: the digest is that of the words kept beside it. A receipt is written once.

use chrono::{DateTime, TimeDelta, Utc};
use crm::{contact::consent::ConsentChannel, field};
use kernel::{Error, Result};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

/// What was agreed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ConsentReceipt {
    /// Word for word, as it was shown.
    #[schema(example = "I agree that Talleres Aurora writes to me about my request.")]
    pub text: String,
    /// Which version of the text.
    #[schema(example = "2")]
    pub version: String,
    /// SHA-256 of the text in UTF-8, as hex.
    pub digest: String,
    pub given_at: DateTime<Utc>,
    /// The page, or what else it was given by.
    #[schema(example = "https://talleres.example/contact")]
    pub given_from: String,
    /// By which they agreed to be reached; none: for what they asked, and nothing else.
    #[serde(default)]
    pub channels: Vec<ConsentChannel>,
}

/// A consent that somebody else has taken and passes on.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GivenConsent {
    /// Word for word, as it was shown.
    #[schema(example = "I agree that Talleres Aurora writes to me about my request.")]
    pub text: String,
    #[schema(example = "2")]
    pub version: String,
    /// Now unless given.
    #[serde(default)]
    pub given_at: Option<DateTime<Utc>>,
    /// The page, or what else it was given by.
    #[schema(example = "https://talleres.example/contact")]
    pub given_from: String,
    /// By which they agreed to be reached; none: for what they asked, and nothing else.
    #[serde(default)]
    pub channels: Vec<ConsentChannel>,
}

pub fn digest(text: &str) -> String {
    hex::encode(Sha256::digest(text.as_bytes()))
}

/// Reads a consent that is passed on.
pub(super) fn receipt(given: GivenConsent, now: DateTime<Utc>) -> Result<ConsentReceipt> {
    let needed = |field: &str, value: Option<String>| {
        value.ok_or_else(|| {
            Error::invalid(field, "required", "Say what was agreed to: the text, its version, and where it was given.")
        })
    };
    let text = needed("consent.text", field::text("consent.text", Some(&given.text), 5_000)?)?;
    let version = needed("consent.version", field::line("consent.version", Some(&given.version), 60)?)?;
    let given_from = needed("consent.given_from", field::line("consent.given_from", Some(&given.given_from), 500)?)?;
    let given_at = given.given_at.unwrap_or(now);
    if given_at > now + TimeDelta::minutes(5) {
        return Err(Error::invalid("consent.given_at", "date_in_future", "A consent was given in the past."));
    }
    let mut channels = given.channels;
    channels.sort_unstable();
    channels.dedup();
    Ok(ConsentReceipt { digest: digest(&text), text, version, given_at, given_from, channels })
}
