//! The sessions of the person who asks, in whichever workspace.

use chrono::{DateTime, Utc};
use kernel::{AccountId, Result, SessionId};
use serde::Serialize;
use store::{Tx, sql};
use utoipa::ToSchema;

use super::{ABSOLUTE, Device, IDLE, Session};
use crate::{platform, secret};

/// A session as its owner sees it.
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionView {
    pub id: SessionId,
    /// Browser and system, such as `Firefox, Windows`; empty where the browser did not say.
    #[schema(example = "Firefox, Windows")]
    pub device: String,
    #[schema(example = "Firefox")]
    pub browser: Option<String>,
    #[schema(example = "Windows")]
    pub system: Option<String>,
    /// The network address it was signed in from.
    pub address: Option<String>,
    pub created_at: DateTime<Utc>,
    pub last_seen_at: DateTime<Utc>,
    /// Is this the session that asks?
    pub current: bool,
    pub actions: Vec<&'static str>,
}

/// The running sessions of an account, the most recently used first. `cookie` tells which one is asking.
pub async fn list(tx: &mut Tx, account: AccountId, cookie: Option<&str>) -> Result<Vec<SessionView>> {
    let own = cookie.map(secret::digest);
    Ok(running(tx, account).await?.into_iter().map(|session| view(session, own.as_deref())).collect())
}

async fn running(tx: &mut Tx, account: AccountId) -> Result<Vec<Session>> {
    let now = tx.now();
    let query = platform::select::<Session>()
        .push("session.account_id = ")
        .bind(account)
        .and("session.last_seen_at >", now - IDLE)
        .and("session.created_at >", now - ABSOLUTE);
    Ok(tx.all(query.push(" ORDER BY session.last_seen_at DESC, session.id DESC")).await?)
}

/// The session whose secret this is, if it is the account's and runs.
pub(crate) async fn of_cookie(tx: &mut Tx, account: AccountId, cookie: Option<&str>) -> Result<Option<Session>> {
    let Some(digest) = cookie.map(secret::digest) else { return Ok(None) };
    let query =
        platform::select::<Session>().push("session.digest = ").bind(digest).and("session.account_id =", account);
    Ok(tx.optional(query).await?)
}

/// Ends the sessions of an account but the one to keep; answers how many.
pub(crate) async fn end_all_but(tx: &mut Tx, account: AccountId, kept: Option<SessionId>) -> Result<u64> {
    let all = sql!("DELETE FROM session WHERE account_id = {}", account);
    Ok(tx.execute(all.and_if("id <>", kept)).await?)
}

fn view(session: Session, own: Option<&[u8]>) -> SessionView {
    let device = session.user_agent.as_deref().map(Device::read);
    SessionView {
        id: session.id,
        device: session.device.clone().unwrap_or_default(),
        browser: device.and_then(|d| d.browser).map(str::to_owned),
        system: device.and_then(|d| d.system).map(str::to_owned),
        address: session.ip,
        created_at: session.created_at,
        last_seen_at: session.last_seen_at,
        current: own == Some(session.digest.as_slice()),
        actions: vec!["revoke"],
    }
}
