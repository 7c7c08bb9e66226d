//! Mail by SMTP (RFC 5321) over lettre's connection, with MIME by lettre's builder.
//!
//! Invariant: each phase of the dialogue is driven here, so that the outcome says what is known. Up to the final dot
//! nothing was sent; after it, without a reply, the mail may be on its way and the outcome is `Unknown`.
//!
//! | the server, or the network | outcome |
//! |---|---|
//! | 2xx after the final dot | `Done` |
//! | 4xx at any point (also greylisting, 421) | `RetryAfter` |
//! | 5xx to sender, all recipients, DATA or the message | `Refused`, code `5.x.y` or the reply code |
//! | 5xx to some recipients, others accepted | `Done`, they are listed in `Accepted::refused` |
//! | 530, 534, 535, 538 at any point; any 5xx while connecting or signing in | `Reconnect` |
//! | no encryption where it is required, bad certificate | `Reconnect` |
//! | a sandbox, unless allowed | `Reconnect` |
//! | not reachable, lost or silent before the final dot | `RetryAfter` |
//! | lost, silent or unintelligible after the final dot | `Unknown` |
//!
//! Refuses: delivering to the recipient's own server (a relay does that), sending a password over an unencrypted
//! connection to another machine, DSN parameters, retries.

mod deliver;
mod fault;
mod mime;
mod pool;
mod session;
mod settings;

use std::time::Duration;

use async_trait::async_trait;
use capabilities::{
    Outcome,
    mail::{Accepted, CheckError, CheckReport, MailTransport, OutgoingMessage},
};

use fault::Fault;
use pool::Pool;
use settings::Settings;

pub use settings::SmtpConfigError;

/// How long to wait for the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SmtpTimeouts {
    /// For the TCP connection. 10 s unless set.
    pub connect: Duration,
    /// For the answer to each command, the greeting and the TLS handshake included. 60 s unless set.
    pub command: Duration,
    /// For the answer to the final dot, when the server checks and stores the mail. 120 s unless set. RFC 5321 section
    /// 4.5.3.2.6 suggests 10 minutes; a worker's lease is shorter, and what comes later is `Unknown`, never a second
    /// mail.
    pub accept: Duration,
}

impl Default for SmtpTimeouts {
    fn default() -> Self {
        Self { connect: Duration::from_secs(10), command: Duration::from_secs(60), accept: Duration::from_secs(120) }
    }
}

/// A mail server to hand mails to. Keeps a few connections open between mails; share one value.
pub struct SmtpTransport {
    settings: Settings,
    timeouts: SmtpTimeouts,
    idle: Pool,
}

impl SmtpTransport {
    /// A transport for one server.
    ///
    /// - `smtps://user:pass@host[:465]`: encrypted from the first byte.
    /// - `smtp://user:pass@host[:587]?tls=required`: STARTTLS, or nothing is sent. The default where `tls` is absent.
    /// - `?tls=opportunistic`: STARTTLS where offered. `?tls=none`: never.
    /// - `&ca_file=/path/ca.pem` trusts a private certificate authority besides the public ones.
    /// - a path (`smtp://host/mail.example.com`) is the name given in EHLO; otherwise the machine's own name.
    ///
    /// User name and password are percent-encoded. A server that calls itself `*.invalid` (RFC 2606: no real server
    /// can), as the sandbox does, is refused unless `allow_sandbox`: at once where the address says so, otherwise when
    /// it greets.
    ///
    /// # Errors
    /// [`SmtpConfigError`] says what is wrong with the URL, without repeating the password.
    pub fn from_url(url: &str, allow_sandbox: bool) -> Result<Self, SmtpConfigError> {
        let settings = Settings::from_url(url, allow_sandbox)?;
        Ok(Self { settings, timeouts: SmtpTimeouts::default(), idle: Pool::default() })
    }

    /// The same transport with other timeouts.
    #[must_use]
    pub fn with_timeouts(mut self, timeouts: SmtpTimeouts) -> Self {
        self.timeouts = timeouts;
        self
    }
}

#[async_trait]
impl MailTransport for SmtpTransport {
    async fn send(&self, mail: &OutgoingMessage) -> Outcome<Accepted> {
        let prepared = match mime::prepare(mail) {
            Ok(prepared) => prepared,
            Err(refusal) => {
                return Outcome::Refused { code: refusal.code().to_owned(), reason: refusal.to_string() };
            }
        };
        let mut session = match self.idle.take(&self.settings, self.timeouts).await {
            Ok(session) => session,
            Err(fault) => return fault.while_connecting(),
        };
        let outcome = deliver::deliver(&mut session, &prepared, self.timeouts).await;
        self.idle.put_back(session);
        outcome
    }

    async fn check(&self) -> Result<CheckReport, CheckError> {
        let session = session::open(&self.settings, self.timeouts).await.map_err(Fault::into_check_error)?;
        let report = CheckReport {
            server: session.server_name().to_owned(),
            encrypted: session.is_encrypted(),
            authenticated: self.settings.credentials.is_some(),
        };
        session.leave(self.timeouts).await;
        Ok(report)
    }
}

/// Names the host only: the settings hold a password.
impl std::fmt::Debug for SmtpTransport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SmtpTransport").field("host", &self.settings.host).finish_non_exhaustive()
    }
}
