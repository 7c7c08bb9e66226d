//! Changing one's password while signed in. It takes the present one; every other session ends, and this one gets a
//! new secret.

use edge::Settings;
use kernel::{AccountId, Caller, Change, Error, Result};
use serde::Deserialize;
use std::sync::Arc;
use store::Store;
use utoipa::ToSchema;

use super::{
    Account, password,
    store::{get, update},
};
use crate::{
    caller::acting,
    notice,
    session::{
        SignedIn,
        list::{end_all_but, of_cookie},
        start::rotate,
        throttle,
    },
};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePassword {
    pub current_password: String,
    #[schema(example = "quiet otter paints maps")]
    pub new_password: String,
}

pub async fn change_password(
    store: &Store,
    settings: &Settings,
    caller: &Arc<Caller>,
    id: AccountId,
    cookie: Option<&str>,
    input: ChangePassword,
) -> Result<SignedIn> {
    let mut platform = store.platform().await?;
    let account: Account = platform.one(super::store::by_id(id)).await?;
    // A stolen session must not become a place to guess the password at leisure.
    let attempt = throttle::admit(&mut platform, &account.email_folded, &caller.origin).await?;
    platform.commit().await?;
    let verdict = password::verify(input.current_password.clone(), Some(account.password_hash.clone())).await?;
    if !verdict.matches {
        return Err(Error::invalid("current_password", "wrong_password", "This is not your present password."));
    }
    let (typed, known) = (input.new_password.clone(), account.personal().map(str::to_owned));
    password::apart(move || password::check("new_password", &typed, &[&known[0], &known[1]])).await??;
    if input.new_password == input.current_password {
        return Err(Error::invalid(
            "new_password",
            "password_unchanged",
            "Choose a password other than the present one.",
        ));
    }
    let password_hash = password::hash(input.new_password).await?;
    let there = acting(caller.tenant_id, caller.actor, caller.account_id, caller.language, &caller.origin);
    let mut tx = store.platform().await?.enter(there).await?;
    let session = of_cookie(&mut tx, id, cookie).await?.ok_or_else(|| Error::not_found("session"))?;
    throttle::succeeded(&mut tx, &attempt).await?;
    let now = tx.now();
    let account = get(&mut tx, id).await?;
    let account = update(&mut tx, &Account { password_hash, password_changed_at: now, ..account }).await?;
    end_all_but(&mut tx, id, Some(session.id)).await?;
    let signed_in = rotate(&mut tx, &session).await?;
    tx.audit(Change::new("account.change_password", id)).await?;
    notice::password_changed(&mut tx, settings, &account).await?;
    tx.commit().await?;
    Ok(signed_in)
}
