//! What a bulk change overwrote of one record, in the words of the record's own change, kept sealed until it is put back or
//! the time to do so is over.

use chrono::{DateTime, Utc};
use kernel::{SealedJson, Uuid};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::BulkChangeId;
use crate::pipeline::StageId;

kernel::id!(/// What a bulk change overwrote of one record.
    pub BulkImageId, "blm");

/// See the module.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Image {
    Fields(Vec<FieldImage>),
    Tags {
        added: Vec<String>,
        removed: Vec<String>,
    },
    Stage {
        from: StageId,
        to: StageId,
    },
    /// When it was deleted: one that was brought back and deleted again since is somebody else's doing.
    Deleted {
        at: DateTime<Utc>,
    },
    /// The version it came back with.
    Restored {
        version: i64,
    },
}

/// One field; a custom one as `custom.<key>`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FieldImage {
    pub field: String,
    pub before: Value,
    pub after: Value,
}

store::record! {
    /// An image as stored.
    pub struct BulkImage in bulk_image {
        id: BulkImageId,
        bulk_change_id: BulkChangeId,
        record_id: Uuid,
        #[serde(skip_serializing)]
        image: SealedJson<Image>,
    }
}

/// The fields that differ between two states of a record, of those that a change can set.
pub fn differing(fields: &[&str], before: &Map<String, Value>, after: &Map<String, Value>) -> Vec<FieldImage> {
    let mut images = Vec::new();
    let mut put = |field: String, before: Option<&Value>, after: Option<&Value>| {
        let (before, after) = (before.unwrap_or(&Value::Null), after.unwrap_or(&Value::Null));
        if before != after {
            images.push(FieldImage { field, before: before.clone(), after: after.clone() });
        }
    };
    for field in fields {
        put((*field).to_owned(), before.get(*field), after.get(*field));
    }
    let custom = |held: &Map<String, Value>| held.get("custom").and_then(Value::as_object).cloned().unwrap_or_default();
    let (had, has) = (custom(before), custom(after));
    for key in had.keys().chain(has.keys().filter(|key| !had.contains_key(*key))) {
        put(format!("custom.{key}"), had.get(key), has.get(key));
    }
    images
}

/// What a field holds now.
pub fn held<'a>(record: &'a Map<String, Value>, field: &str) -> &'a Value {
    let found = match field.strip_prefix("custom.") {
        Some(key) => record.get("custom").and_then(|custom| custom.get(key)),
        None => record.get(field),
    };
    found.unwrap_or(&Value::Null)
}

/// The change that puts these fields back.
pub fn back<'a>(images: impl IntoIterator<Item = &'a FieldImage>) -> Map<String, Value> {
    let (mut fields, mut custom) = (Map::new(), Map::new());
    for image in images {
        match image.field.strip_prefix("custom.") {
            Some(key) => custom.insert(key.to_owned(), image.before.clone()),
            None => fields.insert(image.field.clone(), image.before.clone()),
        };
    }
    if !custom.is_empty() {
        fields.insert("custom".into(), custom.into());
    }
    fields
}

/// Does the record hold already what the change would set?
pub fn holds(record: &Map<String, Value>, fields: &Map<String, Value>) -> bool {
    fields.iter().all(|(name, value)| match value {
        Value::Object(custom) if name == "custom" => {
            custom.iter().all(|(key, value)| held(record, &format!("custom.{key}")) == value)
        }
        _ => held(record, name) == value,
    })
}
