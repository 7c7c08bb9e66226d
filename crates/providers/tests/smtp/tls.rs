//! Encryption: asked for, checked, and never silently left out.

use std::sync::Arc;

use capabilities::{
    Outcome,
    mail::{CheckError, MailTransport},
};
use providers::smtp::SmtpTransport;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::TcpListener,
    sync::mpsc::unbounded_channel,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
    },
};

use crate::{
    mails::plain,
    scripted::{Answer, Content, ENVELOPE, HELLO, Step, play, serve},
};

const AUTH: Step = Answer("EHLO", "250-localhost\r\n250 AUTH PLAIN");

/// A server with a certificate for `localhost`, and the file of the authority that signed it.
struct Encrypted {
    port: u16,
    folder: TempDir,
}

impl Encrypted {
    /// `starttls`: first in the clear, then upgraded. Serves as many connections as there are scripts.
    async fn start(starttls: bool, scripts: Vec<Vec<Step>>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let acceptor = acceptor(&folder);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move {
            for script in scripts {
                let (mut stream, _) = listener.accept().await.unwrap();
                if starttls {
                    stream.write_all(b"220 localhost ESMTP\r\n").await.unwrap();
                    let mut clear = BufReader::new(&mut stream);
                    for answer in ["250-localhost\r\n250 STARTTLS\r\n", "220 2.0.0 ready\r\n"] {
                        clear.read_line(&mut String::new()).await.unwrap();
                        clear.write_all(answer.as_bytes()).await.unwrap();
                    }
                }
                let acceptor = acceptor.clone();
                let (tell, _heard) = unbounded_channel();
                tokio::spawn(async move {
                    // A client that does not trust the certificate leaves here.
                    if let Ok(secured) = acceptor.accept(stream).await {
                        play(BufReader::new(secured), script, tell).await;
                    }
                });
            }
        });
        Self { port, folder }
    }

    fn transport(&self, scheme: &str, query: &str, trusted: bool) -> SmtpTransport {
        let ca = self.folder.path().join("ca.pem");
        let ca = if trusted { format!("&ca_file={}", ca.display()) } else { String::new() };
        let url = format!("{scheme}://ana:secret@localhost:{}?{query}{ca}", self.port);
        SmtpTransport::from_url(&url, true).unwrap()
    }
}

fn acceptor(folder: &TempDir) -> TlsAcceptor {
    let mut authority = CertificateParams::new(vec![]).unwrap();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate().unwrap()).unwrap();
    std::fs::write(folder.path().join("ca.pem"), authority.pem()).unwrap();
    let key = KeyPair::generate().unwrap();
    let certificate =
        CertificateParams::new(vec!["localhost".to_owned()]).unwrap().signed_by(&key, &authority).unwrap();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let config = ServerConfig::builder().with_no_client_auth().with_single_cert(vec![certificate.der().clone()], key);
    TlsAcceptor::from(Arc::new(config.unwrap()))
}

fn signed_in() -> Vec<Step> {
    [&[AUTH, Answer("AUTH PLAIN", "235 ok")], &ENVELOPE[..], &[Content("250 ok")]].concat()
}

#[tokio::test]
async fn starttls_carries_login_and_mail_encrypted() {
    for query in ["tls=required", "tls=opportunistic"] {
        let server = Encrypted::start(true, vec![signed_in()]).await;
        let outcome = server.transport("smtp", query, true).send(&plain(&["ana@example.com"])).await;
        assert!(matches!(outcome, Outcome::Done(_)), "{query}: {outcome:?}");
    }
    let login = vec![AUTH, Answer("AUTH PLAIN", "235 ok"), Answer("QUIT", "221 bye")];
    let server = Encrypted::start(true, vec![login]).await;
    let report = server.transport("smtp", "tls=required", true).check().await.unwrap();
    assert!(report.encrypted && report.authenticated);
}

#[tokio::test]
async fn implicit_tls_carries_login_and_mail_encrypted() {
    let script = [&HELLO[..1], &signed_in()].concat();
    let server = Encrypted::start(false, vec![script]).await;
    let outcome = server.transport("smtps", "tls=required", true).send(&plain(&["ana@example.com"])).await;
    assert!(matches!(outcome, Outcome::Done(_)), "{outcome:?}");
}

#[tokio::test]
async fn a_certificate_nobody_vouches_for_is_not_taken() {
    for (scheme, starttls) in [("smtp", true), ("smtps", false)] {
        let server = Encrypted::start(starttls, vec![signed_in(), signed_in()]).await;
        let transport = server.transport(scheme, "tls=required", false);
        let outcome = transport.send(&plain(&["ana@example.com"])).await;
        assert!(
            matches!(&outcome, Outcome::Reconnect { reason } if reason.contains("certificate")),
            "{scheme}: {outcome:?}"
        );
        let error = transport.check().await.unwrap_err();
        assert!(matches!(error, CheckError::Tls { .. }), "{scheme}: {error:?}");
    }
}

#[tokio::test]
async fn a_certificate_for_another_name_is_not_taken() {
    let server = Encrypted::start(true, vec![signed_in()]).await;
    let ca = server.folder.path().join("ca.pem");
    let url = format!("smtp://127.0.0.1:{}?ca_file={}", server.port, ca.display());
    let error = SmtpTransport::from_url(&url, true).unwrap().check().await.unwrap_err();
    assert!(matches!(error, CheckError::Tls { .. }), "{error:?}");
}

#[tokio::test]
async fn required_encryption_that_is_not_offered_sends_nothing() {
    let mut server = serve(vec![HELLO.to_vec(), HELLO.to_vec()]).await;
    let transport = server.transport_for("ana:secret@", "?tls=required");
    let outcome = transport.send(&plain(&["ana@example.com"])).await;
    assert!(matches!(&outcome, Outcome::Reconnect { reason } if reason.contains("STARTTLS")), "{outcome:?}");
    assert!(matches!(transport.check().await, Err(CheckError::Tls { .. })));
    let heard = server.heard();
    assert!(heard.iter().all(|line| line == "(connected)" || line.starts_with("EHLO")), "{heard:?}");
}
