//! A pipeline: the stages a deal passes, each with the chance that a deal in it is won.
//!
//! Invariants: a tenant that has asked for its pipelines has one, and a pipeline always has a stage. A stage is removed
//! only when no open deal stands in it.

mod create;
mod first;
pub(crate) mod routes;
mod stage;
#[cfg(test)]
mod tests;
mod update;
pub mod view;

use chrono::{DateTime, Utc};
use kernel::{Can, Event, Permission, Result, permissions};
use store::{Store, Tx};

pub use first::{EnsureFirstPipeline, ensure_first};

kernel::id!(/// A pipeline.
    pub PipelineId, "pip");
kernel::id!(/// A stage of a pipeline.
    pub StageId, "stg");

permissions! {
    /// Change pipelines and their stages.
    pub ManagePipelines = "pipeline.manage": [Administrator];
}

store::record! {
    /// A pipeline as stored.
    pub struct Pipeline in pipeline {
        id: PipelineId,
        version: i64,
        name: String,
        position: i64,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

store::record! {
    /// A stage as stored.
    pub struct Stage in stage {
        id: StageId,
        version: i64,
        pipeline_id: PipelineId,
        name: String,
        /// Percent.
        probability: i64,
        /// A deal that stands in it for more days than these rots; none: it never does.
        rots_after_days: Option<i64>,
        position: i64,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

/// The tenant's pipelines in order, each with its stages in order.
pub async fn all(tx: &mut Tx) -> Result<Vec<(Pipeline, Vec<Stage>)>> {
    let select = tx.select::<Pipeline>().push(" ORDER BY pipeline.position, pipeline.id");
    let pipelines: Vec<Pipeline> = tx.all(select).await?;
    let select = tx.select::<Stage>().push(" ORDER BY stage.position, stage.id");
    let stages: Vec<Stage> = tx.all(select).await?;
    Ok(pipelines
        .into_iter()
        .map(|pipeline| {
            let own = stages.iter().filter(|stage| stage.pipeline_id == pipeline.id).cloned().collect();
            (pipeline, own)
        })
        .collect())
}

/// The same for somebody who only reads: nothing is written unless there is no pipeline yet.
pub async fn existing<P: Permission>(store: &Store, can: &Can<P>) -> Result<Vec<(Pipeline, Vec<Stage>)>> {
    let found = all(&mut store.read(can).await?).await?;
    if !found.is_empty() {
        return Ok(found);
    }
    let mut tx = store.begin(can).await?;
    let made = ensure_first(&mut tx).await?;
    tx.commit().await?;
    Ok(made)
}

/// Refuses a stage that this tenant does not have.
pub async fn must_have(tx: &mut Tx, field: &str, id: StageId) -> Result<()> {
    match tx.find::<Stage>(id).await? {
        Some(_) => Ok(()),
        None => {
            let sentence = "There is no such stage. Choose one of the pipeline's.";
            Err(kernel::Error::invalid(field, "stage_unknown", sentence))
        }
    }
}

/// Tells those who look at a board that it has another shape.
pub(crate) async fn changed(tx: &mut Tx, id: PipelineId) -> Result<()> {
    tx.emit(Event::new("pipeline.changed", id)).await?;
    Ok(())
}

/// The stage a new deal starts in.
pub async fn first_stage(tx: &mut Tx, pipeline: Option<PipelineId>) -> Result<Stage> {
    let pipelines = ensure_first(tx).await?;
    let found = pipelines.into_iter().find(|(p, _)| pipeline.is_none_or(|id| p.id == id));
    found.and_then(|(_, stages)| stages.into_iter().next()).ok_or_else(|| {
        kernel::Error::invalid("pipeline_id", "pipeline_unknown", "There is no such pipeline, or it has no stage.")
    })
}
