//! Making a custom object.

use kernel::{Change, Error, Result, error::Fields};
use serde::Deserialize;
use store::{OnConstraint, Tx, sql};
use utoipa::ToSchema;

use super::{MOST, Object, ObjectId, all, event};
use crate::field::{
    self,
    custom::create::{is_key, slug},
};

/// The most characters of a name.
const NAME: usize = 60;

/// A custom object to be made; it goes behind the others.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewObject {
    /// Letters a to z, digits and underscores, beginning with a letter. Made from the plural unless given.
    #[serde(default)]
    pub key: Option<String>,
    /// What one is called.
    #[schema(example = "Vehicle")]
    pub singular: String,
    /// What many are called.
    #[schema(example = "Vehicles")]
    pub plural: String,
    #[serde(default)]
    pub description: Option<String>,
}

pub async fn create(tx: &mut Tx, input: NewObject) -> Result<Object> {
    let there = all(tx).await?;
    if there.len() >= MOST {
        let sentence = "There can be fifty custom objects, archived ones included. Delete one that is no longer used.";
        return Err(Error::conflict("too_many_objects", sentence));
    }
    let mut refused = Fields::default();
    let singular = name(&mut refused, "singular", &input.singular);
    let plural = name(&mut refused, "plural", &input.plural);
    let description = description(&mut refused, input.description.as_deref());
    let key = match input.key.as_deref().filter(|key| !key.is_empty()) {
        Some(key) if is_key(key) => key.to_owned(),
        Some(_) => {
            let sentence = "Use letters a to z, digits and underscores, and begin with a letter.";
            refused.refuse("key", "key_invalid", sentence);
            String::new()
        }
        None => free(tx, &slug(&plural)).await?,
    };
    refused.finish()?;
    let object = Object {
        id: ObjectId::new(),
        version: 1,
        key,
        singular,
        plural,
        description,
        position: there.iter().map(|object| object.position + 1).max().unwrap_or(0),
        archived_at: None,
        deleted_at: None,
        created_at: tx.now(),
        updated_at: tx.now(),
    };
    tx.insert(&object).await.on_constraint("custom_object_key_key", || {
        Error::invalid("key", "key_taken", "This key is or was another object's. Choose one that was never used.")
    })?;
    tx.audit(Change::new("custom_object.create", object.id).after(&object)).await?;
    tx.emit(event("custom_object.created", &object)).await?;
    Ok(object)
}

pub(super) fn name(refused: &mut Fields, field: &'static str, input: &str) -> String {
    match field::line(field, Some(input), NAME) {
        Ok(None) => refused.refuse(field, "required", "Give it a name."),
        parsed => return field::take(refused, parsed).unwrap_or_default(),
    }
    String::new()
}

pub(super) fn description(refused: &mut Fields, input: Option<&str>) -> Option<String> {
    field::take(refused, field::text("description", input, 500))
}

/// The key, or the first of its numbered kind that was never used.
async fn free(tx: &mut Tx, key: &str) -> Result<String> {
    let query = sql!("SELECT key FROM custom_object WHERE tenant_id = {}", tx.tenant_id());
    let used: Vec<String> = tx.all::<(String,)>(query).await?.into_iter().map(|(key,)| key).collect();
    let numbered = (2..).map(|n| format!("{key}_{n}"));
    let mut wanted = std::iter::once(key.to_owned()).chain(numbered);
    Ok(wanted.find(|key| !used.contains(key)).unwrap_or_default())
}
