//! Renaming a custom object, and putting it elsewhere among the others.

use kernel::{Change, Patch, Result, error::Fields};
use serde::Deserialize;
use store::Tx;
use utoipa::ToSchema;

use super::{Object, all, create, event};

/// What changes; an absent field stays, null clears.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeObject {
    #[schema(example = "Vehicle")]
    pub singular: Option<String>,
    #[schema(example = "Vehicles")]
    pub plural: Option<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub description: Patch<String>,
    /// Its place among the objects, from 0; the others make room.
    pub position: Option<u32>,
}

pub async fn update(tx: &mut Tx, before: Object, change: ChangeObject) -> Result<Object> {
    let mut refused = Fields::default();
    let mut after = before.clone();
    if let Some(singular) = change.singular {
        after.singular = create::name(&mut refused, "singular", &singular);
    }
    if let Some(plural) = change.plural {
        after.plural = create::name(&mut refused, "plural", &plural);
    }
    match change.description {
        Patch::Keep => {}
        Patch::Clear => after.description = None,
        Patch::Set(text) => after.description = create::description(&mut refused, Some(&text)),
    }
    refused.finish()?;
    if let Some(place) = change.position {
        after.position = put(tx, &before, place as usize).await?;
    }
    let after = tx.update(&after).await?;
    tx.audit(Change::new("custom_object.update", after.id).before(&before).after(&after)).await?;
    tx.emit(event("custom_object.updated", &after)).await?;
    Ok(after)
}

/// Moves the others to their places around it, and answers its own.
async fn put(tx: &mut Tx, object: &Object, place: usize) -> Result<i64> {
    let mut others: Vec<Object> = all(tx).await?.into_iter().filter(|other| other.id != object.id).collect();
    let place = place.min(others.len());
    for (at, other) in others.iter_mut().enumerate() {
        let wanted = i64::try_from(if at < place { at } else { at + 1 }).unwrap_or(i64::MAX);
        if other.position != wanted {
            let moved = tx.update(&Object { position: wanted, ..other.clone() }).await?;
            tx.audit(Change::new("custom_object.move", moved.id).before(&*other).after(&moved)).await?;
        }
    }
    Ok(i64::try_from(place).unwrap_or(i64::MAX))
}
