//! Sending something to an address that somebody typed: webhooks now, and whatever later fetches from or calls an address
//! of a tenant's choice.
//!
//! Invariant: whoever chose the address gains nothing by it that they could not reach by themselves. A [`FetchUrl`] names
//! no machine of ours, and a provider connects only to an address that [`Reach::allows`], namely the very one it checked.
//!
//! Refuses: following redirects, reading an answer beyond the limit, proxies from the environment.

mod address;
mod url;

use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use thiserror::Error;

pub use address::{AddressRefused, Reach};
pub use url::{FetchUrl, UrlRefused};

/// One call. It is a POST of JSON.
#[derive(Debug, Clone)]
pub struct Post {
    pub url: FetchUrl,
    /// Names in lower case and values; what does not make a header is refused by the provider.
    pub headers: Vec<(&'static str, String)>,
    pub body: Bytes,
    /// From the first look at the name to the last byte of the answer.
    pub timeout: Duration,
    /// Bytes of the answer that are read at most; the rest is left unread.
    pub most: usize,
}

/// What came back. The status decides; what of the body could be read is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    /// `Retry-After` in seconds, where it was given as such.
    pub retry_after: Option<Duration>,
    pub body: Vec<u8>,
}

/// Why there is no answer. Says nothing of what stands behind the address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum FetchError {
    #[error("the name leads to an address that is not open to the public")]
    AddressRefused,
    #[error("the name has no address")]
    NameUnknown,
    #[error("nothing answers there")]
    Unreachable,
    #[error("no answer in time")]
    Timeout,
    #[error("the connection ended before the answer")]
    Interrupted,
}

/// Something that reaches the outside.
#[async_trait]
pub trait Fetch: Send + Sync {
    /// Which addresses it connects to.
    fn reach(&self) -> Reach;

    /// Calls once. Never retries and never follows a redirect.
    ///
    /// # Errors
    /// [`FetchError`] where no status came back. The other side may have acted on the call all the same, except for
    /// [`FetchError::AddressRefused`] and [`FetchError::NameUnknown`].
    async fn post(&self, post: Post) -> Result<Answer, FetchError>;
}
