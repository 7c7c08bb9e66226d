//! Guessing is slowed, and whoever it is aimed at is not locked out (P044).
//!
//! Failures are counted in the database, so that every node counts alike: by address and network address together, by
//! network address alone, and by address alone. The last does not count against places from which the person has
//! signed in before, so that an attack from elsewhere leaves them their way in. Running sessions go on in any case.
//!
//! An attempt is written down as failed before the password is looked at and marked as a success after; what is tried
//! at the same moment is therefore counted too. Addresses that belong to nobody are counted just the same.

use chrono::{DateTime, TimeDelta, Utc};
use kernel::{Error, Origin, Result, Uuid};
use sha2::{Digest, Sha256};
use store::{PlatformTx, Sql, Tx, sql};

use super::Device;

/// Failures are counted over this time.
pub(crate) const WINDOW: TimeDelta = TimeDelta::minutes(15);
/// Most failures on one account in that time, in all and from one place.
pub(crate) const MOST_PER_ACCOUNT: i64 = 10;
/// Most failures from one network address, on whatever accounts: an office shares one.
const MOST_PER_ADDRESS: i64 = 100;
/// A place stays known for this long after a success; attempts are forgotten after it.
pub(crate) const REMEMBERED: TimeDelta = TimeDelta::days(30);

/// An attempt that has been let through and counts as failed so far.
#[derive(Debug, Clone)]
pub(crate) struct Attempt {
    id: Uuid,
    email_digest: Vec<u8>,
    ip: Option<String>,
    device: Option<String>,
    at: DateTime<Utc>,
}

/// Lets an attempt on an address through, or refuses with 429 and the seconds to wait.
pub(crate) async fn admit(tx: &mut PlatformTx, email_folded: &str, origin: &Origin) -> Result<Attempt> {
    let attempt = Attempt {
        id: Uuid::now_v7(),
        email_digest: Sha256::digest(email_folded).to_vec(),
        ip: origin.ip.map(|ip| ip.to_string()),
        device: origin.user_agent.as_deref().and_then(|agent| Device::read(agent).label()),
        at: tx.now(),
    };
    let since = attempt.at - WINDOW;
    let on_account = || failures(since).and("email_digest =", attempt.email_digest.clone());
    let from_here = |sql: Sql| match &attempt.ip {
        Some(ip) => sql.and("ip =", ip.clone()),
        None => sql.push(" AND ip IS NULL"),
    };
    let mut blocking = reached(tx, from_here(on_account()), MOST_PER_ACCOUNT).await?;
    if blocking.is_none() {
        blocking = reached(tx, from_here(failures(since)), MOST_PER_ADDRESS).await?;
    }
    if blocking.is_none() && !is_known_place(tx, &attempt).await? {
        blocking = reached(tx, on_account(), MOST_PER_ACCOUNT).await?;
    }
    if let Some(oldest) = blocking {
        // Rounded up: who waits exactly this long is let through.
        return Err(slowed((oldest + WINDOW - attempt.at).num_seconds().unsigned_abs() + 1));
    }
    tx.execute(sql!(
        "INSERT INTO sign_in_attempt (id, email_digest, ip, device, succeeded, at) VALUES ({}, {}, {}, {}, FALSE, {})",
        attempt.id,
        attempt.email_digest.clone(),
        attempt.ip.clone(),
        attempt.device.clone(),
        attempt.at
    ))
    .await?;
    Ok(attempt)
}

/// Marks an attempt as a success. Answers whether neither its device nor its place has been seen with this account
/// before although others have: then its owner is told.
pub(crate) async fn succeeded(tx: &mut Tx, attempt: &Attempt) -> Result<bool> {
    let before: Vec<(Option<String>, Option<String>)> = tx
        .all(sql!(
            "SELECT ip, device FROM sign_in_attempt WHERE email_digest = {} AND succeeded = TRUE AND at > {} ORDER BY at DESC LIMIT 200",
            attempt.email_digest.clone(),
            attempt.at - REMEMBERED
        ))
        .await?;
    tx.execute(sql!("UPDATE sign_in_attempt SET succeeded = TRUE WHERE id = {}", attempt.id)).await?;
    let known = before.iter().any(|(ip, device)| *ip == attempt.ip || *device == attempt.device);
    Ok(!before.is_empty() && !known)
}

/// Notes a sign-in that took no password, such as by confirming an address, so that its place is known.
pub(crate) async fn note(tx: &mut Tx, email_folded: &str) -> Result<()> {
    let (origin, now) = (tx.caller().origin.clone(), tx.now());
    tx.execute(sql!(
        "INSERT INTO sign_in_attempt (id, email_digest, ip, device, succeeded, at) VALUES ({}, {}, {}, {}, TRUE, {})",
        Uuid::now_v7(),
        Sha256::digest(email_folded).to_vec(),
        origin.ip.map(|ip| ip.to_string()),
        origin.user_agent.as_deref().and_then(|agent| Device::read(agent).label()),
        now
    ))
    .await?;
    Ok(())
}

/// Forgets the failures on an account whose owner has proven to read its mail.
pub(crate) async fn forgive(tx: &mut Tx, email_folded: &str) -> Result<()> {
    let digest = Sha256::digest(email_folded).to_vec();
    tx.execute(sql!("DELETE FROM sign_in_attempt WHERE email_digest = {} AND succeeded = FALSE", digest)).await?;
    Ok(())
}

/// Is this failure the one at which the account's owner is told?
pub(crate) async fn is_alarming(tx: &mut Tx, attempt: &Attempt) -> Result<bool> {
    let query = sql!(
        "SELECT count(*) FROM sign_in_attempt WHERE email_digest = {} AND succeeded = FALSE AND at > {}",
        attempt.email_digest.clone(),
        attempt.at - WINDOW
    );
    Ok(tx.count(query).await? == MOST_PER_ACCOUNT)
}

fn failures(since: DateTime<Utc>) -> Sql {
    sql!("SELECT at FROM sign_in_attempt WHERE succeeded = FALSE AND at > {}", since)
}

/// Where there are `most` failures or more: the time of the one whose end lets the next attempt through.
async fn reached(tx: &mut PlatformTx, failures: Sql, most: i64) -> Result<Option<DateTime<Utc>>> {
    let nth: Option<(DateTime<Utc>,)> =
        tx.optional(failures.push(" ORDER BY at DESC LIMIT 1 OFFSET ").bind(most - 1)).await?;
    Ok(nth.map(|(at,)| at))
}

async fn is_known_place(tx: &mut PlatformTx, attempt: &Attempt) -> Result<bool> {
    let Some(ip) = &attempt.ip else { return Ok(false) };
    let query = sql!(
        "SELECT id FROM sign_in_attempt WHERE email_digest = {} AND ip = {} AND succeeded = TRUE AND at > {} LIMIT 1",
        attempt.email_digest.clone(),
        ip.clone(),
        attempt.at - REMEMBERED
    );
    Ok(tx.optional::<(Uuid,)>(query).await?.is_some())
}

fn slowed(seconds: u64) -> Error {
    let wait = if seconds < 120 { format!("{seconds} seconds") } else { format!("{} minutes", seconds.div_ceil(60)) };
    Error::Door {
        status: 429,
        code: "too_many_attempts",
        detail: format!("Too many attempts. Try again in {wait}, or set a new password by mail."),
        retry_after_seconds: Some(seconds),
    }
}
