//! Pipelines and stages on the wire.

use axum::extract::State;
use edge::{App, Created, IfMatch, Json, May, NoContent, Path, Versioned};
use kernel::Page;
use store::{Store, Tx};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    ManagePipelines, Pipeline, PipelineId, Stage, StageId,
    create::{NewPipeline, create},
    existing,
    stage::{
        self,
        create::NewStage,
        reorder::{StageOrder, reorder},
        update::ChangeStage,
    },
    update::{ChangePipeline, update},
    view::{PipelineView, StageView},
};
use crate::deal::ReadDeals;

async fn whole(tx: &mut Tx, pipeline: Pipeline) -> kernel::Result<PipelineView> {
    let stages = stage::of(tx, pipeline.id).await?;
    Ok(PipelineView::of(pipeline, stages, tx.caller()))
}

#[utoipa::path(get, path = "/api/v1/pipelines", operation_id = "pipeline_list", tag = "pipelines",
    responses((status = 200, description = "All pipelines with their stages, in order", body = Page<PipelineView>)))]
async fn pipeline_list(May(can): May<ReadDeals>, State(store): State<Store>) -> edge::Result<Json<Page<PipelineView>>> {
    let pipelines = existing(&store, &can).await?;
    let items =
        pipelines.into_iter().map(|(pipeline, stages)| PipelineView::of(pipeline, stages, can.caller())).collect();
    Ok(Json(Page { items, next_cursor: None }))
}

#[utoipa::path(post, path = "/api/v1/pipelines", operation_id = "pipeline_create", tag = "pipelines", request_body = NewPipeline,
    responses((status = 201, description = "The pipeline with the stages to begin with", body = PipelineView)))]
async fn pipeline_create(
    May(can): May<ManagePipelines>,
    State(store): State<Store>,
    Json(input): Json<NewPipeline>,
) -> edge::Result<Created<PipelineView>> {
    let mut tx = store.begin(&can).await?;
    let pipeline = create(&mut tx, input).await?;
    let (location, version) = (format!("/api/v1/pipelines/{}", pipeline.id), pipeline.version);
    let body = whole(&mut tx, pipeline).await?;
    tx.commit().await?;
    Ok(Created { location, version, body })
}

#[utoipa::path(get, path = "/api/v1/pipelines/{id}", operation_id = "pipeline_get", tag = "pipelines", params(("id" = PipelineId, Path)),
    responses((status = 200, description = "The pipeline with its stages", body = PipelineView)))]
async fn pipeline_get(
    May(can): May<ReadDeals>,
    State(store): State<Store>,
    Path(id): Path<PipelineId>,
) -> edge::Result<Versioned<PipelineView>> {
    let mut tx = store.read(&can).await?;
    let pipeline: Pipeline = tx.get(id).await?;
    Ok(Versioned(pipeline.version, whole(&mut tx, pipeline).await?))
}

#[utoipa::path(patch, path = "/api/v1/pipelines/{id}", operation_id = "pipeline_update", tag = "pipelines", request_body = ChangePipeline,
    params(("id" = PipelineId, Path), ("If-Match" = String, Header, description = "The ETag that was read")),
    responses((status = 200, description = "As it now is", body = PipelineView)))]
async fn pipeline_update(
    May(can): May<ManagePipelines>,
    State(store): State<Store>,
    Path(id): Path<PipelineId>,
    version: IfMatch,
    Json(change): Json<ChangePipeline>,
) -> edge::Result<Versioned<PipelineView>> {
    let mut tx = store.begin(&can).await?;
    let before: Pipeline = tx.get(id).await?;
    version.check(before.version)?;
    let pipeline = update(&mut tx, before, change).await?;
    let answer = Versioned(pipeline.version, whole(&mut tx, pipeline).await?);
    tx.commit().await?;
    Ok(answer)
}

#[utoipa::path(post, path = "/api/v1/pipelines/{id}/stage-order", operation_id = "stage_reorder", tag = "pipelines",
    request_body = StageOrder, params(("id" = PipelineId, Path)),
    responses((status = 200, description = "The pipeline with its stages in their new order", body = PipelineView)))]
async fn stage_reorder(
    May(can): May<ManagePipelines>,
    State(store): State<Store>,
    Path(id): Path<PipelineId>,
    Json(order): Json<StageOrder>,
) -> edge::Result<Versioned<PipelineView>> {
    let mut tx = store.begin(&can).await?;
    let pipeline = reorder(&mut tx, id, order).await?;
    let answer = Versioned(pipeline.version, whole(&mut tx, pipeline).await?);
    tx.commit().await?;
    Ok(answer)
}

#[utoipa::path(post, path = "/api/v1/stages", operation_id = "stage_create", tag = "pipelines", request_body = NewStage,
    responses((status = 201, description = "The stage, at the end of its pipeline", body = StageView)))]
async fn stage_create(
    May(can): May<ManagePipelines>,
    State(store): State<Store>,
    Json(input): Json<NewStage>,
) -> edge::Result<Created<StageView>> {
    let mut tx = store.begin(&can).await?;
    let stage = stage::create::create(&mut tx, input).await?;
    tx.commit().await?;
    let location = format!("/api/v1/stages/{}", stage.id);
    Ok(Created { location, version: stage.version, body: StageView::of(stage, can.caller()) })
}

#[utoipa::path(get, path = "/api/v1/stages/{id}", operation_id = "stage_get", tag = "pipelines", params(("id" = StageId, Path)),
    responses((status = 200, description = "The stage", body = StageView)))]
async fn stage_get(
    May(can): May<ReadDeals>,
    State(store): State<Store>,
    Path(id): Path<StageId>,
) -> edge::Result<Versioned<StageView>> {
    let stage: Stage = store.read(&can).await?.get(id).await?;
    Ok(Versioned(stage.version, StageView::of(stage, can.caller())))
}

#[utoipa::path(patch, path = "/api/v1/stages/{id}", operation_id = "stage_update", tag = "pipelines", request_body = ChangeStage,
    params(("id" = StageId, Path), ("If-Match" = String, Header, description = "The ETag that was read")),
    responses((status = 200, description = "As it now is", body = StageView)))]
async fn stage_update(
    May(can): May<ManagePipelines>,
    State(store): State<Store>,
    Path(id): Path<StageId>,
    version: IfMatch,
    Json(change): Json<ChangeStage>,
) -> edge::Result<Versioned<StageView>> {
    let mut tx = store.begin(&can).await?;
    let before: Stage = tx.get(id).await?;
    version.check(before.version)?;
    let stage = stage::update::update(&mut tx, before, change).await?;
    tx.commit().await?;
    Ok(Versioned(stage.version, StageView::of(stage, can.caller())))
}

#[utoipa::path(delete, path = "/api/v1/stages/{id}", operation_id = "stage_delete", tag = "pipelines", params(("id" = StageId, Path)),
    responses((status = 204, description = "Removed")))]
async fn stage_delete(
    May(can): May<ManagePipelines>,
    State(store): State<Store>,
    Path(id): Path<StageId>,
) -> edge::Result<NoContent> {
    let mut tx = store.begin(&can).await?;
    stage::delete::delete(&mut tx, id).await?;
    tx.commit().await?;
    Ok(NoContent)
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(pipeline_list, pipeline_create))
        .routes(routes!(pipeline_get, pipeline_update))
        .routes(routes!(stage_reorder))
        .routes(routes!(stage_create))
        .routes(routes!(stage_get, stage_update, stage_delete))
}
