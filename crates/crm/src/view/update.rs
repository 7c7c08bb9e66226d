//! Changing a view: its name, what it shows, and for whom.

use kernel::{Change, Error, Json, Patch, Result};
use serde::Deserialize;
use serde_json::Value;
use store::Tx;
use utoipa::ToSchema;

use super::{SavedView, create, event};

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
    pub sort: Patch<String>,
    pub columns: Option<Vec<String>>,
}

pub async fn update(tx: &mut Tx, before: SavedView, change: ChangeView) -> Result<SavedView> {
    before.must_be_theirs(tx)?;
    if before.deleted_at.is_some() {
        return Err(Error::conflict("view_deleted", "This view has been deleted. Bring it back first."));
    }
    let mut after = before.clone();
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
    match change.filter {
        Patch::Keep => {}
        Patch::Clear => after.filter = None,
        Patch::Set(filter) => {
            create::checked(tx, after.noun, Some(&filter)).await?;
            after.filter = Some(filter);
        }
    }
    match change.sort {
        Patch::Keep => {}
        Patch::Clear => after.sort = None,
        Patch::Set(sort) => after.sort = create::sort(Some(&sort))?,
    }
    if let Some(columns) = change.columns {
        after.columns = Json(create::columns(columns)?);
    }
    let after = tx.update(&after).await?;
    tx.audit(Change::new("view.update", after.id).before(&before).after(&after)).await?;
    tx.emit(event("view.updated", &after)).await?;
    Ok(after)
}
