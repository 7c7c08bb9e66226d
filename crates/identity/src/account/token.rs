//! Secrets sent by mail that prove, once, that somebody reads the mail of an address.

use chrono::{DateTime, TimeDelta, Utc};
use kernel::{AccountId, Error, Uuid};
use store::{PlatformTx, Result, Tx, sql};

use crate::{platform, secret};

kernel::states! {
    /// What a token is good for; each lives as long as its purpose needs.
    pub(crate) enum Purpose { ConfirmEmail = "confirm_email", ResetPassword = "reset_password" }
}

impl Purpose {
    pub(crate) fn lifetime(self) -> TimeDelta {
        match self {
            Purpose::ConfirmEmail => TimeDelta::hours(48),
            Purpose::ResetPassword => TimeDelta::hours(1),
        }
    }
}

/// Most tokens of one purpose that an account is sent in an hour: asking more often sends nothing more.
const MOST_PER_HOUR: i64 = 5;

store::record! {
    struct AccountToken in account_token {
        id: Uuid,
        account_id: AccountId,
        purpose: Purpose,
        digest: Vec<u8>,
        expires_at: DateTime<Utc>,
        used_at: Option<DateTime<Utc>>,
        created_at: DateTime<Utc>,
    }
}

/// A fresh token for the account.
pub(crate) async fn issue(tx: &mut Tx, account_id: AccountId, purpose: Purpose) -> Result<String> {
    let secret = secret::Secret::new();
    let now = tx.now();
    let token = AccountToken {
        id: Uuid::now_v7(),
        account_id,
        purpose,
        digest: secret.digest,
        expires_at: now + purpose.lifetime(),
        used_at: None,
        created_at: now,
    };
    tx.execute(platform::insert(&token)).await?;
    Ok(secret.text)
}

/// Has the account been sent as many of these in the last hour as it may be?
pub(crate) async fn too_many(tx: &mut PlatformTx, account_id: AccountId, purpose: Purpose) -> Result<bool> {
    let since = tx.now() - TimeDelta::hours(1);
    let sql = sql!(
        "SELECT count(*) FROM account_token WHERE account_id = {} AND purpose = {} AND created_at > {}",
        account_id,
        purpose,
        since
    );
    let (sent,): (i64,) = tx.one(sql).await?;
    Ok(sent >= MOST_PER_HOUR)
}

/// Uses a token up, and every other of the account for the same purpose. Of two who come with one token, one is refused.
pub(crate) async fn redeem(tx: &mut PlatformTx, purpose: Purpose, text: &str) -> kernel::Result<AccountId> {
    let (now, digest) = (tx.now(), secret::digest(text));
    let used = sql!(
        "UPDATE account_token SET used_at = {} WHERE digest = {} AND purpose = {} AND used_at IS NULL AND expires_at > {} RETURNING account_id",
        now,
        digest.clone(),
        purpose,
        now
    );
    let found: Option<(AccountId,)> = tx.optional(used).await?;
    let Some((account_id,)) = found else {
        return Err(refusal(tx, purpose, digest).await?);
    };
    let others = sql!(
        "UPDATE account_token SET used_at = {} WHERE account_id = {} AND purpose = {} AND used_at IS NULL",
        now,
        account_id,
        purpose
    );
    tx.execute(others).await?;
    Ok(account_id)
}

async fn refusal(tx: &mut PlatformTx, purpose: Purpose, digest: Vec<u8>) -> Result<Error> {
    let sql = sql!("SELECT used_at FROM account_token WHERE digest = {} AND purpose = {}", digest, purpose);
    let found: Option<(Option<DateTime<Utc>>,)> = tx.optional(sql).await?;
    Ok(match found {
        None => Error::not_found("link"),
        Some((Some(_),)) => {
            gone("link_used", "This link has been used already. Ask for a new one if you still need it.")
        }
        Some((None,)) => gone("link_expired", "This link is no longer valid. Ask for a new one."),
    })
}

/// 410: it was there once.
pub(crate) fn gone(code: &'static str, detail: &str) -> Error {
    Error::Door { status: 410, code, detail: detail.to_owned(), retry_after_seconds: None }
}
