//! Signing up and confirming.

use chrono::TimeDelta;

use super::*;
use crate::{
    account::confirm::{AskByEmail, ConfirmEmail, confirm, resend},
    signup::sign_up,
    tenant,
};

impl World {
    async fn sign_up(&self, form: SignUp) -> kernel::Result<()> {
        sign_up(&self.store, &self.settings, &home(), form).await
    }

    async fn confirm(&self, token: &str) -> kernel::Result<SignedIn> {
        confirm(&self.store, &home(), ConfirmEmail { token: token.into() }).await
    }
}

#[tokio::test]
async fn a_company_signs_up_confirms_and_is_in() {
    for world in worlds().await {
        world.sign_up(form(ANA)).await.unwrap();
        assert_eq!(code(world.try_sign_in(ANA, PASSWORD, &home()).await), "email_not_confirmed");
        let tenant_id = world.tenant_of(ANA).await;
        let mails = world.mails(tenant_id).await;
        assert_eq!((mails.len(), mails[0].0.as_str(), mails[0].1.as_str()), (1, ANA, "Confirme su correo electrónico"));
        assert!(mails[0].2.starts_with("https://app.example/confirm-email?token="));

        let signed_in = world.confirm(&world.token(tenant_id).await).await.unwrap();
        let caller = world.caller(signed_in.secret()).await.unwrap();
        assert!(caller.holds("tenant.manage") && caller.tenant_id == tenant_id);
        let mut tx = world.tx(&caller).await;
        let tenant = tenant::current(&mut tx).await.unwrap();
        assert_eq!(
            (tenant.name.as_str(), tenant.tax_id.as_ref().map(kernel::Sealed::reveal), tenant.zone().name()),
            ("Faro Azul S.L.", Some("B58378431"), "Europe/Madrid")
        );
        // P004, P014: the entity of the market, bound with its date.
        assert_eq!(tenant::controller::current(&mut tx).await.unwrap().unwrap().code(), "es");
        drop(tx);
        world.sign_in(ANA).await;
        let audit = world.audit(tenant_id).await;
        for action in ["tenant.create", "account.confirm_email", "session.sign_in"] {
            assert!(audit.iter().any(|a| a == action), "{action} in {audit:?}");
        }
    }
}

#[tokio::test]
async fn p185_who_declines_leaves_nothing_behind() {
    for world in worlds().await {
        assert_eq!(code(world.sign_up(SignUp { business_use: false, ..form(ANA) }).await), "business_use_required");
        assert_eq!(code(world.sign_up(SignUp { is_16_or_older: false, ..form(ANA) }).await), "age_required");
        assert_eq!((world.count("account").await, world.count("account_tenant").await), (0, 0));
    }
}

/// Whether an address is known is told to that address alone.
#[tokio::test]
async fn p044_a_known_address_is_answered_like_an_unknown_one() {
    for world in worlds().await {
        let company = world.company(ANA).await;
        world
            .sign_up(SignUp {
                name: "Mallory".into(),
                password: "another otter entirely".into(),
                ..form("ANA@faroazul.example")
            })
            .await
            .unwrap();
        assert_eq!(world.count("account").await, 1);
        let mails = world.mails(company.tenant_id).await;
        assert_eq!((mails.len(), mails[0].0.as_str(), mails[0].1.as_str()), (1, ANA, "Ya tiene una cuenta"));
        assert!(!mails[0].2.contains("token="));
        world.sign_in(ANA).await;
        assert_eq!(code(world.try_sign_in(ANA, "another otter entirely", &home()).await), "wrong_credentials");
        let ask = |email: &str| AskByEmail { email: email.into() };
        resend(&world.store, &world.settings, &home(), ask(ANA)).await.unwrap();
        resend(&world.store, &world.settings, &home(), ask("nobody@faroazul.example")).await.unwrap();
        assert_eq!(world.mails(company.tenant_id).await.len(), 1, "there is nothing to confirm");
    }
}

/// Somebody else's sign-up with my address must not decide my password.
#[tokio::test]
async fn an_unconfirmed_sign_up_is_written_over_by_the_next() {
    for world in worlds().await {
        world
            .sign_up(SignUp { name: "Mallory".into(), password: "mallory waits patiently".into(), ..form(ANA) })
            .await
            .unwrap();
        world
            .sign_up(SignUp {
                company_name: "Faro Rojo S.L.".into(),
                country: "MX".into(),
                tax_id: Some("EKU9003173C9".into()),
                phone: None,
                ..form(ANA)
            })
            .await
            .unwrap();
        assert_eq!((world.count("account").await, world.count("account_tenant").await), (1, 1));
        let tenant_id = world.tenant_of(ANA).await;
        let signed_in = world.confirm(&world.token(tenant_id).await).await.unwrap();
        let caller = world.caller(signed_in.secret()).await.unwrap();
        let mut tx = world.tx(&caller).await;
        assert_eq!(tenant::current(&mut tx).await.unwrap().name, "Faro Rojo S.L.");
        assert_eq!(tenant::controller::current(&mut tx).await.unwrap().unwrap().code(), "mx");
        drop(tx);
        assert_eq!(code(world.try_sign_in(ANA, "mallory waits patiently", &home()).await), "wrong_credentials");
        world.sign_in(ANA).await;
    }
}

#[tokio::test]
async fn a_link_works_once_and_for_its_time() {
    for world in worlds().await {
        world.sign_up(form(ANA)).await.unwrap();
        let tenant_id = world.tenant_of(ANA).await;
        let first = world.token(tenant_id).await;
        resend(&world.store, &world.settings, &home(), AskByEmail { email: ANA.into() }).await.unwrap();
        let second = world.token(tenant_id).await;
        assert_ne!(first, second);
        world.store.clock().advance(TimeDelta::hours(47));
        world.confirm(&first).await.unwrap();
        assert_eq!(code(world.confirm(&first).await), "link_used");
        assert_eq!(code(world.confirm(&second).await), "link_used", "the others went with it");
        assert_eq!(code(world.confirm("rubbish").await), "not_found");

        world.sign_up(form("luis@faroazul.example")).await.unwrap();
        let late = world.token(world.tenant_of("luis@faroazul.example").await).await;
        world.store.clock().advance(TimeDelta::hours(49));
        assert_eq!(code(world.confirm(&late).await), "link_expired");
    }
}

#[tokio::test]
async fn asking_for_links_without_end_sends_no_mail_without_end() {
    for world in worlds().await {
        world.sign_up(form(ANA)).await.unwrap();
        for _ in 0..9 {
            resend(&world.store, &world.settings, &home(), AskByEmail { email: ANA.into() }).await.unwrap();
        }
        assert_eq!(world.mails(world.tenant_of(ANA).await).await.len(), 5);
    }
}

/// P022: the password is nowhere in the database but as a hash.
#[tokio::test]
async fn p022_the_password_is_kept_hashed() {
    for world in worlds().await {
        world.sign_up(form(ANA)).await.unwrap();
        let mut tx = world.store.platform_read().await.unwrap();
        let (hash,): (String,) = tx.one(store::Sql::new("SELECT password_hash FROM account")).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        drop(tx);
        let tenant_id = world.tenant_of(ANA).await;
        let mut tx = world.system(tenant_id).await;
        let audited: Vec<(serde_json::Value,)> =
            tx.all(store::Sql::new("SELECT changes FROM audit_detail")).await.unwrap();
        let queued = tx.select::<mail::OutgoingMail>();
        let mailed: Vec<mail::OutgoingMail> = tx.all(queued).await.unwrap();
        assert!(!audited.is_empty() && !mailed.is_empty());
        let mailed = mailed.into_iter().map(|mail| serde_json::to_value(mail.body.0).unwrap());
        for text in audited.into_iter().map(|(changes,)| changes).chain(mailed) {
            assert!(!text.to_string().contains("otter") && !text.to_string().contains("argon2"));
        }
    }
}
