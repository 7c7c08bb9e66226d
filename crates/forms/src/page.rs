//! The public page of a form: `/f/{path}`. Rendered here, without any script; it is sent as a plain form.
//!
//! Invariants: what was typed is still there when something is wrong, and the page says beside each field what; only the
//! sites a form names may frame it or send to it; no cookie is read and none is set.

pub(crate) mod open;
mod read;
mod show;

use axum::{
    Extension, Router,
    extract::{DefaultBodyLimit, Path, Query, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
    routing::get,
};
use edge::{App, Connection};
use files::Blobs;
use kernel::{Error, FieldError, Result};

use crate::{
    attachment::receive::{Arrived, Received},
    form::{Form, set::origin},
    submission::{
        arrive::fields,
        check::{check, shown},
        take::{Sent, take},
    },
};
use open::{Opened, allowed, open};
use read::Typed;
use show::{Message, Page};

/// The pages. The program adds `Extension<files::Blobs>` and limits how often an address may ask.
pub fn pages() -> Router<App> {
    Router::new()
        .route("/f/style.css", get(style))
        .route("/f/guard.js", get(script))
        .route("/f/{path}", get(page).post(send).layer(DefaultBodyLimit::disable()))
        .route("/f/{path}/thanks", get(thanks))
}

type Pairs = Vec<(String, String)>;

async fn page(
    State(app): State<App>,
    connection: Connection,
    Path(path): Path<String>,
    Query(pairs): Query<Pairs>,
    headers: HeaderMap,
) -> Response {
    let asked = async {
        let opened = open(&app, &connection, &path).await?;
        let typed = Typed::prefilled(pairs, &headers).fresh(&opened, app.store.clock().now());
        let html = show::form(&Page::of(&opened), &typed, &[], false)?;
        Ok(framed(html.into_response(), &opened.form))
    };
    finish(asked.await, &connection)
}

async fn send(
    State(app): State<App>,
    Extension(blobs): Extension<Blobs>,
    connection: Connection,
    Path(path): Path<String>,
    request: Request,
) -> Response {
    let headers = request.headers().clone();
    let taken = async {
        let opened = open(&app, &connection, &path).await?;
        let site = allowed(&opened.form, &headers, &app.settings.public_url)?;
        let Some(received) = fields(request, &opened.form, &blobs, opened.can.tenant_id()).await? else {
            let typed = Typed::default().fresh(&opened, app.store.clock().now());
            let html = show::form(&Page::of(&opened), &typed, &[], true)?;
            return Ok(framed((StatusCode::BAD_REQUEST, html).into_response(), &opened.form));
        };
        let Received { pairs, files, refused, too_large } = received;
        let typed = Typed::sent(pairs);
        let seen = typed.seen(&connection, &headers, site.as_deref());
        let sent = typed.as_sent(&opened.form, opened.address(&app), seen, &files);
        if too_large || !refused.is_empty() {
            return unfit(&app, &opened, &typed, &sent, refused, too_large).await;
        }
        accept(&app, &opened, typed, sent, files).await
    };
    finish(taken.await, &connection)
}

/// Files that cannot be taken: the page again, with everything else that is wrong.
async fn unfit(
    app: &App,
    opened: &Opened,
    typed: &Typed,
    sent: &Sent,
    mut refused: Vec<FieldError>,
    too_large: bool,
) -> Result<Response> {
    let mut tx = app.store.read(&opened.can).await?;
    match check(&mut tx, &opened.form, sent).await {
        Err(Error::Invalid { fields }) => {
            let said: Vec<String> = refused.iter().map(|one| one.field.clone()).collect();
            refused.extend(fields.into_iter().filter(|one| !said.contains(&one.field)));
        }
        Err(other) => return Err(other),
        Ok(_) => {}
    }
    let (beside, _) = shown(&opened.form, refused);
    let status = if too_large { StatusCode::PAYLOAD_TOO_LARGE } else { StatusCode::UNPROCESSABLE_ENTITY };
    let html = show::form(&Page::of(opened), typed, &beside, beside.is_empty())?;
    Ok(framed((status, html).into_response(), &opened.form))
}

async fn accept(app: &App, opened: &Opened, typed: Typed, sent: Sent, files: Vec<Arrived>) -> Result<Response> {
    let mut tx = app.store.begin(&opened.can).await?;
    match take(&mut tx, &opened.form, &sent, files).await {
        Ok(()) => tx.commit().await?,
        // Pressed twice at once: the other press is taken.
        Err(Error::Conflict { code: "submitted_meanwhile", .. }) => drop(tx),
        Err(Error::Invalid { fields }) => {
            drop(tx);
            let (beside, above) = shown(&opened.form, fields);
            let html = show::form(&Page::of(opened), &typed, &beside, !above.is_empty())?;
            return Ok(framed((StatusCode::UNPROCESSABLE_ENTITY, html).into_response(), &opened.form));
        }
        Err(other) => return Err(other),
    }
    let to = opened.form.redirect_url.clone().unwrap_or_else(|| format!("/f/{}/thanks", opened.form.path));
    Ok(framed(Redirect::to(&to).into_response(), &opened.form))
}

async fn thanks(State(app): State<App>, connection: Connection, Path(path): Path<String>) -> Response {
    let said = async {
        let opened = open(&app, &connection, &path).await?;
        Ok(framed(show::thanks(&opened)?.into_response(), &opened.form))
    };
    finish(said.await, &connection)
}

/// The policy of a form's pages: framed by the sites it names, and led on to the address it names.
fn framed(mut response: Response, form: &Form) -> Response {
    let onward = form.redirect_url.as_deref().and_then(origin).unwrap_or_default();
    let script = if form.guard.0.on && form.guard.0.proof { "script-src 'self'; " } else { "" };
    let policy = format!(
        "default-src 'none'; style-src 'self'; {script}form-action 'self' {onward}; base-uri 'none'; frame-ancestors 'self' {}",
        form.allowed_origins.0.join(" ")
    );
    if let Ok(policy) = HeaderValue::from_str(policy.trim_end()) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// Adds the headers every page has; what went wrong becomes a page that says what to do.
fn finish(shown: Result<Response>, connection: &Connection) -> Response {
    let mut response = shown.unwrap_or_else(|error| {
        let (status, message) = match &error {
            Error::NotFound { .. } => (StatusCode::NOT_FOUND, Message::Unknown),
            Error::Door { status: 410, .. } => (StatusCode::GONE, Message::Closed),
            Error::Door { status: 403, .. } => (StatusCode::FORBIDDEN, Message::Elsewhere),
            Error::Door { status: 408, .. } => (StatusCode::REQUEST_TIMEOUT, Message::Slow),
            Error::Door { status: 429, .. } => (StatusCode::TOO_MANY_REQUESTS, Message::Flooded),
            other => {
                tracing::error!(code = other.code(), "the page of a form could not be shown");
                (StatusCode::SERVICE_UNAVAILABLE, Message::Broken)
            }
        };
        (status, show::message(message, connection.language)).into_response()
    });
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(
        "default-src 'none'; style-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
    ));
    response
}

/// A form as it is saved, for whoever writes it: marked, and nothing is sent by it.
pub(crate) fn preview(mut form: Form, company: &str) -> Result<Html<String>> {
    // Its text is shown before it has a number.
    let text = form.consent_text.take();
    let consent = text.as_deref().map(|text| (text, form.consent_number.unwrap_or(1)));
    show::form(&Page { form: &form, company, consent, preview: true }, &Typed::default(), &[], false)
}

/// The work that a browser with script does while somebody types; a page asks for it only where the form wants it.
async fn script() -> impl IntoResponse {
    const JS: &str = include_str!("../templates/guard.js");
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8"), (header::CACHE_CONTROL, "public, max-age=300")], JS)
}

/// The one file the pages need besides themselves.
async fn style() -> impl IntoResponse {
    const CSS: &str = include_str!("../templates/style.css");
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "public, max-age=300")], CSS)
}
