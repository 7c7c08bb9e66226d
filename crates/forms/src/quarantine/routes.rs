//! What was held back, on the wire.

use axum::extract::State;
use edge::{App, Json, May, NoContent, Path, Query};
use kernel::{Page, PageRequest};
use leads::lead::LeadId;
use serde::{Deserialize, Serialize};
use store::Store;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    QuarantineId, ReviewSubmissions, decide,
    list::{QuarantineFilter, QuarantineView, list, one},
};

#[utoipa::path(get, path = "/api/v1/quarantine", operation_id = "quarantine_list", tag = "forms",
    params(PageRequest, QuarantineFilter),
    responses((status = 200, description = "What the guards of forms hold back, the newest first", body = Page<QuarantineView>)))]
async fn quarantine_list(
    May(can): May<ReviewSubmissions>,
    State(store): State<Store>,
    Query(page): Query<PageRequest>,
    Query(filter): Query<QuarantineFilter>,
) -> edge::Result<Json<Page<QuarantineView>>> {
    let mut tx = store.read(&can).await?;
    Ok(Json(list(&mut tx, filter, &page).await?))
}

#[utoipa::path(get, path = "/api/v1/quarantine/{id}", operation_id = "quarantine_get", tag = "forms",
    params(("id" = QuarantineId, Path)),
    responses((status = 200, description = "All of it as it was typed", body = QuarantineView)))]
async fn quarantine_get(
    May(can): May<ReviewSubmissions>,
    State(store): State<Store>,
    Path(id): Path<QuarantineId>,
) -> edge::Result<Json<QuarantineView>> {
    let mut tx = store.read(&can).await?;
    Ok(Json(one(&mut tx, id).await?))
}

/// Which of it: 1 to 100.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuarantineChoice {
    pub ids: Vec<QuarantineId>,
}

/// What was let through.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReleasedSubmissions {
    /// The leads it became, in the order in which it was sent.
    pub lead_ids: Vec<LeadId>,
}

#[utoipa::path(post, path = "/api/v1/quarantine/release", operation_id = "quarantine_release", tag = "forms",
    request_body = QuarantineChoice,
    responses((status = 200, description = "No spam: the leads it would have become, at the times it was sent; all of it or nothing", body = ReleasedSubmissions)))]
async fn quarantine_release(
    May(can): May<ReviewSubmissions>,
    State(store): State<Store>,
    Json(choice): Json<QuarantineChoice>,
) -> edge::Result<Json<ReleasedSubmissions>> {
    let mut tx = store.begin(&can).await?;
    let mut lead_ids = Vec::new();
    for id in decide::few(choice.ids)? {
        lead_ids.push(decide::release(&mut tx, id).await?.lead_id);
    }
    tx.commit().await?;
    Ok(Json(ReleasedSubmissions { lead_ids }))
}

#[utoipa::path(post, path = "/api/v1/quarantine/reject", operation_id = "quarantine_reject", tag = "forms",
    request_body = QuarantineChoice,
    responses((status = 204, description = "Spam: it is erased within a day or two, and can be restored until then")))]
async fn quarantine_reject(
    May(can): May<ReviewSubmissions>,
    State(store): State<Store>,
    Json(choice): Json<QuarantineChoice>,
) -> edge::Result<NoContent> {
    let mut tx = store.begin(&can).await?;
    for id in decide::few(choice.ids)? {
        decide::reject(&mut tx, id).await?;
    }
    tx.commit().await?;
    Ok(NoContent)
}

#[utoipa::path(post, path = "/api/v1/quarantine/restore", operation_id = "quarantine_restore", tag = "forms",
    request_body = QuarantineChoice,
    responses((status = 204, description = "Held back as before, while it is not erased yet")))]
async fn quarantine_restore(
    May(can): May<ReviewSubmissions>,
    State(store): State<Store>,
    Json(choice): Json<QuarantineChoice>,
) -> edge::Result<NoContent> {
    let mut tx = store.begin(&can).await?;
    for id in decide::few(choice.ids)? {
        decide::restore(&mut tx, id).await?;
    }
    tx.commit().await?;
    Ok(NoContent)
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(quarantine_list))
        .routes(routes!(quarantine_get))
        .routes(routes!(quarantine_release))
        .routes(routes!(quarantine_reject))
        .routes(routes!(quarantine_restore))
}
