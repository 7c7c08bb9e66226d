//! Pipelines and stages as the API shows them.

use kernel::{Caller, Permission};
use serde::Serialize;
use utoipa::ToSchema;

use super::{ManagePipelines, Pipeline, PipelineId, Stage, StageId};

#[derive(Debug, Serialize, ToSchema)]
pub struct PipelineView {
    pub id: PipelineId,
    pub version: i64,
    #[schema(example = "Sales")]
    pub name: String,
    pub position: i64,
    /// From the first to the last.
    pub stages: Vec<StageView>,
    /// `update`, where this caller may.
    pub actions: Vec<&'static str>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct StageView {
    pub id: StageId,
    pub version: i64,
    pub pipeline_id: PipelineId,
    #[schema(example = "Proposal")]
    pub name: String,
    /// The chance in percent that a deal in this stage is won.
    pub probability: i64,
    /// Days after which a deal in it rots; null: never.
    pub rots_after_days: Option<i64>,
    pub position: i64,
    /// `update` and `delete`, where this caller may.
    pub actions: Vec<&'static str>,
}

impl PipelineView {
    pub fn of(pipeline: Pipeline, stages: Vec<Stage>, caller: &Caller) -> Self {
        Self {
            id: pipeline.id,
            version: pipeline.version,
            name: pipeline.name,
            position: pipeline.position,
            stages: stages.into_iter().map(|stage| StageView::of(stage, caller)).collect(),
            actions: if caller.holds(ManagePipelines::NAME) { vec!["update"] } else { Vec::new() },
        }
    }
}

impl StageView {
    pub fn of(stage: Stage, caller: &Caller) -> Self {
        Self {
            id: stage.id,
            version: stage.version,
            pipeline_id: stage.pipeline_id,
            name: stage.name,
            probability: stage.probability,
            rots_after_days: stage.rots_after_days,
            position: stage.position,
            actions: if caller.holds(ManagePipelines::NAME) { vec!["update", "delete"] } else { Vec::new() },
        }
    }
}
