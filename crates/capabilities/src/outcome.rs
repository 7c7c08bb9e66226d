//! The five answers an adapter can give about a side effect.
//!
//! Invariant: an adapter never reports success without the other side's word, and never calls a failure what may
//! have happened. Refuses: retrying by itself; the caller owns the schedule.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// What became of one call to the outside that has an effect there.
///
/// The reasons quote the other side and may therefore name a person (a mail server repeats the recipient): store
/// them with the record they belong to, do not log them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
#[must_use = "an outcome that nobody reads is an effect nobody knows about"]
pub enum Outcome<T> {
    /// The other side confirmed the effect.
    Done(T),
    /// Nothing happened there, and trying again no sooner than `after` from now may work.
    RetryAfter {
        /// Least time to wait.
        after: Duration,
        /// What the other side, or the network, said.
        reason: String,
    },
    /// Nothing happened there, and the same call will never work.
    Refused {
        /// The other side's stable code, e.g. the SMTP status `5.1.1`.
        code: String,
        /// What it said.
        reason: String,
    },
    /// Nothing happened there, because the connection itself (credentials, certificate, address) has to be repaired
    /// by a person. The call is good and should wait for that.
    Reconnect {
        /// What has to be repaired.
        reason: String,
    },
    /// It may or may not have happened: the call was finalized and the answer was lost or timed out. Neither success
    /// nor free to repeat; look into the other side's records first, or let a person decide.
    Unknown {
        /// How the answer was lost.
        reason: String,
    },
}

impl<T> Outcome<T> {
    /// The same outcome with the confirmed value changed.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Outcome<U> {
        match self {
            Outcome::Done(value) => Outcome::Done(change(value)),
            Outcome::RetryAfter { after, reason } => Outcome::RetryAfter { after, reason },
            Outcome::Refused { code, reason } => Outcome::Refused { code, reason },
            Outcome::Reconnect { reason } => Outcome::Reconnect { reason },
            Outcome::Unknown { reason } => Outcome::Unknown { reason },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn map_changes_only_a_confirmed_value() {
        assert_eq!(Outcome::Done(2).map(|n| n * 2), Outcome::Done(4));
        let lost: Outcome<i32> = Outcome::Unknown { reason: "no answer".into() };
        assert_eq!(lost.map(|n| n * 2), Outcome::Unknown { reason: "no answer".into() });
    }

    #[test]
    fn an_outcome_survives_being_stored() {
        let waiting: Outcome<Vec<u8>> = Outcome::RetryAfter { after: Duration::from_secs(60), reason: "451".into() };
        let stored = serde_json::to_string(&waiting).unwrap();
        assert!(stored.contains(r#""outcome":"retry_after""#), "{stored}");
        assert_eq!(serde_json::from_str::<Outcome<Vec<u8>>>(&stored).unwrap(), waiting);
    }
}
