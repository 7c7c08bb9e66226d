//! An activity as the API shows it.

use chrono::{DateTime, NaiveDate, Utc};
use kernel::{Caller, MemberId, Permission, Result, id::Id};
use serde::Serialize;
use store::Tx;
use utoipa::ToSchema;

use super::{
    Activity, ActivityId, ActivityKind, CallDirection, CallOutcome, TaskPriority, WriteActivities,
    link::{self, LinkRole},
};
use crate::name::{self, Ref};

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ActivityView {
    pub id: ActivityId,
    pub version: i64,
    #[schema(example = "task")]
    pub kind: ActivityKind,
    pub title: String,
    pub body: Option<String>,
    /// The records it is about, those the caller may know of.
    pub about: Vec<Ref<String>>,
    /// The contacts and members who take part.
    pub participants: Vec<Ref<String>>,
    pub direction: Option<CallDirection>,
    pub outcome: Option<CallOutcome>,
    pub duration_minutes: Option<i64>,
    pub starts_at: Option<DateTime<Utc>>,
    pub ends_at: Option<DateTime<Utc>>,
    pub place: Option<String>,
    pub due_on: Option<NaiveDate>,
    pub due_at: Option<DateTime<Utc>>,
    pub priority: Option<TaskPriority>,
    pub remind_at: Option<DateTime<Utc>>,
    pub assignee: Option<Ref<MemberId>>,
    pub author: Option<Ref<MemberId>>,
    pub completed_at: Option<DateTime<Utc>>,
    pub completed_by: Option<Ref<MemberId>>,
    pub deleted_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    /// `update`, `complete`, `reopen`, `delete` and `restore`, where this caller may do it now.
    pub actions: Vec<&'static str>,
}

pub async fn view(tx: &mut Tx, activity: Activity) -> Result<ActivityView> {
    let mut views = views(tx, vec![activity]).await?;
    views.pop().ok_or_else(|| kernel::Error::not_found("activity"))
}

pub async fn views(tx: &mut Tx, activities: Vec<Activity>) -> Result<Vec<ActivityView>> {
    let ids: Vec<_> = activities.iter().map(|activity| activity.id.uuid()).collect();
    let links = link::of(tx, &ids).await?;
    let names = link::names(tx, links.iter().map(|link| link.record.clone())).await?;
    let people = activities.iter().flat_map(|a| [a.assignee_id, a.author_id, a.completed_by]);
    let people = name::members(tx, people).await?;
    let caller = tx.caller().clone();
    let view = |activity: Activity| ActivityView {
        about: link::shown(&links, &names, activity.id, LinkRole::About),
        participants: link::shown(&links, &names, activity.id, LinkRole::With),
        assignee: people.maybe(activity.assignee_id),
        author: people.maybe(activity.author_id),
        completed_by: people.maybe(activity.completed_by),
        actions: actions(&activity, &caller),
        id: activity.id,
        version: activity.version,
        kind: activity.kind,
        title: activity.title,
        body: activity.body,
        direction: activity.direction,
        outcome: activity.outcome,
        duration_minutes: activity.duration_minutes,
        starts_at: activity.starts_at,
        ends_at: activity.ends_at,
        place: activity.place,
        due_on: activity.due_on,
        due_at: activity.due_at,
        priority: activity.priority,
        remind_at: activity.remind_at,
        completed_at: activity.completed_at,
        deleted_at: activity.deleted_at,
        created_at: activity.created_at,
        updated_at: activity.updated_at,
    };
    Ok(activities.into_iter().map(view).collect())
}

fn actions(activity: &Activity, caller: &Caller) -> Vec<&'static str> {
    if !caller.holds(WriteActivities::NAME) {
        return Vec::new();
    }
    if activity.deleted_at.is_some() {
        return vec!["restore"];
    }
    let mut actions = vec!["update"];
    if activity.kind == ActivityKind::Task {
        actions.push(if activity.completed_at.is_some() { "reopen" } else { "complete" });
    }
    actions.push("delete");
    actions
}
