//! The public page of a form: `/f/{path}`. Rendered here, without any script; it is sent as a plain form.
//!
//! Invariants: what was typed is still there when something is wrong, and the page says beside each field what; only the
//! sites a form names may frame it or send to it; no cookie is read and none is set.

pub(crate) mod open;
mod read;
mod show;

use axum::{
    Router,
    extract::{DefaultBodyLimit, Form as Body, Path, Query, State, rejection::FormRejection},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use edge::{App, Connection};
use kernel::{Error, Result};

use crate::{
    form::{Form, set::origin},
    submission::take::{shown, take},
};
use open::{Opened, allowed, open};
use read::Typed;
use show::Message;

/// Thirty fields of 10,000 characters in any script, as a form encodes them.
const MOST: usize = 4 << 20;

/// The pages. The program limits how often an address may ask.
pub fn pages() -> Router<App> {
    Router::new()
        .route("/f/style.css", get(style))
        .route("/f/{path}", get(page).post(send).layer(DefaultBodyLimit::max(MOST)))
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
        let typed = Typed::prefilled(pairs, &headers);
        let html = show::form(&opened, &typed, &[], false)?;
        Ok(framed(html.into_response(), &opened.form))
    };
    finish(asked.await, &connection)
}

async fn send(
    State(app): State<App>,
    connection: Connection,
    Path(path): Path<String>,
    headers: HeaderMap,
    body: std::result::Result<Body<Pairs>, FormRejection>,
) -> Response {
    let taken = async {
        let opened = open(&app, &connection, &path).await?;
        allowed(&opened.form, &headers, &app.settings.public_url)?;
        let Ok(Body(pairs)) = body else {
            let typed = Typed::default();
            let html = show::form(&opened, &typed, &[], true)?;
            return Ok(framed((StatusCode::BAD_REQUEST, html).into_response(), &opened.form));
        };
        let typed = Typed::sent(pairs);
        accept(&app, &opened, typed).await
    };
    finish(taken.await, &connection)
}

async fn accept(app: &App, opened: &Opened, typed: Typed) -> Result<Response> {
    let sent = typed.as_sent(&opened.form, opened.address(app));
    let mut tx = app.store.begin(&opened.can).await?;
    match take(&mut tx, &opened.form, &sent).await {
        Ok(_) => tx.commit().await?,
        // Pressed twice at once: the other press is taken.
        Err(Error::Conflict { code: "submitted_meanwhile", .. }) => drop(tx),
        Err(Error::Invalid { fields }) => {
            drop(tx);
            let (beside, above) = shown(&opened.form, fields);
            let html = show::form(opened, &typed, &beside, !above.is_empty())?;
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
    let policy = format!(
        "default-src 'none'; style-src 'self'; form-action 'self' {onward}; base-uri 'none'; frame-ancestors 'self' {}",
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

/// The one file the pages need besides themselves.
async fn style() -> impl IntoResponse {
    const CSS: &str = include_str!("../templates/style.css");
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "public, max-age=300")], CSS)
}
