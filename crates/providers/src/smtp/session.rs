//! One connection: greeting, encryption, signing in.
//!
//! Invariant: a session exists only when the server may be spoken to: encrypted as configured, signed in where there
//! are credentials, and no sandbox unless allowed. A wait that ran out ends the session, because a late answer would be
//! taken for the answer to the next command.

use std::{fmt::Display, io, time::Duration};

use lettre::transport::smtp::{
    Error as SmtpError,
    authentication::{Credentials, Mechanism},
    client::AsyncSmtpConnection,
    commands::{Noop, Quit, Rset},
    extension::Extension,
    response::Response,
};
use tokio::{
    net::{TcpStream, lookup_host},
    time::timeout,
};

use super::{
    SmtpTimeouts,
    fault::Fault,
    settings::{Encryption, Settings, is_sandbox_name},
};

pub(super) struct Session {
    connection: AsyncSmtpConnection,
    /// Set once the dialogue lost its step; the connection must not be used again.
    broken: bool,
    mails: u32,
}

/// Connects, encrypts and signs in.
pub(super) async fn open(settings: &Settings, timeouts: SmtpTimeouts) -> Result<Session, Fault> {
    let connection = match settings.encryption {
        Encryption::Implicit => connect_encrypted(settings, timeouts).await?,
        Encryption::Required | Encryption::Opportunistic | Encryption::None => {
            connect_plain(settings, timeouts).await?
        }
    };
    let mut session = Session { connection, broken: false, mails: 0 };
    session.refuse_sandbox(settings)?;
    session.encrypt(settings, timeouts).await?;
    if let Some(credentials) = &settings.credentials {
        session.sign_in(settings, credentials, timeouts).await?;
    }
    Ok(session)
}

/// TCP, TLS, greeting, EHLO. lettre bounds the TCP connection only, so the rest is bounded here.
async fn connect_encrypted(settings: &Settings, timeouts: SmtpTimeouts) -> Result<AsyncSmtpConnection, Fault> {
    let connecting = AsyncSmtpConnection::connect_tokio1(
        (settings.host.as_str(), settings.port),
        Some(timeouts.connect),
        &settings.hello_name,
        Some(settings.tls.clone()),
        None,
    );
    let wait = timeouts.connect + timeouts.command;
    match timeout(wait, connecting).await {
        Ok(connected) => connected.map_err(|error| Fault::from_handshake(&error)),
        Err(_) => Err(Fault::silence(wait)),
    }
}

/// TCP, greeting, EHLO. The socket is ours, for its sake: without TCP_NODELAY the final dot, which lettre writes by itself,
/// waits some 40 ms for the server's delayed acknowledgement of the content.
async fn connect_plain(settings: &Settings, timeouts: SmtpTimeouts) -> Result<AsyncSmtpConnection, Fault> {
    let unreachable = |error: io::Error| Fault::Network(error.to_string());
    let resolving = timeout(timeouts.connect, lookup_host((settings.host.as_str(), settings.port)));
    let addresses = resolving.await.map_err(|_| Fault::silence(timeouts.connect))?.map_err(unreachable)?;
    let mut last = Fault::Network("the host name has no address".into());
    for address in addresses {
        last = match timeout(timeouts.connect, TcpStream::connect(address)).await {
            Err(_) => Fault::silence(timeouts.connect),
            Ok(Err(error)) => unreachable(error),
            Ok(Ok(stream)) => {
                stream.set_nodelay(true).map_err(unreachable)?;
                let greeting = AsyncSmtpConnection::connect_with_transport(Box::new(stream), &settings.hello_name);
                return match timeout(timeouts.command, greeting).await {
                    Ok(greeted) => greeted.map_err(|error| Fault::from_smtp(&error)),
                    Err(_) => Err(Fault::silence(timeouts.command)),
                };
            }
        };
    }
    Err(last)
}

impl Session {
    fn refuse_sandbox(&self, settings: &Settings) -> Result<(), Fault> {
        if !settings.allow_sandbox && is_sandbox_name(self.server_name()) {
            return Err(Fault::Sandbox(format!("the server greets as {}", self.server_name())));
        }
        Ok(())
    }

    async fn encrypt(&mut self, settings: &Settings, timeouts: SmtpTimeouts) -> Result<(), Fault> {
        let offered = self.connection.can_starttls();
        let wanted = match settings.encryption {
            Encryption::Implicit | Encryption::None => return Ok(()),
            Encryption::Required => true,
            Encryption::Opportunistic => offered,
        };
        if !wanted {
            return Ok(());
        }
        if !offered {
            return Err(Fault::Tls("the server does not offer STARTTLS".into()));
        }
        let upgrading = self.connection.starttls(settings.tls.clone(), &settings.hello_name);
        match timeout(timeouts.command, upgrading).await {
            Ok(done) => done.map_err(|error| Fault::from_handshake(&error)),
            Err(_) => Err(Fault::silence(timeouts.command)),
        }
    }

    async fn sign_in(
        &mut self,
        settings: &Settings,
        credentials: &Credentials,
        timeouts: SmtpTimeouts,
    ) -> Result<(), Fault> {
        if !self.is_encrypted() && !settings.local {
            return Err(Fault::Tls("the server offers no encryption, and the password is not sent without".into()));
        }
        let mechanisms = [Mechanism::Plain, Mechanism::Login];
        if self.connection.server_info().get_auth_mechanism(&mechanisms).is_none() {
            return Err(Fault::Credentials("the server offers neither AUTH PLAIN nor AUTH LOGIN".into()));
        }
        match timeout(timeouts.command, self.connection.auth(&mechanisms, credentials)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(Fault::from_smtp(&error)),
            Err(_) => Err(Fault::silence(timeouts.command)),
        }
    }

    /// Sends one command and waits for its answer.
    pub async fn command(&mut self, command: impl Display, wait: Duration) -> Result<Response, Fault> {
        let answered = timeout(wait, self.connection.command(command)).await;
        self.note(answered, wait)
    }

    /// Sends the content and the final dot, and waits for the answer. `pieces` is drawn to its end before the dot is
    /// written.
    pub async fn content<'a>(
        &mut self,
        pieces: impl Iterator<Item = &'a [u8]>,
        wait: Duration,
    ) -> Result<Response, Fault> {
        let answered = timeout(wait, self.connection.message_iter(pieces)).await;
        self.note(answered, wait)
    }

    fn note(
        &mut self,
        answered: Result<Result<Response, SmtpError>, tokio::time::error::Elapsed>,
        wait: Duration,
    ) -> Result<Response, Fault> {
        let fault = match answered {
            Ok(Ok(response)) => return Ok(response),
            Ok(Err(error)) => Fault::from_smtp(&error),
            Err(_) => Fault::silence(wait),
        };
        self.broken |= !matches!(fault, Fault::Reply { code, .. } if code != 421);
        Err(fault)
    }

    /// Ends a half-done mail so that the connection can carry another.
    pub async fn reset(&mut self, timeouts: SmtpTimeouts) {
        if !self.broken && self.command(Rset, timeouts.command).await.is_err() {
            self.broken = true;
        }
    }

    /// Whether the server still answers.
    pub async fn is_alive(&mut self, timeouts: SmtpTimeouts) -> bool {
        !self.broken && self.command(Noop, timeouts.command).await.is_ok()
    }

    /// Says goodbye.
    pub async fn leave(mut self, timeouts: SmtpTimeouts) {
        if !self.broken {
            // The answer to QUIT changes nothing.
            let _ = self.command(Quit, timeouts.command).await;
        }
    }

    pub fn count_mail(&mut self) {
        self.mails += 1;
    }

    /// Whether the connection may carry another mail. Relays cut off clients that never leave.
    pub fn is_reusable(&self) -> bool {
        const MOST_MAILS: u32 = 50;
        !self.broken && self.mails < MOST_MAILS
    }

    pub fn takes_utf8_addresses(&self) -> bool {
        self.connection.server_info().supports_feature(Extension::SmtpUtfEight)
    }

    pub fn takes_8bit(&self) -> bool {
        self.connection.server_info().supports_feature(Extension::EightBitMime)
    }

    pub fn is_encrypted(&self) -> bool {
        self.connection.is_encrypted()
    }

    pub fn server_name(&self) -> &str {
        self.connection.server_info().name()
    }
}

#[cfg(test)]
mod tests;
