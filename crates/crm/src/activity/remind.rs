//! Reminding of an activity at the time that was asked for, once.
//!
//! A job is due at that time and says it. When it runs and the activity says another time, is done or is gone, it does
//! nothing; a changed time has a job of its own. What was told is remembered by the notification's occasion.

use chrono::{DateTime, Utc};
use jobs::{Context, Verdict};
use kernel::{Result, permissions};
use serde::{Deserialize, Serialize};
use store::{EnqueueJob, Tx};

use super::{Activity, ActivityId};
use crate::notification;

permissions! {
    /// Tell members what they wanted to be reminded of; held by the product's own workers.
    pub RemindOfActivities = "activity.remind": [];
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RemindOfActivity {
    pub activity_id: ActivityId,
    pub at: DateTime<Utc>,
}

impl kernel::Job for RemindOfActivity {
    const KIND: &'static str = "activity.remind";

    /// One per activity and time.
    fn unique_key(&self) -> Option<String> {
        Some(format!("{}/{}", self.activity_id, self.at.timestamp()))
    }
}

/// Sees to it that the activity is reminded of, if it wants to be.
pub(super) async fn plan(tx: &mut Tx, activity: &Activity) -> Result<()> {
    if let Some(at) = wanted(activity) {
        tx.enqueue_at(&RemindOfActivity { activity_id: activity.id, at }, at).await?;
    }
    Ok(())
}

fn wanted(activity: &Activity) -> Option<DateTime<Utc>> {
    activity.remind_at.filter(|_| activity.completed_at.is_none() && activity.deleted_at.is_none())
}

pub async fn run(context: Context, job: RemindOfActivity) -> Result<Verdict> {
    let mut tx = context.store.begin(&context.can::<RemindOfActivities>()?).await?;
    let Some(activity) = tx.find::<Activity>(job.activity_id).await? else { return Ok(Verdict::Done) };
    let activity = tx.get_locked::<Activity>(activity.id).await?;
    if wanted(&activity) != Some(job.at) {
        return Ok(Verdict::Done);
    }
    if tx.now() < job.at {
        tx.enqueue_at(&job, job.at).await?;
    } else {
        notification::reminded(&mut tx, &activity, job.at).await?;
    }
    tx.commit().await?;
    Ok(Verdict::Done)
}
