//! A record of a custom object as the API shows it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use kernel::{Caller, MemberId, Permission, Result};
use serde::Serialize;
use store::Tx;
use utoipa::ToSchema;

use super::{CustomRecord, CustomRecordId, DeleteCustomRecords, EditCustomRecords};
use crate::{
    field::custom::{self, fill, view::named},
    name::{self, Names, Ref},
    object::ObjectId,
};

#[derive(Debug, Serialize, ToSchema)]
pub struct CustomRecordView {
    pub id: CustomRecordId,
    pub version: i64,
    pub object_id: ObjectId,
    #[schema(example = "Van 3 (4821 KLM)")]
    pub name: String,
    pub owner_id: Option<MemberId>,
    pub owner: Option<Ref<MemberId>>,
    /// Values of the object's fields, by the keys that `GET /api/v1/custom-fields?object=` lists.
    #[schema(value_type = std::collections::HashMap<String, serde_json::Value>, example = json!({ "next_service": "2027-03-01" }))]
    pub custom: custom::Values,
    /// Names of the people and records that `custom` points at, by id.
    #[schema(example = json!({}))]
    pub custom_names: BTreeMap<String, String>,
    pub deleted_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    /// `update`, `delete` and `restore`, where this caller may do it now.
    pub actions: Vec<&'static str>,
}

pub async fn view(tx: &mut Tx, record: CustomRecord) -> Result<CustomRecordView> {
    let mut views = views(tx, vec![record]).await?;
    views.pop().ok_or_else(|| kernel::Error::internal("one record has one view"))
}

pub async fn views(tx: &mut Tx, records: Vec<CustomRecord>) -> Result<Vec<CustomRecordView>> {
    let owners = name::members(tx, records.iter().map(|record| record.owner_id)).await?;
    let custom = fill::names(tx, records.iter().map(|record| &record.custom.0)).await?;
    Ok(records.into_iter().map(|record| build(record, &owners, &custom, tx.caller())).collect())
}

fn build(
    record: CustomRecord,
    owners: &Names<MemberId>,
    names: &BTreeMap<String, String>,
    caller: &Caller,
) -> CustomRecordView {
    CustomRecordView {
        actions: actions(&record, caller),
        id: record.id,
        version: record.version,
        object_id: record.object_id,
        name: record.name,
        owner: owners.maybe(record.owner_id),
        owner_id: record.owner_id,
        custom_names: named(&record.custom.0, names),
        custom: record.custom.0,
        deleted_at: record.deleted_at,
        created_at: record.created_at,
        updated_at: record.updated_at,
    }
}

fn actions(record: &CustomRecord, caller: &Caller) -> Vec<&'static str> {
    let deleted = record.deleted_at.is_some();
    let mut actions = Vec::new();
    if !deleted && caller.holds(EditCustomRecords::NAME) {
        actions.push("update");
    }
    if caller.holds(DeleteCustomRecords::NAME) {
        actions.push(if deleted { "restore" } else { "delete" });
    }
    actions
}
