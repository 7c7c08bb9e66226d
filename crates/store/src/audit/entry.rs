//! What an entry of the trail is made of, and the bytes that are sealed.
//!
//! Invariant: the bytes of an entry are the same whichever database it comes back from, and hold no personal value:
//! those are in its detail, of which only a salted digest is sealed. So a detail can be erased and the seal still holds.

use chrono::{DateTime, Utc};
use kernel::{AuditId, Json, Origin, TenantId, id::Id};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::{FromRow, Row, error::Result};

/// Begins whatever is sealed, so that the bytes of another purpose or version can never pass for these.
const ENTRY: &[u8] = b"omb audit entry 1";
const DETAIL: &[u8] = b"omb audit detail 1";

/// The part of an entry that stays.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub tenant_id: TenantId,
    pub id: AuditId,
    pub at: DateTime<Utc>,
    pub actor_kind: String,
    pub actor_id: Option<String>,
    pub on_behalf_of: Option<String>,
    pub action: String,
    pub subject: String,
    /// Names of the fields that changed, in order.
    pub fields: Vec<String>,
    /// None: from before the chain.
    pub detail_digest: Option<Vec<u8>>,
    pub request_id: Option<String>,
}

/// The part that may be erased.
#[derive(Debug, Clone)]
pub(crate) struct Detail {
    pub salt: Vec<u8>,
    pub changes: Value,
    pub ip: Option<String>,
    pub user_agent: Option<String>,
}

impl Entry {
    /// Every field with its length before it, so that nothing can be moved from one to the next.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(320);
        put(&mut out, Some(ENTRY));
        put(&mut out, Some(self.tenant_id.uuid().as_bytes()));
        put(&mut out, Some(self.id.uuid().as_bytes()));
        put(&mut out, Some(&self.at.timestamp_micros().to_be_bytes()));
        for text in [Some(&self.actor_kind), self.actor_id.as_ref(), self.on_behalf_of.as_ref()] {
            put(&mut out, text.map(String::as_bytes));
        }
        put(&mut out, Some(self.action.as_bytes()));
        put(&mut out, Some(self.subject.as_bytes()));
        put(&mut out, Some(&(self.fields.len() as u64).to_be_bytes()));
        for field in &self.fields {
            put(&mut out, Some(field.as_bytes()));
        }
        put(&mut out, self.detail_digest.as_deref());
        put(&mut out, self.request_id.as_deref().map(str::as_bytes));
        out
    }
}

impl Detail {
    /// With a salt of its own, so that a digest cannot be tried against likely values once the row is gone.
    pub(crate) fn new(changes: Value, origin: &Origin) -> Self {
        Self {
            salt: rand::random::<[u8; 16]>().to_vec(),
            changes,
            ip: origin.ip.map(|ip| ip.to_string()),
            user_agent: origin.user_agent.clone(),
        }
    }

    pub(crate) fn digest(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(256);
        put(&mut bytes, Some(DETAIL));
        put(&mut bytes, Some(&self.salt));
        let mut changes = Vec::with_capacity(128);
        canonical(&self.changes, &mut changes);
        put(&mut bytes, Some(&changes));
        put(&mut bytes, self.ip.as_deref().map(str::as_bytes));
        put(&mut bytes, self.user_agent.as_deref().map(str::as_bytes));
        Sha256::digest(&bytes).to_vec()
    }
}

/// Absent and empty differ.
fn put(out: &mut Vec<u8>, bytes: Option<&[u8]>) {
    match bytes {
        None => out.push(0),
        Some(bytes) => {
            out.push(1);
            out.extend_from_slice(&(bytes.len() as u64).to_be_bytes());
            out.extend_from_slice(bytes);
        }
    }
}

/// JSON with sorted keys and no space: PostgreSQL keeps the value and not the text it came as.
fn canonical(value: &Value, out: &mut Vec<u8>) {
    match value {
        Value::Object(map) => {
            let mut keys: Vec<&String> = map.keys().collect();
            keys.sort_unstable();
            out.push(b'{');
            for (i, key) in keys.into_iter().enumerate() {
                if i > 0 {
                    out.push(b',');
                }
                out.extend_from_slice(Value::String(key.clone()).to_string().as_bytes());
                out.push(b':');
                canonical(&map[key], out);
            }
            out.push(b'}');
        }
        Value::Array(items) => {
            out.push(b'[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push(b',');
                }
                canonical(item, out);
            }
            out.push(b']');
        }
        leaf => out.extend_from_slice(leaf.to_string().as_bytes()),
    }
}

impl Entry {
    /// The columns that [`FromRow`] reads, as `entry`.
    pub(crate) const COLUMNS: &'static str = "entry.tenant_id, entry.id, entry.at, entry.actor_kind, entry.actor_id, \
        entry.on_behalf_of, entry.action, entry.subject, entry.fields, entry.detail_digest, entry.request_id";
}

impl FromRow for Entry {
    fn from_row(row: &mut Row) -> Result<Self> {
        Ok(Self {
            tenant_id: row.take()?,
            id: row.take()?,
            at: row.take()?,
            actor_kind: row.take()?,
            actor_id: row.take()?,
            on_behalf_of: row.take()?,
            action: row.take()?,
            subject: row.take()?,
            fields: row.take::<Json<Vec<String>>>()?.0,
            detail_digest: row.take()?,
            request_id: row.take()?,
        })
    }
}
