//! What the server does at each command.
//!
//! Invariant: commands are obeyed in the order of RFC 5321 section 4.1.4 or refused with 503; a mail is confirmed only after
//! it is kept, unless a fault says otherwise.

use std::ops::ControlFlow;

use mail_parser::decoders::base64::base64_decode;

use super::{
    NAME,
    command::{Command, MailFrom},
    connection::{Connection, Next, Open},
    wire::Reply,
};
use crate::{
    control::{JournalKind, Stage},
    mail::Envelope,
};

const MOST_RECIPIENTS: usize = 1_000;

impl Connection {
    pub async fn obey(&mut self, command: Command) -> Next {
        match command {
            Command::Hello(extended, name) => self.hello(extended, &name).await,
            Command::Auth(initial) => self.auth(initial).await,
            Command::Mail(from) => self.mail(from).await,
            Command::Rcpt(recipient) => self.rcpt(recipient).await,
            Command::Data => self.data().await,
            Command::Reset => {
                self.mail = None;
                self.say(Reply::new(250, "2.0.0 Forgotten")).await
            }
            Command::Noop => self.say(Reply::new(250, "2.0.0 Ok")).await,
            Command::Verify => self.say(Reply::new(252, "2.5.2 Send the mail and see")).await,
            Command::Help => {
                let control = format!("2.0.0 RFC 5321; faults and journal at {}/_control", self.core.config.base_path);
                self.say(Reply::new(214, control)).await
            }
            Command::Quit => {
                self.reply(Reply::new(221, "2.0.0 Goodbye")).await?;
                Ok(ControlFlow::Break(()))
            }
        }
    }

    async fn hello(&mut self, extended: bool, name: &str) -> Next {
        if let Some(next) = self.strike(Stage::Ehlo, &[name]).await? {
            return Ok(next);
        }
        self.greeted = true;
        self.mail = None;
        let mut lines = vec![format!("{NAME} greets {name}")];
        if extended {
            let size = format!("SIZE {}", self.core.config.max_message_bytes);
            let offers = ["8BITMIME", "SMTPUTF8", "PIPELINING", "ENHANCEDSTATUSCODES", "AUTH PLAIN"];
            lines.push(size);
            lines.extend(offers.map(str::to_owned));
        }
        self.say(Reply { code: 250, lines }).await
    }

    async fn auth(&mut self, initial: Option<String>) -> Next {
        if !self.greeted || self.signed_in || self.mail.is_some() {
            return self.object(Reply::new(503, "5.5.1 Not now")).await;
        }
        let response = match initial {
            Some(response) => response,
            None => {
                self.reply(Reply::new(334, "")).await?;
                let line = self.wire.line().await?;
                self.journal(JournalKind::Command, "(credentials)");
                line
            }
        };
        let Some(user) = plain_user(&response) else {
            return self.object(Reply::new(501, "5.5.2 AUTH PLAIN needs base64 of NUL user NUL password")).await;
        };
        if let Some(next) = self.strike(Stage::Auth, &[&user]).await? {
            return Ok(next);
        }
        self.signed_in = true;
        self.say(Reply::new(235, "2.7.0 Signed in")).await
    }

    async fn mail(&mut self, from: MailFrom) -> Next {
        if !self.greeted {
            return self.object(Reply::new(503, "5.5.1 EHLO first")).await;
        }
        if self.mail.is_some() {
            return self.object(Reply::new(503, "5.5.1 A mail is already open; RSET forgets it")).await;
        }
        if from.size.is_some_and(|size| size > self.core.config.max_message_bytes) {
            return self.say(self.too_large()).await;
        }
        if let Some(next) = self.strike(Stage::Mail, &[&from.sender]).await? {
            return Ok(next);
        }
        self.mail = Some(Open { from, to: Vec::new() });
        self.say(Reply::new(250, "2.1.0 Sender ok")).await
    }

    async fn rcpt(&mut self, recipient: String) -> Next {
        let Some(open) = &self.mail else {
            return self.object(Reply::new(503, "5.5.1 MAIL first")).await;
        };
        if open.to.len() >= MOST_RECIPIENTS {
            return self.say(Reply::new(452, "4.5.3 Too many recipients")).await;
        }
        if !recipient.is_ascii() && !open.from.utf8 {
            return self.object(Reply::new(553, "5.6.7 An address outside ASCII needs SMTPUTF8")).await;
        }
        if let Some(next) = self.strike(Stage::Rcpt, &[&recipient]).await? {
            return Ok(next);
        }
        if let Some(open) = &mut self.mail {
            open.to.push(recipient);
        }
        self.say(Reply::new(250, "2.1.5 Recipient ok")).await
    }

    async fn data(&mut self) -> Next {
        let Some(open) = self.mail.take_if(|open| !open.to.is_empty()) else {
            return self.object(Reply::new(503, "5.5.1 MAIL and RCPT first")).await;
        };
        let subjects: Vec<&str> = open.to.iter().chain([&open.from.sender]).map(String::as_str).collect();
        if let Some(next) = self.strike(Stage::Data, &subjects).await? {
            return Ok(next);
        }
        self.reply(Reply::new(354, "End with a dot on a line of its own")).await?;
        let raw = match self.wire.content(self.core.config.max_message_bytes).await?.finish() {
            Ok(raw) => raw,
            Err(size) => {
                self.journal(JournalKind::Command, &format!("({size} bytes of content, too many)"));
                return self.say(self.too_large()).await;
            }
        };
        self.journal(JournalKind::Command, &format!("({} bytes of content and the final dot)", raw.len()));
        if let Some(next) = self.strike(Stage::Dot, &subjects).await? {
            return Ok(next);
        }
        let envelope = Envelope {
            from: open.from.sender.clone(),
            to: open.to.clone(),
            received_at: (self.core.config.now)(),
            announced_8bit: open.from.body_8bit || open.from.utf8,
        };
        let id = match self.core.mails.keep(envelope, raw).await {
            Ok(id) => id,
            Err(error) => {
                self.journal(JournalKind::Fault, &format!("the mail could not be written: {error}"));
                return self.say(Reply::new(451, "4.3.0 The mail could not be written")).await;
            }
        };
        self.journal(JournalKind::Stored, &format!("mail {id}"));
        if let Some(next) = self.strike(Stage::Stored, &subjects).await? {
            return Ok(next);
        }
        self.say(Reply::new(250, format!("2.0.0 Kept as {id}"))).await
    }

    fn too_large(&self) -> Reply {
        Reply::new(552, format!("5.3.4 A mail may have {} bytes at most", self.core.config.max_message_bytes))
    }
}

/// The user name of `NUL user NUL password` (RFC 4616).
fn plain_user(response: &str) -> Option<String> {
    let decoded = base64_decode(response.trim().as_bytes())?;
    let mut parts = decoded.split(|b| *b == 0);
    let (_, user, _password) = (parts.next()?, parts.next()?, parts.next()?);
    Some(String::from_utf8_lossy(user).into_owned())
}
