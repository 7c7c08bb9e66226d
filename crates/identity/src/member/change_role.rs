//! Giving a member another role.

use edge::IfMatch;
use kernel::{Change, Error, Event, MemberId, Result, Role};
use store::{Tx, sql};

use super::{Member, MemberState, may_give, may_touch};
use crate::{role::RoleTable, tenant::Tenant};

pub async fn change_role(tx: &mut Tx, roles: RoleTable, id: MemberId, version: IfMatch, role: Role) -> Result<Member> {
    lock_membership(tx).await?;
    let member = active(tx, id).await?;
    version.check(member.version)?;
    refuse_beyond_own(tx, roles, &member).await?;
    if member.role == role {
        return Ok(member);
    }
    may_give(tx, roles, role).await?;
    if member.role == Role::Owner {
        keep_an_owner(tx, id).await?;
    }
    let after = tx.update(&Member { role, ..member.clone() }).await?;
    tx.audit(Change::new("member.change_role", id).before(&member).after(&after)).await?;
    tx.emit(Event::new("member.role_changed", id)).await?;
    Ok(after)
}

/// The member, if they are still one.
pub(super) async fn active(tx: &mut Tx, id: MemberId) -> Result<Member> {
    let member: Member = tx.get_locked(id).await?;
    if member.state == MemberState::Active { Ok(member) } else { Err(Error::not_found("member")) }
}

/// Of two who take the last two owners away at one moment, one waits here and then finds only one left.
pub(super) async fn lock_membership(tx: &mut Tx) -> Result<()> {
    let tenant = tx.tenant_id();
    tx.get_locked::<Tenant>(tenant).await?;
    Ok(())
}

pub(super) async fn refuse_beyond_own(tx: &mut Tx, roles: RoleTable, member: &Member) -> Result<()> {
    if may_touch(tx, roles, member.role).await? {
        return Ok(());
    }
    Err(Error::conflict(
        "member_above_own",
        "This member holds rights that you do not have. Ask somebody who has them.",
    ))
}

/// Refuses when `leaving` is the only owner. The membership must be locked.
pub(super) async fn keep_an_owner(tx: &mut Tx, leaving: MemberId) -> Result<()> {
    let tenant = tx.tenant_id();
    let others = sql!(
        "SELECT count(*) FROM member WHERE tenant_id = {} AND role = {} AND state = {} AND id <> {}",
        tenant,
        Role::Owner,
        MemberState::Active,
        leaving
    );
    if tx.count(others).await? == 0 {
        return Err(Error::conflict("last_owner", "This is the last owner. Make somebody else an owner first."));
    }
    Ok(())
}
