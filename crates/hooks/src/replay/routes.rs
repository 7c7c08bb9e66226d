//! Sending again over HTTP.

use axum::extract::State;
use chrono::{DateTime, Utc};
use edge::{App, Created, Json, May, Path};
use serde::Serialize;
use store::Store;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    Replay, ReplayId, ReplayState,
    start::{NewReplay, start},
};
use crate::{EditWebhooks, ReadWebhooks, endpoint::EndpointId};

/// How far sending again is.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReplayView {
    pub id: ReplayId,
    pub endpoint_id: EndpointId,
    pub since: DateTime<Utc>,
    pub state: ReplayState,
    /// Deliveries that had failed when it was asked for.
    #[schema(example = 120)]
    pub total: i64,
    /// Those that are due again.
    #[schema(example = 120)]
    pub done: i64,
    pub created_at: DateTime<Utc>,
}

fn view(replay: Replay) -> ReplayView {
    let Replay { id, endpoint_id, since, state, total, done, created_at, .. } = replay;
    ReplayView { id, endpoint_id, since, state, total, done, created_at }
}

#[utoipa::path(post, path = "/api/v1/webhooks/{id}/replay", operation_id = "webhook_replay_start", tag = "webhooks",
    params(("id" = EndpointId, Path)), request_body = NewReplay,
    responses((status = 201, description = "The run, which goes on by itself", body = ReplayView)))]
async fn webhook_replay_start(
    May(can): May<EditWebhooks>,
    State(store): State<Store>,
    Path(id): Path<EndpointId>,
    Json(new): Json<NewReplay>,
) -> edge::Result<Created<ReplayView>> {
    let mut tx = store.begin(&can).await?;
    let replay = start(&mut tx, id, new).await?;
    tx.commit().await?;
    Ok(Created { location: format!("/api/v1/webhook-replays/{}", replay.id), version: 1, body: view(replay) })
}

#[utoipa::path(get, path = "/api/v1/webhook-replays/{id}", operation_id = "webhook_replay_get", tag = "webhooks",
    params(("id" = ReplayId, Path)), responses((status = 200, description = "How far it is", body = ReplayView)))]
async fn webhook_replay_get(
    May(can): May<ReadWebhooks>,
    State(store): State<Store>,
    Path(id): Path<ReplayId>,
) -> edge::Result<Json<ReplayView>> {
    let mut tx = store.read(&can).await?;
    Ok(Json(view(tx.get(id).await?)))
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(webhook_replay_start)).routes(routes!(webhook_replay_get))
}
