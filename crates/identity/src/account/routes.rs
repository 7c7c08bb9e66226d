//! One's own account over HTTP, and the ways into it that need no sign-in.

use std::sync::Arc;

use axum::{
    Extension,
    body::Bytes,
    extract::{DefaultBodyLimit, State, rejection::BytesRejection},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use edge::{App, Connection, IfMatch, Json, May, NoContent, Settings, Versioned, caller::cookie, input::body_refused};
use files::Blobs;
use kernel::{Can, MemberId, Result};
use store::Store;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    change_password::{ChangePassword, change_password},
    confirm::{self, AskByEmail, ConfirmEmail},
    me::{self, Me},
    password::apart,
    profile::{self, ChangeProfile},
    reset_password::{self, ResetPassword},
};
use crate::{
    member::picture,
    permissions::OwnAccount,
    session::{SignedIn, switch::account_of},
    signup::routes::NextStep,
};

#[utoipa::path(post, path = "/api/v1/email-confirmations", operation_id = "email_confirmation_create", tag = "sign-in",
    request_body = ConfirmEmail, security(()),
    responses((status = 200, description = "The address is confirmed and its owner signed in; the session is in the cookie", body = SignedIn)))]
async fn email_confirmation_create(
    connection: Connection,
    State(store): State<Store>,
    State(settings): State<Arc<Settings>>,
    Json(input): Json<ConfirmEmail>,
) -> edge::Result<Response> {
    Ok(confirm::confirm(&store, &connection.origin, input).await?.answer(&settings))
}

#[utoipa::path(post, path = "/api/v1/email-confirmations/resend", operation_id = "email_confirmation_resend", tag = "sign-in",
    request_body = AskByEmail, security(()),
    responses((status = 202, description = "Where there is something to confirm, a mail is on its way", body = NextStep)))]
async fn email_confirmation_resend(
    connection: Connection,
    State(store): State<Store>,
    State(settings): State<Arc<Settings>>,
    Json(input): Json<AskByEmail>,
) -> edge::Result<(StatusCode, Json<NextStep>)> {
    let email = input.email.trim().to_owned();
    confirm::resend(&store, &settings, &connection.origin, input).await?;
    Ok((StatusCode::ACCEPTED, Json(NextStep { email, next: "confirm_email" })))
}

#[utoipa::path(post, path = "/api/v1/password-resets", operation_id = "password_reset_create", tag = "sign-in",
    request_body = AskByEmail, security(()),
    responses((status = 202, description = "Where there is an account, a mail is on its way", body = NextStep)))]
async fn password_reset_create(
    connection: Connection,
    State(store): State<Store>,
    State(settings): State<Arc<Settings>>,
    Json(input): Json<AskByEmail>,
) -> edge::Result<(StatusCode, Json<NextStep>)> {
    let email = input.email.trim().to_owned();
    reset_password::ask(&store, &settings, &connection.origin, input).await?;
    Ok((StatusCode::ACCEPTED, Json(NextStep { email, next: "read_mail" })))
}

#[utoipa::path(post, path = "/api/v1/password-resets/confirm", operation_id = "password_reset_confirm", tag = "sign-in",
    request_body = ResetPassword, security(()),
    responses((status = 204, description = "The password is set and every session has ended")))]
async fn password_reset_confirm(
    connection: Connection,
    State(store): State<Store>,
    State(settings): State<Arc<Settings>>,
    Json(input): Json<ResetPassword>,
) -> edge::Result<NoContent> {
    reset_password::reset(&store, &settings, &connection.origin, input).await?;
    Ok(NoContent)
}

#[utoipa::path(get, path = "/api/v1/me", operation_id = "me_get", tag = "me",
    responses((status = 200, description = "Who is signed in, where, and what they may do", body = Me)))]
async fn me_get(May(can): May<OwnAccount>, State(store): State<Store>) -> edge::Result<Versioned<Me>> {
    let (account, member) = person(&can)?;
    let mut tx = store.read(&can).await?;
    let me = me::me(&mut tx, can.caller(), account, member).await?;
    Ok(Versioned(me.account.version, me))
}

#[utoipa::path(patch, path = "/api/v1/me", operation_id = "me_update", tag = "me", request_body = ChangeProfile,
    params(("If-Match" = String, Header, description = "The account's version")),
    responses((status = 200, description = "As it now is", body = Me)))]
async fn me_update(
    May(can): May<OwnAccount>,
    State(store): State<Store>,
    version: IfMatch,
    Json(input): Json<ChangeProfile>,
) -> edge::Result<Versioned<Me>> {
    let (account, member) = person(&can)?;
    let mut tx = store.begin(&can).await?;
    profile::change(&mut tx, account, version, input).await?;
    let me = me::me(&mut tx, can.caller(), account, member).await?;
    tx.commit().await?;
    Ok(Versioned(me.account.version, me))
}

#[utoipa::path(post, path = "/api/v1/me/password", operation_id = "me_password", tag = "me", request_body = ChangePassword,
    responses((status = 200, description = "The password is changed; other sessions have ended, and this one's cookie is new", body = SignedIn)))]
async fn me_password(
    May(can): May<OwnAccount>,
    State(store): State<Store>,
    State(settings): State<Arc<Settings>>,
    headers: HeaderMap,
    Json(input): Json<ChangePassword>,
) -> edge::Result<Response> {
    let (account, _) = person(&can)?;
    let secret = cookie(&headers, settings.session_cookie());
    Ok(change_password(&store, &settings, can.caller(), account, secret, input).await?.answer(&settings))
}

#[utoipa::path(put, path = "/api/v1/me/picture", operation_id = "me_picture_put", tag = "me",
    request_body(content = picture::PictureBytes, content_type = "application/octet-stream", description = "A JPEG, PNG or WebP of at most 5 MB"),
    responses((status = 200, description = "The picture is kept, without what the camera had added", body = Me)))]
async fn me_picture_put(
    May(can): May<OwnAccount>,
    State(store): State<Store>,
    Extension(blobs): Extension<Blobs>,
    upload: Result<Bytes, BytesRejection>,
) -> edge::Result<Versioned<Me>> {
    let (account, member) = person(&can)?;
    let upload = upload.map_err(body_refused)?;
    let cleaned = apart(move || picture::clean(&upload)).await??;
    let mut tx = store.begin(&can).await?;
    picture::put(&mut tx, &blobs, member, cleaned).await?;
    let me = me::me(&mut tx, can.caller(), account, member).await?;
    tx.commit().await?;
    Ok(Versioned(me.account.version, me))
}

#[utoipa::path(delete, path = "/api/v1/me/picture", operation_id = "me_picture_delete", tag = "me",
    responses((status = 204, description = "The picture is erased")))]
async fn me_picture_delete(
    May(can): May<OwnAccount>,
    State(store): State<Store>,
    Extension(blobs): Extension<Blobs>,
) -> edge::Result<NoContent> {
    let (_, member) = person(&can)?;
    let mut tx = store.begin(&can).await?;
    picture::delete(&mut tx, &blobs, member).await?;
    tx.commit().await?;
    Ok(NoContent)
}

/// The account and member of a session.
fn person(can: &Can<OwnAccount>) -> Result<(kernel::AccountId, MemberId)> {
    let account = account_of(can.caller())?;
    let member = can.caller().member_id().ok_or_else(|| kernel::Error::not_found("member"))?;
    Ok((account, member))
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    let pictures = OpenApiRouter::new()
        .routes(routes!(me_picture_put, me_picture_delete))
        // A little over the limit, so that one byte too many is refused with words of our own.
        .layer(DefaultBodyLimit::max(picture::LARGEST + 1024));
    OpenApiRouter::new()
        .routes(routes!(email_confirmation_create))
        .routes(routes!(email_confirmation_resend))
        .routes(routes!(password_reset_create))
        .routes(routes!(password_reset_confirm))
        .routes(routes!(me_get, me_update))
        .routes(routes!(me_password))
        .merge(pictures)
}
