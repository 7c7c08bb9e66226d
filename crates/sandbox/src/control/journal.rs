//! What was said on SMTP, line by line.
//!
//! Invariant: bounded, in order, without passwords (whoever writes an entry leaves them out).

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
};

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::config::NowFn;

const MOST_ENTRIES: usize = 2_000;
const LONGEST_TEXT: usize = 500;

/// What an entry is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum JournalKind {
    /// A client connected.
    Connected,
    /// It said this.
    Command,
    /// The sandbox answered this.
    Reply,
    /// A mail was kept.
    Stored,
    /// A fault struck.
    Fault,
    /// The connection ended.
    Closed,
}

impl JournalKind {
    /// The word used in JSON and on the page.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            JournalKind::Connected => "connected",
            JournalKind::Command => "command",
            JournalKind::Reply => "reply",
            JournalKind::Stored => "stored",
            JournalKind::Fault => "fault",
            JournalKind::Closed => "closed",
        }
    }
}

/// One line of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JournalEntry {
    /// Counts up from 1.
    pub seq: u64,
    /// When.
    pub at: DateTime<Utc>,
    /// Which connection, counted from 1.
    pub connection: u64,
    /// What kind of thing happened.
    pub kind: JournalKind,
    /// What was said; cut at 500 characters.
    pub text: String,
}

pub(crate) struct Journal {
    now: NowFn,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    entries: VecDeque<JournalEntry>,
    last_seq: u64,
    last_connection: u64,
}

impl Journal {
    pub fn new(now: NowFn) -> Self {
        Self { now, state: Mutex::default() }
    }

    /// A number for a new connection.
    pub fn next_connection(&self) -> u64 {
        let mut state = self.lock();
        state.last_connection += 1;
        state.last_connection
    }

    pub fn write(&self, connection: u64, kind: JournalKind, text: &str) {
        let at = (self.now)();
        let mut state = self.lock();
        state.last_seq += 1;
        let text = text.chars().take(LONGEST_TEXT).collect();
        let entry = JournalEntry { seq: state.last_seq, at, connection, kind, text };
        state.entries.push_back(entry);
        if state.entries.len() > MOST_ENTRIES {
            state.entries.pop_front();
        }
    }

    /// Oldest first.
    pub fn entries(&self) -> Vec<JournalEntry> {
        self.lock().entries.iter().cloned().collect()
    }

    pub fn clear(&self) {
        self.lock().entries.clear();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn the_journal_is_bounded_in_both_directions() {
        let journal = Journal::new(Arc::new(|| DateTime::UNIX_EPOCH));
        for _ in 0..MOST_ENTRIES + 5 {
            journal.write(1, JournalKind::Command, &"ñ".repeat(LONGEST_TEXT + 1));
        }
        let entries = journal.entries();
        assert_eq!((entries.len(), entries[0].seq), (MOST_ENTRIES, 6));
        assert_eq!(entries[0].text.chars().count(), LONGEST_TEXT);
    }
}
