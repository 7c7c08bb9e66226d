//! Setting a new password by mail. Whoever has the link reads the mail of the address, which confirms it too. Every
//! session ends, because the old password may have been in wrong hands.

use edge::Settings;
use kernel::{Actor, Change, Origin, Result};
use serde::Deserialize;
use store::Store;
use tokio::time::Instant;
use utoipa::ToSchema;

use super::{
    Account, Email,
    confirm::AskByEmail,
    password,
    store::{by_email, by_id, nowhere, tenants, update},
    token::{self, Purpose},
};
use crate::{
    caller::acting,
    notice,
    session::{list::end_all_but, sign_in::SOONEST, throttle},
};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResetPassword {
    /// From the link in the mail.
    pub token: String,
    #[schema(example = "quiet otter paints maps")]
    pub password: String,
}

/// Mails a link. The answer never tells whether the address is known.
pub async fn ask(store: &Store, settings: &Settings, origin: &Origin, input: AskByEmail) -> Result<()> {
    let started = Instant::now();
    let email = Email::parse(&input.email)?;
    let sent = mail_link(store, settings, origin, &email).await;
    tokio::time::sleep_until(started + SOONEST).await;
    sent
}

async fn mail_link(store: &Store, settings: &Settings, origin: &Origin, email: &Email) -> Result<()> {
    let mut platform = store.platform().await?;
    let found: Option<Account> = platform.optional(by_email(&email.folded)).await?;
    let Some(account) = found else { return Ok(()) };
    let Some((tenant, member)) = tenants(&mut platform, account.id).await?.first().copied() else { return Ok(()) };
    if token::too_many(&mut platform, account.id, Purpose::ResetPassword).await? {
        return Ok(());
    }
    let mut tx = platform.enter(acting(tenant, Actor::System, None, account.language, origin)).await?;
    let secret = token::issue(&mut tx, account.id, Purpose::ResetPassword).await?;
    notice::reset_password(&mut tx, settings, &account, &secret).await?;
    tx.audit(Change::new("account.ask_password_reset", member)).await?;
    Ok(tx.commit().await?)
}

/// Sets the password and ends every session. A password that is refused leaves the link good for another try.
pub async fn reset(store: &Store, settings: &Settings, origin: &Origin, input: ResetPassword) -> Result<()> {
    // The hash is made first: no transaction waits for it. Whose password it is, is known only then.
    let typed = input.password.clone();
    password::apart(move || password::check("password", &typed, &[])).await??;
    let password_hash = password::hash(input.password.clone()).await?;
    let mut platform = store.platform().await?;
    let id = token::redeem(&mut platform, Purpose::ResetPassword, &input.token).await?;
    let account: Account = platform.one(by_id(id)).await?;
    password::check("password", &input.password, &account.personal())?;
    let Some((tenant, member)) = tenants(&mut platform, id).await?.first().copied() else {
        return Err(nowhere(&mut platform, id).await);
    };
    let mut tx = platform.enter(acting(tenant, Actor::Member(member), Some(id), account.language, origin)).await?;
    let now = tx.now();
    let email_confirmed_at = account.email_confirmed_at.or(Some(now));
    let account =
        update(&mut tx, &Account { password_hash, password_changed_at: now, email_confirmed_at, ..account }).await?;
    end_all_but(&mut tx, id, None).await?;
    throttle::forgive(&mut tx, &account.email_folded).await?;
    tx.audit(Change::new("account.reset_password", member)).await?;
    notice::password_changed(&mut tx, settings, &account).await?;
    Ok(tx.commit().await?)
}
