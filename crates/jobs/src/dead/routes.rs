//! Dead jobs on the wire. What operators were told of a failure stays inside; the tenant reads its first line.

use axum::extract::State;
use chrono::{DateTime, Utc};
use edge::{App, Json, May, NoContent, Path, Query};
use kernel::{JobId, Page, PageRequest};
use serde::Serialize;
use store::Store;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    DeadJob,
    discard::discard,
    list::list_dead,
    replay::{replay, replay_all},
};
use crate::{ReadJobs, ReplayJobs};

/// A piece of work that the product could not do.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeadJobView {
    pub id: JobId,
    /// What it was to do.
    #[schema(example = "mail.deliver")]
    pub kind: String,
    /// The record it was about.
    #[schema(example = "mai_019abc0123457def8123456789abcdef")]
    pub subject: Option<String>,
    /// How often it was tried.
    #[schema(example = 10)]
    pub attempts: i64,
    /// What the last try failed of: a stable code or a sentence.
    #[schema(example = "database_unavailable")]
    pub failure: Option<String>,
    pub created_at: DateTime<Utc>,
    pub died_at: DateTime<Utc>,
    pub actions: Vec<&'static str>,
}

fn view(job: DeadJob, may_replay: bool) -> DeadJobView {
    DeadJobView {
        id: job.id,
        attempts: job.attempts,
        subject: job.subject().map(str::to_owned),
        failure: job.failure().map(str::to_owned),
        kind: job.kind,
        created_at: job.created_at,
        died_at: job.run_at,
        actions: if may_replay { vec!["replay", "discard"] } else { Vec::new() },
    }
}

#[utoipa::path(get, path = "/api/v1/jobs/dead", operation_id = "job_list_dead", tag = "jobs", params(PageRequest),
    responses((status = 200, description = "Work that failed for good, the latest first", body = Page<DeadJobView>)))]
async fn job_list_dead(
    May(can): May<ReadJobs>,
    State(store): State<Store>,
    Query(page): Query<PageRequest>,
) -> edge::Result<Json<Page<DeadJobView>>> {
    let mut tx = store.read(&can).await?;
    let dead = list_dead(&mut tx, &page).await?;
    Ok(Json(dead.map(|job| view(job, can.also::<ReplayJobs>()))))
}

#[utoipa::path(post, path = "/api/v1/jobs/{id}/replay", operation_id = "job_replay", tag = "jobs", params(("id" = JobId, Path)),
    responses((status = 204, description = "It is tried again, with all its tries")))]
async fn job_replay(
    May(can): May<ReplayJobs>,
    State(store): State<Store>,
    Path(id): Path<JobId>,
) -> edge::Result<NoContent> {
    let mut tx = store.begin(&can).await?;
    replay(&mut tx, id).await?;
    tx.commit().await?;
    Ok(NoContent)
}

/// What was started again.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReplayedView {
    /// How many jobs are tried again.
    #[schema(example = 3)]
    pub replayed: i64,
}

#[utoipa::path(post, path = "/api/v1/jobs/dead/replay", operation_id = "job_replay_all", tag = "jobs",
    responses((status = 200, description = "All of them, at most a thousand, are tried again with all their tries", body = ReplayedView)))]
async fn job_replay_all(May(can): May<ReplayJobs>, State(store): State<Store>) -> edge::Result<Json<ReplayedView>> {
    let mut tx = store.begin(&can).await?;
    let replayed = replay_all(&mut tx).await?;
    tx.commit().await?;
    Ok(Json(ReplayedView { replayed }))
}

#[utoipa::path(delete, path = "/api/v1/jobs/{id}", operation_id = "job_discard", tag = "jobs", params(("id" = JobId, Path)),
    responses((status = 204, description = "It is gone; the audit trail remembers it")))]
async fn job_discard(
    May(can): May<ReplayJobs>,
    State(store): State<Store>,
    Path(id): Path<JobId>,
) -> edge::Result<NoContent> {
    let mut tx = store.begin(&can).await?;
    discard(&mut tx, id).await?;
    tx.commit().await?;
    Ok(NoContent)
}

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(job_list_dead))
        .routes(routes!(job_replay_all))
        .routes(routes!(job_replay))
        .routes(routes!(job_discard))
}
