//! A session: one signed-in browser. Its secret is a cookie; only the digest is stored. It ends when it is not used for
//! [`IDLE`], at the latest [`ABSOLUTE`] after signing in, or when its owner, a new password or removal ends it.

mod cookie;
mod device;
pub mod list;
pub mod revoke;
pub(crate) mod routes;
pub mod sign_in;
pub(crate) mod start;
pub mod switch;
pub(crate) mod throttle;

use chrono::{DateTime, TimeDelta, Utc};
use kernel::{AccountId, SessionId, TenantId};

pub use cookie::SignedIn;
pub use device::Device;

/// A session that nobody uses ends after this.
pub const IDLE: TimeDelta = TimeDelta::days(14);
/// However much it is used, it ends after this.
pub const ABSOLUTE: TimeDelta = TimeDelta::days(60);
/// Uses within this time of the last noted one are not noted.
pub const NOTED_EVERY: TimeDelta = TimeDelta::seconds(60);

store::record! {
    /// A signed-in browser, in the tenant it has open.
    pub struct Session in session {
        id: SessionId,
        tenant_id: TenantId,
        account_id: AccountId,
        #[serde(skip)]
        digest: Vec<u8>,
        ip: Option<String>,
        user_agent: Option<String>,
        device: Option<String>,
        created_at: DateTime<Utc>,
        last_seen_at: DateTime<Utc>,
    }
}
