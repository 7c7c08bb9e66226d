//! Proving that one reads the mail of one's address. Until then nobody can sign in with it.

use edge::Settings;
use kernel::{Actor, Change, Event, Origin, Result};
use serde::Deserialize;
use store::Store;
use tokio::time::Instant;
use utoipa::ToSchema;

use super::{
    Account, Email,
    store::{by_email, by_id, nowhere, tenants, update},
    token::{self, Purpose},
};
use crate::{
    caller::acting,
    notice,
    session::{SignedIn, sign_in::SOONEST, start::start, throttle},
};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmEmail {
    /// From the link in the mail.
    pub token: String,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskByEmail {
    #[schema(example = "ana@example.com")]
    pub email: String,
}

/// Confirms the address and signs in: whoever has the link reads the mail.
pub async fn confirm(store: &Store, origin: &Origin, input: ConfirmEmail) -> Result<SignedIn> {
    let mut platform = store.platform().await?;
    let id = token::redeem(&mut platform, Purpose::ConfirmEmail, &input.token).await?;
    let account: Account = platform.one(by_id(id)).await?;
    let Some((tenant, member)) = tenants(&mut platform, id).await?.first().copied() else {
        return Err(nowhere(&mut platform, id).await);
    };
    let caller = acting(tenant, Actor::Member(member), Some(id), account.language, origin);
    let mut tx = platform.enter(caller).await?;
    let now = tx.now();
    let confirmed = Account { email_confirmed_at: account.email_confirmed_at.or(Some(now)), ..account.clone() };
    let account = update(&mut tx, &confirmed).await?;
    throttle::forgive(&mut tx, &account.email_folded).await?;
    throttle::note(&mut tx, &account.email_folded).await?;
    tx.audit(Change::new("account.confirm_email", id)).await?;
    tx.emit(Event::new("account.email_confirmed", id).related(member)).await?;
    let signed_in = start(&mut tx, &account, member, "session.sign_in").await?;
    tx.commit().await?;
    Ok(signed_in)
}

/// Mails the link again. The answer never tells whether there was anything to mail.
pub async fn resend(store: &Store, settings: &Settings, origin: &Origin, input: AskByEmail) -> Result<()> {
    let started = Instant::now();
    let email = Email::parse(&input.email)?;
    let sent = mail_link(store, settings, origin, &email).await;
    tokio::time::sleep_until(started + SOONEST).await;
    sent
}

async fn mail_link(store: &Store, settings: &Settings, origin: &Origin, email: &Email) -> Result<()> {
    let mut platform = store.platform().await?;
    let found: Option<Account> = platform.optional(by_email(&email.folded)).await?;
    let Some(account) = found.filter(|account| account.email_confirmed_at.is_none()) else { return Ok(()) };
    let Some((tenant, _)) = tenants(&mut platform, account.id).await?.first().copied() else { return Ok(()) };
    if token::too_many(&mut platform, account.id, Purpose::ConfirmEmail).await? {
        return Ok(());
    }
    let mut tx = platform.enter(acting(tenant, Actor::System, None, account.language, origin)).await?;
    let secret = token::issue(&mut tx, account.id, Purpose::ConfirmEmail).await?;
    notice::confirm_email(&mut tx, settings, &account, &secret).await?;
    Ok(tx.commit().await?)
}
