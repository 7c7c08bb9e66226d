//! A custom field as the API shows it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use kernel::{Caller, FieldRight, Permission, Result};
use serde::Serialize;
use store::{Tx, sql};
use utoipa::ToSchema;

use super::{
    CustomChoice, CustomField, CustomFieldId, CustomKind, CustomObject, ManageCustomFields, Values, work::ERASE,
};

#[derive(Debug, Serialize, ToSchema)]
pub struct CustomFieldView {
    pub id: CustomFieldId,
    pub version: i64,
    pub object: CustomObject,
    /// Its name in `custom` of the records; it never changes and is never used again.
    #[schema(example = "renewal_date")]
    pub key: String,
    #[schema(example = "Renewal date")]
    pub label: String,
    pub help: Option<String>,
    pub kind: CustomKind,
    /// What a field of choices offers, in order.
    pub choices: Vec<CustomChoice>,
    /// What a relation points at.
    pub target: Option<CustomObject>,
    pub required: bool,
    /// What is taken of this caller's right to it; null: nothing.
    pub right: Option<FieldRight>,
    /// Its place among the fields of the object, from 0.
    pub position: i64,
    /// A change of kind under way.
    pub work: Option<CustomFieldWork>,
    /// How many values kept the last change of kind from happening.
    pub work_failed: i64,
    /// Records with a value; null in lists.
    pub values: Option<i64>,
    pub archived_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    /// `update`, `convert`, `archive`, `restore` and `delete`, where this caller may do it now.
    pub actions: Vec<&'static str>,
}

/// Values being rewritten.
#[derive(Debug, Serialize, ToSchema)]
pub struct CustomFieldWork {
    /// What the values become.
    pub kind: Option<CustomKind>,
    pub total: i64,
    pub done: i64,
}

pub fn view(field: CustomField, caller: &Caller) -> CustomFieldView {
    let work = field.work.as_deref().map(|work| CustomFieldWork {
        kind: (work != ERASE).then(|| work.parse().ok()).flatten(),
        total: field.work_total,
        done: field.work_done,
    });
    CustomFieldView {
        actions: actions(&field, caller),
        right: caller.reach.field(&field.object.to_string(), &field.path()),
        id: field.id,
        version: field.version,
        object: field.object,
        key: field.key,
        label: field.label,
        help: field.help,
        kind: field.kind,
        choices: field.choices.0,
        target: field.target,
        required: field.required,
        position: field.position,
        work,
        work_failed: field.work_failed,
        values: None,
        archived_at: field.archived_at,
        created_at: field.created_at,
        updated_at: field.updated_at,
    }
}

/// The same with the number of records that have a value.
pub async fn counted(tx: &mut Tx, field: CustomField) -> Result<CustomFieldView> {
    let values = count(tx, field.id).await?;
    Ok(CustomFieldView { values: Some(values), ..view(field, tx.caller()) })
}

/// Records with a value, deleted ones too.
pub async fn count(tx: &mut Tx, field: CustomFieldId) -> Result<i64> {
    let query = sql!(
        "SELECT count(DISTINCT record_id) FROM custom_value WHERE tenant_id = {} AND field_id = {}",
        tx.tenant_id(),
        field
    );
    Ok(tx.count(query).await?)
}

fn actions(field: &CustomField, caller: &Caller) -> Vec<&'static str> {
    if !caller.holds(ManageCustomFields::NAME) || field.work.is_some() {
        return Vec::new();
    }
    match field.archived_at {
        None => vec!["update", "convert", "archive"],
        Some(_) => vec!["restore", "delete"],
    }
}

/// Of the names of a page those that a record's values point at.
pub fn named(values: &Values, names: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let ids = values.values().filter_map(serde_json::Value::as_str);
    ids.filter_map(|id| names.get(id).map(|name| (id.to_owned(), name.clone()))).collect()
}
