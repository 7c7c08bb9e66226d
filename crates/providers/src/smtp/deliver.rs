//! MAIL, RCPT, DATA, the final dot.
//!
//! Invariant: from the moment the final dot may have left, only a reply of the server decides between done, later and
//! refused. Before that moment nothing was sent, whatever happens.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use capabilities::{
    Outcome,
    mail::{Accepted, RefusedRecipient},
};
use lettre::transport::smtp::{
    commands::{Data, Mail, Rcpt},
    extension::{MailBodyParameter, MailParameter},
};

use super::{
    SmtpTimeouts,
    fault::{Fault, status_code},
    mime::Prepared,
    session::Session,
};

/// Slowest line counted with when waiting for the content to pass: 64 KiB a second.
const BYTES_PER_SECOND: usize = 64 * 1024;

/// Hands one mail to the server and leaves the connection ready for the next, or broken.
pub(super) async fn deliver(session: &mut Session, mail: &Prepared, timeouts: SmtpTimeouts) -> Outcome<Accepted> {
    session.count_mail();
    let refused = match envelope(session, mail, timeouts).await {
        Ok(refused) => refused,
        Err(outcome) => {
            session.reset(timeouts).await;
            return outcome;
        }
    };
    if let Err(fault) = session.command(Data, timeouts.command).await {
        session.reset(timeouts).await;
        return fault.before_the_dot();
    }
    let dot_may_have_left = AtomicBool::new(false);
    let pieces = Pieces { rest: &mail.content, dot_may_have_left: &dot_may_have_left };
    let passing = Duration::from_secs((mail.content.len() / BYTES_PER_SECOND) as u64);
    match session.content(pieces, timeouts.accept + passing).await {
        Ok(reply) => Outcome::Done(Accepted { reply: reply.message().collect::<Vec<_>>().join(" "), refused }),
        Err(fault) if dot_may_have_left.load(Ordering::Relaxed) => fault.after_the_dot(),
        Err(fault) => fault.before_the_dot(),
    }
}

/// The content in pieces; notes when its end is drawn, which lettre does right before it writes the final dot.
struct Pieces<'a> {
    rest: &'a [u8],
    dot_may_have_left: &'a AtomicBool,
}

impl<'a> Iterator for Pieces<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        if self.rest.is_empty() {
            self.dot_may_have_left.store(true, Ordering::Relaxed);
            return None;
        }
        let (piece, rest) = self.rest.split_at(self.rest.len().min(BYTES_PER_SECOND));
        self.rest = rest;
        Some(piece)
    }
}

/// Sender and recipients. Answers those refused for ever while at least one was accepted.
async fn envelope(
    session: &mut Session,
    mail: &Prepared,
    timeouts: SmtpTimeouts,
) -> Result<Vec<RefusedRecipient>, Outcome<Accepted>> {
    let parameters = mail_parameters(session, mail)?;
    session
        .command(Mail::new(Some(mail.sender.clone()), parameters), timeouts.command)
        .await
        .map_err(Fault::before_the_dot)?;
    let mut refused = Vec::new();
    let mut first_refusal = None;
    for (address, wire) in &mail.recipients {
        let Err(fault) = session.command(Rcpt::new(wire.clone(), Vec::new()), timeouts.command).await else {
            continue;
        };
        match fault.clone().before_the_dot() {
            Outcome::Refused { code, reason } => {
                refused.push(RefusedRecipient { address: address.clone(), code, reason });
                first_refusal.get_or_insert(fault);
            }
            // Later, for one of them: the whole mail waits, so that nobody gets it twice.
            other => return Err(other),
        }
    }
    match first_refusal {
        Some(fault) if refused.len() == mail.recipients.len() => Err(fault.before_the_dot()),
        _ => Ok(refused),
    }
}

fn mail_parameters(session: &Session, mail: &Prepared) -> Result<Vec<MailParameter>, Outcome<Accepted>> {
    let mut parameters = Vec::new();
    if mail.needs_utf8 {
        if !session.takes_utf8_addresses() {
            return Err(Outcome::Refused {
                // RFC 6531 section 3.7.4.
                code: status_code(553, "5.6.7"),
                reason: "the mail server does not take addresses outside ASCII (SMTPUTF8)".into(),
            });
        }
        parameters.push(MailParameter::SmtpUtfEight);
    }
    if !mail.content.is_ascii() && session.takes_8bit() {
        parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
    }
    Ok(parameters)
}
