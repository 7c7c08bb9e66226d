//! A view as the API shows it.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kernel::{Error, MemberId, Result};
use serde::Serialize;
use serde_json::Value;
use store::Tx;
use utoipa::ToSchema;

use super::{SavedView, ViewId, choose};
use crate::{
    filter::{Reader, catalogue::Noun},
    name::{self, Ref},
};

/// A view of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct SavedViewView {
    pub id: ViewId,
    pub version: i64,
    pub noun: Noun,
    #[schema(example = "My customers in Valencia")]
    pub name: String,
    pub shared: bool,
    pub owner: Option<Ref<MemberId>>,
    #[schema(value_type = Option<Object>, example = json!({ "field": "owner_id", "op": "is", "value": "me" }))]
    pub filter: Option<Value>,
    #[schema(example = "-updated_at")]
    pub sort: Option<String>,
    /// The columns in their order; empty is those of the list.
    pub columns: Vec<String>,
    /// It stands above this member's list.
    pub pinned: bool,
    /// This member's list opens with it.
    pub opens: bool,
    /// What keeps the filter from being asked, such as a field that was deleted.
    pub problem: Option<String>,
    pub deleted_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    /// `update`, `delete` and `restore`, where this caller may do it now.
    pub actions: Vec<&'static str>,
}

pub async fn view(tx: &mut Tx, view: SavedView) -> Result<SavedViewView> {
    views(tx, vec![view]).await?.pop().ok_or_else(|| Error::internal("one view is shown as one"))
}

/// Views of one noun.
pub async fn views(tx: &mut Tx, views: Vec<SavedView>) -> Result<Vec<SavedViewView>> {
    let Some(first) = views.first() else { return Ok(Vec::new()) };
    let reader = Reader::new(tx, first.noun).await?;
    let owners = name::members(tx, views.iter().map(|view| view.owner_id)).await?;
    let mine = match tx.caller().member_id() {
        Some(member) => choose::of(tx, member, Some(first.noun)).await?,
        None => Vec::new(),
    };
    let mine: HashMap<ViewId, (bool, bool)> =
        mine.into_iter().map(|choice| (choice.view_id, (choice.pinned, choice.opens))).collect();
    let build = |view: SavedView| {
        let (pinned, opens) = mine.get(&view.id).copied().unwrap_or_default();
        let problem = view.filter.as_ref().and_then(|filter| reader.read(filter).err()).map(|error| said(&error));
        let actions = match (view.is_theirs(tx), view.deleted_at) {
            (false, _) => Vec::new(),
            (true, None) => vec!["update", "delete"],
            (true, Some(_)) => vec!["restore"],
        };
        SavedViewView {
            id: view.id,
            version: view.version,
            noun: view.noun,
            name: view.name,
            shared: view.shared,
            owner: owners.maybe(view.owner_id),
            filter: view.filter,
            sort: view.sort,
            columns: view.columns.0,
            pinned,
            opens,
            problem,
            deleted_at: view.deleted_at,
            created_at: view.created_at,
            updated_at: view.updated_at,
            actions,
        }
    };
    Ok(views.into_iter().map(build).collect())
}

fn said(error: &Error) -> String {
    match error {
        Error::Invalid { fields } => fields.first().map_or_else(|| error.to_string(), |field| field.message.clone()),
        other => other.to_string(),
    }
}
