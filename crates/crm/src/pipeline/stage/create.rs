//! Adding a stage at the end of a pipeline.

use kernel::{Change, Error, Result};
use serde::Deserialize;
use store::Tx;
use utoipa::ToSchema;

use super::{super::create::name, of, probability, rots_after};
use crate::pipeline::{Pipeline, PipelineId, Stage, StageId, changed};

/// More columns than a board can show.
const MOST: usize = 30;

/// A stage to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewStage {
    pub pipeline_id: PipelineId,
    #[schema(example = "Proposal")]
    pub name: String,
    /// The chance in percent that a deal in it is won.
    #[schema(example = 50)]
    pub probability: i64,
    /// Days after which a deal in it rots; never unless given.
    #[serde(default)]
    #[schema(example = 14)]
    pub rots_after_days: Option<i64>,
}

pub async fn create(tx: &mut Tx, input: NewStage) -> Result<Stage> {
    let (name, probability) = (name(&input.name)?, probability(input.probability)?);
    // The pipeline's lock: two who add at one moment get two places.
    tx.get_locked::<Pipeline>(input.pipeline_id).await.map_err(|_| {
        Error::invalid("pipeline_id", "pipeline_unknown", "There is no such pipeline. Choose one from the list.")
    })?;
    let stages = of(tx, input.pipeline_id).await?;
    if stages.len() >= MOST {
        return Err(Error::conflict(
            "too_many_stages",
            format!("This pipeline has {MOST} stages already. Use one of them."),
        ));
    }
    let stage = Stage {
        id: StageId::new(),
        version: 1,
        pipeline_id: input.pipeline_id,
        name,
        probability,
        rots_after_days: rots_after(input.rots_after_days)?,
        position: stages.last().map_or(0, |last| last.position + 1),
        created_at: tx.now(),
        updated_at: tx.now(),
    };
    tx.insert(&stage).await?;
    tx.audit(Change::new("stage.create", stage.id).after(&stage)).await?;
    changed(tx, stage.pipeline_id).await?;
    Ok(stage)
}
