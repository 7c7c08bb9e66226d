//! Where the server is and how to speak to it, read from one URL.
//!
//! Invariant: settings that would send a password in the clear to another machine, or that name a sandbox where none
//! is allowed, cannot be built. No error repeats a part of the URL that may be secret.

use std::{net::IpAddr, path::Path};

use lettre::transport::smtp::{
    authentication::Credentials,
    client::{Certificate, TlsParameters},
    extension::ClientId,
};
use percent_encoding::percent_decode_str;
use thiserror::Error;
use url::{Host, Url};

/// What is wrong with an SMTP URL, and how to put it right.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SmtpConfigError {
    /// Not a URL at all.
    #[error("the SMTP URL cannot be read ({0}); write it like smtps://user:password@mail.example.com")]
    Url(String),
    /// Not `smtp` or `smtps`.
    #[error("the SMTP URL must start with smtp:// or smtps://, not {0}://")]
    Scheme(String),
    /// No host.
    #[error("the SMTP URL names no host; write it like smtps://user:password@mail.example.com")]
    HostMissing,
    /// An unknown `tls=`.
    #[error("tls={0} is unknown; use required, opportunistic or none (smtps:// is always encrypted)")]
    Tls(String),
    /// An unknown parameter.
    #[error("the SMTP URL parameter {0} is unknown; tls and ca_file are known")]
    Parameter(String),
    /// One of user name and password without the other, or not UTF-8.
    #[error("the SMTP URL needs both a user name and a password, or neither; encode special characters as %XX")]
    Credentials,
    /// A password, no encryption, another machine.
    #[error("this SMTP URL would send the password unencrypted over the network; use smtps:// or tls=required")]
    PasswordInClear,
    /// A name that no EHLO may carry.
    #[error("the path of the SMTP URL is the name given in EHLO and must be a host name")]
    HelloName,
    /// The private authority cannot be used.
    #[error("the certificates in ca_file cannot be used: {0}")]
    CaFile(String),
    /// A sandbox address in production.
    #[error("{0} can only be a sandbox, which delivers nothing; configure a real mail server")]
    Sandbox(String),
}

/// How the connection is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encryption {
    /// TLS from the first byte (RFC 8314).
    Implicit,
    /// STARTTLS or nothing.
    Required,
    /// STARTTLS where offered.
    Opportunistic,
    None,
}

pub(super) struct Settings {
    /// Host name, or an address without brackets.
    pub host: String,
    pub port: u16,
    pub encryption: Encryption,
    pub tls: TlsParameters,
    pub credentials: Option<Credentials>,
    pub hello_name: ClientId,
    pub allow_sandbox: bool,
    /// Whether bytes to this host stay on this machine.
    pub local: bool,
}

impl Settings {
    pub fn from_url(input: &str, allow_sandbox: bool) -> Result<Self, SmtpConfigError> {
        let url = Url::parse(input).map_err(|error| SmtpConfigError::Url(error.to_string()))?;
        let host = match url.host() {
            // For a scheme that is not of the web, `url` leaves a literal IPv4 address as a name.
            Some(Host::Domain(name)) if !name.is_empty() => ascii_host(name)?,
            Some(Host::Ipv4(address)) => address.to_string(),
            Some(Host::Ipv6(address)) => address.to_string(),
            _ => return Err(SmtpConfigError::HostMissing),
        };
        if !allow_sandbox && is_sandbox_name(&host) {
            return Err(SmtpConfigError::Sandbox(host));
        }
        let (tls_word, ca_file) = parameters(&url)?;
        let encryption = encryption(url.scheme(), tls_word.as_deref())?;
        let default_port = if encryption == Encryption::Implicit { 465 } else { 587 };
        let credentials = credentials(&url)?;
        let local = is_this_machine(&host);
        if credentials.is_some() && encryption == Encryption::None && !local {
            return Err(SmtpConfigError::PasswordInClear);
        }
        Ok(Self {
            port: url.port().unwrap_or(default_port),
            encryption,
            tls: tls_parameters(&host, ca_file.as_deref())?,
            credentials,
            hello_name: hello_name(&url)?,
            allow_sandbox,
            local,
            host,
        })
    }
}

/// A name under `.invalid` (RFC 2606 section 2) cannot belong to a real server; the sandbox calls itself by one.
pub(super) fn is_sandbox_name(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    name == "invalid" || name.ends_with(".invalid")
}

fn is_this_machine(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost") || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn ascii_host(name: &str) -> Result<String, SmtpConfigError> {
    let decoded = percent_decode_str(name).decode_utf8().map_err(|_| SmtpConfigError::HostMissing)?;
    Ok(match Host::parse(&decoded).map_err(|error| SmtpConfigError::Url(error.to_string()))? {
        Host::Domain(domain) => domain,
        Host::Ipv4(address) => address.to_string(),
        Host::Ipv6(address) => address.to_string(),
    })
}

fn parameters(url: &Url) -> Result<(Option<String>, Option<String>), SmtpConfigError> {
    let (mut tls, mut ca_file) = (None, None);
    for (name, value) in url.query_pairs() {
        match name.as_ref() {
            "tls" => tls = Some(value.into_owned()),
            "ca_file" => ca_file = Some(value.into_owned()),
            _ => return Err(SmtpConfigError::Parameter(name.into_owned())),
        }
    }
    Ok((tls, ca_file))
}

fn encryption(scheme: &str, tls: Option<&str>) -> Result<Encryption, SmtpConfigError> {
    match (scheme, tls) {
        ("smtps", None | Some("required")) => Ok(Encryption::Implicit),
        ("smtp", None | Some("required")) => Ok(Encryption::Required),
        ("smtp", Some("opportunistic")) => Ok(Encryption::Opportunistic),
        ("smtp", Some("none")) => Ok(Encryption::None),
        ("smtp" | "smtps", Some(other)) => Err(SmtpConfigError::Tls(other.to_owned())),
        (other, _) => Err(SmtpConfigError::Scheme(other.to_owned())),
    }
}

fn credentials(url: &Url) -> Result<Option<Credentials>, SmtpConfigError> {
    let decode = |text: &str| {
        percent_decode_str(text).decode_utf8().map(|text| text.into_owned()).map_err(|_| SmtpConfigError::Credentials)
    };
    match (url.username(), url.password()) {
        ("", None) => Ok(None),
        ("", Some(_)) | (_, None | Some("")) => Err(SmtpConfigError::Credentials),
        (user, Some(password)) => Ok(Some(Credentials::new(decode(user)?, decode(password)?))),
    }
}

fn hello_name(url: &Url) -> Result<ClientId, SmtpConfigError> {
    let name = url.path().trim_matches('/');
    if name.is_empty() {
        return Ok(ClientId::default());
    }
    let is_host_name = name.len() <= 253 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.');
    if is_host_name { Ok(ClientId::Domain(name.to_owned())) } else { Err(SmtpConfigError::HelloName) }
}

fn tls_parameters(host: &str, ca_file: Option<&str>) -> Result<TlsParameters, SmtpConfigError> {
    let unusable = |reason: String| SmtpConfigError::CaFile(reason);
    let mut builder = TlsParameters::builder(host.to_owned());
    if let Some(path) = ca_file {
        let pem = std::fs::read(Path::new(path)).map_err(|error| unusable(format!("{path}: {error}")))?;
        let certificate = Certificate::from_pem(&pem).map_err(|error| unusable(format!("{path}: {error}")))?;
        builder = builder.add_root_certificate(certificate);
    }
    builder.build().map_err(|error| unusable(error.to_string()))
}

#[cfg(test)]
mod tests;
