//! Why deals are lost: a workspace's own short list, beside which something may be written. A reason that is no longer
//! offered stays with the deals that have it.

pub(crate) mod routes;
#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};
use kernel::{Change, Error, Event, Result};
use serde::Deserialize;
use store::{OnConstraint, Tx};
use utoipa::ToSchema;

use crate::field;

kernel::id!(/// A reason for which deals are lost.
    pub LostReasonId, "lrs");

/// More than this nobody chooses from.
const MOST: usize = 50;

store::record! {
    /// A reason as stored.
    pub struct LostReason in lost_reason {
        id: LostReasonId,
        version: i64,
        label: String,
        archived_at: Option<DateTime<Utc>>,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

/// A reason to be offered.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLostReason {
    #[schema(example = "Price")]
    pub label: String,
}

/// What changes; an absent field stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeLostReason {
    pub label: Option<String>,
    /// No longer offered.
    pub archived: Option<bool>,
}

/// All, archived ones too, by label.
pub async fn all(tx: &mut Tx) -> Result<Vec<LostReason>> {
    let select = tx.select::<LostReason>().push(" ORDER BY lost_reason.id");
    let mut found: Vec<LostReason> = tx.all(select).await?;
    found.sort_by_cached_key(|reason| field::folded(&reason.label));
    Ok(found)
}

pub async fn create(tx: &mut Tx, input: NewLostReason) -> Result<LostReason> {
    let label = label(&input.label)?;
    if all(tx).await?.len() >= MOST {
        let sentence =
            format!("There can be {MOST} reasons, archived ones included. Rename one that is no longer used.");
        return Err(Error::conflict("too_many_reasons", sentence));
    }
    let reason = LostReason {
        id: LostReasonId::new(),
        version: 1,
        label,
        archived_at: None,
        created_at: tx.now(),
        updated_at: tx.now(),
    };
    tx.insert(&reason).await.on_constraint("lost_reason_label_key", taken)?;
    tx.audit(Change::new("lost_reason.create", reason.id).after(&reason)).await?;
    tx.emit(Event::new("lost_reason.changed", reason.id)).await?;
    Ok(reason)
}

pub async fn update(tx: &mut Tx, before: LostReason, change: ChangeLostReason) -> Result<LostReason> {
    let mut after = before.clone();
    if let Some(text) = change.label {
        after.label = label(&text)?;
    }
    if let Some(archived) = change.archived {
        after.archived_at = archived.then(|| before.archived_at.unwrap_or(tx.now()));
    }
    let after = tx.update(&after).await.on_constraint("lost_reason_label_key", taken)?;
    tx.audit(Change::new("lost_reason.update", after.id).before(&before).after(&after)).await?;
    tx.emit(Event::new("lost_reason.changed", after.id)).await?;
    Ok(after)
}

/// The reason, when it is offered.
pub(super) async fn offered(tx: &mut Tx, id: LostReasonId) -> Result<LostReason> {
    let found: Option<LostReason> = tx.find(id).await?;
    found.filter(|reason| reason.archived_at.is_none()).ok_or_else(|| {
        Error::invalid("reason_id", "reason_unknown", "There is no such reason. Choose one from the list.")
    })
}

fn label(input: &str) -> Result<String> {
    field::line("label", Some(input), 80)?.ok_or_else(|| Error::invalid("label", "required", "Give it a name."))
}

fn taken() -> Error {
    Error::invalid("label", "reason_taken", "There is or was a reason of this name. Bring it back, or choose another.")
}
