//! Logging a call, planning a meeting, making a task.

use chrono::{DateTime, NaiveDate, Utc};
use kernel::{Change, Error, MemberId, Result};
use serde::Deserialize;
use store::Tx;
use utoipa::ToSchema;

use super::{
    Activity, ActivityId, ActivityKind, CallDirection, CallOutcome, TaskPriority,
    event::{Did, tell},
    link::{self, LinkRole},
    remind, rules,
};
use crate::{field, member, notification};

/// A call, a meeting or a task to be written down.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewActivity {
    #[schema(example = "task")]
    pub kind: ActivityKind,
    /// At most 200 characters.
    #[schema(example = "Send the price list")]
    pub title: String,
    /// At most 10,000 characters of the same Markdown as notes.
    pub body: Option<String>,
    /// The companies, contacts, deals, quotes and invoices it is about, at most 20.
    #[serde(default)]
    #[schema(example = json!([]))]
    pub about: Vec<String>,
    /// The contacts and members who take part, at most 20.
    #[serde(default)]
    #[schema(example = json!([]))]
    pub participants: Vec<String>,
    /// Calls: outbound unless given.
    #[schema(example = json!(null))]
    pub direction: Option<CallDirection>,
    /// Calls.
    #[schema(example = json!(null))]
    pub outcome: Option<CallOutcome>,
    /// Calls: how long, in minutes.
    #[schema(example = json!(null))]
    pub duration_minutes: Option<i64>,
    /// Calls (now unless given) and meetings.
    #[schema(example = json!(null))]
    pub starts_at: Option<DateTime<Utc>>,
    /// Meetings.
    #[schema(example = json!(null))]
    pub ends_at: Option<DateTime<Utc>>,
    /// Meetings.
    #[schema(example = json!(null))]
    pub place: Option<String>,
    /// Tasks: the day, without a time.
    #[schema(example = "2026-03-12")]
    pub due_on: Option<NaiveDate>,
    /// Tasks: the moment; not together with `due_on`.
    #[schema(example = json!(null))]
    pub due_at: Option<DateTime<Utc>>,
    /// Tasks: normal unless given.
    #[schema(example = "high")]
    pub priority: Option<TaskPriority>,
    /// Tasks and meetings: when to tell the assignee.
    #[schema(example = json!(null))]
    pub remind_at: Option<DateTime<Utc>>,
    /// Whose it is; the caller's unless given.
    pub assignee_id: Option<MemberId>,
}

pub(super) fn title(input: &str) -> Result<String> {
    field::line("title", Some(input), 200)?
        .ok_or_else(|| Error::invalid("title", "required", "Say in a few words what it is."))
}

pub async fn create(tx: &mut Tx, input: NewActivity) -> Result<Activity> {
    member::must_exist(tx, "assignee_id", input.assignee_id).await?;
    let author_id = tx.caller().owner();
    let activity = Activity {
        id: ActivityId::new(),
        version: 1,
        kind: input.kind,
        title: title(&input.title)?,
        body: field::text("body", input.body.as_deref(), 10_000)?,
        direction: input.direction,
        outcome: input.outcome,
        duration_minutes: input.duration_minutes,
        starts_at: input.starts_at,
        ends_at: input.ends_at,
        place: field::line("place", input.place.as_deref(), 300)?,
        due_on: input.due_on,
        due_at: input.due_at,
        priority: input.priority,
        remind_at: input.remind_at,
        stands_at: tx.now(),
        assignee_id: input.assignee_id.or(author_id),
        author_id,
        completed_at: None,
        completed_by: None,
        deleted_at: None,
        created_at: tx.now(),
        updated_at: tx.now(),
    };
    let activity = rules::settled(activity, tx.now())?;
    let about = link::checked(tx, "about", LinkRole::About, input.about).await?;
    let with = link::checked(tx, "participants", LinkRole::With, input.participants).await?;
    tx.insert(&activity).await?;
    link::write(tx, &activity, LinkRole::About, about).await?;
    link::write(tx, &activity, LinkRole::With, with).await?;
    tx.audit(Change::new("activity.create", activity.id).after(&activity)).await?;
    tell(tx, Did::Created, &activity).await?;
    remind::plan(tx, &activity).await?;
    notification::assigned(tx, &activity).await?;
    Ok(activity)
}
