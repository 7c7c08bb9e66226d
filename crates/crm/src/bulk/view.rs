//! A bulk change on the wire.

use chrono::{DateTime, Utc};
use kernel::{MemberId, Result};
use serde::Serialize;
use store::Tx;
use utoipa::ToSchema;

use super::{BulkChange, BulkChangeId, BulkState, action::ActionKind};
use crate::name::{self, Ref};

/// A change to many records and how far it is. Once it has ended, `changed + unchanged + refused` is `done`.
#[derive(Debug, Serialize, ToSchema)]
pub struct BulkChangeView {
    pub id: BulkChangeId,
    pub version: i64,
    /// `company`, `contact`, `deal`, `lead`, `activity`, or the id of a custom object.
    #[schema(example = "company")]
    pub noun: String,
    pub kind: ActionKind,
    /// The fields that are set.
    #[schema(example = json!(["country"]))]
    pub fields: Vec<String>,
    pub state: BulkState,
    /// Records it is about.
    pub total: i64,
    pub done: i64,
    pub changed: i64,
    /// Records that were so already.
    pub unchanged: i64,
    /// Records that could not be changed; listed with their reasons at `/refused` for 30 days.
    pub refused: i64,
    /// Records put back.
    pub undone: i64,
    /// Records that were changed since and stayed, or could not be put back.
    pub kept: i64,
    /// Why it was stopped: `stopped` by a person, `rights_lost`, `interrupted`.
    #[schema(example = json!(null))]
    pub error_code: Option<String>,
    pub member: Option<Ref<MemberId>>,
    pub undo_until: DateTime<Utc>,
    pub finished_at: Option<DateTime<Utc>>,
    pub undone_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    /// `stop` and `undo`, where they can be done now.
    pub actions: Vec<&'static str>,
}

pub async fn view(tx: &mut Tx, change: BulkChange) -> Result<BulkChangeView> {
    let members = name::members(tx, [change.member_id]).await?;
    Ok(build(tx, change, &members))
}

pub async fn views(tx: &mut Tx, changes: Vec<BulkChange>) -> Result<Vec<BulkChangeView>> {
    let members = name::members(tx, changes.iter().map(|change| change.member_id)).await?;
    Ok(changes.into_iter().map(|change| build(tx, change, &members)).collect())
}

fn build(tx: &Tx, change: BulkChange, members: &name::Names<MemberId>) -> BulkChangeView {
    let actions = [("stop", change.is_stoppable()), ("undo", change.is_undoable(tx.now()))];
    BulkChangeView {
        actions: actions.into_iter().filter_map(|(action, may)| may.then_some(action)).collect(),
        id: change.id,
        version: change.version,
        noun: change.noun,
        kind: change.kind,
        fields: change.fields.0,
        state: change.state,
        total: change.total,
        done: change.done,
        changed: change.changed,
        unchanged: change.unchanged,
        refused: change.refused,
        undone: change.undone,
        kept: change.kept,
        error_code: change.error_code,
        member: members.maybe(change.member_id),
        undo_until: change.undo_until,
        finished_at: change.finished_at,
        undone_at: change.undone_at,
        created_at: change.created_at,
        updated_at: change.updated_at,
    }
}
