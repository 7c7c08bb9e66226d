//! What a bulk change does to each record.

use kernel::{Error, MemberId, Result};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::{field, pipeline::StageId};

kernel::states! {
    /// The kind of what is done.
    pub enum ActionKind {
        Set = "set",
        Assign = "assign",
        Tag = "tag",
        Move = "move",
        Delete = "delete",
        Restore = "restore",
    }
}

/// What is done to each record. What a noun does not have is refused: only companies and contacts have tags, only deals
/// stand in stages.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum BulkAction {
    /// Sets fields as a change of one record takes them, custom ones under `custom`; null clears.
    Set {
        #[schema(value_type = std::collections::HashMap<String, serde_json::Value>, example = json!({ "country": "ES" }))]
        fields: Map<String, Value>,
    },
    /// Gives the record to somebody, or to nobody.
    Assign {
        owner_id: Option<MemberId>,
    },
    /// Adds and takes away tags.
    Tag {
        #[serde(default)]
        #[schema(example = json!(["VIP"]))]
        add: Vec<String>,
        #[serde(default)]
        #[schema(example = json!([]))]
        remove: Vec<String>,
    },
    /// Moves deals to the top of a stage.
    Move {
        stage_id: StageId,
    },
    Delete,
    /// Brings deleted records back.
    Restore,
}

impl BulkAction {
    pub fn kind(&self) -> ActionKind {
        match self {
            BulkAction::Set { .. } => ActionKind::Set,
            BulkAction::Assign { .. } => ActionKind::Assign,
            BulkAction::Tag { .. } => ActionKind::Tag,
            BulkAction::Move { .. } => ActionKind::Move,
            BulkAction::Delete => ActionKind::Delete,
            BulkAction::Restore => ActionKind::Restore,
        }
    }

    /// The names of the fields that are set; custom ones with their prefix.
    pub fn fields(&self) -> Vec<String> {
        let BulkAction::Set { fields } = self else { return Vec::new() };
        let of = |(name, value): (&String, &Value)| match value {
            Value::Object(custom) if name == "custom" => custom.keys().map(|key| format!("custom.{key}")).collect(),
            _ => vec![name.clone()],
        };
        fields.iter().flat_map(of).collect()
    }

    /// As it is kept: tags in their spelling. Refuses what does nothing.
    pub fn read(self) -> Result<BulkAction> {
        match self {
            BulkAction::Set { fields } if fields.is_empty() => {
                Err(Error::invalid("action.fields", "required", "Say which fields to set."))
            }
            BulkAction::Tag { add, remove } => {
                let (add, remove) = (field::tags("action.add", add)?, field::tags("action.remove", remove)?);
                if add.is_empty() && remove.is_empty() {
                    return Err(Error::invalid("action.add", "required", "Say which tags to add or to take away."));
                }
                Ok(BulkAction::Tag { add, remove })
            }
            other => Ok(other),
        }
    }
}
