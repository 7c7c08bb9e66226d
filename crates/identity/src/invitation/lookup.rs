//! What an invitation's link opens, before anybody agrees to anything.

use std::sync::Arc;

use kernel::{Caller, Origin, Result, Role};
use serde::{Deserialize, Serialize};
use store::{Store, Tx};
use utoipa::ToSchema;

use super::{Invitation, InvitationId, InvitationState, PURPOSE};
use crate::{
    account::{self, Account},
    link, tenant,
};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Lookup {
    /// From the link in the mail.
    pub token: String,
}

/// Who invites whom to what.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvitationOffer {
    #[schema(example = "Faro Azul S.L.")]
    pub tenant_name: String,
    #[schema(example = "luis@faroazul.example")]
    pub email: String,
    pub role: Role,
    #[schema(example = "Ana Ruiz")]
    pub invited_by: String,
    /// Is there a confirmed account for this address? Then accepting takes its sign-in or password; else a name and a
    /// new password.
    pub has_account: bool,
}

/// Reads the invitation behind a link. One that ended is 410.
pub async fn lookup(store: &Store, origin: Origin, input: Lookup) -> Result<InvitationOffer> {
    let (caller, id) = resolve(store, origin, &input.token).await?;
    let mut tx = store.platform_read().await?.enter(caller).await?;
    let invitation = open(&mut tx, id).await?;
    let account = account_of(&mut tx, &invitation).await?;
    let tenant = tenant::current(&mut tx).await?;
    let inviter = match invitation.invited_by {
        Some(id) => {
            let member: crate::member::Member = tx.get(id).await?;
            account::store::get(&mut tx, member.account_id).await?.name
        }
        None => tenant.name.clone(),
    };
    Ok(InvitationOffer {
        tenant_name: tenant.name,
        email: invitation.email,
        role: invitation.role,
        invited_by: inviter,
        has_account: account.is_some_and(|account| account.email_confirmed_at.is_some()),
    })
}

pub(super) async fn resolve(store: &Store, origin: Origin, token: &str) -> Result<(Arc<Caller>, InvitationId)> {
    let (caller, subject) = link::resolve(store, PURPOSE, token, origin).await?;
    let id = subject.parse().map_err(|_| kernel::Error::internal("a link names no invitation"))?;
    Ok((caller, id))
}

/// The invitation, if it still waits for an answer.
pub(super) async fn open(tx: &mut Tx, id: InvitationId) -> Result<Invitation> {
    let invitation: Invitation = tx.get(id).await?;
    still_open(tx, invitation)
}

/// The same, locked: of two who accept at one moment, the second finds it accepted.
pub(super) async fn open_locked(tx: &mut Tx, id: InvitationId) -> Result<Invitation> {
    let invitation: Invitation = tx.get_locked(id).await?;
    still_open(tx, invitation)
}

fn still_open(tx: &Tx, invitation: Invitation) -> Result<Invitation> {
    if invitation.state == InvitationState::Pending && invitation.expires_at > tx.now() {
        return Ok(invitation);
    }
    Err(account::token::gone("link_expired", "This invitation is no longer valid. Ask whoever sent it for a new one."))
}

/// The account of the invited address, if there is one.
pub(super) async fn account_of(tx: &mut Tx, invitation: &Invitation) -> Result<Option<Account>> {
    Ok(tx.optional(account::store::by_email(&invitation.email_folded)).await?)
}
