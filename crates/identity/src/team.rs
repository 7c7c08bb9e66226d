//! Teams: members who see each other's records where their role reaches as far as a team. A member may be in several.
//!
//! Invariants: a team holds active members only; two teams of a workspace are never called the same; nobody who sees a
//! part of the records says who is in a team, because that is how one would see more.

pub mod change;
pub mod list;
pub(crate) mod routes;
#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};
use kernel::TeamId;

store::record! {
    /// A team as stored.
    pub struct Team in team {
        id: TeamId,
        version: i64,
        name: String,
        #[serde(skip_serializing)]
        name_folded: String,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}
