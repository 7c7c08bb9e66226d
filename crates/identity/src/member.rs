//! A member: an account's place in one tenant, with a role.
//!
//! Invariants:
//! - A tenant always has an owner: the last one can be neither removed nor given another role.
//! - Only owners make owners, and nobody gives, takes or touches rights beyond their own.
//! - A removed member keeps its row, because what it did is in the books; it has no rights, session or key.

pub mod change_role;
pub mod join;
pub mod list;
pub(crate) mod picture;
pub mod remove;
pub(crate) mod routes;
mod rules;
pub mod tell_owners;

use chrono::{DateTime, Utc};
use files::BlobId;
use kernel::{AccountId, MemberId, Role};

pub(crate) use rules::{may_give, may_touch};

kernel::states! {
    /// Whether somebody is still there.
    pub enum MemberState { Active = "active", Removed = "removed" }
}

store::record! {
    /// A person's place in a tenant.
    pub struct Member in member {
        id: MemberId,
        version: i64,
        account_id: AccountId,
        role: Role,
        state: MemberState,
        picture_id: Option<BlobId>,
        joined_at: DateTime<Utc>,
        removed_at: Option<DateTime<Utc>>,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    }
}
