//! Signing in with address and password (P037, P044).
//!
//! Invariant: an unknown address, a wrong password and a wrong password of an unconfirmed account are answered alike,
//! in words and in time.

use std::{sync::Arc, time::Duration};

use edge::Settings;
use kernel::{Actor, Caller, Change, Error, MemberId, Origin, Result, TenantId};
use serde::Deserialize;
use store::Store;
use tokio::time::Instant;
use utoipa::ToSchema;

use super::{SignedIn, start::start, throttle};
use crate::{
    account::{self, Account, Email, password},
    caller::acting,
    notice,
};

/// A refusal leaves no sooner than this, which hides what was done for a known address and not for an unknown one.
pub(crate) const SOONEST: Duration = Duration::from_millis(200);

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    #[schema(example = "ana@example.com")]
    pub email: String,
    #[schema(example = "quiet otter paints maps")]
    pub password: String,
}

/// Begins a session in the workspace the person used last.
pub async fn sign_in(store: &Store, settings: &Settings, origin: &Origin, input: SignIn) -> Result<SignedIn> {
    let started = Instant::now();
    let email = Email::parse(&input.email)?;
    let result = attempt(store, settings, origin, &email, input.password).await;
    if result.is_err() {
        tokio::time::sleep_until(started + SOONEST).await;
    }
    result
}

async fn attempt(
    store: &Store,
    settings: &Settings,
    origin: &Origin,
    email: &Email,
    typed: String,
) -> Result<SignedIn> {
    let (account, attempt) = verified(store, settings, origin, email, typed).await?;
    if account.email_confirmed_at.is_none() {
        return Err(not_confirmed());
    }
    let mut platform = store.platform().await?;
    let tenants = account::store::tenants(&mut platform, account.id).await?;
    let Some((tenant, member)) = tenants.first().copied() else {
        return Err(account::store::nowhere(&mut platform, account.id).await);
    };
    let caller = acting(tenant, Actor::Member(member), Some(account.id), account.language, origin);
    let mut tx = platform.enter(caller).await?;
    let is_new_place = throttle::succeeded(&mut tx, &attempt).await?;
    let signed_in = start(&mut tx, &account, member, "session.sign_in").await?;
    if is_new_place {
        notice::new_device(&mut tx, settings, &account).await?;
    }
    tx.commit().await?;
    Ok(signed_in)
}

/// The account whose password this is. A wrong one is written into the audit trail of the workspace its owner used
/// last, and its owner is told when it happens often.
pub(crate) async fn verified(
    store: &Store,
    settings: &Settings,
    origin: &Origin,
    email: &Email,
    typed: String,
) -> Result<(Account, throttle::Attempt)> {
    let mut platform = store.platform().await?;
    let attempt = throttle::admit(&mut platform, &email.folded, origin).await?;
    let account: Option<Account> = platform.optional(account::store::by_email(&email.folded)).await?;
    let tenants = match &account {
        Some(account) => account::store::tenants(&mut platform, account.id).await?,
        None => Vec::new(),
    };
    platform.commit().await?;
    let stored = account.as_ref().map(|account| account.password_hash.clone());
    let verdict = password::verify(typed.clone(), stored).await?;
    match account {
        Some(account) if verdict.matches => {
            let account =
                if verdict.outdated { rehash(store, &tenants, account, typed, origin).await? } else { account };
            Ok((account, attempt))
        }
        Some(account) => {
            failed(store, settings, origin, &account, tenants.first().copied(), &attempt).await?;
            Err(wrong())
        }
        None => Err(wrong()),
    }
}

async fn failed(
    store: &Store,
    settings: &Settings,
    origin: &Origin,
    account: &Account,
    home: Option<(TenantId, MemberId)>,
    attempt: &throttle::Attempt,
) -> Result<()> {
    let Some((tenant, member)) = home else { return Ok(()) };
    let caller: Arc<Caller> = acting(tenant, Actor::System, None, account.language, origin);
    let mut tx = store.platform().await?.enter(caller).await?;
    tx.audit(Change::new("session.sign_in_failed", member)).await?;
    if throttle::is_alarming(&mut tx, attempt).await? && account.email_confirmed_at.is_some() {
        notice::many_failures(&mut tx, settings, account).await?;
    }
    Ok(tx.commit().await?)
}

/// A password kept with less than today's cost is kept anew while it is known (P022).
async fn rehash(
    store: &Store,
    tenants: &[(TenantId, MemberId)],
    account: Account,
    typed: String,
    origin: &Origin,
) -> Result<Account> {
    let Some((tenant, member)) = tenants.first().copied() else { return Ok(account) };
    let password_hash = password::hash(typed).await?;
    let caller = acting(tenant, Actor::Member(member), Some(account.id), account.language, origin);
    let mut tx = store.platform().await?.enter(caller).await?;
    let account = account::store::update(&mut tx, &Account { password_hash, ..account }).await?;
    tx.commit().await?;
    Ok(account)
}

fn wrong() -> Error {
    Error::unauthenticated(
        "wrong_credentials",
        "The address or the password is not right. Try again, or set a new password by mail.",
    )
}

fn not_confirmed() -> Error {
    Error::Door {
        status: 403,
        code: "email_not_confirmed",
        detail: "Confirm your address first: open the link we have mailed you, or ask for a new one.".into(),
        retry_after_seconds: None,
    }
}

pub(crate) fn no_workspace() -> Error {
    Error::Door {
        status: 403,
        code: "no_workspace",
        detail: "You belong to no workspace any more. Ask for an invitation, or sign up anew.".into(),
        retry_after_seconds: None,
    }
}
