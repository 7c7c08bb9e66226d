//! Invitations: what opens them, what ends them, and who they let in.

use chrono::TimeDelta;
use kernel::{AccountId, Language, Role};

use super::*;
use crate::invitation::{
    Invitation, InvitationId,
    accept::{Accept, accept},
    invite::{Invite, invite, resend},
    lookup::{InvitationOffer, Lookup, lookup},
    revoke::revoke,
};

const LUIS: &str = "luis@farorojo.example";

impl World {
    async fn invite(&self, caller: &Arc<Caller>, email: &str, role: Role) -> kernel::Result<Invitation> {
        let mut tx = self.tx(caller).await;
        let made = invite(&mut tx, &self.settings, self.identity.roles(), Invite { email: email.into(), role }).await?;
        tx.commit().await?;
        Ok(made)
    }

    async fn resend(&self, caller: &Arc<Caller>, id: InvitationId) -> kernel::Result<Invitation> {
        let mut tx = self.tx(caller).await;
        let sent = resend(&mut tx, &self.settings, self.identity.roles(), id).await?;
        tx.commit().await?;
        Ok(sent)
    }

    async fn lookup(&self, token: &str) -> kernel::Result<InvitationOffer> {
        lookup(&self.store, home(), Lookup { token: token.into() }).await
    }

    async fn accept(
        &self,
        token: &str,
        name: Option<&str>,
        password: Option<&str>,
        signed_in: Option<AccountId>,
    ) -> kernel::Result<SignedIn> {
        self.accept_as(token, name, password, signed_in, true).await
    }

    async fn accept_as(
        &self,
        token: &str,
        name: Option<&str>,
        password: Option<&str>,
        signed_in: Option<AccountId>,
        is_16_or_older: bool,
    ) -> kernel::Result<SignedIn> {
        let (name, password) = (name.map(Into::into), password.map(Into::into));
        let input = Accept { token: token.into(), name, password, is_16_or_older };
        accept(&self.store, &self.settings, &home(), Language::Pt, signed_in, input).await
    }
}

#[tokio::test]
async fn a_new_person_accepts_and_is_in_with_the_role() {
    for world in worlds().await {
        let company = world.company(ANA).await;
        let ana = world.signed_in(ANA).await;
        world.invite(&ana, "Luis@FaroRojo.example", Role::Sales).await.unwrap();
        let mails = world.mails(company.tenant_id).await;
        assert_eq!(mails[0].1, "Ana Ruiz le invita a Faro Azul S.L.");
        let token = world.token(company.tenant_id).await;
        let offer = world.lookup(&token).await.unwrap();
        assert_eq!(
            (offer.tenant_name.as_str(), offer.role, offer.invited_by.as_str(), offer.has_account),
            ("Faro Azul S.L.", Role::Sales, "Ana Ruiz", false)
        );

        assert_eq!(code(world.accept(&token, None, None, None).await), "required");
        assert_eq!(code(world.accept(&token, Some("Luis"), Some("password123"), None).await), "password_common");
        // P185: whoever does not confirm to be 16 or older does not get in.
        let young = world.accept_as(&token, Some("Luis Vega"), Some(PASSWORD), None, false).await;
        assert_eq!(code(young), "age_required");
        let inside = world.accept(&token, Some("Luis Vega"), Some(PASSWORD), None).await.unwrap();
        let luis = world.caller(inside.secret()).await.unwrap();
        assert_eq!((luis.tenant_id, luis.language), (company.tenant_id, Language::Pt));
        assert!(luis.holds("member.read") && !luis.holds("member.manage"));
        assert_eq!(
            code(world.accept(&token, Some("Eve"), Some(PASSWORD), None).await),
            "link_expired",
            "it works once"
        );
        assert_eq!(code(world.lookup(&token).await), "link_expired");
        world.sign_in(LUIS).await;
        assert_eq!(code(world.invite(&ana, LUIS, Role::Sales).await), "already_member");
    }
}

#[tokio::test]
async fn somebody_with_an_account_proves_to_be_its_owner() {
    for world in worlds().await {
        let company = world.company(ANA).await;
        let luis = world.company(LUIS).await;
        let eve = world.company("eve@evil.example").await;
        let ana = world.signed_in(ANA).await;
        world.invite(&ana, LUIS, Role::Billing).await.unwrap();
        let token = world.token(company.tenant_id).await;
        assert!(world.lookup(&token).await.unwrap().has_account);
        assert_eq!(code(world.accept(&token, None, None, None).await), "sign_in_to_accept");
        assert_eq!(
            code(world.accept(&token, None, None, Some(eve.account_id)).await),
            "sign_in_to_accept",
            "another's session"
        );
        assert_eq!(
            code(world.accept(&token, Some("Eve"), Some("seven lamps over water"), None).await),
            "wrong_credentials"
        );
        let inside = world.accept(&token, None, Some(PASSWORD), None).await.unwrap();
        assert_eq!((inside.account_id, inside.tenant_id), (luis.account_id, company.tenant_id));

        world.invite(&ana, "eve@evil.example", Role::Support).await.unwrap();
        let token = world.token(company.tenant_id).await;
        let inside = world.accept(&token, None, None, Some(eve.account_id)).await.unwrap();
        assert_eq!(inside.account_id, eve.account_id);
    }
}

#[tokio::test]
async fn an_invitation_runs_out_is_sent_again_and_withdrawn() {
    for world in worlds().await {
        let company = world.company(ANA).await;
        let ana = world.signed_in(ANA).await;
        let invitation = world.invite(&ana, LUIS, Role::Sales).await.unwrap();
        let first = world.token(company.tenant_id).await;
        assert_eq!(code(world.invite(&ana, "LUIS@farorojo.example", Role::Sales).await), "already_invited");
        assert_eq!(code(world.resend(&ana, invitation.id).await), "invitation_just_sent");
        world.store.clock().advance(TimeDelta::days(7) + TimeDelta::seconds(1));
        assert_eq!(code(world.lookup(&first).await), "link_expired");
        world.resend(&ana, invitation.id).await.unwrap();
        let second = world.token(company.tenant_id).await;
        assert_eq!(code(world.lookup(&first).await), "link_expired", "a new link ends the old one");
        world.lookup(&second).await.unwrap();

        let mut tx = world.tx(&ana).await;
        revoke(&mut tx, invitation.id).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(code(world.accept(&second, Some("Luis"), Some(PASSWORD), None).await), "link_expired");
        let mut tx = world.tx(&ana).await;
        assert_eq!(code(revoke(&mut tx, invitation.id).await), "invitation_revoked");
        drop(tx);
        world.invite(&ana, LUIS, Role::Sales).await.unwrap();
    }
}

/// Two tabs accept at one moment: one member comes of it.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn accepting_twice_at_once_makes_one_member() {
    for world in worlds().await {
        let company = world.company(ANA).await;
        let ana = world.signed_in(ANA).await;
        world.invite(&ana, LUIS, Role::Sales).await.unwrap();
        let token = world.token(company.tenant_id).await;
        let (one, two) = tokio::join!(
            world.accept(&token, Some("Luis"), Some(PASSWORD), None),
            world.accept(&token, Some("Luis"), Some(PASSWORD), None)
        );
        assert!(one.is_ok() != two.is_ok(), "{:?} {:?}", one.err(), two.err());
        assert_eq!(world.count("account").await, 2);
    }
}

/// A member who may invite gives no more than they have, and strangers' mail boxes are not flooded.
#[tokio::test]
async fn inviting_is_bounded() {
    for world in worlds().await {
        let company = world.company(ANA).await;
        world.colleague(company.tenant_id, LUIS, Role::Administrator).await;
        let admin = world.signed_in(LUIS).await;
        assert_eq!(code(world.invite(&admin, "x@evil.example", Role::Owner).await), "owner_by_owner");
        assert_eq!(code(world.invite(&admin, "not an address", Role::Sales).await), "email_invalid");
        let mut tx = world.tx(&admin).await;
        for i in 0..100 {
            let input = Invite { email: format!("n{i}@evil.example"), role: Role::Sales };
            invite(&mut tx, &world.settings, world.identity.roles(), input).await.unwrap();
        }
        let input = Invite { email: "one@toomany.example".into(), role: Role::Sales };
        assert_eq!(code(invite(&mut tx, &world.settings, world.identity.roles(), input).await), "too_many_invitations");
    }
}
