//! Beginning a bulk change: what it is about is fixed, and the work is queued.

use chrono::TimeDelta;
use kernel::{Change, Error, Event, Json, Result, SealedJson};
use serde::Deserialize;
use store::{EnqueueJob, Tx};
use utoipa::ToSchema;

use super::{
    AT_ONCE, Bulk, BulkAction, BulkChange, BulkChangeId, BulkState, UNDO_DAYS, lapse::LapseBulkChange, must, part,
    person, run::RunBulkChange,
};

/// How long the workers leave a small one to the request that brought it.
pub(super) const LEFT_TO_REQUEST: TimeDelta = TimeDelta::seconds(15);

/// What to do to which records: those of `ids`, or all that `find` finds.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewBulkChange {
    /// `company`, `contact`, `deal`, `lead`, `activity`, or the id of a custom object.
    #[schema(example = "company", pattern = "^(company|contact|deal|lead|activity|obj_[0-9a-f]{32})$")]
    pub noun: String,
    /// Up to 10 000 records by their ids.
    #[schema(example = json!(["com_019abc0123457def8123456789abcdef"]))]
    pub ids: Option<Vec<String>>,
    /// The query string of the list that finds the records, such as `q=aurora&owner_id=…&filter=…`; empty for all of them.
    /// Up to 100 000, as they are at this moment.
    #[schema(example = json!(null))]
    pub find: Option<String>,
    pub action: BulkAction,
}

pub async fn start(tx: &mut Tx, bulk: &Bulk, new: NewBulkChange) -> Result<BulkChange> {
    let noun = bulk.noun(&new.noun)?;
    let action = new.action.read()?;
    must(tx.caller(), noun.right(&action))?;
    noun.check(tx, &new.noun, &action).await?;
    let records = match (new.ids, new.find) {
        (Some(ids), None) => part::named(tx, &*noun, &new.noun, &ids).await?,
        (None, Some(query)) => {
            // How many fit says what stands in them: whoever may not read the list is not told.
            must(tx.caller(), noun.reads())?;
            noun.find(tx, &new.noun, &query).await?
        }
        _ => return Err(Error::invalid("ids", "ids_or_find", "Give either ids, or find.")),
    };
    let now = tx.now();
    let change = BulkChange {
        id: BulkChangeId::new(),
        version: 1,
        noun: new.noun,
        kind: action.kind(),
        fields: Json(action.fields()),
        action: Some(SealedJson(action)),
        state: BulkState::Running,
        total: i64::try_from(records.len()).unwrap_or(i64::MAX),
        done: 0,
        changed: 0,
        unchanged: 0,
        refused: 0,
        undone: 0,
        kept: 0,
        error_code: None,
        member_id: person(tx.caller()),
        undo_until: now + TimeDelta::days(UNDO_DAYS),
        finished_at: None,
        undone_at: None,
        created_at: now,
        updated_at: now,
    };
    tx.insert(&change).await?;
    part::keep(tx, change.id, &records).await?;
    let job = RunBulkChange { bulk_change_id: change.id };
    let at = if change.total <= AT_ONCE { now + LEFT_TO_REQUEST } else { now };
    tx.enqueue_at(&job, at).await?;
    tx.enqueue_at(&LapseBulkChange { bulk_change_id: change.id }, change.undo_until).await?;
    tx.audit(Change::new("bulk_change.start", change.id).after(&change)).await?;
    tx.emit(Event::new("bulk_change.started", change.id).data(change.counts())).await?;
    Ok(change)
}
