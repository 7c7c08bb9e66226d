//! Rate limits at the door, per address and per key: generous for work, tight where secrets are guessed. In memory and
//! per node; what must hold across nodes is counted in the database by its domain.

use std::{net::IpAddr, num::NonZeroU32, sync::Arc};

use axum::{
    Router,
    extract::{Request, State},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use governor::{
    Quota, RateLimiter,
    clock::{Clock, DefaultClock},
    state::keyed::DashMapStateStore,
};
use kernel::Error;

use crate::{App, Problem, caller::client_ip};

type Limiter = RateLimiter<IpAddr, DashMapStateStore<IpAddr>, DefaultClock>;

#[derive(Clone)]
struct Limit {
    limiter: Arc<Limiter>,
    app: App,
}

/// Limits each address to `burst` requests at once, refilled over a minute.
pub fn per_address<S: Clone + Send + Sync + 'static>(router: Router<S>, app: &App, burst: NonZeroU32) -> Router<S> {
    let limiter = Arc::new(RateLimiter::dashmap(Quota::per_minute(burst)));
    router.layer(middleware::from_fn_with_state(Limit { limiter, app: app.clone() }, check))
}

async fn check(State(limit): State<Limit>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let ip = client_ip(&parts, limit.app.settings.trusted_proxy);
    if let Some(Err(wait)) = ip.map(|ip| limit.limiter.check_key(&ip)) {
        let seconds = wait.wait_time_from(DefaultClock::default().now()).as_secs() + 1;
        return Problem(Error::Door {
            status: 429,
            code: "too_many_requests",
            detail: format!("Too many requests from this address. Try again in {seconds} seconds."),
            retry_after_seconds: Some(seconds),
        })
        .into_response();
    }
    next.run(Request::from_parts(parts, body)).await
}
