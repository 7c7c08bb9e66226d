//! Secrets given out by us: 256 random bits, shown once, kept as their SHA-256. A plain digest is enough because there
//! is nothing to guess, and finding a row by it takes no comparison that a clock could watch.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use rand::{Rng, RngExt, distr::Alphanumeric};
use sha2::{Digest, Sha256};

/// A fresh secret and what is stored of it.
pub(crate) struct Secret {
    pub text: String,
    pub digest: Vec<u8>,
}

impl Secret {
    /// 43 characters that fit into a URL and a cookie.
    pub(crate) fn new() -> Self {
        let mut bytes = [0_u8; 32];
        rand::rng().fill_bytes(&mut bytes);
        Self::of(BASE64.encode(bytes))
    }

    /// An API key: `omb_` and 40 letters and digits (238 bits).
    pub(crate) fn api_key() -> Self {
        let random = rand::rng().sample_iter(Alphanumeric).take(40).map(char::from);
        Self::of("omb_".chars().chain(random).collect())
    }

    fn of(text: String) -> Self {
        let digest = digest(&text);
        Self { text, digest }
    }
}

/// SHA-256 of a secret as it was given out.
pub(crate) fn digest(text: &str) -> Vec<u8> {
    Sha256::digest(text).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_differ_and_have_their_shape() {
        let (one, two) = (Secret::new(), Secret::new());
        assert_ne!(one.text, two.text);
        assert_eq!((one.text.len(), one.digest.len()), (43, 32));
        assert_eq!(digest(&one.text), one.digest);
        let key = Secret::api_key().text;
        assert!(key.len() == 44 && key.starts_with("omb_") && key[4..].bytes().all(|b| b.is_ascii_alphanumeric()));
    }
}
