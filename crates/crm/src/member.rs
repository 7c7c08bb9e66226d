//! The people of the tenant, as owners of its records.

use kernel::{Error, MemberId, Result, id::Id};
use store::{Tx, sql};

/// Refuses an owner who is not, or no longer, a member.
pub async fn must_exist(tx: &mut Tx, field: &str, id: Option<MemberId>) -> Result<()> {
    let Some(id) = id else { return Ok(()) };
    let query = sql!(
        "SELECT count(*) FROM member WHERE tenant_id = {} AND id = {} AND state = {}",
        tx.tenant_id(),
        id.uuid(),
        identity::MemberState::Active
    );
    if tx.count(query).await? == 1 {
        return Ok(());
    }
    Err(Error::invalid(field, "member_unknown", "There is no such person in this workspace. Choose one from the list."))
}
