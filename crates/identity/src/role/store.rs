//! What a tenant has tuned.

use std::collections::BTreeMap;

use kernel::{Grants, Role};
use store::{Result, Tx, sql};

use super::RoleTable;

/// The differences for one role.
pub(crate) async fn tuned(tx: &mut Tx, role: Role) -> Result<BTreeMap<String, bool>> {
    let tenant = tx.tenant_id();
    let rows: Vec<(String, bool)> = tx
        .all(sql!("SELECT permission, held FROM role_grant WHERE tenant_id = {} AND role = {}", tenant, role))
        .await?;
    Ok(rows.into_iter().collect())
}

/// All that a role holds in this tenant.
pub(crate) async fn grants_of(tx: &mut Tx, roles: RoleTable, role: Role) -> Result<Grants> {
    Ok(roles.grants(role, &tuned(tx, role).await?))
}
