//! Withdrawing an invitation: its link ends with the transaction.

use kernel::{Change, Event, Result};
use store::Tx;

use super::{Invitation, InvitationId, InvitationState, invite::pending};
use crate::link;

pub async fn revoke(tx: &mut Tx, id: InvitationId) -> Result<()> {
    let invitation = pending(tx, id).await?;
    link::revoke(tx, invitation.link_id).await?;
    tx.update(&Invitation { state: InvitationState::Revoked, ..invitation }).await?;
    tx.audit(Change::new("invitation.revoke", id)).await?;
    tx.emit(Event::new("invitation.revoked", id)).await?;
    Ok(())
}
