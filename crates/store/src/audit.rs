//! Writing the audit trail: one entry per change, in the transaction of the change, with only the fields that differ.

use kernel::{AuditId, Change};
use serde_json::{Map, Value};

use crate::{Tx, error::Result, sql};

impl Tx {
    /// Writes who did what to which record, and what it was before and after.
    pub async fn audit(&mut self, change: Change) -> Result<()> {
        let caller = self.caller.clone();
        let differing = differences(change.before, change.after);
        let entry = sql!(
            "INSERT INTO audit_entry (tenant_id, id, at, actor_kind, actor_id, action, subject, changes, ip, user_agent, request_id) \
             VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {})",
            caller.tenant_id,
            AuditId::new(),
            self.now,
            caller.actor.kind(),
            caller.actor.id(),
            change.action,
            change.subject,
            differing,
            caller.origin.ip.map(|ip| ip.to_string()),
            caller.origin.user_agent.clone(),
            caller.origin.request_id.clone(),
        );
        self.defer(entry);
        Ok(())
    }
}

/// `{"field": [before, after]}` of what changed; version and time stamps say nothing and are left out.
fn differences(before: Option<Value>, after: Option<Value>) -> Value {
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
    Value::Object(differing)
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
