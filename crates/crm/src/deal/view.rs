//! A deal as the API shows it.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use kernel::{Caller, MemberId, Money, Permission, Result};
use serde::Serialize;
use store::Tx;
use utoipa::ToSchema;

use super::{Deal, DealId, DealState, DeleteDeals, EditDeals};
use crate::{
    company::CompanyId,
    contact::ContactId,
    field::custom::{self, fill, view::named},
    name::{self, Names, Ref},
    pipeline::{PipelineId, StageId},
};

#[derive(Debug, Serialize, ToSchema)]
pub struct DealView {
    pub id: DealId,
    pub version: i64,
    #[schema(example = "Fleet maintenance 2027")]
    pub name: String,
    pub state: DealState,
    pub pipeline_id: PipelineId,
    pub stage_id: StageId,
    pub stage: Ref<StageId>,
    pub amount: Money,
    pub expected_close: Option<NaiveDate>,
    pub company_id: Option<CompanyId>,
    pub company: Option<Ref<CompanyId>>,
    pub contact_id: Option<ContactId>,
    pub contact: Option<Ref<ContactId>>,
    pub owner_id: Option<MemberId>,
    pub owner: Option<Ref<MemberId>>,
    pub lost_reason: Option<String>,
    pub closed_at: Option<DateTime<Utc>>,
    /// Values of the workspace's own fields, by the keys that `GET /api/v1/custom-fields` lists.
    #[schema(value_type = std::collections::HashMap<String, serde_json::Value>, example = json!({ "renewal_date": "2027-03-01" }))]
    pub custom: custom::Values,
    /// Names of the people and records that `custom` points at, by id.
    #[schema(example = json!({}))]
    pub custom_names: BTreeMap<String, String>,
    pub deleted_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    /// `update`, `move`, `win`, `lose`, `reopen`, `delete` and `restore`, where this caller may do it now.
    pub actions: Vec<&'static str>,
}

/// The names a page of deals refers to.
struct Related {
    companies: Names<CompanyId>,
    contacts: Names<ContactId>,
    stages: Names<StageId>,
    owners: Names<MemberId>,
    custom: BTreeMap<String, String>,
}

impl Related {
    async fn load(tx: &mut Tx, deals: &[Deal]) -> Result<Self> {
        Ok(Self {
            companies: name::companies(tx, deals.iter().map(|d| d.company_id)).await?,
            contacts: name::contacts(tx, deals.iter().map(|d| d.contact_id)).await?,
            stages: name::stages(tx, deals.iter().map(|d| Some(d.stage_id))).await?,
            owners: name::members(tx, deals.iter().map(|d| d.owner_id)).await?,
            custom: fill::names(tx, deals.iter().map(|d| &d.custom.0)).await?,
        })
    }
}

pub async fn view(tx: &mut Tx, deal: Deal) -> Result<DealView> {
    let related = Related::load(tx, std::slice::from_ref(&deal)).await?;
    Ok(build(deal, &related, tx.caller()))
}

pub async fn views(tx: &mut Tx, deals: Vec<Deal>) -> Result<Vec<DealView>> {
    let related = Related::load(tx, &deals).await?;
    Ok(deals.into_iter().map(|deal| build(deal, &related, tx.caller())).collect())
}

fn build(deal: Deal, related: &Related, caller: &Caller) -> DealView {
    DealView {
        actions: actions(&deal, caller),
        amount: deal.amount(),
        id: deal.id,
        version: deal.version,
        name: deal.name,
        state: deal.state,
        pipeline_id: deal.pipeline_id,
        stage: related.stages.of(deal.stage_id),
        stage_id: deal.stage_id,
        expected_close: deal.expected_close,
        company: related.companies.maybe(deal.company_id),
        company_id: deal.company_id,
        contact: related.contacts.maybe(deal.contact_id),
        contact_id: deal.contact_id,
        owner: related.owners.maybe(deal.owner_id),
        owner_id: deal.owner_id,
        lost_reason: deal.lost_reason,
        closed_at: deal.closed_at,
        custom_names: named(&deal.custom.0, &related.custom),
        custom: deal.custom.0,
        deleted_at: deal.deleted_at,
        created_at: deal.created_at,
        updated_at: deal.updated_at,
    }
}

fn actions(deal: &Deal, caller: &Caller) -> Vec<&'static str> {
    let deleted = deal.deleted_at.is_some();
    let mut actions = Vec::new();
    if !deleted && caller.holds(EditDeals::NAME) {
        actions.push("update");
        match deal.state {
            DealState::Open => actions.extend(["move", "win", "lose"]),
            DealState::Won => actions.push("reopen"),
            DealState::Lost => actions.extend(["win", "reopen"]),
        }
    }
    if caller.holds(DeleteDeals::NAME) {
        actions.push(if deleted { "restore" } else { "delete" });
    }
    actions
}
