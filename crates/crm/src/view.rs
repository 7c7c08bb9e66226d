//! Saved views of lists, and of reports: a filter, an order and columns, or what is asked of a report, under a name. Private to whoever made one, or shared with the
//! workspace; each member pins those they use and says with which a list opens.
//!
//! Invariants: a private view is there for nobody but its maker; a view gives no rights, because its filter is asked with
//! those of whoever looks; a view whose fields have gone stays, says what is wrong with it, and can be mended.

mod arrange;
pub mod choose;
pub mod create;
pub mod delete;
pub(crate) mod routes;
pub mod settings;
pub mod shown;
#[cfg(test)]
mod tests;
pub mod update;

use chrono::{DateTime, Utc};
use kernel::{Error, Event, Json, MemberId, Permission, Result, permissions};
use serde_json::Value;
use store::Tx;

use crate::{filter::catalogue::Noun, report};
use settings::ReportSettings;

kernel::id!(/// A saved view.
    pub ViewId, "viw");
kernel::id!(/// What a member made of a view; seen by nobody.
    pub ViewChoiceId, "vch");

permissions! {
    /// Keep views of lists for oneself, and use those that are shared.
    pub UseViews = "view.use": [Administrator, Sales, Billing, Marketing, Support, ReadOnly];
    /// Make, change and delete views that everybody sees.
    pub ShareViews = "view.share": [Administrator, Sales, Marketing];
}

kernel::states! {
    /// How the records of a view stand.
    pub enum ViewLayout { Table = "table", Board = "board", Calendar = "calendar" }
}

/// The most views of one noun that a workspace may have.
pub const MOST: i64 = 300;

store::record! {
    /// A view as stored.
    pub struct SavedView in saved_view {
        id: ViewId,
        version: i64,
        noun: Noun,
        name: String,
        shared: bool,
        owner_id: Option<MemberId>,
        /// As it was written: see [`crate::filter`].
        filter: Option<Value>,
        /// The text that is looked for.
        q: Option<String>,
        sort: Option<String>,
        /// The columns in their order; empty is those of the list.
        columns: Json<Vec<String>>,
        layout: ViewLayout,
        /// The field whose choices are the board's columns, or whose days the calendar's.
        layout_field: Option<String>,
        /// As groups of a list take it: see [`crate::group`].
        group_by: Option<String>,
        aggregates: Json<Vec<String>>,
        /// What is asked of a report, where the noun is one.
        report: Option<Json<ReportSettings>>,
        deleted_at: Option<DateTime<Utc>>,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

store::record! {
    pub struct ViewChoice in view_choice {
        id: ViewChoiceId,
        version: i64,
        view_id: ViewId,
        member_id: MemberId,
        noun: Noun,
        pinned: bool,
        /// The list opens with it; of one view at most of each noun.
        opens: bool,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

impl SavedView {
    /// Whether whoever asks may know of it.
    fn is_seen(&self, tx: &Tx) -> bool {
        let caller = tx.caller();
        let counted = self.report.as_ref().map_or(&[][..], |report| report::needs(report.0.kind));
        caller.holds(self.noun.permission())
            && counted.iter().all(|permission| caller.holds(permission))
            && (self.shared || (self.owner_id.is_some() && self.owner_id == caller.member_id()))
    }

    /// Whether they may change it: their own, or a shared one.
    fn is_theirs(&self, tx: &Tx) -> bool {
        if self.shared { tx.caller().holds(ShareViews::NAME) } else { self.owner_id == tx.caller().member_id() }
    }

    fn must_be_theirs(&self, tx: &Tx) -> Result<()> {
        if self.is_theirs(tx) { Ok(()) } else { Err(Error::Forbidden { permission: ShareViews::NAME }) }
    }
}

/// One view, of those the caller may know of.
pub(crate) async fn one(tx: &mut Tx, id: ViewId, locked: bool) -> Result<SavedView> {
    let found: Option<SavedView> = if locked {
        match tx.get_locked(id).await {
            Ok(view) => Some(view),
            Err(other) => match Error::from(other) {
                Error::NotFound { .. } => None,
                other => return Err(other),
            },
        }
    } else {
        tx.find(id).await?
    };
    found.filter(|view| view.is_seen(tx)).ok_or_else(|| Error::not_found("saved_view"))
}

pub(crate) fn event(kind: &'static str, view: &SavedView) -> Event {
    Event::new(kind, view.id)
}
