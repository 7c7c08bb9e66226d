//! Making a deal.

use chrono::NaiveDate;
use kernel::{Change, Error, Json, MemberId, Money, Result, id::Id};
use serde::Deserialize;
use store::Tx;
use utoipa::ToSchema;

use super::{Deal, DealId, DealState, event, history, index, place};
use crate::{
    company::{self, CompanyId},
    contact::{self, ContactId},
    field::{
        self,
        custom::{self, CustomObject, draft::Draft, fill},
    },
    member,
    pipeline::{self, PipelineId, Stage, StageId},
};

/// The largest amount in minor units: thousands of such deals still add up within 64 bits.
const MOST: i64 = 100_000_000_000_000;

/// A deal to be made; it goes to the top of its stage.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDeal {
    #[schema(example = "Fleet maintenance 2027")]
    pub name: String,
    #[serde(default)]
    pub company_id: Option<CompanyId>,
    #[serde(default)]
    pub contact_id: Option<ContactId>,
    /// The first pipeline unless given.
    #[serde(default)]
    pub pipeline_id: Option<PipelineId>,
    /// The pipeline's first stage unless given.
    #[serde(default)]
    pub stage_id: Option<StageId>,
    /// Nothing in the tenant's currency unless given.
    #[serde(default)]
    pub amount: Option<Money>,
    #[serde(default)]
    pub expected_close: Option<NaiveDate>,
    #[serde(default)]
    pub owner_id: Option<MemberId>,
    /// Values of the workspace's own fields, by the keys that `GET /api/v1/custom-fields` lists.
    #[serde(default)]
    #[schema(value_type = Option<std::collections::HashMap<String, serde_json::Value>>)]
    pub custom: custom::Values,
}

pub async fn create(tx: &mut Tx, input: NewDeal) -> Result<Deal> {
    let drafted = draft(tx, input).await?;
    make(tx, drafted).await
}

/// The deal as it would be made, without its place in the stage. Writes nothing.
pub(crate) async fn draft(tx: &mut Tx, input: NewDeal) -> Result<Draft<Deal>> {
    let name = name(&input.name)?;
    let home = identity::tenant::current(tx).await?;
    let amount = match input.amount {
        Some(amount) => checked(amount)?,
        None => Money::zero(home.currency),
    };
    member::must_exist(tx, "owner_id", input.owner_id).await?;
    company::must_exist(tx, "company_id", input.company_id).await?;
    contact::must_exist(tx, "contact_id", input.contact_id).await?;
    let filled = fill::first(tx, CustomObject::Deal, &input.custom, &home.country).await?;
    let stage = match input.stage_id {
        Some(id) => stage(tx, id).await?,
        None => pipeline::first_stage(tx, input.pipeline_id).await?,
    };
    if input.pipeline_id.is_some_and(|id| id != stage.pipeline_id) {
        return Err(Error::invalid(
            "stage_id",
            "stage_of_other_pipeline",
            "This stage belongs to another pipeline. Choose one of the pipeline's.",
        ));
    }
    let deal = Deal {
        id: DealId::new(),
        version: 1,
        name_folded: field::folded(&name),
        name,
        company_id: input.company_id,
        contact_id: input.contact_id,
        pipeline_id: stage.pipeline_id,
        stage_id: stage.id,
        state: DealState::Open,
        amount_minor: amount.minor,
        currency: amount.currency,
        amount_computed: false,
        expected_close: input.expected_close,
        position: 0,
        owner_id: input.owner_id.or(tx.caller().owner()),
        lost_reason: None,
        lost_reason_id: None,
        stage_since: tx.now(),
        closed_at: None,
        custom: Json(filled.values.clone()),
        deleted_at: None,
        created_at: tx.now(),
        updated_at: tx.now(),
    };
    Ok(Draft { record: deal, filled })
}

/// Makes what was drafted: on top of its stage, where it is open.
pub(crate) async fn make(tx: &mut Tx, drafted: Draft<Deal>) -> Result<Deal> {
    let Draft { record, filled } = drafted;
    let deal = Deal { position: place::top(tx, record.stage_id).await?, ..record };
    tx.insert(&deal).await?;
    if deal.state == DealState::Open {
        history::enter(tx, &deal).await?;
    }
    filled.write(tx, deal.id.uuid(), true);
    index(tx, &deal).await?;
    tx.audit(Change::new("deal.create", deal.id).after(&deal)).await?;
    tx.emit(event("deal.created", &deal)).await?;
    Ok(deal)
}

pub(super) fn name(input: &str) -> Result<String> {
    field::line("name", Some(input), 200)?.ok_or_else(|| Error::invalid("name", "required", "Give the deal a name."))
}

pub(super) fn checked(amount: Money) -> Result<Money> {
    if amount.minor < 0 {
        return Err(Error::invalid("amount", "amount_negative", "The amount of a deal is zero or more."));
    }
    if amount.minor > MOST {
        return Err(Error::invalid(
            "amount",
            "amount_too_large",
            "The amount is larger than a deal can be. Check its digits.",
        ));
    }
    Ok(amount)
}

pub(super) async fn stage(tx: &mut Tx, id: StageId) -> Result<Stage> {
    tx.find(id).await?.ok_or_else(|| {
        Error::invalid("stage_id", "stage_unknown", "There is no such stage. Choose one of the pipeline's.")
    })
}
