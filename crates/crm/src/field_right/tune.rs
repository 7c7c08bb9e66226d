//! Taking a right to a field from a role, and giving it back.

use std::collections::{HashMap, hash_map::Entry};

use identity::role::field::{FieldChange, tune_fields};
use kernel::{FieldRight, Result, Role, error::Fields};
use serde::Deserialize;
use store::Tx;
use utoipa::ToSchema;

use super::catalogue::fields;
use crate::field::custom::CustomObject;

/// The most fields in one request.
const MOST: usize = 500;

/// What becomes of fields, each of them named once.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TuneFields {
    changes: Vec<TuneField>,
}

/// What becomes of one field.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TuneField {
    object: CustomObject,
    /// A built-in field's own name, or `custom.` and the key.
    #[schema(example = "email")]
    field: String,
    /// Null: everything may be done with it.
    right: Option<FieldRight>,
}

pub(super) async fn tune(tx: &mut Tx, role: Role, input: TuneFields) -> Result<()> {
    let mut refused = Fields::default();
    if input.changes.len() > MOST {
        refused.refuse("changes", "too_many", "Change 500 fields at a time at most.");
        return refused.finish();
    }
    let mut known: HashMap<CustomObject, Vec<(String, Option<String>, bool)>> = HashMap::new();
    for change in &input.changes {
        if let Entry::Vacant(vacant) = known.entry(change.object) {
            vacant.insert(fields(tx, change.object).await?);
        }
    }
    for (at, change) in input.changes.iter().enumerate() {
        let is_it = |other: &TuneField| other.object == change.object && other.field == change.field;
        let field = known[&change.object].iter().find(|(name, ..)| *name == change.field);
        match field {
            None => refused.refuse(format!("changes.{at}.field"), "field_unknown", "There is no such field."),
            Some((.., false)) if change.right == Some(FieldRight::Hidden) => {
                let sentence = "A record cannot be shown without this field. Make it read only instead.";
                refused.refuse(format!("changes.{at}.right"), "field_always_shown", sentence);
            }
            Some(_) if input.changes[..at].iter().any(is_it) => {
                refused.refuse(format!("changes.{at}.field"), "named_twice", "Name each field once.");
            }
            Some(_) => {}
        }
    }
    refused.finish()?;
    let changed = |TuneField { object, field, right }| FieldChange { object: object.to_string(), field, right };
    tune_fields(tx, role, &input.changes.into_iter().map(changed).collect::<Vec<_>>()).await
}
