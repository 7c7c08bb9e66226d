//! Telling of an activity. Its kind is the noun of the event; the event is linked to every record it is about and every
//! contact who takes part, so that it stands on their timelines.

use kernel::{EventId, Result, id::Id};
use store::Tx;

use super::{Activity, ActivityKind, link};

pub(super) enum Did {
    Created,
    Updated,
    Completed,
    Reopened,
    Deleted,
    Restored,
}

pub(super) async fn tell(tx: &mut Tx, did: Did, activity: &Activity) -> Result<EventId> {
    use ActivityKind::{Call, Meeting, Task};
    let kind = match (did, activity.kind) {
        (Did::Created, Call) => "call.created",
        (Did::Created, Meeting) => "meeting.created",
        (Did::Created, Task) => "task.created",
        (Did::Updated, Call) => "call.updated",
        (Did::Updated, Meeting) => "meeting.updated",
        (Did::Updated, Task) => "task.updated",
        (Did::Completed, _) => "task.completed",
        (Did::Reopened, _) => "task.reopened",
        (Did::Deleted, Call) => "call.deleted",
        (Did::Deleted, Meeting) => "meeting.deleted",
        (Did::Deleted, Task) => "task.deleted",
        (Did::Restored, Call) => "call.restored",
        (Did::Restored, Meeting) => "meeting.restored",
        (Did::Restored, Task) => "task.restored",
    };
    let mut event = kernel::Event::new(kind, activity.id);
    event.related = link::of(tx, &[activity.id.uuid()]).await?.into_iter().map(|link| link.record).collect();
    event.related.retain(|record| !record.starts_with("mem_"));
    Ok(tx.emit(event).await?)
}
