//! Taking a bulk change back: each record is given what it held before, by the verb that a person would use. What was
//! changed since stays and is counted.

use kernel::{Can, Change, Error, Event, Job, Result, Uuid};
use serde::{Deserialize, Serialize};
use store::{EnqueueJob, Store, Tx};

use super::{
    AT_ONCE, Bulk, BulkAction, BulkChange, BulkChangeId, BulkState, UseBulkChanges,
    image::BulkImage,
    locked, must,
    noun::PutBack,
    refusal::{BulkRefusal, is_of_record},
    start::LEFT_TO_REQUEST,
    step::Step,
};

/// Goes on taking a bulk change back.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct UndoBulkChange {
    pub bulk_change_id: BulkChangeId,
}

impl Job for UndoBulkChange {
    const KIND: &'static str = "bulk_change.undo";
    const MAX_ATTEMPTS: i64 = 5;
    const LEASE_SECONDS: i64 = 120;

    fn unique_key(&self) -> Option<String> {
        Some(self.bulk_change_id.to_string())
    }
}

/// Queues the taking back, with the right to do the opposite: bringing back what was deleted asks for the right to delete.
pub async fn undo(tx: &mut Tx, bulk: &Bulk, id: BulkChangeId) -> Result<BulkChange> {
    let change = locked(tx, id).await?;
    must_undo(tx, bulk, &change)?;
    if change.state == BulkState::Undoing {
        return Ok(change);
    }
    if !change.is_undoable(tx.now()) {
        let sentence = "Nothing is left to undo: it changed nothing, was undone already, or its 30 days are over.";
        return Err(Error::conflict("bulk_change_not_undoable", sentence));
    }
    let undoing = BulkChange { state: BulkState::Undoing, error_code: None, ..change.clone() };
    let undoing = tx.update(&undoing).await?;
    let now = tx.now();
    let at = if undoing.changed <= AT_ONCE { now + LEFT_TO_REQUEST } else { now };
    tx.enqueue_at(&UndoBulkChange { bulk_change_id: id }, at).await?;
    tx.audit(Change::new("bulk_change.undo", id).before(&change).after(&undoing)).await?;
    tx.emit(Event::new("bulk_change.undo_started", id).data(undoing.counts())).await?;
    Ok(undoing)
}

fn must_undo(tx: &Tx, bulk: &Bulk, change: &BulkChange) -> Result<()> {
    let noun = bulk.noun(&change.noun)?;
    match &change.action {
        Some(action) => must(tx.caller(), noun.right(&action.0)),
        None => must(tx.caller(), noun.right(&BulkAction::Delete)),
    }
}

/// Puts back up to `rows` records, in one transaction with the count.
pub async fn put_back(
    bulk: &Bulk,
    store: &Store,
    can: &Can<UseBulkChanges>,
    id: BulkChangeId,
    rows: usize,
    tell: bool,
) -> Result<Step> {
    let mut tx = store.begin(can).await?;
    let before: BulkChange = tx.get_locked(id).await?;
    if before.state != BulkState::Undoing {
        return Ok(Step::Over);
    }
    must_undo(&tx, bulk, &before)?;
    let noun = bulk.noun(&before.noun)?;
    let images = next(&mut tx, id, rows).await?;
    let (mut now, mut refused) = (before.clone(), Vec::new());
    for image in &images {
        let written = tx.writes();
        match noun.put_back(&mut tx, &before.noun, image.record_id, &image.image.0).await {
            Ok(PutBack::Whole) => now.undone += 1,
            Ok(PutBack::Partly) => now.kept += 1,
            Err(error) if !is_of_record(&error) => return Err(error),
            Err(error) if tx.writes() == written => refused.push((image.record_id, error)),
            Err(_) if images.len() > 1 => return Ok(Step::OneByOne),
            Err(error) => {
                drop(tx);
                tx = store.begin(can).await?;
                if tx.get_locked::<BulkChange>(id).await?.version != before.version {
                    return Ok(Step::On);
                }
                refused.push((image.record_id, error));
            }
        }
    }
    keep_refused(&mut tx, &mut now, refused).await?;
    for image in &images {
        tx.delete::<BulkImage>(image.id).await?;
    }
    let over = settle(&mut tx, &before, now, images.len() < rows, tell).await?;
    tx.commit().await?;
    Ok(if over { Step::Over } else { Step::On })
}

async fn next(tx: &mut Tx, id: BulkChangeId, rows: usize) -> Result<Vec<BulkImage>> {
    let query = tx.select::<BulkImage>().and("bulk_image.bulk_change_id =", id);
    let limit = i64::try_from(rows).unwrap_or(i64::MAX);
    Ok(tx.all(query.push(" ORDER BY bulk_image.record_id LIMIT ").bind(limit)).await?)
}

/// What could not be put back stays as it is, with its reason.
async fn keep_refused(tx: &mut Tx, now: &mut BulkChange, refused: Vec<(Uuid, Error)>) -> Result<()> {
    now.kept += i64::try_from(refused.len()).unwrap_or(i64::MAX);
    let refused = refused.into_iter();
    let refused: Vec<BulkRefusal> =
        refused.map(|(record, error)| BulkRefusal::new(tx, now.id, true, record, error)).collect();
    Ok(tx.insert_all(&refused).await?)
}

async fn settle(tx: &mut Tx, before: &BulkChange, mut now: BulkChange, over: bool, tell: bool) -> Result<bool> {
    if over {
        (now.state, now.undone_at) = (BulkState::Undone, Some(tx.now()));
    }
    let after = tx.update(&now).await?;
    let (action, event) = match over {
        true => ("bulk_change.undone", Some("bulk_change.undone")),
        false => ("bulk_change.put_back", tell.then_some("bulk_change.progress")),
    };
    tx.audit(Change::new(action, after.id).before(&before.counts()).after(&after.counts())).await?;
    if let Some(event) = event {
        tx.emit(Event::new(event, after.id).data(after.counts())).await?;
    }
    Ok(over)
}
