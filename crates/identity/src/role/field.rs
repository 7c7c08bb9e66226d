//! What is taken of single fields, role by role: not shown, or not changed. Which fields there are is known to the domains
//! that have them; here a field is its object and its name.
//!
//! Invariant: of an owner nothing is taken, and nobody lets others do more with a field than they may themselves.

use std::collections::BTreeMap;

use kernel::{Change, Error, Event, FieldRight, FieldRights, Result, Role, error::Fields};
use serde_json::json;
use store::{Tx, sql};

/// What a field of an object becomes; no right: everything may be done with it.
#[derive(Debug, Clone)]
pub struct FieldChange {
    pub object: String,
    pub field: String,
    pub right: Option<FieldRight>,
}

/// What is taken of each role.
pub async fn all(tx: &mut Tx) -> Result<BTreeMap<Role, FieldRights>> {
    let query = sql!("SELECT role, object, field, access FROM role_field WHERE tenant_id = {}", tx.tenant_id());
    let rows: Vec<(Role, String, String, FieldRight)> = tx.all(query).await?;
    let mut taken: BTreeMap<Role, FieldRights> = BTreeMap::new();
    for (role, object, field, right) in rows {
        taken.entry(role).or_default().set(&object, &field, right);
    }
    Ok(taken)
}

/// What is taken of one role.
async fn of(tx: &mut Tx, role: Role) -> Result<FieldRights> {
    Ok(all(tx).await?.remove(&role).unwrap_or_default())
}

/// May one with `right` do more than one with `own`? Rights are ordered from what takes most.
fn is_more(right: Option<FieldRight>, own: Option<FieldRight>) -> bool {
    let left = |right: Option<FieldRight>| match right {
        Some(FieldRight::Hidden) => 0,
        Some(FieldRight::ReadOnly) => 1,
        None => 2,
    };
    left(right) > left(own)
}

/// May the role do more with some field than the caller?
pub(crate) async fn may_more(tx: &mut Tx, role: Role) -> Result<bool> {
    let rights = of(tx, role).await?;
    let Some(own) = tx.caller().reach.narrowed().map(|narrowed| narrowed.fields.clone()) else { return Ok(false) };
    let mut taken =
        own.objects().flat_map(|(object, fields)| fields.iter().map(move |(field, own)| (object, field, *own)));
    Ok(taken.any(|(object, field, own)| is_more(rights.of(object, field), Some(own))))
}

/// What was taken of a field that is gone, or of every field of an object that is.
pub async fn forget(tx: &mut Tx, object: &str, field: Option<&str>) -> Result<()> {
    let gone = sql!("DELETE FROM role_field WHERE tenant_id = {} AND object = {}", tx.tenant_id(), object);
    tx.execute(gone.and_if("field =", field)).await?;
    Ok(())
}

/// Gives and takes. The fields are known to be there.
pub async fn tune_fields(tx: &mut Tx, role: Role, changes: &[FieldChange]) -> Result<()> {
    if role == Role::Owner {
        return Err(Error::conflict("owner_fixed", "Owners see and change every field, and this cannot be changed."));
    }
    let (tenant, now) = (tx.tenant_id(), tx.now());
    let mut refused = Fields::default();
    for (at, change) in changes.iter().enumerate() {
        if is_more(change.right, tx.caller().reach.field(&change.object, &change.field)) {
            let sentence = "You may not do that with this field yourself, so you cannot let others.";
            refused.refuse(format!("changes.{at}.right"), "right_above_own", sentence);
        }
    }
    refused.finish()?;
    let before = of(tx, role).await?;
    for FieldChange { object, field, right } in changes {
        tx.execute(match right {
            Some(right) => sql!(
                "INSERT INTO role_field (tenant_id, role, object, field, access, updated_at) VALUES ({}, {}, {}, {}, {}, {}) \
                 ON CONFLICT (tenant_id, role, object, field) DO UPDATE SET access = excluded.access, updated_at = excluded.updated_at",
                tenant,
                role,
                object.as_str(),
                field.as_str(),
                *right,
                now
            ),
            None => sql!(
                "DELETE FROM role_field WHERE tenant_id = {} AND role = {} AND object = {} AND field = {}",
                tenant,
                role,
                object.as_str(),
                field.as_str()
            ),
        })
        .await?;
    }
    let after = of(tx, role).await?;
    let change = Change {
        action: "role.tune",
        subject: role.name().to_owned(),
        before: Some(json!({ "fields": before })),
        after: Some(json!({ "fields": after })),
    };
    tx.audit(change).await?;
    tx.emit(Event::new("role.tuned", tenant).data(json!({ "role": role }))).await?;
    Ok(())
}
