//! Putting the stages of a pipeline in another order.

use std::collections::HashSet;

use kernel::{Change, Error, Result};
use serde::Deserialize;
use store::Tx;
use utoipa::ToSchema;

use super::of;
use crate::pipeline::{Pipeline, PipelineId, Stage, StageId, changed};

/// The stages in their new order: all of them, each once.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StageOrder {
    pub stage_ids: Vec<StageId>,
}

pub async fn reorder(tx: &mut Tx, pipeline: PipelineId, order: StageOrder) -> Result<Pipeline> {
    let pipeline: Pipeline = tx.get_locked(pipeline).await?;
    let stages = of(tx, pipeline.id).await?;
    let known: HashSet<StageId> = stages.iter().map(|stage| stage.id).collect();
    let given: HashSet<StageId> = order.stage_ids.iter().copied().collect();
    if known != given || order.stage_ids.len() != stages.len() {
        let message = "Name every stage of the pipeline once. Read the pipeline again: its stages may have changed.";
        return Err(Error::invalid("stage_ids", "stages_differ", message));
    }
    for before in stages {
        let place = order.stage_ids.iter().position(|id| *id == before.id).unwrap_or_default();
        let position = i64::try_from(place).unwrap_or_default();
        if position != before.position {
            let after = tx.update(&Stage { position, ..before.clone() }).await?;
            tx.audit(Change::new("stage.sort", after.id).before(&before).after(&after)).await?;
        }
    }
    changed(tx, pipeline.id).await?;
    Ok(pipeline)
}
