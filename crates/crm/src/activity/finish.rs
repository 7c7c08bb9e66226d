//! Finishing a task, and taking that back. Doing either twice is harmless.

use kernel::{Change, Error, Result};
use store::Tx;

use super::{
    Activity, ActivityKind,
    event::{Did, tell},
    remind,
};

fn must_be_a_task(activity: &Activity) -> Result<()> {
    if activity.kind == ActivityKind::Task {
        return Ok(());
    }
    Err(Error::conflict("not_a_task", "Only a task can be finished. Change or delete this one instead."))
}

pub async fn complete(tx: &mut Tx, before: Activity) -> Result<Activity> {
    must_be_a_task(&before)?;
    before.must_be_live()?;
    if before.completed_at.is_some() {
        return Ok(before);
    }
    let done = Activity { completed_at: Some(tx.now()), completed_by: tx.caller().member_id(), ..before.clone() };
    let done = tx.update(&done).await?;
    tx.audit(Change::new("activity.complete", done.id).before(&before).after(&done)).await?;
    tell(tx, Did::Completed, &done).await?;
    Ok(done)
}

pub async fn reopen(tx: &mut Tx, before: Activity) -> Result<Activity> {
    must_be_a_task(&before)?;
    before.must_be_live()?;
    if before.completed_at.is_none() {
        return Ok(before);
    }
    let open = tx.update(&Activity { completed_at: None, completed_by: None, ..before.clone() }).await?;
    tx.audit(Change::new("activity.reopen", open.id).before(&before).after(&open)).await?;
    tell(tx, Did::Reopened, &open).await?;
    remind::plan(tx, &open).await?;
    Ok(open)
}
