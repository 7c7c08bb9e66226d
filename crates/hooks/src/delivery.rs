//! A delivery: the message of one event to one endpoint, and its tries.
//!
//! Invariants: there is one for an event and an endpoint, whatever is run twice; its message and `webhook-id` never change;
//! an answer is kept sealed and for thirty days.

pub mod fan_out;
pub mod replay;
pub(crate) mod routes;
pub mod schedule;
pub mod send;
mod settle;
mod view;

use chrono::{DateTime, Utc};
use kernel::{Error, EventId, Result, Sealed};
use store::{Sql, Tx};

use crate::endpoint::EndpointId;

pub use view::{DeliveryView, view};

kernel::id!(/// The message of one event to one endpoint.
    pub DeliveryId, "whd");
kernel::id!(/// One try of a delivery.
    pub TryId, "wht");

kernel::states! {
    /// Where a delivery is.
    pub enum DeliveryState {
        /// To be sent, or sent again.
        Waiting = "waiting",
        /// The endpoint took it.
        Delivered = "delivered",
        /// Given up; it can be sent again by hand.
        Failed = "failed",
    }
}

kernel::states! {
    /// How a try ended, or why there was none.
    pub enum Outcome {
        /// Taken: a status from 200 to 299.
        Delivered = "delivered",
        /// Answered with another status.
        Refused = "refused",
        /// No answer in time.
        Timeout = "timeout",
        /// The name has no address.
        NameUnknown = "name_unknown",
        /// The name leads to an address that is not open to the public.
        AddressRefused = "address_refused",
        /// Nothing answers there.
        Unreachable = "unreachable",
        /// The connection ended before the answer.
        Interrupted = "interrupted",
        /// The endpoint was switched off.
        EndpointDisabled = "endpoint_disabled",
    }
}

store::record! {
    /// A delivery as stored.
    pub struct Delivery in webhook_delivery {
        id: DeliveryId,
        endpoint_id: EndpointId,
        /// Also the `webhook-id`.
        event_id: EventId,
        event_type: String,
        /// The body, byte by byte as it is signed.
        payload: String,
        state: DeliveryState,
        /// Tries since it was last asked for.
        tries: i64,
        next_try_at: Option<DateTime<Utc>>,
        outcome: Option<Outcome>,
        status: Option<i64>,
        created_at: DateTime<Utc>,
        settled_at: Option<DateTime<Utc>>,
    }
}

store::record! {
    /// One try.
    pub struct Try in webhook_try {
        id: TryId,
        delivery_id: DeliveryId,
        at: DateTime<Utc>,
        took_ms: i64,
        outcome: Outcome,
        status: Option<i64>,
        /// The first 4 KiB.
        answer: Option<Sealed>,
    }
}

/// Who sees a part of the records sees what was sent of that part, and tests.
fn visible(tx: &Tx, select: Sql) -> Sql {
    if tx.caller().reach.narrowed().is_none() {
        return select;
    }
    select.push(" AND (webhook_delivery.event_type = ").bind(crate::catalogue::TEST).push(
        " OR EXISTS (SELECT 1 FROM event WHERE event.tenant_id = webhook_delivery.tenant_id \
         AND event.id = webhook_delivery.event_id))",
    )
}

/// One that the caller may see.
async fn one(tx: &mut Tx, id: DeliveryId) -> Result<Delivery> {
    let select = visible(tx, tx.select::<Delivery>().and("webhook_delivery.id =", id));
    tx.optional(select).await?.ok_or_else(|| Error::not_found("webhook_delivery"))
}

impl Delivery {
    /// Due at once.
    pub fn new(
        endpoint_id: EndpointId,
        event_id: EventId,
        event_type: &str,
        payload: String,
        now: DateTime<Utc>,
    ) -> Self {
        Self {
            id: DeliveryId::new(),
            endpoint_id,
            event_id,
            event_type: event_type.to_owned(),
            payload,
            state: DeliveryState::Waiting,
            tries: 0,
            next_try_at: Some(now),
            outcome: None,
            status: None,
            created_at: now,
            settled_at: None,
        }
    }
}
