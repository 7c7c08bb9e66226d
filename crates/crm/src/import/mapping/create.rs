//! Saving a mapping, changing it, deleting it and bringing it back.

use kernel::{Change, Error, Event, Json, Result};
use serde::Deserialize;
use store::{OnConstraint, Tx, sql};
use utoipa::ToSchema;

use super::{MOST, NAME_KEY, SavedMapping, SavedMappingId, name_taken};
use crate::import::{Import, ImportId, Imports};

/// A mapping to be saved: how an import reads its file, under a name.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMapping {
    pub import_id: ImportId,
    #[schema(example = "Fair visitors")]
    pub name: String,
}

/// What changes; what is absent stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeMapping {
    #[schema(example = "Fair visitors 2026")]
    pub name: Option<String>,
    /// Take over how this import reads its file.
    pub import_id: Option<ImportId>,
}

pub async fn create(tx: &mut Tx, imports: &Imports, input: NewMapping) -> Result<SavedMapping> {
    let import = imports.one(tx, input.import_id).await?;
    must_have_columns(&import)?;
    must_have_room(tx).await?;
    let mapping = SavedMapping {
        id: SavedMappingId::new(),
        version: 1,
        noun: import.noun.clone(),
        name: String::new(),
        name_folded: String::new(),
        format: import.format,
        columns: Json(Vec::new()),
        dialect: import.dialect.clone(),
        duplicates: import.duplicates,
        match_by: import.match_by.clone(),
        default_country: import.default_country.clone(),
        date_order: import.date_order,
        defaults: import.defaults.clone(),
        member_id: tx.caller().member_id(),
        deleted_at: None,
        created_at: tx.now(),
        updated_at: tx.now(),
    };
    let mapping = mapping.like(&import).named(tx, &input.name).await?;
    tx.insert(&mapping).await.on_constraint(NAME_KEY, name_taken)?;
    tx.audit(Change::new("import_mapping.create", mapping.id).after(&mapping)).await?;
    tx.emit(Event::new("import_mapping.created", mapping.id)).await?;
    Ok(mapping)
}

pub async fn update(
    tx: &mut Tx,
    imports: &Imports,
    before: SavedMapping,
    change: ChangeMapping,
) -> Result<SavedMapping> {
    let mut mapping = before.clone();
    if let Some(id) = change.import_id {
        let import = imports.one(tx, id).await?;
        must_have_columns(&import)?;
        if import.noun != before.noun {
            let sentence = "This file is of other records than the mapping. Save a mapping of its own.";
            return Err(Error::invalid("import_id", "mapping_of_other_noun", sentence));
        }
        mapping = mapping.like(&import);
    }
    if let Some(name) = &change.name {
        mapping = mapping.named(tx, name).await?;
    }
    let after = tx.update(&mapping).await.on_constraint(NAME_KEY, name_taken)?;
    tx.audit(Change::new("import_mapping.update", after.id).before(&before).after(&after)).await?;
    tx.emit(Event::new("import_mapping.updated", after.id)).await?;
    Ok(after)
}

/// It can be brought back.
pub async fn delete(tx: &mut Tx, mapping: SavedMapping) -> Result<()> {
    if mapping.deleted_at.is_some() {
        return Ok(());
    }
    let deleted = tx.update(&SavedMapping { deleted_at: Some(tx.now()), ..mapping }).await?;
    tx.audit(Change::new("import_mapping.delete", deleted.id)).await?;
    tx.emit(Event::new("import_mapping.deleted", deleted.id)).await?;
    Ok(())
}

pub async fn restore(tx: &mut Tx, mapping: SavedMapping) -> Result<SavedMapping> {
    if mapping.deleted_at.is_none() {
        return Ok(mapping);
    }
    must_have_room(tx).await?;
    let name = mapping.name.clone();
    let mapping = mapping.named(tx, &name).await?;
    let restored = tx.update(&SavedMapping { deleted_at: None, ..mapping }).await;
    let restored = restored.on_constraint(NAME_KEY, name_taken)?;
    tx.audit(Change::new("import_mapping.restore", restored.id)).await?;
    tx.emit(Event::new("import_mapping.restored", restored.id)).await?;
    Ok(restored)
}

/// All of them are listed at once, so that there are only so many; a deleted one that comes back counts again.
async fn must_have_room(tx: &mut Tx) -> Result<()> {
    let count = sql!("SELECT count(*) FROM import_mapping WHERE tenant_id = {} AND deleted_at IS NULL", tx.tenant_id());
    if tx.count(count).await? >= MOST {
        let sentence = format!("A workspace can have {MOST} mappings. Delete one that nobody uses.");
        return Err(Error::conflict("too_many_mappings", sentence));
    }
    Ok(())
}

fn must_have_columns(import: &Import) -> Result<()> {
    if import.columns.0.is_empty() {
        let sentence =
            "The columns of this file cannot be told apart yet. Say how it is written, then save the mapping.";
        return Err(Error::conflict("import_not_ready", sentence));
    }
    Ok(())
}
