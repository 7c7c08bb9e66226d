//! Keeping a view.

use kernel::{Change, Error, Json, Permission, Result};
use serde::Deserialize;
use serde_json::Value;
use store::{Tx, sql};
use utoipa::ToSchema;

use super::{MOST, SavedView, ShareViews, ViewId, event};
use crate::{
    field,
    filter::{Reader, catalogue::Noun},
    object,
};

/// The most columns, and the most characters of what names one.
const COLUMNS: usize = 120;
const COLUMN: usize = 60;

/// A view to be kept.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewView {
    pub noun: Noun,
    #[schema(example = "My customers in Valencia")]
    pub name: String,
    /// Everybody in the workspace sees it.
    #[serde(default)]
    pub shared: bool,
    /// A tree of conditions; see `GET /api/v1/filter-fields`.
    #[serde(default)]
    #[schema(value_type = Option<Object>, example = json!({ "field": "owner_id", "op": "is", "value": "me" }))]
    pub filter: Option<Value>,
    /// As the list takes it: a name, with a leading `-` for the other way round.
    #[serde(default)]
    #[schema(example = "-updated_at")]
    pub sort: Option<String>,
    /// The columns in their order, by name; those of the list unless given.
    #[serde(default)]
    pub columns: Vec<String>,
}

pub async fn create(tx: &mut Tx, input: NewView) -> Result<SavedView> {
    if !tx.caller().holds(input.noun.permission()) {
        return Err(Error::Forbidden { permission: input.noun.permission() });
    }
    if let Noun::Own(id) = input.noun {
        object::must_be_live(tx, "noun", id).await?;
    }
    let owner_id = tx.caller().member_id();
    // A program has no place of its own: what it keeps is for everybody.
    must_share(tx, input.shared || owner_id.is_none())?;
    let name = name(&input.name)?;
    checked(tx, input.noun, input.filter.as_ref()).await?;
    let (sort, columns) = (sort(input.sort.as_deref())?, columns(input.columns)?);
    let query = sql!(
        "SELECT count(*) FROM saved_view WHERE tenant_id = {} AND noun = {} AND deleted_at IS NULL",
        tx.tenant_id(),
        input.noun
    );
    if tx.count(query).await? >= MOST {
        let sentence = format!("A list can have {MOST} views. Delete one that nobody uses.");
        return Err(Error::conflict("too_many_views", sentence));
    }
    let view = SavedView {
        id: ViewId::new(),
        version: 1,
        noun: input.noun,
        name,
        shared: input.shared || owner_id.is_none(),
        owner_id,
        filter: input.filter,
        sort,
        columns: Json(columns),
        deleted_at: None,
        created_at: tx.now(),
        updated_at: tx.now(),
    };
    tx.insert(&view).await?;
    tx.audit(Change::new("view.create", view.id).after(&view)).await?;
    tx.emit(event("view.created", &view)).await?;
    Ok(view)
}

pub(super) fn must_share(tx: &Tx, shared: bool) -> Result<()> {
    if shared && !tx.caller().holds(ShareViews::NAME) {
        return Err(Error::Forbidden { permission: ShareViews::NAME });
    }
    Ok(())
}

pub(super) fn name(input: &str) -> Result<String> {
    field::line("name", Some(input), 80)?.ok_or_else(|| Error::invalid("name", "required", "Give the view a name."))
}

/// Reads the filter with what there is now.
pub(super) async fn checked(tx: &mut Tx, noun: Noun, filter: Option<&Value>) -> Result<()> {
    match filter {
        Some(filter) => Reader::new(tx, noun).await?.read(filter).map(drop),
        None => Ok(()),
    }
}

pub(super) fn sort(input: Option<&str>) -> Result<Option<String>> {
    field::line("sort", input, COLUMN)
}

pub(super) fn columns(input: Vec<String>) -> Result<Vec<String>> {
    if input.len() > COLUMNS {
        return Err(Error::invalid("columns", "too_many", format!("Use at most {COLUMNS} columns.")));
    }
    let read = |(at, name): (usize, String)| field::line(&format!("columns.{at}"), Some(&name), COLUMN);
    let read: Result<Vec<Option<String>>> = input.into_iter().enumerate().map(read).collect();
    Ok(read?.into_iter().flatten().collect())
}
