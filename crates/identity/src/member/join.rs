//! Joining: the row of a member and the entry in the directory of who may enter where.

use kernel::{AccountId, Change, Event, MemberId, Result, Role};
use store::{Tx, sql};

use super::{Member, MemberState};

/// A first-time member.
pub(crate) async fn new_member(tx: &mut Tx, id: MemberId, account_id: AccountId, role: Role) -> Result<Member> {
    let now = tx.now();
    let member = Member {
        id,
        version: 1,
        account_id,
        role,
        state: MemberState::Active,
        picture_id: None,
        joined_at: now,
        removed_at: None,
        created_at: now,
        updated_at: now,
    };
    tx.insert(&member).await?;
    admit(tx, &member).await?;
    Ok(member)
}

/// Makes an account a member, or again the member it once was. Who is one already keeps its role.
pub async fn join(tx: &mut Tx, account_id: AccountId, role: Role) -> Result<Member> {
    let select = tx.select::<Member>().and("account_id =", account_id);
    let found: Option<Member> = tx.optional(select).await?;
    let member = match found {
        None => new_member(tx, MemberId::new(), account_id, role).await?,
        Some(member) if member.state == MemberState::Active => return Ok(member),
        Some(member) => {
            let now = tx.now();
            let back = Member { state: MemberState::Active, role, joined_at: now, removed_at: None, ..member };
            let back = tx.update(&back).await?;
            admit(tx, &back).await?;
            back
        }
    };
    tx.audit(Change::new("member.join", member.id).after(&member)).await?;
    tx.emit(Event::new("member.joined", member.id)).await?;
    Ok(member)
}

async fn admit(tx: &mut Tx, member: &Member) -> Result<()> {
    let (tenant, now) = (tx.tenant_id(), tx.now());
    let directory = sql!(
        "INSERT INTO account_tenant (tenant_id, account_id, member_id, last_used_at) VALUES ({}, {}, {}, {})",
        tenant,
        member.account_id,
        member.id,
        now
    );
    tx.execute(directory).await?;
    Ok(())
}
