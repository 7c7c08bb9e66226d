//! One step of a bulk change: some records in one transaction with the count of how far it is.
//!
//! A record that is refused before anything of it was written is noted and passed over. One that is refused later takes the
//! transaction with it: the step is then done again record by record, so that only that one is left out.

use kernel::{Can, Change, Error, Event, Result, Uuid};
use store::{Store, Tx};

use super::{
    Bulk, BulkChange, BulkChangeId, BulkState, UseBulkChanges,
    image::{BulkImage, BulkImageId, Image},
    must, part,
    refusal::{BulkRefusal, is_of_record},
    skip::skip,
};

/// What came of a step.
#[derive(Debug)]
pub enum Step {
    /// There is more to do.
    On,
    Over,
    /// One of several was refused after it had been begun; nothing of this step remains.
    OneByOne,
}

/// What became of the records of a step.
#[derive(Default)]
struct Taken {
    images: Vec<(Uuid, Image)>,
    unchanged: i64,
    refused: Vec<(Uuid, Error)>,
}

/// Takes up to `rows` records, unless it was stopped or another worker has come to the end.
pub async fn step(
    bulk: &Bulk,
    store: &Store,
    can: &Can<UseBulkChanges>,
    id: BulkChangeId,
    rows: usize,
    tell: bool,
) -> Result<Step> {
    let mut tx = store.begin(can).await?;
    let change: BulkChange = tx.get_locked(id).await?;
    let Some(action) = change.action.clone().filter(|_| change.state == BulkState::Running) else {
        return Ok(Step::Over);
    };
    let noun = bulk.noun(&change.noun)?;
    must(tx.caller(), noun.right(&action.0))?;
    let records = part::next(&mut tx, &change, rows).await?;
    let mut taken = Taken::default();
    for record in &records {
        let written = tx.writes();
        match noun.apply(&mut tx, &change.noun, *record, &action.0).await {
            Ok(Some(image)) => taken.images.push((*record, image)),
            Ok(None) => taken.unchanged += 1,
            Err(error) if !is_of_record(&error) => return Err(error),
            Err(error) if tx.writes() == written => taken.refused.push((*record, error)),
            Err(_) if records.len() > 1 => return Ok(Step::OneByOne),
            Err(error) => {
                drop(tx);
                return skip(store, can, id, *record, error).await;
            }
        }
    }
    let over = advance(&mut tx, change, taken, records.len(), tell).await?;
    tx.commit().await?;
    Ok(if over { Step::Over } else { Step::On })
}

/// Writes what was taken and how far that is; answers whether it is all.
async fn advance(tx: &mut Tx, before: BulkChange, taken: Taken, rows: usize, tell: bool) -> Result<bool> {
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let mut now = BulkChange {
        done: before.done + count(rows),
        changed: before.changed + count(taken.images.len()),
        unchanged: before.unchanged + taken.unchanged,
        refused: before.refused + count(taken.refused.len()),
        ..before.clone()
    };
    let images = taken.images.into_iter().map(|(record_id, image)| BulkImage {
        id: BulkImageId::new(),
        bulk_change_id: before.id,
        record_id,
        image: kernel::SealedJson(image),
    });
    tx.insert_all(&images.collect::<Vec<_>>()).await?;
    let refused = taken.refused.into_iter();
    let refused: Vec<BulkRefusal> =
        refused.map(|(record, error)| BulkRefusal::new(tx, before.id, false, record, error)).collect();
    tx.insert_all(&refused).await?;
    // A part that is not there any more is the end as well.
    let over = now.done >= now.total || rows == 0;
    settle(tx, &before, &mut now, over, tell).await?;
    Ok(over)
}

/// Writes the counts, says them in the trail and, once a second, to those who look.
pub(super) async fn settle(
    tx: &mut Tx,
    before: &BulkChange,
    now: &mut BulkChange,
    over: bool,
    tell: bool,
) -> Result<()> {
    if over {
        (now.state, now.finished_at) = (BulkState::Done, Some(tx.now()));
    }
    let after = tx.update(now).await?;
    let (action, event) = match over {
        true => ("bulk_change.finish", Some("bulk_change.finished")),
        false => ("bulk_change.advance", tell.then_some("bulk_change.progress")),
    };
    tx.audit(Change::new(action, after.id).before(&before.counts()).after(&after.counts())).await?;
    if let Some(event) = event {
        tx.emit(Event::new(event, after.id).data(after.counts())).await?;
    }
    *now = after;
    Ok(())
}
