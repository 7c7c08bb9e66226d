//! Removing a stage in which no open deal stands. What was won, lost or deleted in it moves to the stage beside it.

use kernel::{Change, Error, Result};
use store::{Tx, sql};

use super::of;
use crate::{
    deal::DealState,
    pipeline::{Pipeline, Stage, StageId, changed},
};

pub async fn delete(tx: &mut Tx, id: StageId) -> Result<()> {
    let stage: Stage = tx.get(id).await?;
    // First the pipeline, then the stage: adding a stage locks the one, adding a deal the other.
    tx.get_locked::<Pipeline>(stage.pipeline_id).await?;
    let stage: Stage = tx.get_locked(id).await?;
    let (tenant, now) = (tx.tenant_id(), tx.now());
    let standing = sql!(
        "SELECT count(*) FROM deal WHERE tenant_id = {} AND stage_id = {} AND state = {} AND deleted_at IS NULL",
        tenant,
        id,
        DealState::Open
    );
    let mut whole = tx.beyond_reach("a stage is empty only if nobody's deal stands in it");
    let tx = &mut *whole;
    if tx.count(standing).await? > 0 {
        return Err(Error::conflict("stage_not_empty", "Deals stand in this stage. Move them to another one first."));
    }
    let stages = of(tx, stage.pipeline_id).await?;
    let at = stages.iter().position(|s| s.id == id).unwrap_or_default();
    let beside = at.checked_sub(1).or(Some(1)).and_then(|beside| stages.get(beside));
    let Some(beside) = beside else {
        return Err(Error::conflict("last_stage", "A pipeline needs a stage. Add another one before removing this."));
    };
    tx.execute(sql!(
        "UPDATE deal SET stage_id = {}, version = version + 1, updated_at = {} WHERE tenant_id = {} AND stage_id = {}",
        beside.id,
        now,
        tenant,
        id
    ))
    .await?;
    tx.delete::<Stage>(id).await?;
    tx.audit(Change::new("stage.delete", id).before(&stage)).await?;
    changed(tx, stage.pipeline_id).await
}
