//! API keys over HTTP.

use std::sync::atomic::Ordering;

use axum::{Extension, extract::State};
use edge::{App, Created, Json, May, NoContent, Path, Query};
use kernel::{ApiKeyId, Error, Page, PageRequest};
use serde::Serialize;
use store::Store;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    create::{NewApiKey, create},
    list::{ApiKeyView, list, views},
    revoke::revoke,
};
use crate::{Identity, permissions::ManageApiKeys};

/// A new key and its secret.
#[derive(Debug, Serialize, ToSchema)]
pub struct CreatedApiKey {
    pub key: ApiKeyView,
    /// Shown this once. Send it as `Authorization: Bearer <secret>`.
    #[schema(example = "omb_k3XaZ0…")]
    pub secret: String,
}

#[utoipa::path(get, path = "/api/v1/api-keys", operation_id = "api_key_list", tag = "workspace", params(PageRequest),
    responses((status = 200, description = "The keys in force, newest first", body = Page<ApiKeyView>)))]
async fn api_key_list(
    May(can): May<ManageApiKeys>,
    State(store): State<Store>,
    Query(page): Query<PageRequest>,
) -> edge::Result<Json<Page<ApiKeyView>>> {
    let mut tx = store.read(&can).await?;
    Ok(Json(list(&mut tx, &page).await?))
}

#[utoipa::path(post, path = "/api/v1/api-keys", operation_id = "api_key_create", tag = "workspace", request_body = NewApiKey,
    responses((status = 201, description = "The key, with its secret", body = CreatedApiKey)))]
async fn api_key_create(
    May(can): May<ManageApiKeys>,
    State(store): State<Store>,
    Extension(identity): Extension<Identity>,
    Json(input): Json<NewApiKey>,
) -> edge::Result<Created<CreatedApiKey>> {
    let mut tx = store.begin(&can).await?;
    let (key, secret) = create(&mut tx, identity.roles(), input).await?;
    let id = key.id;
    let key = views(&mut tx, vec![key]).await?.pop().ok_or_else(|| Error::not_found("api_key"))?;
    tx.commit().await?;
    if let Some(idempotency) = &can.caller().origin.idempotency {
        // The request is remembered as carried out, but its answer is not kept: it holds the secret.
        idempotency.written.store(false, Ordering::Release);
    }
    Ok(Created { location: format!("/api/v1/api-keys/{id}"), version: 1, body: CreatedApiKey { key, secret } })
}

#[utoipa::path(delete, path = "/api/v1/api-keys/{id}", operation_id = "api_key_delete", tag = "workspace", params(("id" = ApiKeyId, Path)),
    responses((status = 204, description = "The key is revoked")))]
async fn api_key_delete(
    May(can): May<ManageApiKeys>,
    State(store): State<Store>,
    Path(id): Path<ApiKeyId>,
) -> edge::Result<NoContent> {
    let mut tx = store.begin(&can).await?;
    revoke(&mut tx, id).await?;
    tx.commit().await?;
    Ok(NoContent)
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(api_key_list, api_key_create)).routes(routes!(api_key_delete))
}
