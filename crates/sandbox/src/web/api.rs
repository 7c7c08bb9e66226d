//! The mailbox for programs.

use axum::{
    Json,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};

use super::page;
use crate::{handle::SandboxHandle, mail::MailFilter};

pub(super) async fn list(State(handle): State<SandboxHandle>, Query(filter): Query<MailFilter>) -> Response {
    Json(handle.core.mails.list(&filter)).into_response()
}

pub(super) async fn detail(State(handle): State<SandboxHandle>, Path(id): Path<u64>) -> Response {
    match handle.mail(id) {
        Some(mail) => Json(mail).into_response(),
        None => page::no_such_mail(),
    }
}

pub(super) async fn clear(State(handle): State<SandboxHandle>) -> StatusCode {
    handle.clear().await;
    StatusCode::NO_CONTENT
}
