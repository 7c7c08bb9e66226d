//! A pipeline: the stages a deal passes, each with the chance that a deal in it is won.

use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use kernel::{Change, Result, id::Id, permissions};
use locale::Catalog;
use store::{Tx, sql};

kernel::id!(/// A pipeline.
    pub PipelineId, "pip");
kernel::id!(/// A stage of a pipeline.
    pub StageId, "stg");

permissions! {
    /// Change pipelines and their stages.
    pub ManagePipelines = "pipeline.manage": [Administrator];
}

store::record! {
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
    pub struct Stage in stage {
        id: StageId,
        version: i64,
        pipeline_id: PipelineId,
        name: String,
        /// Percent.
        probability: i64,
        position: i64,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

pub(crate) static WORDS: LazyLock<Catalog> = LazyLock::new(|| {
    Catalog::load([
        include_str!("../locales/en.ftl"),
        include_str!("../locales/es.ftl"),
        include_str!("../locales/pt.ftl"),
        include_str!("../locales/fr.ftl"),
    ])
});

/// The stages a new tenant begins with, and their chances in percent.
const FIRST_STAGES: [(&str, i64); 4] = [("stage-new", 10), ("stage-qualified", 25), ("stage-proposal", 50), ("stage-negotiation", 75)];

/// The tenant's pipelines in order, the first one made if there is none yet (in the tenant's language).
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

/// Makes the first pipeline where there is none; harmless otherwise.
pub async fn ensure_first(tx: &mut Tx) -> Result<Vec<(Pipeline, Vec<Stage>)>> {
    let existing = all(tx).await?;
    if !existing.is_empty() {
        return Ok(existing);
    }
    let language = identity::tenant::current(tx).await?.language;
    let (created_at, updated_at) = (tx.now(), tx.now());
    let pipeline =
        Pipeline { id: PipelineId::new(), version: 1, name: WORDS.text(language, "pipeline-first", &[]), position: 0, created_at, updated_at };
    tx.insert(&pipeline).await?;
    for (position, (key, probability)) in FIRST_STAGES.into_iter().enumerate() {
        let stage = Stage {
            id: StageId::new(),
            version: 1,
            pipeline_id: pipeline.id,
            name: WORDS.text(language, key, &[]),
            probability,
            position: position as i64,
            created_at,
            updated_at,
        };
        tx.insert(&stage).await?;
    }
    tx.audit(Change::new("pipeline.create", pipeline.id).after(&pipeline)).await?;
    all(tx).await
}

/// The stage a new deal starts in.
pub async fn first_stage(tx: &mut Tx, pipeline: Option<PipelineId>) -> Result<Stage> {
    let pipelines = ensure_first(tx).await?;
    let found = pipelines.into_iter().find(|(p, _)| pipeline.is_none_or(|id| p.id == id));
    found
        .and_then(|(_, stages)| stages.into_iter().next())
        .ok_or_else(|| kernel::Error::invalid("pipeline_id", "pipeline_unknown", "There is no such pipeline, or it has no stage."))
}

/// How many live deals stand in a stage: one with deals cannot be removed.
pub async fn deals_in(tx: &mut Tx, stage: StageId) -> Result<i64> {
    let query = sql!("SELECT count(*) FROM deal WHERE tenant_id = {} AND stage_id = {}", tx.tenant_id(), stage.uuid());
    Ok(tx.count(query).await?)
}
