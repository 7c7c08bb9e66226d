//! Keeping a view.

use kernel::{Change, Error, Json, Permission, Result};
use serde::Deserialize;
use serde_json::Value;
use store::{Tx, sql};
use utoipa::ToSchema;

use super::{
    MOST, SavedView, ShareViews, ViewId, ViewLayout, arrange, event,
    settings::{self, ReportSettings},
};
use crate::{
    field,
    filter::{Reader, catalogue::Noun},
    object,
};

/// The most columns, and the most characters of what names one.
const COLUMNS: usize = 120;
const COLUMN: usize = 60;
/// The most characters of a text that is looked for.
const SEARCH: usize = 200;

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
    /// Text to look for, as the list takes it.
    pub q: Option<String>,
    /// As the list takes it: a name, with a leading `-` for the other way round.
    #[serde(default)]
    #[schema(example = "-updated_at")]
    pub sort: Option<String>,
    /// The columns in their order, by name; those of the list unless given.
    #[serde(default)]
    pub columns: Vec<String>,
    /// A table unless given.
    pub layout: Option<ViewLayout>,
    /// The field whose choices are the board's columns, or whose days the calendar's.
    pub layout_field: Option<String>,
    /// As `by=` of the list's groups.
    #[schema(example = "owner_id")]
    pub group_by: Option<String>,
    /// As `aggregate=` of the list's groups, one each.
    #[serde(default)]
    pub aggregates: Vec<String>,
    /// What is asked of the report, where the noun is `report`.
    pub report: Option<ReportSettings>,
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
    settings::must_fit(tx, input.noun, input.report.as_ref())?;
    let noun = settings::filtered(input.noun, input.report.as_ref());
    checked(tx, noun, input.filter.as_ref()).await?;
    let q = search(input.noun, input.q.as_deref())?;
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
        q,
        sort,
        columns: Json(columns),
        layout: input.layout.unwrap_or(ViewLayout::Table),
        layout_field: input.layout_field,
        group_by: input.group_by,
        aggregates: Json(input.aggregates),
        report: input.report.map(Json),
        deleted_at: None,
        created_at: tx.now(),
        updated_at: tx.now(),
    };
    arrange::checked(tx, &view).await?;
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

/// Reads the filter with what there is now; `noun` is what it is about, if it may be about anything.
pub(super) async fn checked(tx: &mut Tx, noun: Option<Noun>, filter: Option<&Value>) -> Result<()> {
    let Some(filter) = filter else { return Ok(()) };
    let noun = noun.ok_or_else(|| Error::invalid("filter", "no_filter", "This report takes no filter."))?;
    Reader::new(tx, noun).await?.read(filter).map(drop)
}

pub(super) fn search(noun: Noun, input: Option<&str>) -> Result<Option<String>> {
    let text = field::line("q", input, SEARCH)?;
    if noun == Noun::Report && text.is_some() {
        return Err(Error::invalid("q", "no_search", "A report is not searched. Leave it out."));
    }
    Ok(text)
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
