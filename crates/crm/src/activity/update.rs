//! Changing an activity. What kind it is stays.

use chrono::{DateTime, NaiveDate, Utc};
use kernel::{Change, MemberId, Patch, Result};
use serde::Deserialize;
use store::Tx;
use utoipa::ToSchema;

use super::{
    Activity, CallDirection, CallOutcome, TaskPriority, create,
    event::{Did, tell},
    link::{self, LinkRole},
    remind, rules,
};
use crate::{field, member, notification};

/// What changes; an absent field stays, null clears.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeActivity {
    #[schema(example = "Send the new price list")]
    pub title: Option<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub body: Patch<String>,
    /// All records it is about, instead of those that were.
    #[schema(example = json!([]))]
    pub about: Option<Vec<String>>,
    /// All who take part, instead of those that did.
    #[schema(example = json!([]))]
    pub participants: Option<Vec<String>>,
    #[serde(default)]
    #[schema(value_type = Option<CallDirection>, example = json!(null))]
    pub direction: Patch<CallDirection>,
    #[serde(default)]
    #[schema(value_type = Option<CallOutcome>, example = json!(null))]
    pub outcome: Patch<CallOutcome>,
    #[serde(default)]
    #[schema(value_type = Option<i64>, example = json!(null))]
    pub duration_minutes: Patch<i64>,
    #[serde(default)]
    #[schema(value_type = Option<DateTime<Utc>>, example = json!(null))]
    pub starts_at: Patch<DateTime<Utc>>,
    #[serde(default)]
    #[schema(value_type = Option<DateTime<Utc>>, example = json!(null))]
    pub ends_at: Patch<DateTime<Utc>>,
    #[serde(default)]
    #[schema(value_type = Option<String>, example = json!(null))]
    pub place: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<NaiveDate>, example = "2026-03-13")]
    pub due_on: Patch<NaiveDate>,
    #[serde(default)]
    #[schema(value_type = Option<DateTime<Utc>>, example = json!(null))]
    pub due_at: Patch<DateTime<Utc>>,
    #[serde(default)]
    #[schema(value_type = Option<TaskPriority>, example = "high")]
    pub priority: Patch<TaskPriority>,
    #[serde(default)]
    #[schema(value_type = Option<DateTime<Utc>>, example = json!(null))]
    pub remind_at: Patch<DateTime<Utc>>,
    #[serde(default)]
    #[schema(value_type = Option<MemberId>)]
    pub assignee_id: Patch<MemberId>,
}

fn texts(after: &mut Activity, change: &mut ChangeActivity) -> Result<()> {
    if let Some(title) = change.title.take() {
        after.title = create::title(&title)?;
    }
    if let Patch::Set(body) = &change.body {
        change.body = field::text("body", Some(body), 10_000)?.map_or(Patch::Clear, Patch::Set);
    }
    if let Patch::Set(place) = &change.place {
        change.place = field::line("place", Some(place), 300)?.map_or(Patch::Clear, Patch::Set);
    }
    Ok(())
}

pub async fn update(tx: &mut Tx, before: Activity, mut change: ChangeActivity) -> Result<Activity> {
    before.must_be_live()?;
    if let Patch::Set(id) = &change.assignee_id {
        member::must_exist(tx, "assignee_id", Some(*id)).await?;
    }
    let mut after = before.clone();
    texts(&mut after, &mut change)?;
    change.body.apply(&mut after.body);
    change.direction.apply(&mut after.direction);
    change.outcome.apply(&mut after.outcome);
    change.duration_minutes.apply(&mut after.duration_minutes);
    change.starts_at.apply(&mut after.starts_at);
    change.ends_at.apply(&mut after.ends_at);
    change.place.apply(&mut after.place);
    change.due_on.apply(&mut after.due_on);
    change.due_at.apply(&mut after.due_at);
    change.priority.apply(&mut after.priority);
    change.remind_at.apply(&mut after.remind_at);
    change.assignee_id.apply(&mut after.assignee_id);
    let after = tx.update(&rules::settled(after, before.created_at)?).await?;
    if let Some(about) = change.about {
        let about = link::checked(tx, "about", LinkRole::About, about).await?;
        link::write(tx, &after, LinkRole::About, about).await?;
    }
    if let Some(participants) = change.participants {
        let with = link::checked(tx, "participants", LinkRole::With, participants).await?;
        link::write(tx, &after, LinkRole::With, with).await?;
    }
    tx.audit(Change::new("activity.update", after.id).before(&before).after(&after)).await?;
    tell(tx, Did::Updated, &after).await?;
    if after.remind_at != before.remind_at {
        remind::plan(tx, &after).await?;
    }
    if after.assignee_id != before.assignee_id {
        notification::assigned(tx, &after).await?;
    }
    Ok(after)
}
