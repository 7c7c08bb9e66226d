//! Forgetting what has no further use: sessions and tokens that are over, attempts nobody counts any more (P044).

use chrono::TimeDelta;
use kernel::Result;
use store::{Store, sql};

use crate::session::{ABSOLUTE, IDLE, throttle::REMEMBERED};

/// Used and expired tokens are kept this long, so that their links still say what became of them.
const TOKENS_KEPT: TimeDelta = TimeDelta::days(30);

/// Removes what is over; answers how many rows went. May be run at any time, any number of times.
pub async fn sweep(store: &Store) -> Result<u64> {
    let mut tx = store.platform().await?;
    let now = tx.now();
    let mut gone = tx
        .execute(sql!("DELETE FROM session WHERE last_seen_at <= {} OR created_at <= {}", now - IDLE, now - ABSOLUTE))
        .await?;
    gone += tx.execute(sql!("DELETE FROM account_token WHERE expires_at <= {}", now - TOKENS_KEPT)).await?;
    gone += tx.execute(sql!("DELETE FROM sign_in_attempt WHERE at <= {}", now - REMEMBERED)).await?;
    tx.commit().await?;
    Ok(gone)
}
