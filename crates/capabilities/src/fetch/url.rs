//! An address to fetch from, as somebody typed it.
//!
//! Spellings of numbers (`0x7f.1`, `2130706433`) are read as the URL standard reads them, so that they are checked as
//! the address a connection would be made to.

use std::fmt;

use thiserror::Error;
use url::{Host, Url};

use super::Reach;

/// An address that a fetch may be sent to. The name it holds is resolved, and checked again, for each call.
#[derive(Clone, PartialEq, Eq)]
pub struct FetchUrl(Url);

/// Why an address is not taken; the sentence is for who typed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum UrlRefused {
    #[error("This is not a web address. Write it like https://example.com/hooks.")]
    Shape,
    #[error("The address is too long: 2000 characters are the limit.")]
    TooLong,
    #[error("The address must begin with https://, so that nobody on the way can read what is sent.")]
    NotHttps,
    #[error("The address may hold no user name and password. The signature proves who sends.")]
    Credentials,
    #[error("The address may have no part behind #: it is never sent.")]
    Fragment,
    #[error("This address is not open to the public. Use one that can be reached from the internet.")]
    Inner,
    #[error("This port is not used for the web. Use 80, 443, or one from 8000 on.")]
    Port,
}

impl UrlRefused {
    /// A stable code.
    pub fn code(self) -> &'static str {
        match self {
            UrlRefused::Shape => "url_malformed",
            UrlRefused::TooLong => "too_long",
            UrlRefused::NotHttps => "url_not_https",
            UrlRefused::Credentials => "url_with_credentials",
            UrlRefused::Fragment => "url_with_fragment",
            UrlRefused::Inner => "url_not_public",
            UrlRefused::Port => "url_port",
        }
    }
}

const LONGEST: usize = 2000;

impl FetchUrl {
    /// Reads and checks it.
    ///
    /// # Errors
    /// [`UrlRefused`], by the first rule that it breaks.
    pub fn parse(text: &str, reach: Reach) -> Result<Self, UrlRefused> {
        let text = text.trim();
        if text.len() > LONGEST {
            return Err(UrlRefused::TooLong);
        }
        let url = Url::parse(text).map_err(|_| UrlRefused::Shape)?;
        match url.scheme() {
            "https" => {}
            "http" if reach == Reach::PublicAndLoopback => {}
            "http" => return Err(UrlRefused::NotHttps),
            _ => return Err(UrlRefused::Shape),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(UrlRefused::Credentials);
        }
        if url.fragment().is_some() {
            return Err(UrlRefused::Fragment);
        }
        if !matches!(url.port_or_known_default(), Some(80 | 443 | 8000..)) {
            return Err(UrlRefused::Port);
        }
        let found = Self(url);
        found.check(reach).map(|()| found)
    }

    /// Asks once more whether the host is the public's, as far as can be said without resolving it.
    ///
    /// # Errors
    /// [`UrlRefused::Inner`] if not, [`UrlRefused::Shape`] without a host.
    pub fn check(&self, reach: Reach) -> Result<(), UrlRefused> {
        let address = match self.0.host().ok_or(UrlRefused::Shape)? {
            Host::Ipv4(v4) => v4.into(),
            Host::Ipv6(v6) => v6.into(),
            Host::Domain(name) => return if is_public(name, reach) { Ok(()) } else { Err(UrlRefused::Inner) },
        };
        reach.allows(address).map_err(|_| UrlRefused::Inner)
    }

    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

/// Names that never belong to the public (RFC 6761, RFC 6762, RFC 8375), and names of one word, which are the inner
/// network's.
fn is_public(name: &str, reach: Reach) -> bool {
    let name = name.trim_end_matches('.');
    let last = name.rsplit('.').next().unwrap_or_default();
    if last == "localhost" {
        return reach == Reach::PublicAndLoopback;
    }
    let inner = ["local", "internal", "localdomain", "lan", "home", "corp", "arpa", "onion"];
    name.contains('.') && !inner.contains(&last)
}

impl fmt::Debug for FetchUrl {
    /// The path may hold a secret of the other side.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FetchUrl({})", self.0.host_str().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_taken_or_refused_by_these_rules() {
        use UrlRefused::*;
        for (text, wanted) in [
            ("https://example.com/hooks?a=b", None),
            (" https://example.com ", None),
            ("https://example.com:8443/", None),
            ("https://example.com:80/", None),
            ("https://8.8.8.8/", None),
            ("https://bücher.example/", None),
            ("", Some(Shape)),
            ("example.com/hooks", Some(Shape)),
            ("ftp://example.com/", Some(Shape)),
            ("file:///etc/passwd", Some(Shape)),
            ("gopher://example.com", Some(Shape)),
            ("https://", Some(Shape)),
            ("http://example.com/", Some(NotHttps)),
            ("https://user@example.com/", Some(Credentials)),
            ("https://user:word@example.com/", Some(Credentials)),
            ("https://example.com/#part", Some(Fragment)),
            ("https://example.com:22/", Some(Port)),
            ("https://example.com:5432/", Some(Port)),
            ("https://example.com:7999/", Some(Port)),
            ("https://localhost/", Some(Inner)),
            ("https://a.localhost./", Some(Inner)),
            ("https://intranet/", Some(Inner)),
            ("https://printer.local/", Some(Inner)),
            ("https://metadata.google.internal/", Some(Inner)),
            ("https://127.0.0.1/", Some(Inner)),
            ("https://2130706433/", Some(Inner)),
            ("https://0x7f.1/", Some(Inner)),
            ("https://0177.0.0.1/", Some(Inner)),
            ("https://127.1/", Some(Inner)),
            ("https://0/", Some(Inner)),
            ("https://[::1]/", Some(Inner)),
            ("https://[::ffff:10.0.0.1]/", Some(Inner)),
            ("https://[64:ff9b::a00:1]/", Some(Inner)),
            ("https://169.254.169.254/latest/meta-data", Some(Inner)),
            ("https://１２７.0.0.1/", Some(Inner)),
        ] {
            assert_eq!(FetchUrl::parse(text, Reach::Public).err(), wanted, "{text}");
        }
        let long = format!("https://example.com/{}", "a".repeat(2000));
        assert_eq!(FetchUrl::parse(&long, Reach::Public).err(), Some(TooLong));
    }

    #[test]
    fn the_sandbox_may_be_reached_where_it_is_allowed() {
        for text in ["http://127.0.0.1:8080/x", "http://localhost:8080/x", "http://[::1]:9000/"] {
            assert!(FetchUrl::parse(text, Reach::PublicAndLoopback).is_ok(), "{text}");
            assert!(FetchUrl::parse(text, Reach::Public).is_err(), "{text}");
        }
        for text in ["http://10.0.0.1/", "http://192.168.0.1:8080/", "http://169.254.169.254/"] {
            assert_eq!(FetchUrl::parse(text, Reach::PublicAndLoopback).err(), Some(UrlRefused::Inner), "{text}");
        }
    }

    #[test]
    fn what_is_shown_of_it_by_accident_is_its_host() {
        let url = FetchUrl::parse("https://example.com/secret?token=1", Reach::Public).unwrap();
        assert_eq!(format!("{url:?}"), "FetchUrl(example.com)");
    }
}
