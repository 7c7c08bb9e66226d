//! The log over HTTP.

use axum::extract::State;
use edge::{App, Json, May, Path, Query};
use kernel::{Page, PageRequest};
use serde::Deserialize;
use store::{Sort, SortKind, Store};
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    Delivery, DeliveryId, DeliveryState, DeliveryView, Try, one,
    replay::replay,
    view,
    view::{DeliveryDetail, detail},
    visible,
};
use crate::{EditWebhooks, ReadWebhooks, endpoint::EndpointId};

const SORTS: &[Sort] = &[Sort::descending("created_at", "created_at", SortKind::Time)];

/// Tries of one delivery that are shown.
const TRIES: i64 = 100;

/// Which deliveries.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DeliveryFilter {
    /// Only to this endpoint.
    pub endpoint_id: Option<EndpointId>,
    /// Only in this state.
    pub state: Option<DeliveryState>,
    /// Only of this type of event.
    pub event_type: Option<String>,
}

#[utoipa::path(get, path = "/api/v1/webhook-deliveries", operation_id = "webhook_delivery_list", tag = "webhooks",
    params(PageRequest, DeliveryFilter),
    responses((status = 200, description = "What was sent in the last thirty days, newest first", body = Page<DeliveryView>)))]
async fn webhook_delivery_list(
    May(can): May<ReadWebhooks>,
    State(store): State<Store>,
    Query(page): Query<PageRequest>,
    Query(filter): Query<DeliveryFilter>,
) -> edge::Result<Json<Page<DeliveryView>>> {
    let mut tx = store.read(&can).await?;
    let select = tx
        .select::<Delivery>()
        .and_if("webhook_delivery.endpoint_id =", filter.endpoint_id)
        .and_if("webhook_delivery.state =", filter.state)
        .and_if("webhook_delivery.event_type =", filter.event_type);
    let select = visible(&tx, select);
    let found = tx.page::<Delivery>(select, SORTS, &page).await?;
    Ok(Json(found.map(|delivery| view(delivery, can.also::<EditWebhooks>()))))
}

#[utoipa::path(get, path = "/api/v1/webhook-deliveries/{id}", operation_id = "webhook_delivery_get", tag = "webhooks",
    params(("id" = DeliveryId, Path)),
    responses((status = 200, description = "The delivery with its message and tries", body = DeliveryDetail)))]
async fn webhook_delivery_get(
    May(can): May<ReadWebhooks>,
    State(store): State<Store>,
    Path(id): Path<DeliveryId>,
) -> edge::Result<Json<DeliveryDetail>> {
    let mut tx = store.read(&can).await?;
    let delivery = one(&mut tx, id).await?;
    let tries = tx
        .select::<Try>()
        .and("webhook_try.delivery_id =", id)
        .push(" ORDER BY webhook_try.id DESC LIMIT ")
        .bind(TRIES);
    let tries: Vec<Try> = tx.all(tries).await?;
    let mut detail = detail(delivery, tries, can.also::<EditWebhooks>());
    if !can.caller().sees_amounts() {
        // An endpoint may answer with what it was sent.
        detail.attempts.iter_mut().for_each(|made| made.answer = None);
    }
    Ok(Json(detail))
}

#[utoipa::path(post, path = "/api/v1/webhook-deliveries/{id}/replay", operation_id = "webhook_delivery_replay", tag = "webhooks",
    params(("id" = DeliveryId, Path)),
    responses((status = 200, description = "The delivery, waiting to be sent again", body = DeliveryView)))]
async fn webhook_delivery_replay(
    May(can): May<EditWebhooks>,
    State(store): State<Store>,
    Path(id): Path<DeliveryId>,
) -> edge::Result<Json<DeliveryView>> {
    let mut tx = store.begin(&can).await?;
    let delivery = replay(&mut tx, id).await?;
    tx.commit().await?;
    Ok(Json(view(delivery, true)))
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(webhook_delivery_list))
        .routes(routes!(webhook_delivery_get))
        .routes(routes!(webhook_delivery_replay))
}
