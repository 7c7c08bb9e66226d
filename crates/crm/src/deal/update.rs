//! Changing a deal's facts. Its stage and state have verbs of their own.

use chrono::NaiveDate;
use kernel::{Change, MemberId, Money, Patch, Result, id::Id};
use serde::Deserialize;
use store::Tx;
use utoipa::ToSchema;

use super::{Deal, amount, create, event, index};
use crate::{
    company::{self, CompanyId},
    contact::{self, ContactId},
    field::{
        self,
        custom::{self, CustomObject, draft::Draft, fill},
    },
    member,
};

/// What changes; an absent field stays, null clears.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeDeal {
    pub name: Option<String>,
    #[serde(default)]
    #[schema(value_type = Option<CompanyId>)]
    pub company_id: Patch<CompanyId>,
    #[serde(default)]
    #[schema(value_type = Option<ContactId>)]
    pub contact_id: Patch<ContactId>,
    pub amount: Option<Money>,
    #[serde(default)]
    #[schema(value_type = Option<NaiveDate>)]
    pub expected_close: Patch<NaiveDate>,
    #[serde(default)]
    #[schema(value_type = Option<MemberId>)]
    pub owner_id: Patch<MemberId>,
    /// Values of the workspace's own fields, key by key; an absent key stays, null clears.
    #[serde(default)]
    #[schema(value_type = Option<std::collections::HashMap<String, serde_json::Value>>)]
    pub custom: custom::Values,
}

pub async fn update(tx: &mut Tx, before: Deal, change: ChangeDeal) -> Result<Deal> {
    let drafted = draft(tx, &before, change).await?;
    write(tx, before, drafted).await
}

/// The deal as it would be. Writes nothing.
pub(crate) async fn draft(tx: &mut Tx, before: &Deal, change: ChangeDeal) -> Result<Draft<Deal>> {
    before.must_be_live()?;
    let mut after = before.clone();
    if let Some(name) = change.name {
        after.name = create::name(&name)?;
        after.name_folded = field::folded(&after.name);
    }
    if let Some(amount) = change.amount {
        let amount = amount::written(before, amount)?;
        (after.amount_minor, after.currency) = (amount.minor, amount.currency);
    }
    // What stays may be out of the caller's sight.
    if let Patch::Set(id) = &change.company_id
        && before.company_id != Some(*id)
    {
        company::must_exist(tx, "company_id", Some(*id)).await?;
    }
    if let Patch::Set(id) = &change.contact_id
        && before.contact_id != Some(*id)
    {
        contact::must_exist(tx, "contact_id", Some(*id)).await?;
    }
    if let Patch::Set(id) = &change.owner_id {
        member::must_exist(tx, "owner_id", Some(*id)).await?;
    }
    change.company_id.apply(&mut after.company_id);
    change.contact_id.apply(&mut after.contact_id);
    change.expected_close.apply(&mut after.expected_close);
    change.owner_id.apply(&mut after.owner_id);
    let home = identity::tenant::current(tx).await?.country;
    let filled = fill::change(tx, CustomObject::Deal, &before.custom.0, &change.custom, &home).await?;
    after.custom.0.clone_from(&filled.values);
    Ok(Draft { record: after, filled })
}

/// Writes what was drafted.
pub(crate) async fn write(tx: &mut Tx, before: Deal, drafted: Draft<Deal>) -> Result<Deal> {
    let Draft { record, filled } = drafted;
    let after = tx.update(&record).await?;
    filled.write(tx, after.id.uuid(), false);
    index(tx, &after).await?;
    tx.audit(Change::new("deal.update", after.id).before(&before).after(&after)).await?;
    tx.emit(event("deal.updated", &after)).await?;
    Ok(after)
}
