//! Inviting, and sending an invitation again.

use chrono::TimeDelta;
use edge::Settings;
use kernel::{Change, Error, Event, Language, LinkId, Result, Role};
use serde::Deserialize;
use store::{OnConstraint, Tx, sql};
use utoipa::ToSchema;

use super::{Invitation, InvitationId, InvitationState, LIFETIME, PURPOSE};
use crate::{
    account::{self, Account, Email},
    link::{self, NewLink},
    member::{MemberState, may_give},
    notice,
    role::RoleTable,
    tenant,
};

/// Most invitations a tenant may send in a day: they go to strangers in our name.
const MOST_PER_DAY: i64 = 100;
/// An invitation is not sent again sooner than this.
const AGAIN_AFTER: TimeDelta = TimeDelta::seconds(60);

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Invite {
    #[schema(example = "luis@faroazul.example")]
    pub email: String,
    pub role: Role,
}

pub async fn invite(tx: &mut Tx, settings: &Settings, roles: RoleTable, input: Invite) -> Result<Invitation> {
    let email = Email::parse(&input.email)?;
    may_give(tx, roles, input.role).await?;
    refuse_flood(tx).await?;
    if is_member(tx, &email).await? {
        return Err(Error::invalid("email", "already_member", "This person is a member already."));
    }
    clear_expired(tx, &email).await?;
    let (id, now) = (InvitationId::new(), tx.now());
    let (link_id, secret) = new_link(tx, id).await?;
    let invitation = Invitation {
        id,
        version: 1,
        email: email.address,
        email_folded: email.folded,
        role: input.role,
        state: InvitationState::Pending,
        link_id,
        invited_by: tx.caller().member_id(),
        member_id: None,
        sent_at: now,
        expires_at: now + LIFETIME,
        created_at: now,
        updated_at: now,
    };
    tx.insert(&invitation).await.on_constraint("invitation_email_folded_key", || {
        Error::invalid(
            "email",
            "already_invited",
            "This address has been invited already. Send that invitation again instead.",
        )
    })?;
    mail(tx, settings, &invitation, &secret).await?;
    tx.audit(Change::new("member.invite", id).after(&invitation)).await?;
    tx.emit(Event::new("member.invited", id)).await?;
    Ok(invitation)
}

/// Sends a fresh link, which ends the old one and runs for another seven days.
pub async fn resend(tx: &mut Tx, settings: &Settings, roles: RoleTable, id: InvitationId) -> Result<Invitation> {
    let invitation = pending(tx, id).await?;
    may_give(tx, roles, invitation.role).await?;
    refuse_flood(tx).await?;
    let now = tx.now();
    let wait = (invitation.sent_at + AGAIN_AFTER - now).num_seconds();
    if wait > 0 {
        return Err(slow_down(
            "invitation_just_sent",
            format!("This invitation has just been sent. Try again in {wait} seconds."),
            wait,
        ));
    }
    link::revoke(tx, invitation.link_id).await?;
    let (link_id, secret) = new_link(tx, id).await?;
    let sent = tx.update(&Invitation { link_id, sent_at: now, expires_at: now + LIFETIME, ..invitation }).await?;
    mail(tx, settings, &sent, &secret).await?;
    tx.audit(Change::new("invitation.resend", id)).await?;
    Ok(sent)
}

/// A pending invitation, locked.
pub(super) async fn pending(tx: &mut Tx, id: InvitationId) -> Result<Invitation> {
    let invitation: Invitation = tx.get_locked(id).await?;
    match invitation.state {
        InvitationState::Pending => Ok(invitation),
        InvitationState::Accepted => {
            Err(Error::conflict("invitation_accepted", "This invitation has been accepted already."))
        }
        InvitationState::Revoked => {
            Err(Error::conflict("invitation_revoked", "This invitation has been withdrawn. Invite anew."))
        }
    }
}

async fn new_link(tx: &mut Tx, id: InvitationId) -> Result<(LinkId, String)> {
    let expires_at = Some(tx.now() + LIFETIME);
    link::create(tx, NewLink { purpose: PURPOSE, subject: id.to_string(), grants: &[], expires_at }).await
}

/// In the language of the one invited, if we know it, else the company's.
async fn mail(tx: &mut Tx, settings: &Settings, invitation: &Invitation, secret: &str) -> Result<()> {
    let known: Option<Account> = tx.optional(account::store::by_email(&invitation.email_folded)).await?;
    let tenant = tenant::current(tx).await?;
    let inviter = match tx.caller().account_id {
        Some(id) => account::store::get(tx, id).await?.name,
        None => tenant.name.clone(),
    };
    let language: Language = known.map_or(tenant.language, |account| account.language);
    notice::invitation(tx, settings, invitation, &tenant, &inviter, language, secret).await
}

async fn is_member(tx: &mut Tx, email: &Email) -> Result<bool> {
    let tenant = tx.tenant_id();
    let query = sql!(
        "SELECT count(*) FROM member JOIN account ON account.id = member.account_id \
         WHERE member.tenant_id = {} AND member.state = {} AND account.email_folded = {}",
        tenant,
        MemberState::Active,
        email.folded.clone()
    );
    Ok(tx.count(query).await? > 0)
}

/// An invitation that ran out makes room for a new one.
async fn clear_expired(tx: &mut Tx, email: &Email) -> Result<()> {
    let (tenant, now) = (tx.tenant_id(), tx.now());
    tx.execute(sql!(
        "UPDATE invitation SET state = {}, version = version + 1, updated_at = {} \
         WHERE tenant_id = {} AND email_folded = {} AND state = {} AND expires_at <= {}",
        InvitationState::Revoked,
        now,
        tenant,
        email.folded.clone(),
        InvitationState::Pending,
        now
    ))
    .await?;
    Ok(())
}

async fn refuse_flood(tx: &mut Tx) -> Result<()> {
    let (tenant, since) = (tx.tenant_id(), tx.now() - TimeDelta::days(1));
    let query = sql!(
        "SELECT count(*) FROM link WHERE tenant_id = {} AND purpose = {} AND created_at > {}",
        tenant,
        PURPOSE,
        since
    );
    if tx.count(query).await? >= MOST_PER_DAY {
        let detail = format!("At most {MOST_PER_DAY} invitations can be sent in a day. Send the next ones tomorrow.");
        return Err(slow_down("too_many_invitations", detail, 3600));
    }
    Ok(())
}

fn slow_down(code: &'static str, detail: String, seconds: i64) -> Error {
    Error::Door { status: 429, code, detail, retry_after_seconds: Some(seconds.unsigned_abs()) }
}
