//! The audit trail: one entry per change, in the transaction of the change, with only the fields that differ; sealed
//! afterwards into one chain per tenant, so that a changed, cut, moved or forged entry is found (promise P180). What
//! personal values there are stand beside the entry and can be erased without breaking the chain (X07).

mod entry;
mod key;
mod seal;
#[cfg(test)]
mod tests;
pub(crate) mod trail;
mod verify;

use kernel::{AuditId, Change, Json};
use serde_json::{Map, Value};
use zeroize::Zeroizing;

use crate::{Tx, error::Result, sql};
use entry::{Detail, Entry};
use key::ChainKey;

pub(crate) use seal::Unsealed;
pub use verify::{Break, Check, Head, Report, What};

/// What the key of the chain is derived for.
const PURPOSE: &str = "audit.chain.1";

impl Tx {
    /// Writes who did what to which record, and what it was before and after.
    pub async fn audit(&mut self, change: Change) -> Result<()> {
        let caller = self.caller.clone();
        let differing = differences(change.before, change.after);
        let mut fields: Vec<String> = differing.keys().cloned().collect();
        fields.sort_unstable();
        let detail = Detail::new(Value::Object(differing), &caller.origin);
        let entry = Entry {
            tenant_id: caller.tenant_id,
            id: AuditId::new(),
            at: self.now,
            actor_kind: caller.actor.kind().to_owned(),
            actor_id: caller.actor.id(),
            on_behalf_of: caller.on_behalf_of.and_then(kernel::Actor::id),
            action: change.action.to_owned(),
            subject: change.subject,
            fields,
            detail_digest: Some(detail.digest()),
            request_id: caller.origin.request_id.clone(),
        };
        let mac = self.chain_key().await?.alone(&entry);
        self.defer(sql!(
            "INSERT INTO audit_entry (tenant_id, id, at, actor_kind, actor_id, on_behalf_of, action, subject, fields, \
             detail_digest, request_id, mac) VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {})",
            entry.tenant_id,
            entry.id,
            entry.at,
            entry.actor_kind,
            entry.actor_id,
            entry.on_behalf_of,
            entry.action,
            entry.subject,
            Json(entry.fields),
            entry.detail_digest,
            entry.request_id,
            mac.to_vec(),
        ));
        self.defer(sql!(
            "INSERT INTO audit_detail (tenant_id, entry_id, salt, changes, ip, user_agent) VALUES ({}, {}, {}, {}, {}, {})",
            entry.tenant_id,
            entry.id,
            detail.salt,
            detail.changes,
            detail.ip,
            detail.user_agent,
        ));
        self.trail.audited();
        Ok(())
    }

    /// Erases the values of every entry about a record, or written by an actor of that id: what it was before and
    /// after, addresses and agents. That something was done, when and by whom stays, and the chain still holds.
    /// Answers how many. Whoever erases says so in the trail, as with every change.
    pub async fn erase_audit_details(&mut self, id: &str) -> Result<u64> {
        let tenant = self.tenant_id();
        self.execute(sql!(
            "DELETE FROM audit_detail WHERE tenant_id = {} AND entry_id IN \
             (SELECT id FROM audit_entry WHERE tenant_id = {} AND (subject = {} OR actor_id = {}))",
            tenant,
            tenant,
            id,
            id
        ))
        .await
    }

    /// The same for many records at once, by their entries alone: each is looked up by the index of what entries are about.
    pub async fn erase_audit_details_about(&mut self, ids: &[String]) -> Result<u64> {
        let tenant = self.tenant_id();
        let mut erased = 0;
        for part in ids.chunks(200) {
            let gone = sql!(
                "DELETE FROM audit_detail WHERE tenant_id = {} AND entry_id IN \
                 (SELECT id FROM audit_entry WHERE tenant_id = {} AND subject IN ",
                tenant,
                tenant
            );
            erased += self.execute(gone.bind_list(part.iter().cloned()).push(")")).await?;
        }
        Ok(erased)
    }

    /// The key of this tenant's chain. It stays when the tenant's sealing key is renewed.
    pub(crate) async fn chain_key(&mut self) -> Result<ChainKey> {
        self.derive_key(PURPOSE).await.map(ChainKey::new)
    }

    /// The same where nothing may be written. A tenant without keys has sealed nothing: no key fits.
    pub(crate) async fn present_chain_key(&mut self) -> Result<ChainKey> {
        let key = self.present_key(PURPOSE).await?;
        Ok(ChainKey::new(key.unwrap_or_else(|| Zeroizing::new(rand::random()))))
    }
}

/// `{"field": [before, after]}` of what changed; version and time stamps say nothing and are left out.
fn differences(before: Option<Value>, after: Option<Value>) -> Map<String, Value> {
    let fields = |value: Option<Value>| match value {
        Some(Value::Object(map)) => map,
        _ => Map::new(),
    };
    let (mut before, after) = (fields(before), fields(after));
    let mut differing = Map::new();
    for (field, new) in after {
        let old = before.remove(&field).unwrap_or(Value::Null);
        if old != new {
            differing.insert(field, Value::Array(vec![old, new]));
        }
    }
    differing.extend(before.into_iter().map(|(field, old)| (field, Value::Array(vec![old, Value::Null]))));
    differing.retain(|field, _| !matches!(field.as_str(), "version" | "updated_at" | "created_at"));
    differing
}

impl crate::Store {
    /// Writes an attempt that was refused for want of a permission.
    pub async fn audit_refusal(&self, caller: std::sync::Arc<kernel::Caller>, permission: &'static str) -> Result<()> {
        let mut tx = self.open_as(caller, false).await?;
        let after = serde_json::json!({ "permission": permission });
        tx.audit(Change { action: "access.refused", subject: permission.to_owned(), before: None, after: Some(after) })
            .await?;
        tx.commit().await
    }
}
