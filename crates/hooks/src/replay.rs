//! Sending again, to one endpoint, everything that failed within a time: the noun, starting it, and how far it is.

pub(crate) mod routes;
pub mod run;
pub mod start;

use chrono::{DateTime, Utc};

use crate::endpoint::EndpointId;

kernel::id!(/// A run over what failed.
    pub ReplayId, "whr");

kernel::states! {
    /// Where it is.
    pub enum ReplayState {
        Running = "running",
        /// Everything that had failed is due again.
        Done = "done",
        /// The endpoint was switched off or removed meanwhile.
        Stopped = "stopped",
    }
}

store::record! {
    /// A run as stored.
    pub struct Replay in webhook_replay {
        id: ReplayId,
        endpoint_id: EndpointId,
        since: DateTime<Utc>,
        until: DateTime<Utc>,
        state: ReplayState,
        total: i64,
        done: i64,
        created_at: DateTime<Utc>,
    }
}
