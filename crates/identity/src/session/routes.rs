//! Sessions over HTTP: signing in and out, seeing and ending one's sessions, opening another workspace.

use std::sync::Arc;

use axum::{
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use edge::{App, Connection, Json, May, NoContent, Path, Problem, Settings, caller::cookie};
use kernel::{Error, Page, SessionId, TenantId};
use serde::Deserialize;
use store::Store;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    SignedIn,
    cookie::forget,
    list::{SessionView, list},
    revoke::{leave, revoke, revoke_others, sign_out},
    sign_in::{SignIn, sign_in},
    switch::{TenantChoice, account_of, choices, switch},
};
use crate::permissions::OwnAccount;

#[utoipa::path(post, path = "/api/v1/session", operation_id = "session_create", tag = "sign-in", request_body = SignIn, security(()),
    responses((status = 200, description = "Signed in; the session is in the cookie", body = SignedIn)))]
async fn session_create(
    connection: Connection,
    State(store): State<Store>,
    State(settings): State<Arc<Settings>>,
    Json(input): Json<SignIn>,
) -> edge::Result<Response> {
    Ok(sign_in(&store, &settings, &connection.origin, input).await?.answer(&settings))
}

#[utoipa::path(delete, path = "/api/v1/session", operation_id = "session_delete", tag = "sign-in",
    responses((status = 204, description = "Signed out")))]
async fn session_delete(
    may: edge::Result<May<OwnAccount>>,
    State(store): State<Store>,
    State(settings): State<Arc<Settings>>,
    headers: HeaderMap,
) -> edge::Result<Response> {
    let can = match may {
        Ok(May(can)) => can,
        // Whoever stands before a closed workspace must be able to leave it for another.
        Err(Problem(Error::Door { code: "tenant_closed", .. })) => {
            leave(&store, cookie(&headers, settings.session_cookie())).await?;
            return Ok(forget(&settings, NoContent.into_response()));
        }
        Err(refusal) => return Err(refusal),
    };
    let account = account_of(can.caller())?;
    let mut tx = store.begin(&can).await?;
    sign_out(&mut tx, account, cookie(&headers, settings.session_cookie())).await?;
    tx.commit().await?;
    Ok(forget(&settings, NoContent.into_response()))
}

#[utoipa::path(get, path = "/api/v1/sessions", operation_id = "session_list", tag = "me",
    responses((status = 200, description = "One's running sessions, the most recently used first", body = Page<SessionView>)))]
async fn session_list(
    May(can): May<OwnAccount>,
    State(store): State<Store>,
    State(settings): State<Arc<Settings>>,
    headers: HeaderMap,
) -> edge::Result<Json<Page<SessionView>>> {
    let account = account_of(can.caller())?;
    let mut tx = store.read(&can).await?;
    let items = list(&mut tx, account, cookie(&headers, settings.session_cookie())).await?;
    Ok(Json(Page { items, next_cursor: None }))
}

#[utoipa::path(delete, path = "/api/v1/sessions", operation_id = "session_revoke_others", tag = "me",
    responses((status = 204, description = "Every session but this one has ended")))]
async fn session_revoke_others(
    May(can): May<OwnAccount>,
    State(store): State<Store>,
    State(settings): State<Arc<Settings>>,
    headers: HeaderMap,
) -> edge::Result<NoContent> {
    let account = account_of(can.caller())?;
    let mut tx = store.begin(&can).await?;
    revoke_others(&mut tx, account, cookie(&headers, settings.session_cookie())).await?;
    tx.commit().await?;
    Ok(NoContent)
}

#[utoipa::path(delete, path = "/api/v1/sessions/{id}", operation_id = "session_revoke", tag = "me", params(("id" = SessionId, Path)),
    responses((status = 204, description = "The session has ended")))]
async fn session_revoke(
    May(can): May<OwnAccount>,
    State(store): State<Store>,
    Path(id): Path<SessionId>,
) -> edge::Result<NoContent> {
    let account = account_of(can.caller())?;
    let mut tx = store.begin(&can).await?;
    revoke(&mut tx, account, id).await?;
    tx.commit().await?;
    Ok(NoContent)
}

#[utoipa::path(get, path = "/api/v1/tenants", operation_id = "tenant_list", tag = "me",
    responses((status = 200, description = "The workspaces one may open, the most recently used first", body = Page<TenantChoice>)))]
async fn tenant_list(May(can): May<OwnAccount>, State(store): State<Store>) -> edge::Result<Json<Page<TenantChoice>>> {
    Ok(Json(Page { items: choices(&store, can.caller()).await?, next_cursor: None }))
}

/// Which workspace to open.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OpenTenant {
    tenant_id: TenantId,
}

#[utoipa::path(post, path = "/api/v1/session/tenant", operation_id = "session_tenant", tag = "me", request_body = OpenTenant,
    responses((status = 200, description = "The workspace is open; the session's cookie is new", body = SignedIn)))]
async fn session_tenant(
    May(can): May<OwnAccount>,
    State(store): State<Store>,
    State(settings): State<Arc<Settings>>,
    headers: HeaderMap,
    Json(input): Json<OpenTenant>,
) -> edge::Result<Response> {
    let secret = cookie(&headers, settings.session_cookie());
    Ok(switch(&store, can.caller(), input.tenant_id, secret).await?.answer(&settings))
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(session_create, session_delete))
        .routes(routes!(session_list, session_revoke_others))
        .routes(routes!(session_revoke))
        .routes(routes!(tenant_list))
        .routes(routes!(session_tenant))
}
