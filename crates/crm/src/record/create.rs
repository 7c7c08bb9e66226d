//! Making a record of a custom object.

use kernel::{Change, Error, Json, MemberId, Result, id::Id};
use serde::Deserialize;
use store::Tx;
use utoipa::ToSchema;

use super::{CustomRecord, CustomRecordId, event, index};
use crate::{
    field::{
        self,
        custom::{self, CustomObject, draft::Draft, fill},
    },
    member,
    object::{self, ObjectId},
};

/// A record to be made.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCustomRecord {
    #[schema(example = "Van 3 (4821 KLM)")]
    pub name: String,
    /// Who makes it unless given.
    #[serde(default)]
    pub owner_id: Option<MemberId>,
    /// Values of the object's fields, by the keys that `GET /api/v1/custom-fields?object=` lists.
    #[serde(default)]
    #[schema(value_type = Option<std::collections::HashMap<String, serde_json::Value>>)]
    pub custom: custom::Values,
}

pub async fn create(tx: &mut Tx, object: ObjectId, input: NewCustomRecord) -> Result<CustomRecord> {
    let drafted = draft(tx, object, input).await?;
    make(tx, drafted).await
}

/// The record as it would be made. Writes nothing.
pub(crate) async fn draft(tx: &mut Tx, object: ObjectId, input: NewCustomRecord) -> Result<Draft<CustomRecord>> {
    object::held(tx, object).await?.must_take_records()?;
    let name = name(&input.name)?;
    let home = identity::tenant::current(tx).await?.country;
    member::must_exist(tx, "owner_id", input.owner_id).await?;
    let filled = fill::first(tx, CustomObject::Own(object), &input.custom, &home).await?;
    let record = CustomRecord {
        id: CustomRecordId::new(),
        version: 1,
        object_id: object,
        name_folded: field::folded(&name),
        name,
        owner_id: input.owner_id.or(tx.caller().owner()),
        custom: Json(filled.values.clone()),
        deleted_at: None,
        created_at: tx.now(),
        updated_at: tx.now(),
    };
    Ok(Draft { record, filled })
}

/// Makes what was drafted.
pub(crate) async fn make(tx: &mut Tx, drafted: Draft<CustomRecord>) -> Result<CustomRecord> {
    let Draft { record, filled } = drafted;
    tx.insert(&record).await?;
    filled.write(tx, record.id.uuid(), true);
    index(tx, &record).await?;
    tx.audit(Change::new("custom_record.create", record.id).after(&record)).await?;
    tx.emit(event("custom_record.created", &record)).await?;
    Ok(record)
}

pub(super) fn name(input: &str) -> Result<String> {
    field::line("name", Some(input), 200)?.ok_or_else(|| Error::invalid("name", "required", "Give the record a name."))
}
