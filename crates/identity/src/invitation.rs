//! An invitation: an address that may become a member, with the role it will have. Whoever has the link from the mail
//! reads the mail of that address.
//!
//! Invariants: one pending invitation per address and tenant; it works once, for seven days; a new link ends the one
//! before; the role is one the inviter may give.

pub mod accept;
pub mod invite;
pub mod list;
pub mod lookup;
pub mod revoke;
pub(crate) mod routes;

use chrono::{DateTime, TimeDelta, Utc};
use kernel::{LinkId, MemberId, Role};

kernel::id!(/// An invitation to a tenant.
    pub InvitationId, "ivt");

kernel::states! {
    /// What became of it. One that has run out is still pending: it can be sent again.
    pub enum InvitationState { Pending = "pending", Accepted = "accepted", Revoked = "revoked" }
}

/// How long a link works.
pub const LIFETIME: TimeDelta = TimeDelta::days(7);

/// The purpose of its links.
pub(crate) const PURPOSE: &str = "invitation";

store::record! {
    /// Somebody who may become a member.
    pub struct Invitation in invitation {
        id: InvitationId,
        version: i64,
        email: String,
        #[serde(skip)]
        email_folded: String,
        role: Role,
        state: InvitationState,
        link_id: LinkId,
        invited_by: Option<MemberId>,
        /// Who they became.
        member_id: Option<MemberId>,
        sent_at: DateTime<Utc>,
        expires_at: DateTime<Utc>,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}
