//! Beginning a session, and giving a running one a new secret where its rights change.

use kernel::{Change, MemberId, Result, SessionId};
use store::{Tx, sql};

use super::{Device, Session, SignedIn};
use crate::{
    account::{self, Account},
    platform,
    secret::Secret,
};

/// Sessions of one account beyond this end, the least recently used first.
const MOST: i64 = 50;

/// Signs a browser in to the tenant of the transaction. `how` is the action the audit trail names (P037).
pub(crate) async fn start(tx: &mut Tx, account: &Account, member: MemberId, how: &'static str) -> Result<SignedIn> {
    let (secret, now, tenant_id, origin) = (Secret::new(), tx.now(), tx.tenant_id(), tx.caller().origin.clone());
    let device = origin.user_agent.as_deref().and_then(|agent| Device::read(agent).label());
    let session = Session {
        id: SessionId::new(),
        tenant_id,
        account_id: account.id,
        digest: secret.digest,
        ip: origin.ip.map(|ip| ip.to_string()),
        user_agent: origin.user_agent,
        device,
        created_at: now,
        last_seen_at: now,
    };
    tx.execute(platform::insert(&session)).await?;
    tx.execute(account::store::entered(tenant_id, account.id, now)).await?;
    let surplus = sql!(
        "DELETE FROM session WHERE account_id = {} AND id NOT IN \
         (SELECT id FROM session WHERE account_id = {} ORDER BY last_seen_at DESC, id DESC LIMIT {})",
        account.id,
        account.id,
        MOST
    );
    tx.execute(surplus).await?;
    let facts = serde_json::json!({ "session": session.id, "device": session.device });
    tx.audit(Change::new(how, member).after(&facts)).await?;
    Ok(SignedIn { account_id: account.id, tenant_id, secret: secret.text })
}

/// Puts a new secret in the place of the old one, which ends with the transaction.
pub(crate) async fn rotate(tx: &mut Tx, session: &Session) -> Result<SignedIn> {
    let (secret, now, tenant_id) = (Secret::new(), tx.now(), tx.tenant_id());
    let update = sql!(
        "UPDATE session SET digest = {}, tenant_id = {}, last_seen_at = {} WHERE id = {} AND digest = {}",
        secret.digest,
        tenant_id,
        now,
        session.id,
        session.digest.clone()
    );
    if tx.execute(update).await? == 0 {
        // Somebody else has just given it another secret, or ended it.
        return Err(kernel::Error::unauthenticated("sign_in_required", "Sign in again."));
    }
    Ok(SignedIn { account_id: session.account_id, tenant_id, secret: secret.text })
}
