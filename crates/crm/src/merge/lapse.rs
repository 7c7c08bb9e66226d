//! When the time to undo is over: the image is erased, and of the loser only what it was known by is kept.

use jobs::{Context, Verdict};
use kernel::{Change, Result, id::Id, permissions};
use serde::{Deserialize, Serialize};
use store::{EnqueueJob, Tx};

use super::{MergeId, MergeState, Mergeable, RecordMerge, custom};
use crate::{company::Company, contact::Contact, duplicate::Noun};

permissions! {
    /// Erase what merges kept to be undone; held by the product's own workers.
    pub LapseMerges = "merge.lapse": [];
}

/// Due when the merge can no longer be undone.
#[derive(Debug, Serialize, Deserialize)]
pub struct LapseMerge {
    pub merge_id: MergeId,
}

impl kernel::Job for LapseMerge {
    const KIND: &'static str = "merge.lapse";
}

/// Can be run again at any time.
pub async fn run(context: Context, job: LapseMerge) -> Result<Verdict> {
    let mut tx = context.store.begin(&context.can::<LapseMerges>()?).await?;
    let Some(merge) = tx.find::<RecordMerge>(job.merge_id).await? else { return Ok(Verdict::Done) };
    if merge.state != MergeState::Done {
        return Ok(Verdict::Done);
    }
    if tx.now() < merge.undo_until {
        tx.enqueue_at(&job, merge.undo_until).await?;
    } else {
        match merge.noun {
            Noun::Contact => reduce::<Contact>(&mut tx, &merge).await?,
            Noun::Company => reduce::<Company>(&mut tx, &merge).await?,
        }
        let over = tx.update(&RecordMerge { state: MergeState::Final, image: None, ..merge.clone() }).await?;
        tx.audit(Change::new("merge.lapse", over.id).before(&merge).after(&over)).await?;
    }
    tx.commit().await?;
    Ok(Verdict::Done)
}

async fn reduce<R: Mergeable>(tx: &mut Tx, merge: &RecordMerge) -> Result<()> {
    let loser: R = tx.get_locked(R::Id::from_uuid(merge.loser_id)).await?;
    let mut remnant = loser.clone().remnant();
    remnant.custom_mut().clear();
    let left = tx.update(&remnant).await?;
    custom::write(tx, &left, Vec::new()).await?;
    tx.audit(Change::new("merge.lapse", left.id()).before(&loser).after(&left)).await?;
    Ok(())
}
