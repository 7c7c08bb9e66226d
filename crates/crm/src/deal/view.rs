//! A deal as the API shows it.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use kernel::{Caller, MemberId, Money, Permission, Result};
use serde::Serialize;
use store::Tx;
use utoipa::ToSchema;

use super::{Deal, DealId, DealState, DeleteDeals, EditDeals, history::is_rotting, lost::LostReasonId};
use crate::{
    company::CompanyId,
    contact::ContactId,
    field::custom::{self, fill, view::named},
    name::{self, Names, Ref},
    pipeline::{PipelineId, Stage, StageId},
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
    /// It is the sum of the deal's lines, and is changed with them.
    pub amount_computed: bool,
    pub expected_close: Option<NaiveDate>,
    pub company_id: Option<CompanyId>,
    pub company: Option<Ref<CompanyId>>,
    pub contact_id: Option<ContactId>,
    pub contact: Option<Ref<ContactId>>,
    pub owner_id: Option<MemberId>,
    pub owner: Option<Ref<MemberId>>,
    /// In words.
    pub lost_reason: Option<String>,
    /// The reason it was lost for, of those the workspace keeps.
    pub lost_for: Option<Ref<LostReasonId>>,
    /// When it came into its stage.
    pub stage_since: DateTime<Utc>,
    /// It stands there for longer than deals should.
    pub rotting: bool,
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
    stages: HashMap<StageId, Stage>,
    reasons: Names<LostReasonId>,
    owners: Names<MemberId>,
    custom: BTreeMap<String, String>,
}

impl Related {
    async fn load(tx: &mut Tx, deals: &[Deal]) -> Result<Self> {
        Ok(Self {
            companies: name::companies(tx, deals.iter().map(|d| d.company_id)).await?,
            contacts: name::contacts(tx, deals.iter().map(|d| d.contact_id)).await?,
            stages: stages(tx, deals).await?,
            reasons: name::lost_reasons(tx, deals.iter().map(|d| d.lost_reason_id)).await?,
            owners: name::members(tx, deals.iter().map(|d| d.owner_id)).await?,
            custom: fill::names(tx, deals.iter().map(|d| &d.custom.0)).await?,
        })
    }
}

pub async fn view(tx: &mut Tx, deal: Deal) -> Result<DealView> {
    let related = Related::load(tx, std::slice::from_ref(&deal)).await?;
    Ok(build(deal, &related, tx))
}

pub async fn views(tx: &mut Tx, deals: Vec<Deal>) -> Result<Vec<DealView>> {
    let related = Related::load(tx, &deals).await?;
    Ok(deals.into_iter().map(|deal| build(deal, &related, tx)).collect())
}

/// The stages of a page.
async fn stages(tx: &mut Tx, deals: &[Deal]) -> Result<HashMap<StageId, Stage>> {
    let ids: HashSet<StageId> = deals.iter().map(|deal| deal.stage_id).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let found: Vec<Stage> = tx.all(tx.select::<Stage>().push(" AND stage.id IN ").bind_list(ids)).await?;
    Ok(found.into_iter().map(|stage| (stage.id, stage)).collect())
}

fn build(deal: Deal, related: &Related, tx: &Tx) -> DealView {
    let stage = related.stages.get(&deal.stage_id);
    DealView {
        rotting: is_rotting(&deal, stage, tx.now()),
        stage: Ref { id: deal.stage_id, name: stage.map(|stage| stage.name.clone()).unwrap_or_default() },
        actions: actions(&deal, tx.caller()),
        amount: deal.amount(),
        amount_computed: deal.amount_computed,
        id: deal.id,
        version: deal.version,
        name: deal.name,
        state: deal.state,
        pipeline_id: deal.pipeline_id,
        stage_id: deal.stage_id,
        expected_close: deal.expected_close,
        company: related.companies.maybe(deal.company_id),
        company_id: deal.company_id,
        contact: related.contacts.maybe(deal.contact_id),
        contact_id: deal.contact_id,
        owner: related.owners.maybe(deal.owner_id),
        owner_id: deal.owner_id,
        lost_reason: deal.lost_reason,
        lost_for: related.reasons.maybe(deal.lost_reason_id),
        stage_since: deal.stage_since,
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
            // Where it stands is a field, which may be closed to the caller.
            _ if caller.reach.field("deal", "stage").is_some() => {}
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
