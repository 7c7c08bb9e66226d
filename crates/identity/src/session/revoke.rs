//! Ending sessions: one, all others, or one's own by signing out.

use kernel::{AccountId, Change, Error, Result, SessionId};
use store::{Store, Tx, sql};

use super::list::{end_all_but, of_cookie};
use crate::secret;

/// Ends one session of the account; another's is not found.
pub async fn revoke(tx: &mut Tx, account: AccountId, id: SessionId) -> Result<()> {
    let ended = tx.execute(sql!("DELETE FROM session WHERE id = {} AND account_id = {}", id, account)).await?;
    if ended == 0 {
        return Err(Error::not_found("session"));
    }
    tx.audit(Change::new("session.revoke", id)).await?;
    Ok(())
}

/// Ends every session of the account but the one that asks; answers how many ended.
pub async fn revoke_others(tx: &mut Tx, account: AccountId, cookie: Option<&str>) -> Result<u64> {
    let own = of_cookie(tx, account, cookie).await?;
    let ended = end_all_but(tx, account, own.map(|session| session.id)).await?;
    tx.audit(Change::new("session.revoke_others", account).after(&serde_json::json!({ "ended": ended }))).await?;
    Ok(ended)
}

/// Ends the session that asks.
pub async fn sign_out(tx: &mut Tx, account: AccountId, cookie: Option<&str>) -> Result<()> {
    if let Some(session) = of_cookie(tx, account, cookie).await? {
        tx.execute(sql!("DELETE FROM session WHERE id = {}", session.id)).await?;
        tx.audit(Change::new("session.sign_out", session.id)).await?;
    }
    Ok(())
}

/// Ends the session of a cookie whose workspace is closed. Its trail is at rest, so nothing is written there.
pub async fn leave(store: &Store, cookie: Option<&str>) -> Result<()> {
    let Some(digest) = cookie.map(secret::digest) else { return Ok(()) };
    let mut tx = store.platform().await?;
    tx.execute(sql!("DELETE FROM session WHERE digest = {}", digest)).await?;
    Ok(tx.commit().await?)
}
