//! Web addresses and domains.

use super::email::is_domain;
use super::{EMPTY, ValueError};

const SCHEME: ValueError = ValueError::new(
    "website_scheme",
    "A web address begins with http:// or https://, or is a domain such as example.com.",
);
const INVALID: ValueError = ValueError::new("website_invalid", "This is not a web address such as example.com.");

pub(super) const REASONS: &[ValueError] = &[SCHEME, INVALID];

/// A web address and the domain it lies on.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Website {
    /// With its scheme (https when none was given) and its host in lower case.
    pub url: String,
    /// The host without `www.`: what identifies a company.
    pub domain: String,
}

/// Reads `example.com`, `www.example.com/shop` or a whole address.
///
/// # Errors
/// `empty`; `website_scheme` for anything but http and https (`javascript:` for one); `website_invalid` for blanks, user
/// names, hosts that are no domain, more than 2,000 characters.
pub fn website(cell: &str) -> Result<Website, ValueError> {
    let cell = cell.trim();
    if cell.is_empty() {
        return Err(EMPTY);
    }
    let (scheme, rest) = match cell.split_once("://") {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("https") => ("https", rest),
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("http") => ("http", rest),
        Some((scheme, _)) if scheme.bytes().all(|b| b.is_ascii_alphanumeric()) => return Err(SCHEME),
        _ => ("https", cell),
    };
    if cell.len() > 2000 || rest.contains(|c: char| c.is_whitespace() || c.is_control() || "\"<>\\^`{}|".contains(c)) {
        return Err(INVALID);
    }
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let (host, port) = match authority.split_once(':') {
        Some((host, port)) if port.parse::<u16>().is_ok_and(|port| port > 0) => (host, format!(":{port}")),
        Some((_, port)) if !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()) => return Err(INVALID),
        Some(_) => return Err(SCHEME),
        None => (authority, String::new()),
    };
    let host = host.trim_end_matches('.').to_lowercase();
    if !is_domain(&host) {
        return Err(INVALID);
    }
    let path = if path == "/" { "" } else { path };
    let domain = host.strip_prefix("www.").filter(|rest| is_domain(rest)).unwrap_or(&host).to_owned();
    Ok(Website { url: format!("{scheme}://{host}{port}{path}"), domain })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_domains_are_read() {
        for (cell, url, domain) in [
            ("example.com", "https://example.com", "example.com"),
            (" WWW.Example.com/ ", "https://www.example.com", "example.com"),
            ("http://shop.Example.co.uk/a?b=C#d", "http://shop.example.co.uk/a?b=C#d", "shop.example.co.uk"),
            ("https://example.com:8443/x", "https://example.com:8443/x", "example.com"),
            ("www.com", "https://www.com", "www.com"),
        ] {
            let read = website(cell).unwrap();
            assert_eq!((read.url.as_str(), read.domain.as_str()), (url, domain), "{cell}");
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for (cell, code) in [
            ("", "empty"),
            ("javascript:alert(1)", "website_scheme"),
            ("ftp://example.com", "website_scheme"),
            ("ana@example.com", "website_invalid"),
            ("https://user@example.com", "website_invalid"),
            ("not a site", "website_invalid"),
            ("localhost", "website_invalid"),
            ("example.com:99999", "website_invalid"),
            ("example.com/\"><script>", "website_invalid"),
            ("10.0.0.1", "website_invalid"),
        ] {
            assert_eq!(website(cell).map_err(|e| e.code), Err(code), "{cell}");
        }
    }
}
