//! The tenant's work on the wire: how much there is, and how long the oldest has been waiting.

use axum::extract::State;
use chrono::{DateTime, Utc};
use edge::{App, Json, May};
use serde::Serialize;
use store::Store;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{ReadJobs, depth::work};

/// The work that the product does by itself for the company.
#[derive(Debug, Serialize, ToSchema)]
pub struct WorkView {
    /// Due and not yet begun.
    #[schema(example = 2)]
    pub waiting: i64,
    /// Being done at this moment.
    #[schema(example = 1)]
    pub running: i64,
    /// Failed, and tried again after a while.
    #[schema(example = 0)]
    pub held_back: i64,
    /// Wanted at a later time.
    #[schema(example = 1)]
    pub later: i64,
    /// Failed for good.
    #[schema(example = 0)]
    pub dead: i64,
    /// Since when the oldest due job has been waiting.
    pub oldest_waiting: Option<DateTime<Utc>>,
}

#[utoipa::path(get, path = "/api/v1/jobs", operation_id = "job_summary", tag = "jobs",
    responses((status = 200, description = "How much work there is", body = WorkView)))]
async fn job_summary(May(can): May<ReadJobs>, State(store): State<Store>) -> edge::Result<Json<WorkView>> {
    let work = work(&mut store.read(&can).await?).await?;
    Ok(Json(WorkView {
        waiting: work.waiting,
        running: work.running,
        held_back: work.held_back,
        later: work.later,
        dead: work.dead,
        oldest_waiting: work.oldest_waiting,
    }))
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(job_summary))
}
