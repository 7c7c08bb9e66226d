//! Endpoints over HTTP.

use std::sync::atomic::Ordering;

use axum::{Extension, extract::State};
use edge::{App, Created, IfMatch, Json, May, NoContent, Path, Query, Versioned};
use kernel::{Can, Error, Page, PageRequest, Permission};
use serde::Serialize;
use store::{Sort, SortKind, Store, Tx};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    Endpoint, EndpointId, EndpointView,
    create::{NewEndpoint, create},
    delete::delete,
    rotate::rotate,
    test::test,
    update::{ChangeEndpoint, update},
    views,
};
use crate::{
    EditWebhooks, Hooks, ReadWebhooks,
    delivery::{DeliveryView, view as delivery_view},
};

const SORTS: &[Sort] = &[Sort::descending("created_at", "created_at", SortKind::Time)];

/// An endpoint and its signing secret.
#[derive(Debug, Serialize, ToSchema)]
pub struct EndpointWithSecret {
    pub endpoint: EndpointView,
    /// Shown this once. Verify signatures with it.
    #[schema(example = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    pub secret: String,
}

async fn one(tx: &mut Tx, endpoint: Endpoint, may_edit: bool) -> kernel::Result<EndpointView> {
    views(tx, vec![endpoint], may_edit).await?.pop().ok_or_else(|| Error::not_found("webhook"))
}

/// The request is remembered as carried out, but its answer is not kept: it holds the secret.
fn keep_no_answer<P: Permission>(can: &Can<P>) {
    if let Some(idempotency) = &can.caller().origin.idempotency {
        idempotency.written.store(false, Ordering::Release);
    }
}

#[utoipa::path(get, path = "/api/v1/webhooks", operation_id = "webhook_list", tag = "webhooks", params(PageRequest),
    responses((status = 200, description = "The endpoints, newest first", body = Page<EndpointView>)))]
async fn webhook_list(
    May(can): May<ReadWebhooks>,
    State(store): State<Store>,
    Query(page): Query<PageRequest>,
) -> edge::Result<Json<Page<EndpointView>>> {
    let mut tx = store.read(&can).await?;
    let select = tx.select::<Endpoint>();
    let found = tx.page::<Endpoint>(select, SORTS, &page).await?;
    let items = views(&mut tx, found.items, can.also::<EditWebhooks>()).await?;
    Ok(Json(Page { items, next_cursor: found.next_cursor }))
}

#[utoipa::path(post, path = "/api/v1/webhooks", operation_id = "webhook_create", tag = "webhooks", request_body = NewEndpoint,
    responses((status = 201, description = "The endpoint, with its secret", body = EndpointWithSecret)))]
async fn webhook_create(
    May(can): May<EditWebhooks>,
    State(store): State<Store>,
    Extension(hooks): Extension<Hooks>,
    Json(input): Json<NewEndpoint>,
) -> edge::Result<Created<EndpointWithSecret>> {
    let mut tx = store.begin(&can).await?;
    let endpoint = create(&mut tx, hooks.fetch.reach(), input).await?;
    let (id, secret) = (endpoint.id, endpoint.secret.reveal().to_owned());
    let endpoint = one(&mut tx, endpoint, true).await?;
    tx.commit().await?;
    keep_no_answer(&can);
    Ok(Created {
        location: format!("/api/v1/webhooks/{id}"),
        version: 1,
        body: EndpointWithSecret { endpoint, secret },
    })
}

#[utoipa::path(get, path = "/api/v1/webhooks/{id}", operation_id = "webhook_get", tag = "webhooks", params(("id" = EndpointId, Path)),
    responses((status = 200, description = "The endpoint", body = EndpointView)))]
async fn webhook_get(
    May(can): May<ReadWebhooks>,
    State(store): State<Store>,
    Path(id): Path<EndpointId>,
) -> edge::Result<Versioned<EndpointView>> {
    let mut tx = store.read(&can).await?;
    let endpoint: Endpoint = tx.get(id).await?;
    Ok(Versioned(endpoint.version, one(&mut tx, endpoint, can.also::<EditWebhooks>()).await?))
}

#[utoipa::path(patch, path = "/api/v1/webhooks/{id}", operation_id = "webhook_update", tag = "webhooks",
    params(("id" = EndpointId, Path), ("If-Match" = String, Header, description = "The ETag that was read")),
    request_body = ChangeEndpoint, responses((status = 200, description = "The endpoint as it now is", body = EndpointView)))]
async fn webhook_update(
    May(can): May<EditWebhooks>,
    State(store): State<Store>,
    Extension(hooks): Extension<Hooks>,
    Path(id): Path<EndpointId>,
    version: IfMatch,
    Json(change): Json<ChangeEndpoint>,
) -> edge::Result<Versioned<EndpointView>> {
    let mut tx = store.begin(&can).await?;
    let before: Endpoint = tx.get_locked(id).await?;
    version.check(before.version)?;
    let after = update(&mut tx, hooks.fetch.reach(), before, change).await?;
    let (version, view) = (after.version, one(&mut tx, after, true).await?);
    tx.commit().await?;
    Ok(Versioned(version, view))
}

#[utoipa::path(delete, path = "/api/v1/webhooks/{id}", operation_id = "webhook_delete", tag = "webhooks", params(("id" = EndpointId, Path)),
    responses((status = 204, description = "The endpoint and its log are gone")))]
async fn webhook_delete(
    May(can): May<EditWebhooks>,
    State(store): State<Store>,
    Path(id): Path<EndpointId>,
) -> edge::Result<NoContent> {
    let mut tx = store.begin(&can).await?;
    delete(&mut tx, id).await?;
    tx.commit().await?;
    Ok(NoContent)
}

#[utoipa::path(post, path = "/api/v1/webhooks/{id}/rotate-secret", operation_id = "webhook_rotate_secret", tag = "webhooks",
    params(("id" = EndpointId, Path)),
    responses((status = 200, description = "The endpoint, with its new secret; the one before signs for another day", body = EndpointWithSecret)))]
async fn webhook_rotate_secret(
    May(can): May<EditWebhooks>,
    State(store): State<Store>,
    Path(id): Path<EndpointId>,
) -> edge::Result<Versioned<EndpointWithSecret>> {
    let mut tx = store.begin(&can).await?;
    let endpoint = rotate(&mut tx, id).await?;
    let (version, secret) = (endpoint.version, endpoint.secret.reveal().to_owned());
    let endpoint = one(&mut tx, endpoint, true).await?;
    tx.commit().await?;
    keep_no_answer(&can);
    Ok(Versioned(version, EndpointWithSecret { endpoint, secret }))
}

#[utoipa::path(post, path = "/api/v1/webhooks/{id}/test", operation_id = "webhook_test", tag = "webhooks", params(("id" = EndpointId, Path)),
    responses((status = 201, description = "The test, waiting to be sent", body = DeliveryView)))]
async fn webhook_test(
    May(can): May<EditWebhooks>,
    State(app): State<App>,
    Path(id): Path<EndpointId>,
) -> edge::Result<Created<DeliveryView>> {
    let mut tx = app.store.begin(&can).await?;
    let delivery = test(&mut tx, &app.settings.public_url, id).await?;
    tx.commit().await?;
    let location = format!("/api/v1/webhook-deliveries/{}", delivery.id);
    Ok(Created { location, version: 1, body: delivery_view(delivery, true) })
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(webhook_list, webhook_create))
        .routes(routes!(webhook_get, webhook_update, webhook_delete))
        .routes(routes!(webhook_rotate_secret))
        .routes(routes!(webhook_test))
}
