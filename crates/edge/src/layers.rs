//! The layers every request passes, outermost first: compression, its id and log line, a caught panic, security
//! headers, the origin check against cross-site requests, the size and time it may take.

use std::{any::Any, time::Duration};

use axum::{
    Router,
    body::Body,
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use kernel::Error;
use opentelemetry::propagation::Extractor;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer, Predicate,
        predicate::{DefaultPredicate, NotForContentType},
    },
};
use tracing::Instrument;
use tracing_opentelemetry::OpenTelemetrySpanExt;

use crate::{App, Problem, caller::RequestId, metrics, problem::ProblemMark};

/// Nothing may be loaded from elsewhere, nothing inline runs, nobody may frame us.
const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
    font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Most time an answer may take; streams are exempt because their headers leave at once.
const TIMEOUT: Duration = Duration::from_secs(60);

/// Most time a file may take to arrive: 256 MB at 2.5 Mbit/s.
const UPLOAD_TIMEOUT: Duration = Duration::from_secs(15 * 60);

/// Routes that other sites' pages may send to. What is behind them never looks at a cookie, and at a key only in a header
/// that no browser adds by itself, so that a page gains nothing by a visitor's browser; and it checks the origin against a
/// list of its own.
const OPEN_TO_OTHER_SITES: [&str; 2] = ["/f/", "/api/v1/public/"];

/// Wraps a router in all of them.
pub fn wrap(router: Router, app: &App) -> Router {
    let compressed = DefaultPredicate::new().and(NotForContentType::const_new("text/event-stream"));
    router
        .layer(middleware::from_fn(timed))
        .layer(middleware::from_fn(unchanged))
        .layer(middleware::from_fn_with_state(app.clone(), same_site))
        .layer(middleware::map_response_with_state(app.clone(), security_headers))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::from_fn(named_and_logged))
        // Last to touch the body: a problem is given its id before it is compressed.
        .layer(CompressionLayer::new().compress_when(compressed))
}

/// Gives the request an id (the caller's own if it is a plain one), writes one log line without personal data, and
/// puts the id into the body of a problem.
async fn named_and_logged(mut request: Request, next: Next) -> Response {
    let id = request
        .headers()
        .get(&REQUEST_ID)
        .and_then(|v| v.to_str().ok())
        .filter(|id| {
            (8..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        })
        .map_or_else(|| kernel::Uuid::now_v7().simple().to_string(), str::to_owned);
    request.extensions_mut().insert(RequestId(id.clone()));
    let method = request.method().clone();
    // The pattern, not the path: a path may carry a secret link.
    let route = request.extensions().get::<MatchedPath>().map_or("(none)".to_owned(), |p| p.as_str().to_owned());
    let span = tracing::info_span!("request", id, %method, route, tenant = tracing::field::Empty,
        actor_kind = tracing::field::Empty, actor_id = tracing::field::Empty);
    // The trace a request belongs to goes on here (W3C traceparent); without an exporter nobody listens.
    let parent = opentelemetry::global::get_text_map_propagator(|p| p.extract(&Headers(request.headers())));
    let _ = span.set_parent(parent);
    let started = std::time::Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let elapsed = started.elapsed();
    let status = response.status().as_u16();
    span.in_scope(|| tracing::info!(status, ms = elapsed.as_secs_f64() * 1000.0, "answered"));
    metrics::observe(&method, &route, status, elapsed);
    if let Some(ProblemMark(problem)) = response.extensions_mut().remove::<ProblemMark>() {
        let mut body = serde_json::to_value(&*problem).unwrap_or_default();
        body["request_id"] = id.clone().into();
        response.headers_mut().remove(header::CONTENT_LENGTH);
        *response.body_mut() = Body::from(body.to_string());
    }
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}

/// Headers as a propagator reads them.
struct Headers<'h>(&'h HeaderMap);

impl Extractor for Headers<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).and_then(|value| value.to_str().ok())
    }

    fn keys(&self) -> Vec<&str> {
        self.0.keys().map(HeaderName::as_str).collect()
    }
}

/// 304 to who has the version that would be the answer (RFC 9110 13.1.2).
async fn unchanged(request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let known = request.headers().get(header::IF_NONE_MATCH).filter(|_| reads).cloned();
    let mut response = next.run(request).await;
    let Some(known) = known.as_ref().and_then(|v| v.to_str().ok()) else { return response };
    let current = response.headers().get(header::ETAG).and_then(|v| v.to_str().ok());
    if response.status() == StatusCode::OK && current.is_some_and(|etag| matches(known, etag)) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        *response.body_mut() = Body::empty();
        for name in [header::CONTENT_LENGTH, header::CONTENT_TYPE] {
            response.headers_mut().remove(name);
        }
    }
    response
}

/// The weak comparison of RFC 9110 8.8.3.2.
fn matches(list: &str, etag: &str) -> bool {
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    list.trim() == "*" || list.split(',').any(|tag| opaque(tag) == opaque(etag))
}

/// Ends what takes too long; the transaction it was in is rolled back with it.
async fn timed(request: Request, next: Next) -> Response {
    let media_type = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let most = if media_type.starts_with("multipart/form-data") { UPLOAD_TIMEOUT } else { TIMEOUT };
    let too_long =
        || Error::Unavailable { code: "timeout", retry_after_seconds: 10, operator: "a request took too long".into() };
    tokio::time::timeout(most, next.run(request)).await.unwrap_or_else(|_| Problem(too_long()).into_response())
}

/// A panic is our fault and ends one request, not the program.
fn panicked(cause: Box<dyn Any + Send + 'static>) -> Response {
    let text = cause.downcast_ref::<String>().map(String::as_str).or_else(|| cause.downcast_ref::<&str>().copied());
    Problem(Error::internal(format!("panic: {}", text.unwrap_or("unknown")))).into_response()
}

/// Headers for every answer; a route that set its own policy keeps it.
async fn security_headers(State(app): State<App>, mut response: Response) -> Response {
    let headers = response.headers_mut();
    let mut default = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    default(header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY);
    default(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    default(header::REFERRER_POLICY, "same-origin");
    default(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    default(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    default(
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    );
    default(header::CACHE_CONTROL, "no-store");
    if app.settings.tls() {
        default(header::STRICT_TRANSPORT_SECURITY, "max-age=63072000; includeSubDomains");
    }
    response
}

/// Refuses what a browser sends for another site's page (CSRF). Programs send neither header and carry no cookie.
async fn same_site(State(app): State<App>, request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let route = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
    if safe
        || OPEN_TO_OTHER_SITES.iter().any(|open| route.starts_with(open))
        || is_same_site(request.headers(), &app.settings.public_url)
    {
        return next.run(request).await;
    }
    Problem(Error::Door {
        status: 403,
        code: "cross_site",
        detail: "This request was sent by a page of another site and was not carried out.".into(),
        retry_after_seconds: None,
    })
    .into_response()
}

fn is_same_site(headers: &HeaderMap, public_url: &str) -> bool {
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    match (text("sec-fetch-site"), text("origin")) {
        (Some("same-origin" | "none"), _) => true,
        (Some(_), _) => false,
        (None, Some(origin)) => {
            origin == public_url || origin.split_once("://").map(|(_, host)| Some(host) == text("host")) == Some(true)
        }
        (None, None) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_etag_is_compared_weakly_and_among_several() {
        assert!(matches("\"3\"", "\"3\"") && matches("W/\"3\"", "\"3\"") && matches("\"1\", \"3\"", "\"3\""));
        assert!(matches("*", "\"3\"") && !matches("\"13\"", "\"3\"") && !matches("", "\"3\""));
    }

    #[test]
    fn only_our_own_pages_and_programs_may_change_things() {
        let check = |pairs: &[(&'static str, &'static str)]| {
            let headers =
                pairs.iter().map(|(n, v)| (HeaderName::from_static(n), HeaderValue::from_static(v))).collect();
            is_same_site(&headers, "https://app.example")
        };
        assert!(check(&[]));
        assert!(check(&[("sec-fetch-site", "same-origin")]));
        assert!(check(&[("origin", "https://app.example")]));
        assert!(check(&[("origin", "http://127.0.0.1:8080"), ("host", "127.0.0.1:8080")]));
        assert!(!check(&[("sec-fetch-site", "cross-site"), ("origin", "https://app.example")]));
        assert!(!check(&[("sec-fetch-site", "same-site")]));
        assert!(!check(&[("origin", "https://evil.example"), ("host", "app.example")]));
        assert!(!check(&[("origin", "null")]));
    }
}
