//! Changing a record of a custom object.

use kernel::{Change, MemberId, Patch, Result, id::Id};
use serde::Deserialize;
use store::Tx;
use utoipa::ToSchema;

use super::{CustomRecord, create, event, index};
use crate::{
    field::{
        self,
        custom::{self, Customized, draft::Draft, fill},
    },
    member,
};

/// What changes; an absent field stays, null clears.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeCustomRecord {
    pub name: Option<String>,
    #[serde(default)]
    #[schema(value_type = Option<MemberId>)]
    pub owner_id: Patch<MemberId>,
    /// Values of the object's fields, key by key; an absent key stays, null clears.
    #[serde(default)]
    #[schema(value_type = Option<std::collections::HashMap<String, serde_json::Value>>)]
    pub custom: custom::Values,
}

pub async fn update(tx: &mut Tx, before: CustomRecord, change: ChangeCustomRecord) -> Result<CustomRecord> {
    let drafted = draft(tx, &before, change).await?;
    write(tx, before, drafted).await
}

/// The record as it would be. Writes nothing.
pub(crate) async fn draft(
    tx: &mut Tx,
    before: &CustomRecord,
    change: ChangeCustomRecord,
) -> Result<Draft<CustomRecord>> {
    before.must_be_live()?;
    let mut after = before.clone();
    if let Some(name) = change.name {
        after.name = create::name(&name)?;
        after.name_folded = field::folded(&after.name);
    }
    if let Patch::Set(id) = &change.owner_id {
        member::must_exist(tx, "owner_id", Some(*id)).await?;
    }
    change.owner_id.apply(&mut after.owner_id);
    let home = identity::tenant::current(tx).await?.country;
    let filled = fill::change(tx, before.object(), &before.custom.0, &change.custom, &home).await?;
    after.custom.0.clone_from(&filled.values);
    Ok(Draft { record: after, filled })
}

/// Writes what was drafted.
pub(crate) async fn write(tx: &mut Tx, before: CustomRecord, drafted: Draft<CustomRecord>) -> Result<CustomRecord> {
    let Draft { record, filled } = drafted;
    let after = tx.update(&record).await?;
    filled.write(tx, after.id.uuid(), false);
    index(tx, &after).await?;
    tx.audit(Change::new("custom_record.update", after.id).before(&before).after(&after)).await?;
    tx.emit(event("custom_record.updated", &after)).await?;
    Ok(after)
}
