//! Members over HTTP.

use axum::{Extension, extract::State, response::Response};
use edge::{App, IfMatch, Json, May, NoContent, Path, Query, Versioned};
use files::Blobs;
use kernel::{Error, MemberId, Page, PageRequest, Role};
use serde::Deserialize;
use store::Store;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    Member, MemberState,
    change_role::change_role,
    list::{MemberView, get, list},
    picture::PictureBytes,
    remove::remove,
};
use crate::{
    Identity,
    permissions::{ManageMembers, ReadMembers},
};

#[utoipa::path(get, path = "/api/v1/members", operation_id = "member_list", tag = "workspace", params(PageRequest),
    responses((status = 200, description = "The members, by when they joined", body = Page<MemberView>)))]
async fn member_list(
    May(can): May<ReadMembers>,
    State(store): State<Store>,
    Extension(identity): Extension<Identity>,
    Query(page): Query<PageRequest>,
) -> edge::Result<Json<Page<MemberView>>> {
    let mut tx = store.read(&can).await?;
    Ok(Json(list(&mut tx, identity.roles(), &page).await?))
}

#[utoipa::path(get, path = "/api/v1/members/{id}", operation_id = "member_get", tag = "workspace", params(("id" = MemberId, Path)),
    responses((status = 200, description = "The member", body = MemberView)))]
async fn member_get(
    May(can): May<ReadMembers>,
    State(store): State<Store>,
    Extension(identity): Extension<Identity>,
    Path(id): Path<MemberId>,
) -> edge::Result<Versioned<MemberView>> {
    let mut tx = store.read(&can).await?;
    let member = get(&mut tx, identity.roles(), id).await?;
    Ok(Versioned(member.version, member))
}

/// What may change of a member.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ChangeMember {
    role: Role,
}

#[utoipa::path(patch, path = "/api/v1/members/{id}", operation_id = "member_update", tag = "workspace", request_body = ChangeMember,
    params(("id" = MemberId, Path), ("If-Match" = String, Header, description = "The version read")),
    responses((status = 200, description = "The member with the new role", body = MemberView)))]
async fn member_update(
    May(can): May<ManageMembers>,
    State(store): State<Store>,
    Extension(identity): Extension<Identity>,
    Path(id): Path<MemberId>,
    version: IfMatch,
    Json(input): Json<ChangeMember>,
) -> edge::Result<Versioned<MemberView>> {
    let mut tx = store.begin(&can).await?;
    change_role(&mut tx, identity.roles(), id, version, input.role).await?;
    let member = get(&mut tx, identity.roles(), id).await?;
    tx.commit().await?;
    Ok(Versioned(member.version, member))
}

#[utoipa::path(delete, path = "/api/v1/members/{id}", operation_id = "member_delete", tag = "workspace", params(("id" = MemberId, Path)),
    responses((status = 204, description = "The member is removed; rights, sessions and keys have ended")))]
async fn member_delete(
    May(can): May<ManageMembers>,
    State(store): State<Store>,
    Extension(identity): Extension<Identity>,
    Path(id): Path<MemberId>,
) -> edge::Result<NoContent> {
    let mut tx = store.begin(&can).await?;
    remove(&mut tx, identity.roles(), id).await?;
    tx.commit().await?;
    Ok(NoContent)
}

#[utoipa::path(get, path = "/api/v1/members/{id}/picture", operation_id = "member_picture", tag = "workspace", params(("id" = MemberId, Path)),
    responses((status = 200, description = "The picture, 256 points square", content_type = "image/webp", body = PictureBytes)))]
async fn member_picture(
    May(can): May<ReadMembers>,
    State(store): State<Store>,
    Extension(blobs): Extension<Blobs>,
    Path(id): Path<MemberId>,
) -> edge::Result<Response> {
    let mut tx = store.read(&can).await?;
    let member: Member = tx.get(id).await?;
    let picture =
        member.picture_id.filter(|_| member.state == MemberState::Active).ok_or_else(|| Error::not_found("picture"))?;
    let (blob, bytes) = blobs.get(&mut tx, picture).await?;
    Ok(files::serve::serve(&blob, bytes, false))
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(member_list))
        .routes(routes!(member_get, member_update, member_delete))
        .routes(routes!(member_picture))
}
