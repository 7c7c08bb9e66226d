//! Deliveries and tries on the wire.

use chrono::{DateTime, Utc};
use kernel::EventId;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::{Delivery, DeliveryId, DeliveryState, Outcome, Try};
use crate::endpoint::EndpointId;

/// A line of the log.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeliveryView {
    pub id: DeliveryId,
    pub endpoint_id: EndpointId,
    /// The event; also the `webhook-id` of every try.
    pub event_id: EventId,
    #[schema(example = "invoice.issued")]
    pub event_type: String,
    pub state: DeliveryState,
    /// Tries since it was last asked for.
    #[schema(example = 1)]
    pub tries: i64,
    pub next_try_at: Option<DateTime<Utc>>,
    /// How the last try ended.
    pub outcome: Option<Outcome>,
    /// What the endpoint answered to it.
    #[schema(example = 200)]
    pub status: Option<i64>,
    pub created_at: DateTime<Utc>,
    pub settled_at: Option<DateTime<Utc>>,
    pub actions: Vec<&'static str>,
}

/// A delivery with its message and its tries.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeliveryDetail {
    pub delivery: DeliveryView,
    /// The body that is sent.
    #[schema(value_type = Object)]
    pub message: Value,
    /// The newest first.
    pub attempts: Vec<TryView>,
}

/// One try.
#[derive(Debug, Serialize, ToSchema)]
pub struct TryView {
    pub at: DateTime<Utc>,
    /// Milliseconds until it ended.
    #[schema(example = 212)]
    pub took_ms: i64,
    pub outcome: Outcome,
    #[schema(example = 200)]
    pub status: Option<i64>,
    /// The first 4 KiB of the answer.
    #[schema(example = "ok")]
    pub answer: Option<String>,
}

/// As somebody may see it; `may_edit` says whether they may send it again.
pub fn view(delivery: Delivery, may_edit: bool) -> DeliveryView {
    DeliveryView {
        id: delivery.id,
        endpoint_id: delivery.endpoint_id,
        event_id: delivery.event_id,
        event_type: delivery.event_type,
        state: delivery.state,
        tries: delivery.tries,
        next_try_at: delivery.next_try_at,
        outcome: delivery.outcome,
        status: delivery.status,
        created_at: delivery.created_at,
        settled_at: delivery.settled_at,
        actions: if may_edit { vec!["replay"] } else { Vec::new() },
    }
}

pub(super) fn detail(delivery: Delivery, tries: Vec<Try>, may_edit: bool) -> DeliveryDetail {
    let message = serde_json::from_str(&delivery.payload).unwrap_or_default();
    let attempt = |made: Try| TryView {
        at: made.at,
        took_ms: made.took_ms,
        outcome: made.outcome,
        status: made.status,
        answer: made.answer.map(|answer| answer.reveal().to_owned()),
    };
    DeliveryDetail { delivery: view(delivery, may_edit), message, attempts: tries.into_iter().map(attempt).collect() }
}
