//! A receiver of webhooks, as somebody would write it who has read the Standard Webhooks specification and nothing of ours.
//!
//! Invariants: bounded, in memory, forgotten with the program; a message is shown as verified only when its signature was
//! computed here from the secret that the inbox was given.
//!
//! Refuses: more than 64 KiB of a message, more than [`MOST_INBOXES`] inboxes.

mod verify;

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub(crate) use verify::{Offered, Verdict};

/// Messages that are kept; the oldest go first.
const MOST: usize = 500;
pub(crate) const MOST_INBOXES: usize = 50;
/// Bytes of a message that are taken.
pub(crate) const LARGEST: usize = 64 * 1024;
/// Longer than a sender waits.
pub(crate) const SLOW: Duration = Duration::from_secs(30);

/// What an inbox answers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Behaviour {
    /// 204.
    #[default]
    Take,
    /// 500.
    Fail,
    /// 503, asking for a minute.
    Busy,
    /// 410: wants nothing more.
    Gone,
    /// 302 to another inbox.
    Redirect,
    /// Takes it, and answers after half a minute.
    Slow,
}

impl Behaviour {
    pub(crate) const ALL: [(Behaviour, &'static str, &'static str); 6] = [
        (Behaviour::Take, "take", "take it: 204"),
        (Behaviour::Fail, "fail", "fail: 500"),
        (Behaviour::Busy, "busy", "ask for a minute: 503"),
        (Behaviour::Gone, "gone", "want nothing more: 410"),
        (Behaviour::Redirect, "redirect", "redirect: 302"),
        (Behaviour::Slow, "slow", "answer after half a minute"),
    ];
}

/// How an inbox is set.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Setting {
    /// `whsec_…`; empty leaves signatures unchecked.
    pub secret: String,
    pub behaviour: Behaviour,
}

/// A message that came.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Received {
    pub at: DateTime<Utc>,
    pub inbox: String,
    pub id: String,
    pub timestamp: String,
    pub verdict: Verdict,
    pub behaviour: Behaviour,
    pub body: String,
}

#[derive(Debug, Default)]
struct State {
    settings: BTreeMap<String, Setting>,
    received: VecDeque<Received>,
}

#[derive(Debug, Default)]
pub(crate) struct Inboxes(Mutex<State>);

impl Inboxes {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Checks a message, keeps it, and answers how the inbox behaves.
    pub(crate) fn take(&self, now: DateTime<Utc>, inbox: &str, offered: &Offered<'_>) -> Behaviour {
        let mut state = self.state();
        let setting = state.settings.get(inbox).cloned().unwrap_or_default();
        let received = Received {
            at: now,
            inbox: inbox.to_owned(),
            id: offered.id.to_owned(),
            timestamp: offered.timestamp.to_owned(),
            verdict: verify::verify(&setting.secret, now, offered),
            behaviour: setting.behaviour,
            body: String::from_utf8_lossy(offered.body).into_owned(),
        };
        state.received.push_front(received);
        state.received.truncate(MOST);
        setting.behaviour
    }

    /// False when there are too many inboxes.
    pub(crate) fn set(&self, inbox: &str, setting: Setting) -> bool {
        let mut state = self.state();
        if state.settings.len() >= MOST_INBOXES && !state.settings.contains_key(inbox) {
            return false;
        }
        state.settings.insert(inbox.to_owned(), setting);
        true
    }

    /// Each inbox that was set: its name, whether it has a secret, and how it behaves.
    pub(crate) fn settings(&self) -> Vec<(String, bool, Behaviour)> {
        let state = self.state();
        state.settings.iter().map(|(name, set)| (name.clone(), !set.secret.is_empty(), set.behaviour)).collect()
    }

    /// The newest first.
    pub(crate) fn received(&self) -> Vec<Received> {
        self.state().received.iter().cloned().collect()
    }

    pub(crate) fn clear(&self) {
        *self.state() = State::default();
    }
}

/// A name that an inbox may have.
pub(crate) fn is_name(name: &str) -> bool {
    (1..=40).contains(&name.len()) && name.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-')
}
