//! Reasons for which deals are lost, on the wire.

use axum::extract::State;
use chrono::{DateTime, Utc};
use edge::{App, Created, IfMatch, Json, May, Path, Versioned};
use kernel::{Caller, Page, Permission};
use serde::Serialize;
use store::Store;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{ChangeLostReason, LostReason, LostReasonId, NewLostReason, all, create, update};
use crate::{deal::ReadDeals, pipeline::ManagePipelines};

/// Why deals are lost.
#[derive(Debug, Serialize, ToSchema)]
pub struct LostReasonView {
    pub id: LostReasonId,
    pub version: i64,
    #[schema(example = "Price")]
    pub label: String,
    pub archived_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    /// `update`, where this caller may.
    pub actions: Vec<&'static str>,
}

fn view(reason: LostReason, caller: &Caller) -> LostReasonView {
    LostReasonView {
        id: reason.id,
        version: reason.version,
        label: reason.label,
        archived_at: reason.archived_at,
        created_at: reason.created_at,
        updated_at: reason.updated_at,
        actions: if caller.holds(ManagePipelines::NAME) { vec!["update"] } else { Vec::new() },
    }
}

#[utoipa::path(get, path = "/api/v1/lost-reasons", operation_id = "lost_reason_list", tag = "pipelines",
    responses((status = 200, description = "All reasons by name, archived ones too", body = Page<LostReasonView>)))]
async fn lost_reason_list(
    May(can): May<ReadDeals>,
    State(store): State<Store>,
) -> edge::Result<Json<Page<LostReasonView>>> {
    let reasons = all(&mut store.read(&can).await?).await?;
    let items = reasons.into_iter().map(|reason| view(reason, can.caller())).collect();
    Ok(Json(Page { items, next_cursor: None }))
}

#[utoipa::path(post, path = "/api/v1/lost-reasons", operation_id = "lost_reason_create", tag = "pipelines", request_body = NewLostReason,
    responses((status = 201, description = "The reason", body = LostReasonView)))]
async fn lost_reason_create(
    May(can): May<ManagePipelines>,
    State(store): State<Store>,
    Json(input): Json<NewLostReason>,
) -> edge::Result<Created<LostReasonView>> {
    let mut tx = store.begin(&can).await?;
    let reason = create(&mut tx, input).await?;
    tx.commit().await?;
    let location = format!("/api/v1/lost-reasons/{}", reason.id);
    Ok(Created { location, version: reason.version, body: view(reason, can.caller()) })
}

#[utoipa::path(get, path = "/api/v1/lost-reasons/{id}", operation_id = "lost_reason_get", tag = "pipelines", params(("id" = LostReasonId, Path)),
    responses((status = 200, description = "The reason", body = LostReasonView)))]
async fn lost_reason_get(
    May(can): May<ReadDeals>,
    State(store): State<Store>,
    Path(id): Path<LostReasonId>,
) -> edge::Result<Versioned<LostReasonView>> {
    let reason: LostReason = store.read(&can).await?.get(id).await?;
    Ok(Versioned(reason.version, view(reason, can.caller())))
}

#[utoipa::path(patch, path = "/api/v1/lost-reasons/{id}", operation_id = "lost_reason_update", tag = "pipelines", request_body = ChangeLostReason,
    params(("id" = LostReasonId, Path), ("If-Match" = String, Header, description = "The ETag that was read")),
    responses((status = 200, description = "As it now is", body = LostReasonView)))]
async fn lost_reason_update(
    May(can): May<ManagePipelines>,
    State(store): State<Store>,
    Path(id): Path<LostReasonId>,
    version: IfMatch,
    Json(change): Json<ChangeLostReason>,
) -> edge::Result<Versioned<LostReasonView>> {
    let mut tx = store.begin(&can).await?;
    let before: LostReason = tx.get(id).await?;
    version.check(before.version)?;
    let reason = update(&mut tx, before, change).await?;
    tx.commit().await?;
    Ok(Versioned(reason.version, view(reason, can.caller())))
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(lost_reason_list, lost_reason_create))
        .routes(routes!(lost_reason_get, lost_reason_update))
}
