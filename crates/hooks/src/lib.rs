//! Webhooks: what happens in a workspace, told over HTTP to addresses of its choice, by the Standard Webhooks
//! specification 1.0 (<https://www.standardwebhooks.com>). Nouns: endpoint, delivery, replay.
//!
//! Invariants:
//! - Each event of a workspace reaches each endpoint that wants it at least once, always under the same `webhook-id`, or
//!   stands in the log as failed. Order is not promised.
//! - A message holds ids, states and amounts; whoever gets it fetches the rest with rights of their own.
//! - An endpoint that is slow or away holds up no other endpoint, and no other tenant.
//! - A signing secret leaves the product once, when it is made.
//! - Nothing is sent to an address inside our own network ([`capabilities::fetch`]).
//!
//! It does not know what the events mean: `catalogue` lists them, and a test compares the list with what the code emits.

pub mod catalogue;
mod data_map;
pub mod delivery;
pub mod endpoint;
mod notice;
pub mod replay;
pub mod sign;
mod sweep;
mod words;

use std::{sync::Arc, time::Duration};

use capabilities::fetch::Fetch;
use edge::{App, Settings};
use kernel::permissions;
use utoipa_axum::router::OpenApiRouter;

pub use data_map::DATA_MAP;

permissions! {
    /// See the endpoints and what was sent to them.
    pub ReadWebhooks = "webhook.read": [Administrator];
    /// Make, change and remove endpoints, and send again.
    pub EditWebhooks = "webhook.edit": [Administrator];
}

/// What delivering needs; also an `Extension` of the router.
#[derive(Clone)]
pub struct Hooks {
    pub fetch: Arc<dyn Fetch>,
    /// How long an endpoint may take to answer.
    pub timeout: Duration,
}

impl Hooks {
    /// With the 15 seconds that the specification asks for at least.
    pub fn new(fetch: Arc<dyn Fetch>) -> Self {
        Self { fetch, timeout: Duration::from_secs(15) }
    }
}

/// Every operation of this domain. The program adds `Extension<Hooks>`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(endpoint::routes::routes())
        .merge(delivery::routes::routes())
        .merge(replay::routes::routes())
        .merge(catalogue::routes())
}

/// Registers what runs by itself.
pub fn jobs(runner: jobs::Runner, hooks: Hooks, settings: Settings) -> jobs::Runner {
    let (for_fan_out, for_send) = (settings.public_url.clone(), settings);
    runner
        .on(move |context, job: delivery::fan_out::FanOut| {
            delivery::fan_out::fan_out(context, for_fan_out.clone(), job)
        })
        .on(move |context, job: delivery::send::SendDue| {
            delivery::send::send_due(context, hooks.clone(), for_send.clone(), job)
        })
        .on(|context, job: replay::run::RunReplay| replay::run::run(context, job))
        .every("webhook.sweep", Duration::from_secs(3600), sweep::sweep)
}
