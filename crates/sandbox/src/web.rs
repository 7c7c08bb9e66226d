//! The web side: mailbox, API, control page.
//!
//! Invariants: nothing of a mail runs. Pages hold no script and forbid it (Content-Security-Policy); HTML of a mail is shown
//! in a sandboxed frame under a stricter policy; files come as downloads. A form or request that changes something and
//! comes from another site is refused.
//!
//! Refuses: signing in. The host mounts this only where a sandbox is wanted.

mod api;
mod control;
mod download;
mod frame;
mod guard;
mod list;
mod message;
mod page;
mod webhooks;

use axum::{
    Router,
    http::{StatusCode, header},
    middleware,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post, put},
};

use crate::handle::SandboxHandle;

const STYLE: &str = include_str!("web/style.css");

pub(crate) fn router(handle: SandboxHandle) -> Router {
    let mailbox = format!("{}/mail", handle.core.config.base_path);
    Router::new()
        .route("/", get(move || async move { Redirect::to(&mailbox) }))
        .route("/style.css", get(style))
        .route("/mail", get(list::show))
        .route("/mail/clear", post(list::clear))
        .route("/mail/{id}", get(message::show))
        .route("/mail/{id}/html", get(frame::show))
        .route("/mail/{id}/raw", get(download::raw))
        .route("/mail/{id}/attachments/{index}", get(download::attachment))
        .route("/api/mails", get(api::list).delete(api::clear))
        .route("/api/mails/{id}", get(api::detail))
        .route("/api/mails/{id}/attachments/{index}", get(download::attachment))
        .route("/webhooks", get(webhooks::show).post(webhooks::set_form))
        .route("/webhooks/clear", post(webhooks::clear_form))
        .route("/webhooks/in/{name}", post(webhooks::receive))
        .route("/api/webhooks", get(webhooks::list).delete(webhooks::clear))
        .route("/api/webhooks/{name}", put(webhooks::set))
        .route("/_control", get(control::show))
        .route("/_control/journal", get(control::journal).delete(control::clear_journal))
        .route("/_control/journal/clear", post(control::clear_journal_form))
        .route("/_control/faults", get(control::faults).put(control::set).delete(control::clear).post(control::add))
        .route("/_control/faults/clear", post(control::clear_form))
        .fallback(not_found)
        .layer(middleware::from_fn(guard::refuse_other_sites))
        .layer(middleware::from_fn(guard::protect))
        .with_state(handle)
}

async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], STYLE).into_response()
}

async fn not_found() -> Response {
    page::problem(StatusCode::NOT_FOUND, "not_found", "The sandbox has nothing at this address.")
}
