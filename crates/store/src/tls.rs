//! TLS to PostgreSQL, as libpq's `sslmode` means it: TLS 1.2 or newer, or none at all; never less.
//!
//! Invariant: an address that names no `sslmode` is spoken to in the clear only where nobody listens between: on this
//! machine. Everywhere else encryption is required, and a server that offers none is refused.

#[cfg(test)]
mod tests;

use std::{fmt, net::IpAddr, path::Path, sync::Arc};

use percent_encoding::percent_decode_str;
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme,
    client::{
        WebPkiServerVerifier,
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    },
    crypto::{CryptoProvider, aws_lc_rs, verify_tls12_signature, verify_tls13_signature},
    pki_types::{CertificateDer, ServerName, UnixTime, pem::PemObject},
    version::{TLS12, TLS13},
};
use tokio_postgres::{
    Config,
    config::{Host, SslMode},
};
use tokio_postgres_rustls::MakeRustlsConnect;

/// How much is asked of the server's certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trust {
    /// Encrypted, and no more: whoever sits between could pose as the server.
    Anybody,
    /// Signed by a trusted authority (`verify-ca`, or `require` with `sslrootcert`).
    Authority,
    /// And made out to this host (`verify-full`).
    Host,
}

/// A PostgreSQL server, and how to speak to it.
#[derive(Clone)]
pub struct PostgresAddress {
    pub config: Config,
    trust: Trust,
    /// The file of the trusted authorities; the system's unless named.
    authorities: Option<String>,
}

/// Without the password.
impl fmt::Debug for PostgresAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PostgresAddress({:?}, {:?}, {:?})", self.config, self.trust, self.authorities)
    }
}

impl PostgresAddress {
    /// Reads an address. The driver knows `sslmode` `disable`, `prefer` and `require`; the rest is taken out before it
    /// reads. Answers what is wrong, without repeating the address, which may hold a password.
    pub(crate) fn parse(url: &str) -> Result<Self, String> {
        let (address, query) = url.split_once('?').unwrap_or((url, ""));
        let (mut mode, mut authorities, mut rest) = (None, None, Vec::new());
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let value = percent_decode_str(value).decode_utf8_lossy().into_owned();
            match name {
                "sslmode" => mode = Some(value),
                "sslrootcert" => authorities = Some(value).filter(|path| path != "system"),
                _ => rest.push(pair),
            }
        }
        let mark = if rest.is_empty() { "" } else { "?" };
        let mut config: Config = format!("{address}{mark}{}", rest.join("&"))
            .parse()
            .map_err(|_| "it is not a valid PostgreSQL address".to_owned())?;
        let local = is_local(&config);
        let (mode, trust) = match (mode.as_deref(), &authorities) {
            (Some("disable"), _) => (SslMode::Disable, Trust::Anybody),
            (Some("allow" | "prefer"), _) => (SslMode::Prefer, Trust::Anybody),
            (None, None) if local => (SslMode::Prefer, Trust::Anybody),
            (Some("require") | None, None) => (SslMode::Require, Trust::Anybody),
            (Some("verify-ca" | "require") | None, _) => (SslMode::Require, Trust::Authority),
            (Some("verify-full"), _) => (SslMode::Require, Trust::Host),
            (Some(_), _) => {
                return Err("sslmode is none of disable, prefer, require, verify-ca and verify-full".into());
            }
        };
        config.ssl_mode(mode);
        Ok(Self { config, trust, authorities })
    }

    /// What makes connections to it.
    pub(crate) fn connector(&self) -> Result<MakeRustlsConnect, String> {
        let provider = Arc::new(aws_lc_rs::default_provider());
        let authorities = match self.trust {
            Trust::Anybody => None,
            Trust::Authority | Trust::Host => {
                let roots = Arc::new(roots(self.authorities.as_deref())?);
                let verifier = WebPkiServerVerifier::builder_with_provider(roots, provider.clone()).build();
                Some(verifier.map_err(|e| format!("the trusted certificates cannot be used: {e}"))?)
            }
        };
        let verifier = Verifier { authorities, names_host: self.trust == Trust::Host, provider: provider.clone() };
        let config = ClientConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&TLS13, &TLS12])
            .map_err(|e| format!("TLS cannot be set up: {e}"))?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier))
            .with_no_client_auth();
        Ok(MakeRustlsConnect::new(config))
    }
}

/// Sockets of this machine and its loopback, which nobody else hears.
fn is_local(config: &Config) -> bool {
    let hosts = config.get_hosts().iter().all(|host| match host {
        #[cfg(unix)]
        Host::Unix(_) => true,
        Host::Tcp(name) => name == "localhost" || name.parse().is_ok_and(|ip: IpAddr| ip.is_loopback()),
    });
    hosts && config.get_hostaddrs().iter().all(IpAddr::is_loopback)
}

fn roots(file: Option<&str>) -> Result<RootCertStore, String> {
    let mut roots = RootCertStore::empty();
    match file {
        Some(path) => {
            let unreadable = |e: rustls::pki_types::pem::Error| {
                format!("sslrootcert {path} cannot be read: {e}. Name a file of certificates in PEM form.")
            };
            for certificate in CertificateDer::pem_file_iter(Path::new(path)).map_err(unreadable)? {
                roots.add(certificate.map_err(unreadable)?).map_err(|e| format!("sslrootcert {path}: {e}"))?;
            }
        }
        None => {
            roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        }
    }
    if roots.is_empty() {
        return Err("there is no trusted certificate to check the server by. Set sslrootcert to a file of them.".into());
    }
    Ok(roots)
}

/// Checks what was asked for, and always that whoever answers holds the key of the certificate it shows.
#[derive(Debug)]
struct Verifier {
    authorities: Option<Arc<WebPkiServerVerifier>>,
    names_host: bool,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        chain: &[CertificateDer<'_>],
        host: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let Some(authorities) = &self.authorities else { return Ok(ServerCertVerified::assertion()) };
        match authorities.verify_server_cert(certificate, chain, host, ocsp, now) {
            // The chain has been checked by the time the name is.
            Err(rustls::Error::InvalidCertificate(
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
            )) if !self.names_host => Ok(ServerCertVerified::assertion()),
            other => other,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, certificate, signature, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, certificate, signature, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
