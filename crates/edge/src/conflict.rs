//! Two transactions that stood in each other's way: the database gave one of them up, and the request it belonged to is
//! carried out again, up to three times, a moment later.
//!
//! Invariant: a request is repeated only while nothing of it has been committed. What cannot be kept in memory (an
//! upload) is not repeated; after the last try, or when a part is committed, the answer is 503 with Retry-After.

use std::time::Duration;

use axum::{
    body::Body,
    extract::Request,
    http::header,
    middleware::Next,
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use http_body_util::{BodyExt, Limited};

use crate::{door::Charge, idempotency, metrics, problem::ProblemMark};

/// How often a request is carried out again.
const AGAIN: u32 = 3;

/// The layer.
pub async fn again(request: Request, next: Next) -> Response {
    if request.method().is_safe() || !is_repeatable(&request) {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    let body: Bytes = match Limited::new(body, idempotency::MOST).collect().await {
        Ok(body) => body.to_bytes(),
        Err(_) => return idempotency::too_large().into_response(),
    };
    let mut tries = 0;
    loop {
        let request = Request::from_parts(parts.clone(), Body::from(body.clone()));
        let (response, committed) = store::commits::watched(next.clone().run(request)).await;
        if committed || tries == AGAIN || !met_another(&response) {
            return response;
        }
        tries += 1;
        metrics::repeated();
        tracing::info!(tries, "a request met another one in the database and is carried out again");
        // It has been charged for.
        parts.extensions.insert(Charge::Done);
        tokio::time::sleep(pause(tries)).await;
    }
}

fn is_repeatable(request: &Request) -> bool {
    let media_type = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok());
    media_type.is_none_or(|t| t.starts_with("application/json"))
}

fn met_another(response: &Response) -> bool {
    response.extensions().get::<ProblemMark>().is_some_and(|ProblemMark(body)| body.code == store::WRITE_CONFLICT)
}

/// Longer each time, and by chance, so that the two do not meet again.
fn pause(tries: u32) -> Duration {
    let chance = u64::from(kernel::Uuid::now_v7().as_bytes()[15]);
    Duration::from_millis((10 + chance % 40) * u64::from(tries))
}
