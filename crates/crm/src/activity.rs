//! An activity: a call that was made, a meeting, a task to be done. It may be about several records of any domain and
//! have several people in it.
//!
//! Invariants: what an activity says is what its kind has ([`rules`]); a task is due on a day or at a moment, not both;
//! whoever may not read a record that an activity is about does not see it, unless it is theirs to do or they wrote it.

mod bulk;
pub mod create;
pub mod delete;
mod event;
pub mod finish;
pub mod link;
pub mod list;
pub mod remind;
pub(crate) mod routes;
mod rules;
#[cfg(test)]
mod tests;
pub mod update;
pub mod view;
pub mod work;

use chrono::{DateTime, NaiveDate, Utc};
use kernel::{Error, MemberId, Result, permissions};
use store::Tx;

kernel::id!(/// A call, a meeting or a task.
    pub ActivityId, "act");

kernel::states! {
    pub enum ActivityKind {
        Call = "call",
        Meeting = "meeting",
        Task = "task",
    }
}

kernel::states! {
    /// Who called whom.
    pub enum CallDirection { Inbound = "inbound", Outbound = "outbound" }
}

kernel::states! {
    /// What came of a call.
    pub enum CallOutcome {
        Connected = "connected",
        NoAnswer = "no_answer",
        Busy = "busy",
        LeftMessage = "left_message",
        WrongNumber = "wrong_number",
    }
}

kernel::states! {
    pub enum TaskPriority { Low = "low", Normal = "normal", High = "high" }
}

permissions! {
    /// See calls, meetings and tasks about the records one may read.
    pub ReadActivities = "activity.read": [Administrator, Sales, Billing, Marketing, Support, ReadOnly];
    /// Log calls, plan meetings, and make, change, finish and delete tasks.
    pub WriteActivities = "activity.write": [Administrator, Sales, Billing, Marketing, Support];
}

store::record! {
    /// An activity as stored.
    pub struct Activity in activity {
        id: ActivityId,
        version: i64,
        kind: ActivityKind,
        title: String,
        body: Option<String>,
        direction: Option<CallDirection>,
        outcome: Option<CallOutcome>,
        duration_minutes: Option<i64>,
        starts_at: Option<DateTime<Utc>>,
        ends_at: Option<DateTime<Utc>>,
        place: Option<String>,
        due_on: Option<NaiveDate>,
        due_at: Option<DateTime<Utc>>,
        priority: Option<TaskPriority>,
        remind_at: Option<DateTime<Utc>>,
        /// What lists sort by: see [`rules::stands_at`].
        #[serde(skip_serializing)]
        stands_at: DateTime<Utc>,
        assignee_id: Option<MemberId>,
        author_id: Option<MemberId>,
        completed_at: Option<DateTime<Utc>>,
        completed_by: Option<MemberId>,
        deleted_at: Option<DateTime<Utc>>,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

impl Activity {
    /// Whose it is: the assignee's, or else its author's.
    pub fn holder(&self) -> Option<MemberId> {
        self.assignee_id.or(self.author_id)
    }

    fn must_be_live(&self) -> Result<()> {
        if self.deleted_at.is_none() {
            return Ok(());
        }
        Err(Error::conflict("deleted", "This was deleted. Restore it before changing it."))
    }
}

/// One that the caller may see, locked, deleted or not.
pub(crate) async fn locked(tx: &mut Tx, id: ActivityId) -> Result<Activity> {
    tx.get_locked::<Activity>(id).await?;
    found(tx, id).await
}

/// One that the caller may see, deleted or not.
pub(crate) async fn found(tx: &mut Tx, id: ActivityId) -> Result<Activity> {
    let select = tx.select::<Activity>().and("activity.id =", id);
    let select = list::visible(tx, select);
    tx.optional(select).await?.ok_or_else(|| Error::not_found("activity"))
}
