//! An API key: a secret for a program, made by a member and acting with that member's rights as far as its scopes go.
//!
//! Invariants: the secret is shown once and only its digest is kept; a key never holds more than its maker holds now,
//! so it dies with its maker's membership; no key holds what concerns a person, or makes keys.

pub mod create;
pub mod list;
pub mod revoke;
pub(crate) mod routes;

use chrono::{DateTime, Utc};
use kernel::{ApiKeyId, Json, MemberId};

store::record! {
    /// A key as stored.
    pub struct ApiKey in api_key {
        id: ApiKeyId,
        member_id: MemberId,
        name: String,
        /// The beginning of the secret, by which people tell their keys apart.
        prefix: String,
        #[serde(skip)]
        digest: Vec<u8>,
        scopes: Json<Vec<String>>,
        expires_at: Option<DateTime<Utc>>,
        revoked_at: Option<DateTime<Utc>>,
        last_used_at: Option<DateTime<Utc>>,
        created_at: DateTime<Utc>,
    }
}
