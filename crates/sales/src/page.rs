//! The customer's page of a quote: `/q/{token}`. Rendered here, without any script; the answer is a plain form.
//!
//! Invariants: it shows the frozen snapshot and nothing newer; whoever has the address may read and answer, and nobody
//! else learns that there is a quote; nothing of it is kept by caches or search engines.

mod show;

use axum::{
    Extension, Router,
    extract::{Form, Path, State, rejection::FormRejection},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use edge::{App, Connection};
use files::Blobs;
use kernel::{Can, Error, Result};
use serde::Deserialize;

use crate::quote::{
    AnswerQuote, Quote, QuoteId,
    answer::{Given, QuoteAnswer, answer, earlier, viewed},
    create::today,
    send::with_pdf,
};
use show::{Entered, Message};

/// The purpose of the links that open these pages.
pub const PURPOSE: &str = "quote";

/// The pages. The program adds `Extension<files::Blobs>` and limits how often an address may ask.
pub fn pages() -> Router<App> {
    Router::new()
        .route("/q/style.css", get(style))
        .route("/q/{token}", get(page))
        .route("/q/{token}/pdf", get(pdf))
        .route("/q/{token}/accept", post(accept))
        .route("/q/{token}/decline", post(decline))
}

/// An opened link: what its holder may do, and to which quote.
struct Opened {
    can: Can<AnswerQuote>,
    quote: Quote,
}

/// The quote behind a token, with its PDF, which is evidence and must exist before anybody answers.
async fn open(app: &App, blobs: &Blobs, connection: &Connection, token: &str) -> Result<Opened> {
    let (caller, subject) = identity::link::resolve(&app.store, PURPOSE, token, connection.origin.clone()).await?;
    let can = Can::<AnswerQuote>::check(caller)?;
    let id: QuoteId = subject.parse().map_err(|_| Error::internal("a link opens something that is no quote"))?;
    let quote = with_pdf(&app.store, &can, blobs, id).await?;
    Ok(Opened { can, quote })
}

async fn page(
    State(app): State<App>,
    Extension(blobs): Extension<Blobs>,
    connection: Connection,
    Path(token): Path<String>,
    method: Method,
    headers: HeaderMap,
) -> Response {
    let shown = async {
        let opened = open(&app, &blobs, &connection, &token).await?;
        if method == Method::GET && is_a_reader(&app, &headers, &connection, &opened).await? {
            let mut tx = app.store.begin(&opened.can).await?;
            viewed(&mut tx, opened.quote.id).await?;
            tx.commit().await?;
        }
        show(&app, &opened, &token, Entered::default()).await
    };
    finish(shown.await, &connection)
}

/// Is this the customer, rather than a browser that fetches ahead or a member of the company looking at its own page?
async fn is_a_reader(app: &App, headers: &HeaderMap, connection: &Connection, opened: &Opened) -> Result<bool> {
    let ahead = ["sec-purpose", "purpose", "x-moz"]
        .iter()
        .filter_map(|name| headers.get(*name)?.to_str().ok())
        .any(|v| v.contains("prefetch"));
    if ahead || opened.quote.viewed_at.is_some() {
        return Ok(false);
    }
    let Some(secret) = edge::caller::cookie(headers, app.settings.session_cookie()) else { return Ok(true) };
    let member = app.authenticator.session(secret, connection.origin.clone()).await?;
    Ok(member.is_none_or(|member| member.tenant_id != opened.can.tenant_id()))
}

async fn show(app: &App, opened: &Opened, token: &str, entered: Entered) -> Result<Response> {
    let mut tx = app.store.read(&opened.can).await?;
    let today = today(&mut tx).await?;
    let given: Option<QuoteAnswer> = earlier(&mut tx, &opened.quote).await?;
    drop(tx);
    let status = if entered.wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, html(show::quote(&opened.quote, given.as_ref(), today, token, &entered)?)).into_response())
}

async fn pdf(
    State(app): State<App>,
    Extension(blobs): Extension<Blobs>,
    connection: Connection,
    Path(token): Path<String>,
) -> Response {
    let served = async {
        let opened = open(&app, &blobs, &connection, &token).await?;
        let id = opened.quote.pdf_blob_id.ok_or_else(|| Error::internal("an opened quote has no PDF"))?;
        let (blob, bytes) = blobs.get(&mut app.store.read(&opened.can).await?, id).await?;
        Ok(files::serve::serve(&blob, bytes, false))
    };
    finish(served.await, &connection)
}

/// The form that accepts. A field that is missing counts as left blank.
#[derive(Debug, Default, Deserialize)]
struct Acceptance {
    #[serde(default)]
    name: String,
    #[serde(default)]
    consent: String,
}

async fn accept(
    State(app): State<App>,
    Extension(blobs): Extension<Blobs>,
    connection: Connection,
    Path(token): Path<String>,
    form: Result<Form<Acceptance>, FormRejection>,
) -> Response {
    let Form(form) = form.unwrap_or_default();
    let answered = async {
        let opened = open(&app, &blobs, &connection, &token).await?;
        let entered = Entered::acceptance(&form.name, !form.consent.is_empty());
        if !entered.wrong.is_empty() {
            return show(&app, &opened, &token, entered).await;
        }
        let consent_text = show::consent(&opened.quote)?;
        give(&app, &opened, &token, Given::Accept { name: form.name, consent_text }, entered).await
    };
    finish(answered.await, &connection)
}

/// The form that declines.
#[derive(Debug, Default, Deserialize)]
struct Refusal {
    #[serde(default)]
    reason: String,
}

async fn decline(
    State(app): State<App>,
    Extension(blobs): Extension<Blobs>,
    connection: Connection,
    Path(token): Path<String>,
    form: Result<Form<Refusal>, FormRejection>,
) -> Response {
    let Form(form) = form.unwrap_or_default();
    let answered = async {
        let opened = open(&app, &blobs, &connection, &token).await?;
        let entered = Entered::refusal(&form.reason);
        if !entered.wrong.is_empty() {
            return show(&app, &opened, &token, entered).await;
        }
        give(&app, &opened, &token, Given::Decline { reason: form.reason }, entered).await
    };
    finish(answered.await, &connection)
}

/// Records the answer and leads back to the page, which says how things stand: also when somebody else was first.
async fn give(app: &App, opened: &Opened, token: &str, given: Given, entered: Entered) -> Result<Response> {
    let mut tx = app.store.begin(&opened.can).await?;
    match answer(&mut tx, opened.quote.id, given).await {
        Ok(_) => tx.commit().await?,
        Err(Error::Conflict { .. }) => drop(tx),
        Err(Error::Invalid { fields }) => {
            drop(tx);
            return show(app, opened, token, entered.refused(&fields)).await;
        }
        Err(other) => return Err(other),
    }
    Ok(Redirect::to(&format!("/q/{token}")).into_response())
}

fn html(page: String) -> Response {
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response()
}

/// Adds the headers every page has; what went wrong becomes a page that says what to do.
fn finish(shown: Result<Response>, connection: &Connection) -> Response {
    let mut response = shown.unwrap_or_else(|error| {
        let (status, message) = match &error {
            Error::NotFound { .. } => (StatusCode::NOT_FOUND, Message::Unknown),
            Error::Door { status: 410, .. } => (StatusCode::GONE, Message::Gone),
            Error::Unavailable { operator, .. } | Error::Internal { operator } => {
                tracing::error!(operator, "a quote's page could not be shown");
                (StatusCode::SERVICE_UNAVAILABLE, Message::Broken)
            }
            other => {
                tracing::error!(code = other.code(), "a quote's page could not be shown");
                (StatusCode::SERVICE_UNAVAILABLE, Message::Broken)
            }
        };
        (status, html(show::message(message, connection.language))).into_response()
    });
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex, nofollow"));
    // Not `no-referrer`: browsers would then send the form with `Origin: null`, which the check against cross-site
    // requests refuses. No other site learns the address either way.
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ));
    response
}

/// The one file the pages need besides themselves.
async fn style() -> impl IntoResponse {
    const CSS: &str = include_str!("../templates/style.css");
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "public, max-age=300")], CSS)
}
