//! Signing secrets and signatures, by Standard Webhooks 1.0: HMAC-SHA256 over `id.timestamp.body`, in base64, named `v1`.
//! Two secrets that are good at once give two signatures, apart by a blank.
//!
//! Invariant: a secret has 32 random bytes, is shown with the prefix `whsec_`, and prints as nothing.

use base64::{Engine, prelude::BASE64_STANDARD as BASE64};
use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit, Mac};
use kernel::{Error, Result, Sealed};
use sha2::Sha256;

const PREFIX: &str = "whsec_";

/// A new secret as its owner is shown it.
pub fn new_secret() -> Sealed {
    let bytes: [u8; 32] = rand::random();
    Sealed::new(format!("{PREFIX}{}", BASE64.encode(bytes)))
}

/// One signature: `v1,…`. A secret is read with or without its prefix.
pub fn sign(secret: &Sealed, id: &str, at: DateTime<Utc>, body: &[u8]) -> Result<String> {
    let text = secret.reveal();
    let unreadable = |_| Error::internal("a signing secret cannot be read");
    let key = BASE64.decode(text.strip_prefix(PREFIX).unwrap_or(text)).map_err(unreadable)?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).map_err(|_| Error::internal("a signing secret is empty"))?;
    mac.update(format!("{id}.{}.", at.timestamp()).as_bytes());
    mac.update(body);
    Ok(format!("v1,{}", BASE64.encode(mac.finalize().into_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The vector of the specification's own libraries.
    #[test]
    fn the_published_vector_is_signed_as_published() {
        let at = DateTime::from_timestamp(1_614_265_330, 0).unwrap();
        for secret in ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"] {
            let signed = sign(&Sealed::new(secret), "msg_p5jXN8AQM9LWM0D4loKWxJek", at, br#"{"test": 2432232314}"#);
            assert_eq!(signed.unwrap(), "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        }
    }

    #[test]
    fn secrets_are_long_differ_and_print_as_nothing() {
        let (one, other) = (new_secret(), new_secret());
        assert_ne!(one, other);
        let key = BASE64.decode(one.reveal().strip_prefix("whsec_").unwrap()).unwrap();
        assert_eq!(key.len(), 32, "the specification wants 24 to 64 bytes");
        assert!(!format!("{one:?}").contains(&one.reveal()[6..]));
    }
}
