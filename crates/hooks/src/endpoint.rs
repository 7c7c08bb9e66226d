//! An endpoint: an address that wants to hear of events, and the secret its messages are signed with.
//!
//! Invariants: at most [`MOST`] in a workspace; the outbox tells this crate of a workspace's events exactly while an
//! endpoint is enabled; an endpoint that is not gets nothing.

pub mod create;
pub mod delete;
pub mod disable;
pub mod health;
mod input;
pub mod rotate;
pub(crate) mod routes;
pub mod test;
pub mod update;
mod view;

use chrono::{DateTime, Utc};
use kernel::{Caller, Error, Job, Json, Result, Sealed};
use store::{Tx, sql};

pub use view::{EndpointView, views};

use crate::delivery::fan_out::FanOut;

kernel::id!(/// An endpoint of webhooks.
    pub EndpointId, "whk");

/// Endpoints in one workspace.
pub const MOST: i64 = 50;

kernel::states! {
    /// Why an endpoint gets nothing.
    pub enum DisabledReason {
        /// Somebody switched it off.
        Person = "person",
        /// It took nothing for five days.
        Failing = "failing",
        /// It answered 410.
        Gone = "gone",
    }
}

store::record! {
    /// An endpoint as stored. How it fares stands in columns of its own ([`health`]).
    pub struct Endpoint in webhook_endpoint {
        id: EndpointId,
        version: i64,
        url: String,
        description: Option<String>,
        /// None is every type, also those still to come.
        event_types: Option<Json<Vec<String>>>,
        enabled: bool,
        disabled_reason: Option<DisabledReason>,
        #[serde(skip)]
        secret: Sealed,
        #[serde(skip)]
        old_secret: Option<Sealed>,
        old_secret_until: Option<DateTime<Utc>>,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}

impl Endpoint {
    /// Does it want events of this type?
    pub fn wants(&self, event_type: &str) -> bool {
        self.event_types.as_ref().is_none_or(|types| types.0.iter().any(|wanted| wanted == event_type))
    }

    /// The secrets its messages are signed with at a time, the newer first.
    pub fn secrets(&self, now: DateTime<Utc>) -> Vec<&Sealed> {
        let old = self.old_secret.as_ref().filter(|_| self.old_secret_until.is_some_and(|until| until > now));
        std::iter::once(&self.secret).chain(old).collect()
    }
}

/// An endpoint is told of everything, with its amounts: only who sees all of that says where it goes.
pub(crate) fn must_see_all(caller: &Caller) -> Result<()> {
    caller.must_see_amounts()?;
    if caller.reach.narrowed().is_none() {
        return Ok(());
    }
    let sentence = "You see a part of the records, so you cannot have all of them told. Ask somebody who sees all.";
    Err(Error::conflict("reach_above_own", sentence))
}

/// Has the outbox tell of this workspace's events, or no longer. After each change of an endpoint.
pub(crate) async fn listen(tx: &mut Tx) -> Result<()> {
    let enabled =
        sql!("SELECT count(*) FROM webhook_endpoint WHERE tenant_id = {} AND enabled = {}", tx.tenant_id(), true);
    if tx.count(enabled).await? > 0 {
        tx.hear_all(<FanOut as Job>::KIND).await?;
    } else {
        tx.hear_none(<FanOut as Job>::KIND).await?;
    }
    Ok(())
}
