//! Changing a view: its name, what it shows, and for whom.

use kernel::{Change, Error, Json, Patch, Result};
use serde::Deserialize;
use serde_json::Value;
use store::Tx;
use utoipa::ToSchema;

use super::{
    SavedView, ViewLayout, arrange, create, event,
    settings::{self, ReportSettings},
};

/// What changes; an absent field stays, null clears.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeView {
    pub name: Option<String>,
    pub shared: Option<bool>,
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    pub filter: Patch<Value>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub q: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub sort: Patch<String>,
    pub columns: Option<Vec<String>>,
    pub layout: Option<ViewLayout>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub layout_field: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>, example = "owner_id")]
    pub group_by: Patch<String>,
    pub aggregates: Option<Vec<String>>,
    /// What is asked of a report; a filter that is about other records must change with it.
    pub report: Option<ReportSettings>,
}

pub async fn update(tx: &mut Tx, before: SavedView, change: ChangeView) -> Result<SavedView> {
    before.must_be_theirs(tx)?;
    if before.deleted_at.is_some() {
        return Err(Error::conflict("view_deleted", "This view has been deleted. Bring it back first."));
    }
    let mut after = before.clone();
    let arrangement = (change.layout, change.layout_field, change.group_by, change.aggregates);
    if let Some(name) = change.name {
        after.name = create::name(&name)?;
    }
    if let Some(shared) = change.shared {
        create::must_share(tx, shared)?;
        after.shared = shared;
        if !shared {
            // Whoever takes it back keeps it.
            after.owner_id = Some(tx.caller().member_id().ok_or_else(|| {
                Error::invalid("shared", "needs_member", "Only a person can keep a view to themselves.")
            })?);
        }
    }
    let refilters = change.report.is_some() || !matches!(change.filter, Patch::Keep);
    if let Some(report) = change.report {
        settings::must_fit(tx, after.noun, Some(&report))?;
        after.report = Some(Json(report));
    }
    put(&mut after.filter, change.filter);
    if refilters {
        let noun = settings::filtered(after.noun, after.report.as_ref().map(|report| &report.0));
        create::checked(tx, noun, after.filter.as_ref()).await?;
    }
    put(&mut after.q, change.q);
    after.q = create::search(after.noun, after.q.as_deref())?;
    put(&mut after.sort, change.sort);
    after.sort = create::sort(after.sort.as_deref())?;
    if let Some(columns) = change.columns {
        after.columns = Json(create::columns(columns)?);
    }
    change_arrangement(tx, &mut after, arrangement).await?;
    let after = tx.update(&after).await?;
    tx.audit(Change::new("view.update", after.id).before(&before).after(&after)).await?;
    tx.emit(event("view.updated", &after)).await?;
    Ok(after)
}

type Arrangement = (Option<ViewLayout>, Patch<String>, Patch<String>, Option<Vec<String>>);

/// What is not named stays as it is, and is not read again: a view whose field has gone can still be renamed.
async fn change_arrangement(tx: &mut Tx, view: &mut SavedView, change: Arrangement) -> Result<()> {
    let (layout, layout_field, group_by, aggregates) = change;
    let is_changed = layout.is_some()
        || aggregates.is_some()
        || !matches!(layout_field, Patch::Keep)
        || !matches!(group_by, Patch::Keep);
    if !is_changed {
        return Ok(());
    }
    view.layout = layout.unwrap_or(view.layout);
    put(&mut view.layout_field, layout_field);
    put(&mut view.group_by, group_by);
    view.aggregates.0 = aggregates.unwrap_or_else(|| view.aggregates.0.clone());
    arrange::checked(tx, view).await
}

fn put<T>(field: &mut Option<T>, change: Patch<T>) {
    match change {
        Patch::Keep => {}
        Patch::Clear => *field = None,
        Patch::Set(value) => *field = Some(value),
    }
}
