//! A few connections kept open between mails: a TLS handshake and a login cost more than a mail.
//!
//! Invariant: a connection is in use by one mail or idle here, never both, and an idle one is asked whether it still
//! lives before it is used. Refuses: limiting how many mails go out at once; the job runner does that.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

use super::{
    SmtpTimeouts,
    fault::Fault,
    session::{self, Session},
    settings::Settings,
};

const MOST_IDLE: usize = 4;
/// Shorter than any server's own patience (RFC 5321 section 4.5.3.2.7 asks for five minutes).
const LONGEST_IDLE: Duration = Duration::from_secs(30);

#[derive(Default)]
pub(super) struct Pool {
    idle: Mutex<Vec<(Session, Instant)>>,
}

impl Pool {
    /// A connection that answers: an idle one, or a new one.
    pub async fn take(&self, settings: &Settings, timeouts: SmtpTimeouts) -> Result<Session, Fault> {
        while let Some(mut session) = self.pop() {
            if session.is_alive(timeouts).await {
                return Ok(session);
            }
        }
        session::open(settings, timeouts).await
    }

    /// Keeps a connection for the next mail, where it is fit for one.
    pub fn put_back(&self, session: Session) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.retain(|(_, since)| since.elapsed() < LONGEST_IDLE);
        if session.is_reusable() && idle.len() < MOST_IDLE {
            idle.push((session, Instant::now()));
        }
    }

    fn pop(&self) -> Option<Session> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.retain(|(_, since)| since.elapsed() < LONGEST_IDLE);
        idle.pop().map(|(session, _)| session)
    }
}
