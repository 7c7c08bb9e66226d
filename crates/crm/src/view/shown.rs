//! A view as the API shows it.

use std::collections::{HashMap, hash_map::Entry};

use chrono::{DateTime, Utc};
use kernel::{Error, MemberId, Result};
use serde::Serialize;
use serde_json::Value;
use store::Tx;
use utoipa::ToSchema;

use super::{
    SavedView, ViewId, ViewLayout, arrange, choose,
    settings::{self, ReportSettings},
};
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
    /// The text that is looked for.
    #[schema(example = "aurora")]
    pub q: Option<String>,
    #[schema(example = "-updated_at")]
    pub sort: Option<String>,
    /// The columns in their order; empty is those of the list.
    pub columns: Vec<String>,
    pub layout: ViewLayout,
    /// The field whose choices are the board's columns, or whose days the calendar's.
    #[schema(example = "expected_close")]
    pub layout_field: Option<String>,
    /// As `by=` of the list's groups.
    #[schema(example = "owner_id")]
    pub group_by: Option<String>,
    pub aggregates: Vec<String>,
    /// What is asked of the report, where the noun is `report`.
    pub report: Option<ReportSettings>,
    /// It stands above this member's list.
    pub pinned: bool,
    /// This member's list opens with it.
    pub opens: bool,
    /// What keeps it from being shown as it was saved, such as a field that was deleted.
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
    let mut readers: HashMap<Noun, Reader> = HashMap::new();
    for noun in views.iter().filter_map(filtered) {
        if let Entry::Vacant(place) = readers.entry(noun) {
            place.insert(Reader::new(tx, noun).await?);
        }
    }
    let owners = name::members(tx, views.iter().map(|view| view.owner_id)).await?;
    let mine = match tx.caller().member_id() {
        Some(member) => choose::of(tx, member, Some(first.noun)).await?,
        None => Vec::new(),
    };
    let mine: HashMap<ViewId, (bool, bool)> =
        mine.into_iter().map(|choice| (choice.view_id, (choice.pinned, choice.opens))).collect();
    let build = |view: SavedView| {
        let (pinned, opens) = mine.get(&view.id).copied().unwrap_or_default();
        let reader = filtered(&view).and_then(|noun| readers.get(&noun));
        let problem = reader.and_then(|reader| wrong(reader, &view)).map(|error| said(&error));
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
            q: view.q,
            sort: view.sort,
            columns: view.columns.0,
            layout: view.layout,
            layout_field: view.layout_field,
            group_by: view.group_by,
            aggregates: view.aggregates.0,
            report: view.report.map(|report| report.0),
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

fn filtered(view: &SavedView) -> Option<Noun> {
    settings::filtered(view.noun, view.report.as_ref().map(|report| &report.0))
}

/// Why it cannot be shown as it was saved.
fn wrong(reader: &Reader, view: &SavedView) -> Option<Error> {
    let filter = view.filter.as_ref().and_then(|filter| reader.read(filter).err());
    filter.or_else(|| if view.report.is_some() { None } else { arrange::read(reader, view).err() })
}

fn said(error: &Error) -> String {
    match error {
        Error::Invalid { fields } => fields.first().map_or_else(|| error.to_string(), |field| field.message.clone()),
        other => other.to_string(),
    }
}
