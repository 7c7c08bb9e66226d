//! What an activity of each kind has. A field of another kind is refused, so that nothing is kept that nobody is shown.

use chrono::{DateTime, NaiveTime, SubsecRound, Utc};
use kernel::{Result, error::Fields};

use super::{Activity, ActivityKind, CallDirection, TaskPriority};

/// Minutes of a day: longer is no call.
const LONGEST_CALL: i64 = 24 * 60;

/// Brings an activity into the shape of its kind, or says all that is wrong with it.
pub(super) fn settled(mut activity: Activity, now: DateTime<Utc>) -> Result<Activity> {
    let mut fields = Fields::default();
    for time in [&mut activity.starts_at, &mut activity.ends_at, &mut activity.due_at, &mut activity.remind_at] {
        *time = time.map(|time| time.trunc_subsecs(0));
    }
    for name in foreign(&activity) {
        fields.refuse(name, "not_of_kind", "A call, a meeting or a task of this kind has no such field. Leave it out.");
    }
    match activity.kind {
        ActivityKind::Call => {
            activity.direction = activity.direction.or(Some(CallDirection::Outbound));
            activity.starts_at = activity.starts_at.or(Some(now.trunc_subsecs(0)));
            if activity.duration_minutes.is_some_and(|minutes| !(0..=LONGEST_CALL).contains(&minutes)) {
                fields.refuse("duration_minutes", "out_of_range", "Write how many minutes it took, 0 to 1440.");
            }
        }
        ActivityKind::Meeting => {
            if activity.starts_at.is_none() {
                fields.refuse("starts_at", "required", "Say when the meeting begins.");
            }
            if let (Some(start), Some(end)) = (activity.starts_at, activity.ends_at)
                && end < start
            {
                fields.refuse("ends_at", "before_start", "A meeting ends after it begins. Choose a later time.");
            }
        }
        ActivityKind::Task => {
            activity.priority = activity.priority.or(Some(TaskPriority::Normal));
            if activity.due_on.is_some() && activity.due_at.is_some() {
                fields.refuse("due_at", "due_twice", "A task is due on a day or at a time. Give one of them.");
            }
        }
    }
    fields.finish()?;
    activity.stands_at = stands_at(&activity);
    Ok(activity)
}

/// The fields that are set although the kind has none such.
fn foreign(activity: &Activity) -> Vec<&'static str> {
    use ActivityKind::{Call, Meeting, Task};
    let fields: [(&'static str, bool, &[ActivityKind]); 10] = [
        ("direction", activity.direction.is_some(), &[Call]),
        ("outcome", activity.outcome.is_some(), &[Call]),
        ("duration_minutes", activity.duration_minutes.is_some(), &[Call]),
        ("starts_at", activity.starts_at.is_some(), &[Call, Meeting]),
        ("ends_at", activity.ends_at.is_some(), &[Meeting]),
        ("place", activity.place.is_some(), &[Meeting]),
        ("due_on", activity.due_on.is_some(), &[Task]),
        ("due_at", activity.due_at.is_some(), &[Task]),
        ("priority", activity.priority.is_some(), &[Task]),
        ("remind_at", activity.remind_at.is_some(), &[Meeting, Task]),
    ];
    fields
        .into_iter()
        .filter(|(_, set, kinds)| *set && !kinds.contains(&activity.kind))
        .map(|(name, ..)| name)
        .collect()
}

/// Where the activity stands in time, for sorting alone: when it is, or is due, a whole day at its noon in UTC; what has
/// no date comes after everything that has one.
pub(super) fn stands_at(activity: &Activity) -> DateTime<Utc> {
    let noon = |day: chrono::NaiveDate| day.and_time(NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default()).and_utc();
    let end = chrono::NaiveDate::from_ymd_opt(9999, 1, 1).unwrap_or_default();
    activity.starts_at.or(activity.due_at).or(activity.due_on.map(noon)).unwrap_or_else(|| noon(end))
}
