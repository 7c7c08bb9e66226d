//! Making a custom field.

use kernel::{Change, Error, Json, Result, error::Fields};
use serde::Deserialize;
use store::{OnConstraint, Tx, sql};
use utoipa::ToSchema;

use super::{CustomChoice, CustomField, CustomFieldId, CustomKind, CustomObject, MOST, all, event};
use crate::{field, object};

/// The most characters of a label, and of a key.
pub const LABEL: usize = 80;
const KEY: usize = 40;
/// The most choices of a field.
const CHOICES: usize = 200;

/// A custom field to be made; it goes behind the others.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCustomField {
    #[schema(example = "company")]
    pub object: CustomObject,
    /// Letters a to z, digits and underscores, beginning with a letter. Made from the label unless given.
    #[serde(default)]
    pub key: Option<String>,
    #[schema(example = "Customer since")]
    pub label: String,
    #[serde(default)]
    pub help: Option<String>,
    #[schema(example = "date")]
    pub kind: CustomKind,
    /// The labels of the choices, in order; for kinds that have choices, and only for those.
    #[serde(default)]
    pub choices: Vec<String>,
    /// What a relation points at; for relations only.
    #[serde(default)]
    pub target: Option<CustomObject>,
    #[serde(default)]
    pub required: bool,
}

pub async fn create(tx: &mut Tx, input: NewCustomField) -> Result<CustomField> {
    must_take_fields(tx, "object", Some(input.object)).await?;
    must_take_fields(tx, "target", input.target).await?;
    let there = all(tx, input.object).await?;
    if there.len() >= MOST {
        let sentence = "There can be a hundred fields, archived ones included. Delete one that is no longer used.";
        return Err(Error::conflict("too_many_fields", sentence));
    }
    let mut refused = Fields::default();
    let label = label(&mut refused, "label", &input.label);
    let help = field::take(&mut refused, field::text("help", input.help.as_deref(), 500));
    let choices = new_choices(&mut refused, input.kind, input.choices);
    let target = target(&mut refused, input.kind, input.target);
    let key = match input.key.as_deref().filter(|key| !key.is_empty()) {
        Some(key) if is_key(key) => key.to_owned(),
        Some(_) => {
            refused.refuse(
                "key",
                "key_invalid",
                "Use letters a to z, digits and underscores, and begin with a letter.",
            );
            String::new()
        }
        None => free(tx, input.object, &slug(&label)).await?,
    };
    refused.finish()?;
    let custom = CustomField {
        id: CustomFieldId::new(),
        version: 1,
        object: input.object,
        key,
        label,
        help,
        kind: input.kind,
        choices: Json(choices),
        target,
        required: input.required,
        position: there.iter().map(|field| field.position + 1).max().unwrap_or(0),
        work: None,
        work_total: 0,
        work_done: 0,
        work_after: None,
        work_failed: 0,
        archived_at: None,
        deleted_at: None,
        created_at: tx.now(),
        updated_at: tx.now(),
    };
    tx.insert(&custom).await.on_constraint("custom_field_object_key_key", || {
        Error::invalid("key", "key_taken", "This key is or was another field's. Choose one that was never used.")
    })?;
    tx.audit(Change::new("custom_field.create", custom.id).after(&custom)).await?;
    tx.emit(event("custom_field.created", &custom)).await?;
    Ok(custom)
}

pub(super) fn label(refused: &mut Fields, name: &str, input: &str) -> String {
    let label = field::take(refused, field::line(name, Some(input), LABEL));
    if label.is_none() && refused.is_empty() {
        refused.refuse(name, "required", "Give it a name.");
    }
    label.unwrap_or_default()
}

/// Choices by their labels, each with an id of its own.
pub(super) fn new_choices(refused: &mut Fields, kind: CustomKind, labels: Vec<String>) -> Vec<CustomChoice> {
    if !kind.has_choices() {
        if !labels.is_empty() {
            refused.refuse("choices", "no_choices", "Only a field of choices has choices.");
        }
        return Vec::new();
    }
    let mut choices: Vec<CustomChoice> = Vec::new();
    for (at, label) in labels.iter().enumerate() {
        let label = self::label(refused, &format!("choices.{at}"), label);
        choices.push(CustomChoice { id: format!("c{:03}", at + 1), label, archived: false });
    }
    check(refused, &choices);
    choices
}

/// At least one choice, not too many, no two of a name.
pub(super) fn check(refused: &mut Fields, choices: &[CustomChoice]) {
    let offered: Vec<&CustomChoice> = choices.iter().filter(|choice| !choice.archived).collect();
    if offered.is_empty() {
        refused.refuse("choices", "required", "Give at least one choice.");
    }
    if choices.len() > CHOICES {
        refused.refuse("choices", "too_many", format!("Use at most {CHOICES} choices."));
    }
    for (at, choice) in offered.iter().enumerate() {
        if offered[..at].iter().any(|before| before.label == choice.label) {
            refused.refuse(format!("choices.{at}"), "choice_twice", "Two choices have this name. Change one of them.");
        }
    }
}

/// Refuses a custom object that the tenant does not have, or has put away.
pub(super) async fn must_take_fields(tx: &mut Tx, field: &str, object: Option<CustomObject>) -> Result<()> {
    match object {
        Some(CustomObject::Own(id)) => object::must_be_live(tx, field, id).await,
        _ => Ok(()),
    }
}

pub(super) fn target(refused: &mut Fields, kind: CustomKind, target: Option<CustomObject>) -> Option<CustomObject> {
    match (kind, target) {
        (CustomKind::Relation, None) => {
            refused.refuse(
                "target",
                "required",
                "Say what it points at: a company, a contact, a deal, a lead or a custom object.",
            );
        }
        (CustomKind::Relation, Some(_)) | (_, None) => {}
        (_, Some(_)) => refused.refuse("target", "no_target", "Only a relation points at something."),
    }
    target
}

pub(crate) fn is_key(key: &str) -> bool {
    key.len() <= KEY
        && key.starts_with(|c: char| c.is_ascii_lowercase())
        && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

/// A key that reads like the label.
pub(crate) fn slug(label: &str) -> String {
    let words = store::search::fold(label).join("_");
    let key: String = words.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').take(KEY - 4).collect();
    if is_key(&key) { key } else { format!("field_{key}").trim_end_matches('_').chars().take(KEY - 4).collect() }
}

/// The key, or the first of its numbered kind that was never used.
async fn free(tx: &mut Tx, object: CustomObject, key: &str) -> Result<String> {
    let query = sql!("SELECT key FROM custom_field WHERE tenant_id = {} AND object = {}", tx.tenant_id(), object);
    let used: Vec<String> = tx.all::<(String,)>(query).await?.into_iter().map(|(key,)| key).collect();
    let numbered = (2..).map(|n| format!("{key}_{n}"));
    let mut wanted = std::iter::once(key.to_owned()).chain(numbered);
    Ok(wanted.find(|key| !used.contains(key)).unwrap_or_default())
}
