//! Inboxes for webhooks: the address messages are sent to, and what came, for people and for programs.

use std::fmt::Write;

use axum::{
    Form, Json,
    body::Bytes,
    extract::{Path, State, rejection::JsonRejection},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use super::page::{self, escape, moment};
use crate::{
    handle::SandboxHandle,
    webhook::{Behaviour, LARGEST, Offered, Received, SLOW, Setting, is_name},
};

pub(super) async fn receive(
    State(handle): State<SandboxHandle>,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if !is_name(&name) {
        return no_such_name();
    }
    if body.len() > LARGEST {
        return page::problem(StatusCode::PAYLOAD_TOO_LARGE, "message_too_large", "A message has at most 64 KiB.");
    }
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let offered = Offered {
        id: text("webhook-id"),
        timestamp: text("webhook-timestamp"),
        signatures: text("webhook-signature"),
        body: &body,
    };
    let now = (handle.core.config.now)();
    match handle.core.inboxes.take(now, &name, &offered) {
        Behaviour::Take => StatusCode::NO_CONTENT.into_response(),
        Behaviour::Fail => (StatusCode::INTERNAL_SERVER_ERROR, "The sandbox was told to fail.").into_response(),
        Behaviour::Busy => (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "60")]).into_response(),
        Behaviour::Gone => StatusCode::GONE.into_response(),
        Behaviour::Redirect => {
            let elsewhere = format!("{}/webhooks/in/redirected", handle.core.config.base_path);
            (StatusCode::FOUND, [(header::LOCATION, elsewhere)]).into_response()
        }
        Behaviour::Slow => {
            tokio::time::sleep(SLOW).await;
            StatusCode::NO_CONTENT.into_response()
        }
    }
}

fn no_such_name() -> Response {
    let rule = "An inbox is named by 1 to 40 small letters, digits and hyphens.";
    page::problem(StatusCode::UNPROCESSABLE_ENTITY, "invalid_name", rule)
}

pub(super) async fn list(State(handle): State<SandboxHandle>) -> Response {
    Json(serde_json::json!({ "items": handle.core.inboxes.received() })).into_response()
}

pub(super) async fn clear(State(handle): State<SandboxHandle>) -> StatusCode {
    handle.core.inboxes.clear();
    StatusCode::NO_CONTENT
}

pub(super) async fn clear_form(State(handle): State<SandboxHandle>) -> Redirect {
    handle.core.inboxes.clear();
    back(&handle)
}

pub(super) async fn set(
    State(handle): State<SandboxHandle>,
    Path(name): Path<String>,
    body: Result<Json<Setting>, JsonRejection>,
) -> Response {
    match body {
        Err(rejection) => page::problem(rejection.status(), "invalid_json", &rejection.body_text()),
        Ok(Json(setting)) => put(&handle, &name, setting).unwrap_or_else(|| StatusCode::NO_CONTENT.into_response()),
    }
}

/// The fields of the form.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SetInbox {
    name: String,
    secret: String,
    behaviour: Behaviour,
}

pub(super) async fn set_form(State(handle): State<SandboxHandle>, Form(form): Form<SetInbox>) -> Response {
    let setting = Setting { secret: form.secret.trim().to_owned(), behaviour: form.behaviour };
    put(&handle, form.name.trim(), setting).unwrap_or_else(|| back(&handle).into_response())
}

/// Sets an inbox; answers why not.
fn put(handle: &SandboxHandle, name: &str, setting: Setting) -> Option<Response> {
    const FULL: &str = "Forget everything first: there are too many inboxes.";
    if !is_name(name) {
        return Some(no_such_name());
    }
    let is_set = handle.core.inboxes.set(name, setting);
    (!is_set).then(|| page::problem(StatusCode::CONFLICT, "too_many_inboxes", FULL))
}

fn back(handle: &SandboxHandle) -> Redirect {
    Redirect::to(&format!("{}/webhooks", handle.core.config.base_path))
}

pub(super) async fn show(State(handle): State<SandboxHandle>) -> Response {
    let base = &handle.core.config.base_path;
    let mut main = format!(
        "<p>Make an endpoint with the address of this site and the path <code>{base}/webhooks/in/NAME</code>. Give the inbox the \
         secret that you are shown, and what comes is checked with it.</p>"
    );
    main.push_str(&form(base));
    let settings = handle.core.inboxes.settings();
    if !settings.is_empty() {
        main.push_str("<h2>Inboxes</h2><dl>");
        for (name, has_secret, behaviour) in settings {
            let words = Behaviour::ALL.iter().find(|(known, ..)| *known == behaviour).map_or("", |(.., words)| words);
            let secret = if has_secret { "has a secret" } else { "has no secret" };
            let _ = write!(main, "<div><dt>{}</dt><dd>{secret}, {words}</dd></div>", escape(&name));
        }
        main.push_str("</dl>");
    }
    main.push_str("<h2>What came</h2>");
    let received = handle.core.inboxes.received();
    if received.is_empty() {
        main.push_str(r#"<p class="empty">Nothing yet. Send a test to an endpoint and reload this page.</p>"#);
    } else {
        main.push_str(r#"<ol class="mails">"#);
        received.iter().for_each(|message| main.push_str(&line(message)));
        main.push_str("</ol>");
        let _ = write!(
            main,
            r#"<form method="post" action="{base}/webhooks/clear"><button class="danger">Forget everything</button></form>"#
        );
    }
    page::whole(base, "Webhooks", &main)
}

fn form(base: &str) -> String {
    let choices: String =
        Behaviour::ALL.iter().map(|(_, value, words)| format!(r#"<option value="{value}">{words}</option>"#)).collect();
    format!(
        r#"<form method="post" action="{base}/webhooks">
<label>Inbox <input name="name" required pattern="[a-z0-9\-]+" maxlength="40" value="mine"></label>
<label>Signing secret <input name="secret" autocomplete="off" placeholder="whsec_"></label>
<label>It shall <select name="behaviour">{choices}</select></label>
<button>Set the inbox</button>
</form>
"#
    )
}

fn line(message: &Received) -> String {
    format!(
        r#"<li><p><strong>{inbox}</strong>: {verdict}</p><p class="quiet">{id} · {when}</p><pre tabindex="0">{body}</pre></li>
"#,
        inbox = escape(&message.inbox),
        verdict = message.verdict.words(),
        id = escape(&message.id),
        when = moment(message.at),
        body = escape(&message.body),
    )
}
