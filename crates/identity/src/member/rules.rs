//! Who may give which role to whom.

use kernel::{Caller, Error, Grants, Result, Role};
use store::Tx;

use super::{Member, MemberState};
use crate::role::{RoleTable, reach::sees_more, store::grants_of};

/// The role of the caller, if it is a member.
pub(crate) async fn role_of(tx: &mut Tx, caller: &Caller) -> Result<Option<Role>> {
    let Some(id) = caller.member_id() else { return Ok(None) };
    let member: Option<Member> = tx.find(id).await?;
    Ok(member.filter(|m| m.state == MemberState::Active).map(|m| m.role))
}

/// May the caller make somebody a `role`? Owners are made by owners alone, not by their keys; every other role may be
/// given by those who hold all it holds and see all it sees.
pub(crate) async fn may_give(tx: &mut Tx, roles: RoleTable, role: Role) -> Result<()> {
    let caller = tx.caller().clone();
    if role == Role::Owner {
        return match role_of(tx, &caller).await? {
            Some(Role::Owner) => Ok(()),
            _ => Err(Error::invalid(
                "role",
                "owner_by_owner",
                "Only an owner can make somebody an owner. Ask one, or choose another role.",
            )),
        };
    }
    let given = grants_of(tx, roles, role).await?;
    if exceeds(&caller, &given) {
        let message = "This role holds rights that you do not have. Choose another, or ask somebody who has them.";
        return Err(Error::invalid("role", "role_above_own", message));
    }
    if sees_more(tx, role).await? {
        let message = "This role sees records that you do not see. Choose another, or ask somebody who sees them.";
        return Err(Error::invalid("role", "role_above_own", message));
    }
    Ok(())
}

/// May the caller change or remove a member of this role? Not one who holds or sees more than they do.
pub(crate) async fn may_touch(tx: &mut Tx, roles: RoleTable, role: Role) -> Result<bool> {
    let caller = tx.caller().clone();
    if role == Role::Owner {
        return Ok(role_of(tx, &caller).await? == Some(Role::Owner));
    }
    let held = grants_of(tx, roles, role).await?;
    Ok(!exceeds(&caller, &held) && !sees_more(tx, role).await?)
}

fn exceeds(caller: &Caller, grants: &Grants) -> bool {
    grants.names().any(|name| !caller.holds(name) && !RoleTable::is_fixed(name))
}
