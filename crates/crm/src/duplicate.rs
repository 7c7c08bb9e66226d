//! Duplicates: two contacts or two companies that are likely the same. They are told while somebody types, and found by
//! a sweep through all of a noun, nightly and on demand, whose answer is a list of pairs to settle: merged
//! ([`crate::merge`]), or said not to be the same, which is remembered.
//!
//! Invariants:
//! - A pair keeps why its two are held to be the same by field and likeness, never by value.
//! - What was said not to be the same is not proposed again, until that is taken back.
//! - What is the same is for the tenant to say: [`rule::Rule`] is its own, ours only suggests.

pub mod block;
pub mod form;
pub mod likeness;
pub mod profile;
mod routes;
pub mod rule;
mod setting;
pub mod settle;
pub mod sweep;
#[cfg(test)]
mod tests;
pub mod typing;
mod view;

use chrono::{DateTime, Utc};
use kernel::{Caller, Error, Json, MemberId, Permission, Result, Uuid, permissions};

pub(crate) use routes::routes;
use rule::{Reason, Rule};
pub use setting::rule_of;

use crate::{
    company::{MergeCompanies, ReadCompanies},
    contact::{MergeContacts, ReadContacts},
};

kernel::id!(/// Two records that are likely the same.
    pub DuplicatePairId, "dup");
kernel::id!(/// A search for duplicates.
    pub DuplicateSweepId, "dsw");
kernel::id!(/// A tenant's own rule.
    pub DuplicateRuleId, "dru");

permissions! {
    /// See which of the records one may read are likely the same.
    pub ReadDuplicates = "duplicate.read": [Administrator, Sales, Billing, Marketing, Support, ReadOnly];
    /// Search for duplicates and settle them: with the right to merge records of their kind.
    pub SettleDuplicates = "duplicate.settle": [Administrator, Sales];
    /// Say by which rule duplicates are found.
    pub ManageDuplicates = "duplicate.manage": [Administrator];
}

kernel::states! {
    /// What can be there twice.
    pub enum Noun { Contact = "contact", Company = "company" }
}

kernel::states! {
    pub enum PairState {
        /// To be settled.
        Open = "open",
        /// Said not to be the same.
        Distinct = "distinct",
    }
}

kernel::states! {
    pub enum SweepState { Queued = "queued", Running = "running", Done = "done" }
}

store::record! {
    /// A pair as stored.
    pub struct DuplicatePair in duplicate_pair {
        id: DuplicatePairId,
        version: i64,
        noun: Noun,
        /// The lower id.
        first_id: Uuid,
        second_id: Uuid,
        state: PairState,
        /// Percent.
        score: i64,
        reasons: Json<Vec<Reason>>,
        settled_by: Option<MemberId>,
        settled_at: Option<DateTime<Utc>>,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

store::record! {
    /// A search as stored.
    pub struct DuplicateSweep in duplicate_sweep {
        id: DuplicateSweepId,
        version: i64,
        noun: Noun,
        state: SweepState,
        /// Percent.
        progress: i64,
        /// How many records were looked at.
        records: i64,
        /// How many pairs are open after it.
        pairs: i64,
        started_at: Option<DateTime<Utc>>,
        finished_at: Option<DateTime<Utc>>,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

store::record! {
    /// A tenant's own rule as stored.
    pub struct DuplicateRule in duplicate_rule {
        id: DuplicateRuleId,
        version: i64,
        noun: Noun,
        rule: Json<Rule>,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

impl Noun {
    /// Whoever may not read records of this kind hears of nothing.
    pub fn must_read(self, caller: &Caller) -> Result<()> {
        let permission = match self {
            Noun::Contact => ReadContacts::NAME,
            Noun::Company => ReadCompanies::NAME,
        };
        if caller.holds(permission) { Ok(()) } else { Err(Error::not_found("record")) }
    }

    pub fn may_merge(self, caller: &Caller) -> bool {
        self.must_merge(caller).is_ok()
    }

    pub fn must_merge(self, caller: &Caller) -> Result<()> {
        self.must_read(caller)?;
        if !caller.holds(self.merging()) {
            return Err(Error::Forbidden { permission: self.merging() });
        }
        // Who is not shown a field cannot say which of the two values stays.
        caller.reach.must_see_every_field(self.name())
    }

    const fn merging(self) -> &'static str {
        match self {
            Noun::Contact => MergeContacts::NAME,
            Noun::Company => MergeCompanies::NAME,
        }
    }
}
