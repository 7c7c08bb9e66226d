//! What a member has to do: tasks past due, due today and later, and the meetings before them, by the days of their own
//! zone. A task with a time is overdue when the time is past; one for a whole day when the day is.

use chrono::{DateTime, Days, NaiveDate, Utc};
use chrono_tz::Tz;
use kernel::{MemberId, Result};
use serde::Serialize;
use store::Tx;
use utoipa::ToSchema;

use super::{
    Activity, ActivityKind,
    list::visible,
    view::{ActivityView, views},
};
use crate::{day, notification::setting};

/// What there is to do, the earliest first; at most 200 in all.
#[derive(Debug, Serialize, ToSchema)]
pub struct AgendaView {
    /// The day it is for this member.
    pub today: NaiveDate,
    /// The zone by which the days are told.
    pub time_zone: String,
    pub overdue: Vec<ActivityView>,
    pub due_today: Vec<ActivityView>,
    pub upcoming: Vec<ActivityView>,
    /// Tasks without a date.
    pub someday: Vec<ActivityView>,
}

const MOST: i64 = 200;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bucket {
    Overdue,
    Today,
    Upcoming,
    Someday,
}

/// When the day after `day` begins in the zone.
fn next_midnight(zone: Tz, day: NaiveDate) -> DateTime<Utc> {
    day::begins(zone, day.checked_add_days(Days::new(1)).unwrap_or(day))
}

pub(super) fn bucket(activity: &Activity, now: DateTime<Utc>, zone: Tz) -> Bucket {
    let today = now.with_timezone(&zone).date_naive();
    if let Some(day) = activity.due_on {
        return match day.cmp(&today) {
            std::cmp::Ordering::Less => Bucket::Overdue,
            std::cmp::Ordering::Equal => Bucket::Today,
            std::cmp::Ordering::Greater => Bucket::Upcoming,
        };
    }
    match activity.due_at.or(activity.starts_at) {
        None => Bucket::Someday,
        Some(at) if at < now && activity.kind == ActivityKind::Task => Bucket::Overdue,
        Some(at) if at < next_midnight(zone, today) => Bucket::Today,
        Some(_) => Bucket::Upcoming,
    }
}

/// What the member has to do.
pub async fn work(tx: &mut Tx, member: MemberId) -> Result<AgendaView> {
    let zone = setting::zone(tx, member).await?;
    let now = tx.now();
    let select = tx
        .select::<Activity>()
        .and("activity.assignee_id =", member)
        .push(" AND activity.completed_at IS NULL AND activity.deleted_at IS NULL AND (activity.kind = 'task' OR (activity.kind = 'meeting'")
        .and("activity.stands_at >=", now)
        .push("))");
    let select = visible(tx, select).push(" ORDER BY activity.stands_at, activity.id LIMIT ").bind(MOST);
    let open: Vec<Activity> = tx.all(select).await?;
    let buckets: Vec<Bucket> = open.iter().map(|activity| bucket(activity, now, zone)).collect();
    let mut work = AgendaView {
        today: now.with_timezone(&zone).date_naive(),
        time_zone: zone.name().to_owned(),
        overdue: Vec::new(),
        due_today: Vec::new(),
        upcoming: Vec::new(),
        someday: Vec::new(),
    };
    for (view, bucket) in views(tx, open).await?.into_iter().zip(buckets) {
        match bucket {
            Bucket::Overdue => work.overdue.push(view),
            Bucket::Today => work.due_today.push(view),
            Bucket::Upcoming => work.upcoming.push(view),
            Bucket::Someday => work.someday.push(view),
        }
    }
    Ok(work)
}
