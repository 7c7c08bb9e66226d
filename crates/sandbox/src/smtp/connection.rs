//! One client's connection: greeting, lines in, replies out, faults in between.
//!
//! Invariant: every line, reply and fault is in the journal, passwords are not; a client that only makes mistakes is sent
//! away.

use std::{ops::ControlFlow, sync::Arc};

use tokio::net::TcpStream;

use super::{
    NAME,
    command::{self, MailFrom},
    wire::{Ended, Reply, Wire},
};
use crate::{
    control::{FaultAction, JournalKind, Stage},
    handle::Core,
};

const MOST_MISTAKES: u32 = 50;

/// Serves one connection to its end.
pub(super) async fn serve(stream: TcpStream, core: Arc<Core>, full: bool) {
    let number = core.journal.next_connection();
    core.journal.write(number, JournalKind::Connected, "");
    let mut connection =
        Connection { wire: Wire::new(stream), core, number, greeted: false, signed_in: false, mail: None, mistakes: 0 };
    let end = if full { connection.too_many().await } else { connection.run().await };
    let why = match end {
        Err(Ended::Silent) => "silent for too long",
        Err(Ended::TooLong) => "a line was too long",
        Err(Ended::Closed) | Ok(()) => "",
    };
    connection.journal(JournalKind::Closed, why);
}

pub(super) struct Connection {
    pub wire: Wire,
    pub core: Arc<Core>,
    number: u64,
    pub greeted: bool,
    pub signed_in: bool,
    pub mail: Option<Open>,
    mistakes: u32,
}

/// A mail that is being handed over.
pub(super) struct Open {
    pub from: MailFrom,
    pub to: Vec<String>,
}

/// Go on, or end the connection.
pub(super) type Next = Result<ControlFlow<()>, Ended>;

impl Connection {
    async fn too_many(&mut self) -> Result<(), Ended> {
        self.reply(Reply::new(421, "4.3.2 Too many connections")).await
    }

    async fn run(&mut self) -> Result<(), Ended> {
        if self.strike(Stage::Connect, &[]).await?.is_some() {
            return Ok(());
        }
        self.reply(Reply::new(220, format!("{NAME} ESMTP sandbox, delivers nothing"))).await?;
        loop {
            let line = match self.wire.line().await {
                Ok(line) => line,
                Err(ended) => {
                    match ended {
                        Ended::TooLong => self.reply(Reply::new(500, "5.5.6 Line too long")).await?,
                        Ended::Silent => self.reply(Reply::new(421, "4.4.2 Silent for too long")).await?,
                        Ended::Closed => {}
                    }
                    return Err(ended);
                }
            };
            self.journal(JournalKind::Command, without_password(&line));
            let next = match command::parse(&line) {
                Ok(command) => self.obey(command).await?,
                Err(reply) => self.object(reply).await?,
            };
            if next.is_break() {
                return Ok(());
            }
        }
    }

    /// Lets a fault happen, where one is due. Answers how to go on where the fault took the place of the usual answer.
    pub async fn strike(&mut self, stage: Stage, subjects: &[&str]) -> Result<Option<ControlFlow<()>>, Ended> {
        let decision = self.core.faults.decide(stage, subjects);
        if !decision.delay.is_zero() {
            self.journal(JournalKind::Fault, &format!("waits {} ms", decision.delay.as_millis()));
            tokio::time::sleep(decision.delay).await;
        }
        match decision.action {
            None | Some(FaultAction::DelayMs(_)) => Ok(None),
            Some(FaultAction::Reply { code, text }) => {
                self.journal(JournalKind::Fault, &format!("refuses at {}", stage.word()));
                self.reply(Reply::new(code, text)).await?;
                // RFC 5321 section 3.8: after 421 the server closes.
                Ok(Some(if code == 421 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }))
            }
            Some(FaultAction::Drop) => {
                self.journal(JournalKind::Fault, "cuts the connection");
                Err(Ended::Closed)
            }
            Some(FaultAction::Hang) => {
                self.journal(JournalKind::Fault, "says nothing more");
                self.wire.stay_silent(self.core.config.max_hang).await;
                Err(Ended::Closed)
            }
        }
    }

    /// Refuses a mistake; a client that only makes mistakes is sent away.
    pub async fn object(&mut self, reply: Reply) -> Next {
        self.mistakes += 1;
        if self.mistakes > MOST_MISTAKES {
            self.reply(Reply::new(421, "4.7.0 Too many mistakes")).await?;
            return Ok(ControlFlow::Break(()));
        }
        self.say(reply).await
    }

    pub async fn say(&mut self, reply: Reply) -> Next {
        self.reply(reply).await?;
        Ok(ControlFlow::Continue(()))
    }

    pub async fn reply(&mut self, reply: Reply) -> Result<(), Ended> {
        self.journal(JournalKind::Reply, &format!("{} {}", reply.code, reply.lines.join(" / ")));
        self.wire.reply(&reply).await
    }

    pub fn journal(&self, kind: JournalKind, text: &str) {
        self.core.journal.write(self.number, kind, text);
    }
}

fn without_password(line: &str) -> &str {
    let is_auth = line.get(..4).is_some_and(|verb| verb.eq_ignore_ascii_case("AUTH"));
    if is_auth { "AUTH (credentials)" } else { line }
}
