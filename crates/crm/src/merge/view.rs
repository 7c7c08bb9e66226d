//! Merges as the API shows them.

use chrono::{DateTime, Utc};
use kernel::{Error, MemberId, Result};
use serde::Serialize;
use store::Tx;
use utoipa::ToSchema;

use super::{MergeId, MergeState, Moved, RecordMerge, links::LINKS, undo::Undone};
use crate::{
    duplicate::{Noun, settle::shown},
    name::{self, Ref},
    subject::Subject,
};

/// A merge.
#[derive(Debug, Serialize, ToSchema)]
pub struct MergeView {
    pub id: MergeId,
    pub version: i64,
    pub noun: Noun,
    pub state: MergeState,
    /// The one that was kept.
    pub survivor: Ref<String>,
    /// The one that was merged into it.
    pub loser: Ref<String>,
    /// What moved, as far as the caller may know of it.
    pub moved: Vec<Moved>,
    pub merged_by: Option<Ref<MemberId>>,
    pub merged_at: DateTime<Utc>,
    /// Until when it can be undone.
    pub undo_until: DateTime<Utc>,
    pub undone_at: Option<DateTime<Utc>>,
    /// `undo`, where this caller may do it now.
    pub actions: Vec<&'static str>,
}

/// A merge that has been undone, and what became of what was changed since.
#[derive(Debug, Serialize, ToSchema)]
pub struct UndoneView {
    pub merge: MergeView,
    pub undone: Undone,
}

pub async fn view(tx: &mut Tx, merge: RecordMerge) -> Result<MergeView> {
    let by = name::members(tx, [merge.merged_by]).await?.maybe(merge.merged_by);
    let undoable = merge.state == MergeState::Done && tx.now() < merge.undo_until;
    let known = |moved: &Moved| {
        let mut links = LINKS.iter().filter(|link| link.table == moved.noun);
        links.any(|link| tx.caller().holds(link.permission))
    };
    let moved = merge.moved.0.iter().filter(|moved| known(moved)).cloned().collect();
    let actions = if undoable && merge.noun.may_merge(tx.caller()) { vec!["undo"] } else { Vec::new() };
    Ok(MergeView {
        survivor: named(tx, shown(merge.noun, merge.survivor_id)).await?,
        loser: named(tx, shown(merge.noun, merge.loser_id)).await?,
        id: merge.id,
        version: merge.version,
        noun: merge.noun,
        state: merge.state,
        moved,
        merged_by: by,
        merged_at: merge.created_at,
        undo_until: merge.undo_until,
        undone_at: merge.undone_at,
        actions,
    })
}

async fn named(tx: &mut Tx, id: String) -> Result<Ref<String>> {
    let name = match Subject::parse(&id) {
        Some(subject) => match subject.name(tx).await {
            // A merge is seen with its survivor; the other may have been somebody else's.
            Err(Error::NotFound { .. }) => String::new(),
            named => named?,
        },
        None => String::new(),
    };
    Ok(Ref { id, name })
}
