//! Which stages a deal has passed, and how long it stood in each.
//!
//! Invariant: an open deal has one stay that has not ended, in the stage it stands in; a closed one has none. Deals from
//! before this was kept begin with the first stage they enter.

use chrono::{DateTime, TimeDelta, Utc};
use kernel::Result;
use store::{Tx, sql};

use super::{Deal, DealId, DealState};
use crate::pipeline::{PipelineId, Stage, StageId};

kernel::id!(/// A stay of a deal in a stage; seen by nobody.
    pub DealStageId, "dst");

store::record! {
    pub struct DealStage in deal_stage {
        id: DealStageId,
        deal_id: DealId,
        pipeline_id: PipelineId,
        stage_id: StageId,
        entered_at: DateTime<Utc>,
        left_at: Option<DateTime<Utc>>,
    }
}

/// The deal stands in its stage from now on.
pub(super) async fn enter(tx: &mut Tx, deal: &Deal) -> Result<()> {
    let stay = DealStage {
        id: DealStageId::new(),
        deal_id: deal.id,
        pipeline_id: deal.pipeline_id,
        stage_id: deal.stage_id,
        entered_at: tx.now(),
        left_at: None,
    };
    Ok(tx.insert(&stay).await?)
}

/// It no longer does.
pub(super) async fn leave(tx: &mut Tx, deal: DealId) -> Result<()> {
    let (tenant, now) = (tx.tenant_id(), tx.now());
    tx.execute(sql!(
        "UPDATE deal_stage SET left_at = {} WHERE tenant_id = {} AND deal_id = {} AND left_at IS NULL",
        now,
        tenant,
        deal
    ))
    .await?;
    Ok(())
}

/// Has it stood in its stage for longer than deals should?
pub fn is_rotting(deal: &Deal, stage: Option<&Stage>, now: DateTime<Utc>) -> bool {
    let most = stage.and_then(|stage| stage.rots_after_days).and_then(TimeDelta::try_days);
    deal.state == DealState::Open && deal.deleted_at.is_none() && most.is_some_and(|most| now - deal.stage_since > most)
}
