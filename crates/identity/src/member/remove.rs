//! Removing a member: rights, sessions and keys end with the transaction.

use kernel::{Change, Event, MemberId, Result, Role};
use store::{Tx, sql};

use super::{
    Member, MemberState,
    change_role::{active, keep_an_owner, lock_membership, refuse_beyond_own},
};
use crate::role::RoleTable;

pub async fn remove(tx: &mut Tx, roles: RoleTable, id: MemberId) -> Result<()> {
    lock_membership(tx).await?;
    let member = active(tx, id).await?;
    refuse_beyond_own(tx, roles, &member).await?;
    if member.role == Role::Owner {
        keep_an_owner(tx, id).await?;
    }
    let (tenant, now) = (tx.tenant_id(), tx.now());
    tx.execute(sql!("DELETE FROM session WHERE tenant_id = {} AND account_id = {}", tenant, member.account_id)).await?;
    tx.execute(sql!("DELETE FROM account_tenant WHERE tenant_id = {} AND account_id = {}", tenant, member.account_id))
        .await?;
    tx.execute(sql!(
        "UPDATE api_key SET revoked_at = {} WHERE tenant_id = {} AND member_id = {} AND revoked_at IS NULL",
        now,
        tenant,
        id
    ))
    .await?;
    tx.execute(sql!("DELETE FROM team_member WHERE tenant_id = {} AND member_id = {}", tenant, id)).await?;
    let after = tx.update(&Member { state: MemberState::Removed, removed_at: Some(now), ..member.clone() }).await?;
    tx.audit(Change::new("member.remove", id).before(&member).after(&after)).await?;
    tx.emit(Event::new("member.removed", id)).await?;
    Ok(())
}
