//! The capability itself: hand a mail to the outside.

use async_trait::async_trait;
use thiserror::Error;

use super::{EmailAddress, OutgoingMessage};
use crate::Outcome;

/// Something that carries mail.
#[async_trait]
pub trait MailTransport: Send + Sync {
    /// Hands one mail over, once. Never retries by itself.
    ///
    /// [`Outcome::Done`] means that the next server took responsibility for it, not that it was read or even
    /// delivered. [`Outcome::Unknown`] means that it may already be on its way.
    async fn send(&self, mail: &OutgoingMessage) -> Outcome<Accepted>;

    /// Connects, secures the connection, signs in and leaves. Sends nothing.
    ///
    /// # Errors
    /// [`CheckError`] says what is wrong and what to do about it.
    async fn check(&self) -> Result<CheckReport, CheckError>;
}

/// The next server has the mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// What it answered; often holds its queue id, which its operator needs to trace the mail.
    pub reply: String,
    /// Recipients it refused for ever while taking the mail for the others. Empty when all are served.
    pub refused: Vec<RefusedRecipient>,
}

/// One recipient the server will never serve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedRecipient {
    /// Who.
    pub address: EmailAddress,
    /// Enhanced status such as `5.1.1` (RFC 3463), or the reply code where the server gave none.
    pub code: String,
    /// What the server said.
    pub reason: String,
}

/// What a successful check saw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckReport {
    /// The name the server gives itself.
    pub server: String,
    /// Whether the connection is encrypted.
    pub encrypted: bool,
    /// Whether the server took a user name and password.
    pub authenticated: bool,
}

/// Why mail cannot be sent now, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CheckError {
    /// No answer at that host and port.
    #[error("the mail server cannot be reached: {reason}. Check host, port and firewall")]
    Unreachable {
        /// What the network said.
        reason: String,
    },
    /// Encryption failed or is not offered.
    #[error(
        "the connection to the mail server cannot be encrypted: {reason}. Check the tls setting, the host name and the certificate"
    )]
    Tls {
        /// What went wrong.
        reason: String,
    },
    /// The server does not take the user name and password.
    #[error(
        "the mail server does not accept these credentials: {reason}. Check user name and password; many providers want an app password"
    )]
    Credentials {
        /// What the server said.
        reason: String,
    },
    /// A sandbox where a real mail server is due.
    #[error("this address leads to a sandbox, which delivers nothing: {reason}. Configure a real mail server")]
    Sandbox {
        /// How it was recognised.
        reason: String,
    },
    /// The server answered something else.
    #[error(
        "the mail server did not answer as expected: {reason}. Check that host and port are those of an SMTP server"
    )]
    Protocol {
        /// What it said.
        reason: String,
    },
}
