//! A custom object as the API shows it.

use chrono::{DateTime, Utc};
use kernel::{Caller, Permission};
use serde::Serialize;
use utoipa::ToSchema;

use super::{ManageObjects, Object, ObjectId};
use crate::record::EditCustomRecords;

#[derive(Debug, Serialize, ToSchema)]
pub struct ObjectView {
    pub id: ObjectId,
    pub version: i64,
    /// Never changes, and is never used again.
    #[schema(example = "vehicles")]
    pub key: String,
    #[schema(example = "Vehicle")]
    pub singular: String,
    #[schema(example = "Vehicles")]
    pub plural: String,
    pub description: Option<String>,
    /// Its place among the objects, from 0.
    pub position: i64,
    pub archived_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    /// `create_record`, `update`, `archive`, `restore` and `delete`, where this caller may do it now.
    pub actions: Vec<&'static str>,
}

pub fn view(object: Object, caller: &Caller) -> ObjectView {
    ObjectView {
        actions: actions(&object, caller),
        id: object.id,
        version: object.version,
        key: object.key,
        singular: object.singular,
        plural: object.plural,
        description: object.description,
        position: object.position,
        archived_at: object.archived_at,
        created_at: object.created_at,
        updated_at: object.updated_at,
    }
}

fn actions(object: &Object, caller: &Caller) -> Vec<&'static str> {
    let mut actions = Vec::new();
    if object.archived_at.is_none() && caller.holds(EditCustomRecords::NAME) {
        actions.push("create_record");
    }
    if caller.holds(ManageObjects::NAME) {
        actions.push("update");
        match object.archived_at {
            None => actions.push("archive"),
            Some(_) => actions.extend(["restore", "delete"]),
        }
    }
    actions
}
