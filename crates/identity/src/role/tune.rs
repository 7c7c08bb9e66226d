//! Changing what a role may do in this tenant.

use std::collections::BTreeMap;

use kernel::{Error, Event, Result, Role, error::Fields};
use serde_json::{Map, Value};
use store::{Tx, sql};

use super::{RoleTable, store::tuned};

/// Grants (`true`), takes away (`false`) or puts back to the product's own setting (null).
pub async fn tune(tx: &mut Tx, roles: RoleTable, role: Role, changes: &BTreeMap<String, Option<bool>>) -> Result<()> {
    if role == Role::Owner {
        return Err(Error::conflict("owner_fixed", "Owners hold every right, and this cannot be changed."));
    }
    let (tenant, now, caller) = (tx.tenant_id(), tx.now(), tx.caller().clone());
    let before = tuned(tx, role).await?;
    let (mut was, mut is) = (Map::new(), Map::new());
    let mut fields = Fields::default();
    for (name, held) in changes {
        let Some(permission) = roles.find(name) else {
            fields.refuse(name, "permission_unknown", "There is no such permission.");
            continue;
        };
        if RoleTable::is_fixed(name) {
            fields.refuse(name, "permission_fixed", "Everybody holds this, and it cannot be changed.");
            continue;
        }
        let after = held.unwrap_or_else(|| permission.roles.contains(&role));
        if after && !caller.holds(name) {
            fields.refuse(name, "permission_above_own", "You do not hold this right yourself, so you cannot grant it.");
            continue;
        }
        was.insert(name.clone(), roles.holds(permission, role, &before).into());
        is.insert(name.clone(), after.into());
    }
    fields.finish()?;
    for (name, held) in changes {
        let row = match *held {
            Some(held) => sql!(
                "INSERT INTO role_grant (tenant_id, role, permission, held, updated_at) VALUES ({}, {}, {}, {}, {}) \
                 ON CONFLICT (tenant_id, role, permission) DO UPDATE SET held = excluded.held, updated_at = excluded.updated_at",
                tenant,
                role,
                name.clone(),
                held,
                now
            ),
            None => sql!(
                "DELETE FROM role_grant WHERE tenant_id = {} AND role = {} AND permission = {}",
                tenant,
                role,
                name.clone()
            ),
        };
        tx.execute(row).await?;
    }
    let change = kernel::Change {
        action: "role.tune",
        subject: role.name().to_owned(),
        before: Some(Value::Object(was)),
        after: Some(Value::Object(is)),
    };
    tx.audit(change).await?;
    tx.emit(Event::new("role.tuned", tenant).data(serde_json::json!({ "role": role }))).await?;
    Ok(())
}
