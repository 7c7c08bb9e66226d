//! What went wrong in the dialogue, and which outcome that is.
//!
//! Invariant: the meaning of a fault depends on where it happened, so the same fault has one conversion per phase.

use std::{io, time::Duration};

use capabilities::{
    Outcome,
    mail::{Accepted, CheckError},
};
use lettre::transport::smtp::Error as SmtpError;

/// Wait after a temporary refusal: most greylisting (RFC 6647 section 5) opens within five minutes.
const AFTER_TEMPORARY_REFUSAL: Duration = Duration::from_secs(300);
/// Wait after a server that is not there or is closing.
const AFTER_LOST_CONNECTION: Duration = Duration::from_secs(60);

/// One thing that went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// The server said no.
    Reply { code: u16, text: String },
    /// The connection could not be made, broke, or stayed silent.
    Network(String),
    /// What came back is not SMTP.
    Protocol(String),
    /// Encryption is missing or not to be trusted.
    Tls(String),
    /// There is no way to sign in.
    Credentials(String),
    /// A sandbox where none is allowed.
    Sandbox(String),
}

impl Fault {
    /// Sorts an error of lettre's connection.
    pub fn from_smtp(error: &SmtpError) -> Self {
        let text = deepest_reason(error);
        match error.status() {
            Some(code) => Fault::Reply { code: code.into(), text },
            // lettre calls a connection that ends before a reply an incomplete response.
            None if error.is_response() && text != "incomplete response" => Fault::Protocol(text),
            None if error.is_response() => Fault::Network("the server closed the connection".into()),
            None => Fault::Network(text),
        }
    }

    /// Sorts an error of the TLS handshake, where a certificate fault arrives as an I/O error.
    pub fn from_handshake(error: &SmtpError) -> Self {
        let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
        while let Some(inner) = cause {
            if let Some(io) = inner.downcast_ref::<io::Error>()
                && matches!(io.kind(), io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof)
            {
                return Fault::Tls(io.to_string());
            }
            cause = inner.source();
        }
        Self::from_smtp(error)
    }

    /// The server did not answer in time.
    pub fn silence(waited: Duration) -> Self {
        Fault::Network(format!("no answer within {} s", waited.as_secs_f32()))
    }

    /// While connecting, encrypting and signing in: the mail is not at fault, whatever happens.
    pub fn while_connecting(self) -> Outcome<Accepted> {
        match self {
            Fault::Reply { code, .. } if code >= 500 => Outcome::Reconnect { reason: self.reason() },
            Fault::Reply { .. } => retry(&self),
            Fault::Network(_) => retry(&self),
            Fault::Protocol(_) | Fault::Tls(_) | Fault::Credentials(_) | Fault::Sandbox(_) => {
                Outcome::Reconnect { reason: self.reason() }
            }
        }
    }

    /// From MAIL to the last byte before the final dot: nothing was sent.
    pub fn before_the_dot(self) -> Outcome<Accepted> {
        match self {
            // RFC 4954 section 6: authentication required, too weak, failed, or only over TLS.
            Fault::Reply { code: 530 | 534 | 535 | 538, .. } => Outcome::Reconnect { reason: self.reason() },
            Fault::Reply { code, ref text } if code >= 500 => {
                Outcome::Refused { code: status_code(code, text), reason: self.reason() }
            }
            Fault::Tls(_) | Fault::Credentials(_) | Fault::Sandbox(_) => Outcome::Reconnect { reason: self.reason() },
            Fault::Reply { .. } | Fault::Network(_) | Fault::Protocol(_) => retry(&self),
        }
    }

    /// After the final dot: only a reply is knowledge.
    pub fn after_the_dot(self) -> Outcome<Accepted> {
        match self {
            Fault::Reply { .. } => self.before_the_dot(),
            _ => Outcome::Unknown { reason: format!("the mail was handed over, but {}", self.reason()) },
        }
    }

    /// For a check, which sends nothing.
    pub fn into_check_error(self) -> CheckError {
        let reason = self.reason();
        match self {
            Fault::Network(_) => CheckError::Unreachable { reason },
            Fault::Tls(_) => CheckError::Tls { reason },
            Fault::Credentials(_) | Fault::Reply { code: 530 | 534 | 535 | 538, .. } => {
                CheckError::Credentials { reason }
            }
            Fault::Sandbox(_) => CheckError::Sandbox { reason },
            Fault::Protocol(_) | Fault::Reply { .. } => CheckError::Protocol { reason },
        }
    }

    fn reason(&self) -> String {
        match self {
            Fault::Reply { code, text } => format!("{code} {text}").trim_end().to_owned(),
            Fault::Network(text)
            | Fault::Protocol(text)
            | Fault::Tls(text)
            | Fault::Credentials(text)
            | Fault::Sandbox(text) => text.clone(),
        }
    }
}

fn retry(fault: &Fault) -> Outcome<Accepted> {
    let after = match fault {
        Fault::Reply { code, .. } if *code != 421 => AFTER_TEMPORARY_REFUSAL,
        _ => AFTER_LOST_CONNECTION,
    };
    Outcome::RetryAfter { after, reason: fault.reason() }
}

/// The enhanced status (RFC 3463) a reply begins with, or its reply code.
pub(super) fn status_code(code: u16, text: &str) -> String {
    let word = text.split_whitespace().next().unwrap_or_default();
    let mut parts = word.split('.');
    let fits = |part: Option<&str>| {
        part.is_some_and(|part| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
    };
    let class = char::from_digit(u32::from(code / 100), 10).map(String::from);
    let enhanced =
        parts.next() == class.as_deref() && fits(parts.next()) && fits(parts.next()) && parts.next().is_none();
    if enhanced { word.to_owned() } else { code.to_string() }
}

/// The innermost message of an error: lettre's own layers only repeat it.
fn deepest_reason(error: &impl std::error::Error) -> String {
    let mut deepest = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        deepest = inner.to_string();
        cause = inner.source();
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_enhanced_status_wins_over_the_reply_code() {
        for (code, text, expected) in [
            (550, "5.1.1 no such user", "5.1.1"),
            (550, "5.1.10 null mx", "5.1.10"),
            (550, "no such user", "550"),
            (550, "4.1.1 wrong class", "550"),
            (552, "5.3 too short", "552"),
            (554, "5.7.1.9 too long", "554"),
            (554, "", "554"),
        ] {
            assert_eq!(status_code(code, text), expected, "{code} {text}");
        }
    }

    #[test]
    fn the_same_fault_means_different_things_at_different_times() {
        let lost = || Fault::Network("reset".into());
        assert!(matches!(lost().while_connecting(), Outcome::RetryAfter { .. }));
        assert!(matches!(lost().before_the_dot(), Outcome::RetryAfter { .. }));
        assert!(matches!(lost().after_the_dot(), Outcome::Unknown { .. }));
        let no = || Fault::Reply { code: 554, text: "5.7.1 blocked".into() };
        assert!(matches!(no().while_connecting(), Outcome::Reconnect { .. }));
        assert!(matches!(no().before_the_dot(), Outcome::Refused { code, .. } if code == "5.7.1"));
        assert!(matches!(no().after_the_dot(), Outcome::Refused { .. }));
    }

    #[test]
    fn a_closing_server_is_tried_again_sooner_than_a_greylisting_one() {
        let after = |code| match (Fault::Reply { code, text: String::new() }).before_the_dot() {
            Outcome::RetryAfter { after, .. } => after,
            other => panic!("{other:?}"),
        };
        assert!(after(421) < after(451));
    }
}
