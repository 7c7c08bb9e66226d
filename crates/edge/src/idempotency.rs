//! `Idempotency-Key`: a POST with one is carried out once. The key is written by the transaction that has the effect
//! (see `store`); here the request is recognised, its answer kept, and a repeat answered from what was kept.

use std::sync::{Arc, atomic::AtomicBool, atomic::Ordering};

use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use http_body_util::{BodyExt, Limited};
use kernel::{Error, caller::Idempotency};
use sha2::{Digest, Sha256};
use store::Replay;

use crate::{
    App, Problem,
    caller::{RequestIdempotency, resolve},
};

/// Bodies beyond this are not JSON documents; uploads carry no key.
pub(crate) const MOST: usize = 4 << 20;
/// Headers worth repeating with a replayed answer.
const KEPT: [HeaderName; 3] = [header::CONTENT_TYPE, header::ETAG, header::LOCATION];

/// The layer. Requests without a key, or from nobody, pass untouched.
pub async fn once(State(app): State<App>, request: Request, next: Next) -> Response {
    let key = request.headers().get("idempotency-key").and_then(|v| v.to_str().ok()).map(str::to_owned);
    match key {
        Some(key) if request.method() == Method::POST => {
            carry_out(app, request, next, key).await.unwrap_or_else(Problem::into_response)
        }
        _ => next.run(request).await,
    }
}

async fn carry_out(app: App, request: Request, next: Next, key: String) -> Result<Response, Problem> {
    if key.is_empty() || key.len() > 200 || !key.bytes().all(|b| b.is_ascii_graphic()) {
        return Err(Error::invalid(
            "Idempotency-Key",
            "idempotency_key_malformed",
            "Use 1 to 200 printable characters, such as a UUID.",
        )
        .into());
    }
    let (mut parts, body) = request.into_parts();
    let body = Limited::new(body, MOST).collect().await.map_err(|_| too_large())?.to_bytes();
    let request_hash = digest(&parts.method, parts.uri.path(), &body);
    let written = Arc::new(AtomicBool::new(false));
    let idempotency = Idempotency { key: key.clone(), request_hash: request_hash.clone(), written: written.clone() };
    parts.extensions.insert(RequestIdempotency(idempotency));
    // A public operation has no caller to own the key; such operations are idempotent by their own token.
    let caller = match resolve(&mut parts, &app).await {
        Ok(caller) => caller,
        // Nobody knows whether somebody asks. To go on would carry a repeat out again, or lose the answer of a first.
        Err(problem @ Problem(Error::Unavailable { .. } | Error::Internal { .. })) => return Err(problem),
        Err(_) => return Ok(next.run(Request::from_parts(parts, Body::from(body))).await),
    };
    if let Some(replay) = app.store.idempotent_replay(&caller, &key).await? {
        return replayed(replay, &request_hash);
    }
    let response = next.run(Request::from_parts(parts, Body::from(body))).await;
    if !written.load(Ordering::Acquire) {
        // Nothing was committed, so nothing needs remembering: the client may mend its request and try again.
        return Ok(response);
    }
    let (parts, body) = response.into_parts();
    let body = body.collect().await.map_err(Error::internal)?.to_bytes();
    let kept = KEPT
        .iter()
        .filter_map(|name| Some((name.to_string(), parts.headers.get(name)?.to_str().ok()?.to_owned())))
        .collect();
    let status = i64::from(parts.status.as_u16());
    app.store.idempotent_answer(&caller, &key, status, kept, body.to_vec()).await?;
    Ok(Response::from_parts(parts, Body::from(body)))
}

fn replayed(replay: Replay, request_hash: &[u8]) -> Result<Response, Problem> {
    if replay.request_hash != request_hash {
        return Err(Error::invalid(
            "Idempotency-Key",
            "idempotency_key_reused",
            "This key was used for a different request. Use a new key.",
        )
        .into());
    }
    let Some((status, headers, body)) = replay.answer else {
        return Err(Error::conflict(
            "idempotency_answer_lost",
            "This request was carried out, but its answer was lost. Read the resource to see the result.",
        )
        .into());
    };
    let status = u16::try_from(status).ok().and_then(|s| StatusCode::from_u16(s).ok()).unwrap_or(StatusCode::OK);
    let mut response = (status, body).into_response();
    for (name, value) in headers {
        if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), HeaderValue::from_str(&value)) {
            response.headers_mut().insert(name, value);
        }
    }
    response.headers_mut().insert("idempotent-replayed", HeaderValue::from_static("true"));
    Ok(response)
}

fn digest(method: &Method, path: &str, body: &Bytes) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(method.as_str());
    hash.update([0]);
    hash.update(path);
    hash.update([0]);
    hash.update(body);
    hash.finalize().to_vec()
}

pub(crate) fn too_large() -> Problem {
    Problem(Error::Door {
        status: 413,
        code: "body_too_large",
        detail: "The body is larger than this operation accepts.".into(),
        retry_after_seconds: None,
    })
}
