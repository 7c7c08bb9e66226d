//! A bulk change: one thing done to many records of a noun, by a job, as if each had been changed by hand.
//!
//! Invariants:
//! - Which records it is about is fixed when it begins; each is counted once: changed, unchanged, or refused with a reason.
//! - A record is changed by the verb of its noun, no other way: the same parsing, audit entry, event and search document.
//! - Records, images and the count of records done are written in one transaction, so that a worker that dies doubles
//!   nothing; it goes on where it stopped.
//! - It is done with the rights that whoever asked for it holds while it runs, not those they held when they asked.
//! - What it overwrote can be put back for [`UNDO_DAYS`]; what was changed since stays and is counted.
//!
//! It knows no noun: each brings what is asked of it ([`noun::Changeable`]) and is added to [`Bulk`].

mod action;
pub(crate) mod image;
mod lapse;
pub mod noun;
pub(crate) mod of;
mod part;
mod refusal;
pub(crate) mod routes;
mod run;
mod skip;
mod start;
mod step;
mod stop;
#[cfg(test)]
mod tests;
mod undo;
mod view;

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use identity::Identity;
use kernel::{Caller, Error, Json, MemberId, Permission, Result, SealedJson, permissions};
use store::Tx;

pub use action::BulkAction;
pub use run::jobs;

use noun::BulkNoun;
use of::Of;

/// How long a bulk change can be undone.
pub const UNDO_DAYS: i64 = 30;
/// The most ids that may be named.
const MOST_NAMED: usize = 10_000;
/// The most records that a list may find.
const MOST_FOUND: usize = 100_000;
/// Up to how many records are done within the request.
const AT_ONCE: i64 = 50;

kernel::id!(/// A change to many records.
    pub BulkChangeId, "blk");

kernel::states! {
    pub enum BulkState {
        Running = "running",
        /// Every record has been dealt with.
        Done = "done",
        /// It ended before, or its undoing did, for the reason it carries; what was changed until then stays.
        Stopped = "stopped",
        Undoing = "undoing",
        Undone = "undone",
        /// It can no longer be undone.
        Final = "final",
    }
}

permissions! {
    /// Change many records at once, with the right to change one, and see one's own such changes.
    pub UseBulkChanges = "bulk_change.use": [Administrator, Sales, Billing, Marketing, Support];
    /// See, stop and undo the bulk changes of others.
    pub ManageBulkChanges = "bulk_change.manage": [Administrator];
}

store::record! {
    /// A bulk change as stored.
    pub struct BulkChange in bulk_change {
        id: BulkChangeId,
        version: i64,
        /// The noun of the records, or the id of a custom object.
        noun: String,
        kind: action::ActionKind,
        /// The names of the fields that are set.
        fields: Json<Vec<String>>,
        /// None once it can no longer be undone.
        #[serde(skip_serializing)]
        action: Option<SealedJson<BulkAction>>,
        state: BulkState,
        total: i64,
        done: i64,
        changed: i64,
        unchanged: i64,
        refused: i64,
        undone: i64,
        kept: i64,
        error_code: Option<String>,
        member_id: Option<MemberId>,
        undo_until: DateTime<Utc>,
        finished_at: Option<DateTime<Utc>>,
        undone_at: Option<DateTime<Utc>>,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

impl BulkChange {
    fn is_stoppable(&self) -> bool {
        matches!(self.state, BulkState::Running | BulkState::Undoing)
    }

    /// May what it did be put back? What is left of it, where an earlier undoing was stopped.
    fn is_undoable(&self, now: DateTime<Utc>) -> bool {
        matches!(self.state, BulkState::Done | BulkState::Stopped)
            && self.changed > self.undone + self.kept
            && self.undo_until > now
    }

    /// How many of what: for the audit trail and listeners.
    fn counts(&self) -> serde_json::Value {
        serde_json::json!({
            "total": self.total, "done": self.done, "changed": self.changed, "unchanged": self.unchanged,
            "refused": self.refused, "undone": self.undone, "kept": self.kept,
        })
    }
}

/// How much is done at once.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// Records in one transaction, which keeps other writers waiting that long; at most those of a part.
    pub rows: usize,
    /// How long one job goes on before it queues itself again.
    pub turn: Duration,
    /// The least time between two notices of progress.
    pub notice: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Pace { rows: part::SIZE, turn: Duration::from_secs(20), notice: Duration::from_secs(1) }
    }
}

/// Every noun that takes bulk changes, and who knows what a person may do now. Cheap to clone.
#[derive(Clone)]
pub struct Bulk {
    nouns: Arc<Vec<Arc<dyn BulkNoun>>>,
    identity: Identity,
    pace: Pace,
}

impl Bulk {
    /// With the nouns of this domain.
    pub fn new(identity: Identity) -> Self {
        let none = Bulk { nouns: Arc::default(), identity, pace: Pace::default() };
        none.with::<crate::company::Company>()
            .with::<crate::contact::Contact>()
            .with::<crate::deal::Deal>()
            .with::<crate::activity::Activity>()
            .with::<crate::record::CustomRecord>()
    }

    /// And with one of another domain.
    pub fn with<R: noun::Changeable>(mut self) -> Self {
        Arc::make_mut(&mut self.nouns).push(Arc::new(Of::<R>::default()));
        self
    }

    /// The same at a pace of one's own.
    pub fn at(self, pace: Pace) -> Self {
        Bulk { pace, ..self }
    }

    fn noun(&self, noun: &str) -> Result<Arc<dyn BulkNoun>> {
        self.nouns.iter().find(|known| known.is(noun)).cloned().ok_or_else(|| {
            let sentence = "Lists of these records take no bulk changes. Name company, contact, deal, lead, activity, or a custom object's id.";
            Error::invalid("noun", "noun_unknown", sentence)
        })
    }
}

/// Refuses what the caller may not do to records of this noun.
fn must(caller: &Caller, permission: &'static str) -> Result<()> {
    if caller.holds(permission) { Ok(()) } else { Err(Error::Forbidden { permission }) }
}

/// Whose bulk changes the caller sees: their own, or everybody's.
fn only_whose(caller: &Caller) -> Option<Option<MemberId>> {
    (!caller.holds(ManageBulkChanges::NAME)).then(|| person(caller))
}

/// The member who acts, or who made the key that does.
fn person(caller: &Caller) -> Option<MemberId> {
    caller.member_id().or(match caller.on_behalf_of {
        Some(kernel::Actor::Member(id)) => Some(id),
        _ => None,
    })
}

/// One that the caller may see.
async fn one(tx: &mut Tx, id: BulkChangeId) -> Result<BulkChange> {
    seen(tx.get(id).await?, tx.caller())
}

/// The same, locked.
async fn locked(tx: &mut Tx, id: BulkChangeId) -> Result<BulkChange> {
    seen(tx.get_locked(id).await?, tx.caller())
}

fn seen(change: BulkChange, caller: &Caller) -> Result<BulkChange> {
    match only_whose(caller) {
        Some(whose) if whose.is_none() || whose != change.member_id => Err(Error::not_found("bulk_change")),
        _ => Ok(change),
    }
}
