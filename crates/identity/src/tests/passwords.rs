//! Changing and resetting passwords.

use chrono::TimeDelta;

use super::*;
use crate::account::{
    change_password::{ChangePassword, change_password},
    confirm::AskByEmail,
    reset_password::{ResetPassword, ask, reset},
};

const OTHER: &str = "seven lamps over water";

impl World {
    async fn ask(&self, email: &str) {
        ask(&self.store, &self.settings, &home(), AskByEmail { email: email.into() }).await.unwrap();
    }

    async fn reset(&self, token: &str, password: &str) -> kernel::Result<()> {
        reset(&self.store, &self.settings, &home(), ResetPassword { token: token.into(), password: password.into() })
            .await
    }

    async fn change(&self, session: &SignedIn, current: &str, new: &str) -> kernel::Result<SignedIn> {
        let caller = self.caller(session.secret()).await.unwrap();
        let input = ChangePassword { current_password: current.into(), new_password: new.into() };
        change_password(&self.store, &self.settings, &caller, session.account_id, Some(session.secret()), input).await
    }
}

#[tokio::test]
async fn a_reset_works_once_for_an_hour_and_ends_every_session() {
    for world in worlds().await {
        let company = world.company(ANA).await;
        let session = world.sign_in(ANA).await;
        world.ask("ANA@faroazul.example").await;
        world.ask("nobody@faroazul.example").await;
        let token = world.token(company.tenant_id).await;
        assert_eq!(code(world.reset(&token, "password123").await), "password_common");
        assert_eq!(code(world.reset(&token, "faroazul-26").await), "password_personal");
        world.reset(&token, OTHER).await.unwrap();
        assert_eq!(code(world.reset(&token, OTHER).await), "link_used");
        assert!(world.caller(session.secret()).await.is_none());
        assert_eq!(code(world.try_sign_in(ANA, PASSWORD, &home()).await), "wrong_credentials");
        world.try_sign_in(ANA, OTHER, &home()).await.unwrap();
        let subjects: Vec<String> = world.mails(company.tenant_id).await.into_iter().map(|m| m.1).collect();
        assert_eq!(subjects, ["Elija una contraseña nueva", "Su contraseña ha cambiado"]);

        world.ask(ANA).await;
        let late = world.token(company.tenant_id).await;
        world.store.clock().advance(TimeDelta::minutes(61));
        assert_eq!(code(world.reset(&late, OTHER).await), "link_expired");
        assert_eq!(code(world.reset("rubbish", OTHER).await), "not_found");
    }
}

#[tokio::test]
async fn p044_a_reset_lets_the_owner_back_in_while_somebody_guesses() {
    for world in worlds().await {
        let company = world.company(ANA).await;
        for _ in 0..11 {
            let _refused = world.try_sign_in(ANA, "not the password", &home()).await;
        }
        assert_eq!(code(world.try_sign_in(ANA, PASSWORD, &home()).await), "too_many_attempts");
        world.ask(ANA).await;
        world.reset(&world.token(company.tenant_id).await, OTHER).await.unwrap();
        world.try_sign_in(ANA, OTHER, &home()).await.unwrap();
    }
}

#[tokio::test]
async fn changing_the_password_takes_the_present_one_and_ends_the_other_sessions() {
    for world in worlds().await {
        let company = world.company(ANA).await;
        let (here, there) = (world.sign_in(ANA).await, world.sign_in(ANA).await);
        assert_eq!(code(world.change(&here, "not the password", OTHER).await), "wrong_password");
        assert_eq!(code(world.change(&here, PASSWORD, "short").await), "password_too_short");
        assert_eq!(code(world.change(&here, PASSWORD, PASSWORD).await), "password_unchanged");
        let renewed = world.change(&here, PASSWORD, OTHER).await.unwrap();
        assert!(world.caller(renewed.secret()).await.is_some());
        assert!(world.caller(here.secret()).await.is_none() && world.caller(there.secret()).await.is_none());
        assert!(world.audit(company.tenant_id).await.iter().any(|a| a == "account.change_password"));
        world.try_sign_in(ANA, OTHER, &home()).await.unwrap();
    }
}
