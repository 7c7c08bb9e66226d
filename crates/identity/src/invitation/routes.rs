//! Invitations over HTTP, for those who invite and for those who are invited.

use std::sync::Arc;

use axum::{Extension, extract::State, response::Response};
use edge::{App, Connection, Created, Json, May, NoContent, Path, Problem, Query, Settings, Signed, Versioned};
use kernel::{Error, Page, PageRequest, Result};
use store::{Store, Tx};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    Invitation, InvitationId,
    accept::{Accept, accept},
    invite::{self, Invite},
    list::{InvitationView, list, views},
    lookup::{InvitationOffer, Lookup, lookup},
    revoke::revoke,
};
use crate::{
    Identity,
    permissions::ManageMembers,
    session::{SignedIn, switch::account_of},
};

#[utoipa::path(get, path = "/api/v1/invitations", operation_id = "invitation_list", tag = "workspace", params(PageRequest),
    responses((status = 200, description = "The invitations that wait for an answer, newest first", body = Page<InvitationView>)))]
async fn invitation_list(
    May(can): May<ManageMembers>,
    State(store): State<Store>,
    Query(page): Query<PageRequest>,
) -> edge::Result<Json<Page<InvitationView>>> {
    let mut tx = store.read(&can).await?;
    Ok(Json(list(&mut tx, &page).await?))
}

#[utoipa::path(post, path = "/api/v1/invitations", operation_id = "invitation_create", tag = "workspace", request_body = Invite,
    responses((status = 201, description = "The invitation is on its way", body = InvitationView)))]
async fn invitation_create(
    May(can): May<ManageMembers>,
    State(store): State<Store>,
    State(settings): State<Arc<Settings>>,
    Extension(identity): Extension<Identity>,
    Json(input): Json<Invite>,
) -> edge::Result<Created<InvitationView>> {
    let mut tx = store.begin(&can).await?;
    let invitation = invite::invite(&mut tx, &settings, identity.roles(), input).await?;
    let body = view(&mut tx, invitation).await?;
    tx.commit().await?;
    Ok(Created { location: format!("/api/v1/invitations/{}", body.id), version: body.version, body })
}

#[utoipa::path(post, path = "/api/v1/invitations/{id}/resend", operation_id = "invitation_resend", tag = "workspace",
    params(("id" = InvitationId, Path)),
    responses((status = 200, description = "A fresh link is on its way; the one before has ended", body = InvitationView)))]
async fn invitation_resend(
    May(can): May<ManageMembers>,
    State(store): State<Store>,
    State(settings): State<Arc<Settings>>,
    Extension(identity): Extension<Identity>,
    Path(id): Path<InvitationId>,
) -> edge::Result<Versioned<InvitationView>> {
    let mut tx = store.begin(&can).await?;
    let invitation = invite::resend(&mut tx, &settings, identity.roles(), id).await?;
    let body = view(&mut tx, invitation).await?;
    tx.commit().await?;
    Ok(Versioned(body.version, body))
}

#[utoipa::path(delete, path = "/api/v1/invitations/{id}", operation_id = "invitation_delete", tag = "workspace",
    params(("id" = InvitationId, Path)),
    responses((status = 204, description = "The invitation is withdrawn and its link has ended")))]
async fn invitation_delete(
    May(can): May<ManageMembers>,
    State(store): State<Store>,
    Path(id): Path<InvitationId>,
) -> edge::Result<NoContent> {
    let mut tx = store.begin(&can).await?;
    revoke(&mut tx, id).await?;
    tx.commit().await?;
    Ok(NoContent)
}

#[utoipa::path(post, path = "/api/v1/invitations/lookup", operation_id = "invitation_lookup", tag = "sign-in", request_body = Lookup, security(()),
    responses((status = 200, description = "Who invites whom to what", body = InvitationOffer)))]
async fn invitation_lookup(
    connection: Connection,
    State(store): State<Store>,
    Json(input): Json<Lookup>,
) -> edge::Result<Json<InvitationOffer>> {
    Ok(Json(lookup(&store, connection.origin, input).await?))
}

#[utoipa::path(post, path = "/api/v1/invitations/accept", operation_id = "invitation_accept", tag = "sign-in", request_body = Accept, security(()),
    responses((status = 200, description = "A member now, and signed in; the session is in the cookie", body = SignedIn)))]
async fn invitation_accept(
    connection: Connection,
    signed: std::result::Result<Signed, Problem>,
    State(store): State<Store>,
    State(settings): State<Arc<Settings>>,
    Json(input): Json<Accept>,
) -> edge::Result<Response> {
    let account = signed.ok().and_then(|Signed(caller)| account_of(&caller).ok());
    let opened = accept(&store, &settings, &connection.origin, connection.language, account, input).await?;
    Ok(opened.answer(&settings))
}

async fn view(tx: &mut Tx, invitation: Invitation) -> Result<InvitationView> {
    views(tx, vec![invitation]).await?.pop().ok_or_else(|| Error::not_found("invitation"))
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(invitation_list, invitation_create))
        .routes(routes!(invitation_resend))
        .routes(routes!(invitation_delete))
        .routes(routes!(invitation_lookup))
        .routes(routes!(invitation_accept))
}
