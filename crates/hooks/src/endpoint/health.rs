//! How an endpoint fares: since when nothing got through, and until when it is left alone.
//!
//! Invariant: written by the worker without raising the version, so that nobody's change of the endpoint is refused
//! because a message was sent meanwhile.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use kernel::Result;
use store::{Sql, Tx, sql};

use super::EndpointId;

/// What is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Health {
    /// The first failure since something got through.
    pub failing_since: Option<DateTime<Utc>>,
    /// Turns that failed since then.
    pub failures: i64,
    /// Nothing is sent before.
    pub held_until: Option<DateTime<Utc>>,
}

/// An endpoint that takes nothing for this long is disabled.
pub const PATIENCE: TimeDelta = TimeDelta::days(5);

const FIRST_PAUSE_SECONDS: i64 = 5;
const LONGEST_PAUSE_SECONDS: i64 = 300;

impl Health {
    /// After another turn in which nothing got through.
    pub fn failed(self, now: DateTime<Utc>) -> Self {
        let doublings = self.failures.clamp(0, 10);
        let pause = (FIRST_PAUSE_SECONDS << doublings).min(LONGEST_PAUSE_SECONDS);
        Self {
            failing_since: self.failing_since.or(Some(now)),
            failures: self.failures + 1,
            held_until: Some(now + TimeDelta::seconds(pause)),
        }
    }

    /// Has it failed for so long that it is given up?
    pub fn is_hopeless(self, now: DateTime<Utc>) -> bool {
        self.failing_since.is_some_and(|since| now - since >= PATIENCE)
    }

    pub fn is_held(self, now: DateTime<Utc>) -> bool {
        self.held_until.is_some_and(|until| until > now)
    }
}

/// Of some endpoints, by id.
pub async fn of(tx: &mut Tx, ids: &[EndpointId]) -> Result<HashMap<EndpointId, Health>> {
    let query = Sql::new("SELECT id, failing_since, failures, held_until FROM webhook_endpoint WHERE tenant_id = ")
        .bind(tx.tenant_id())
        .push(" AND id IN ")
        .bind_list(ids.iter().copied());
    type Kept = (EndpointId, Option<DateTime<Utc>>, Option<i64>, Option<DateTime<Utc>>);
    let rows: Vec<Kept> = tx.all(query).await?;
    let health = |(id, failing_since, failures, held_until): Kept| {
        (id, Health { failing_since, failures: failures.unwrap_or_default(), held_until })
    };
    Ok(rows.into_iter().map(health).collect())
}

/// Writes it down.
pub async fn note(tx: &mut Tx, id: EndpointId, health: Health) -> Result<()> {
    tx.execute(sql!(
        "UPDATE webhook_endpoint SET failing_since = {}, failures = {}, held_until = {} WHERE tenant_id = {} AND id = {}",
        health.failing_since,
        health.failures,
        health.held_until,
        tx.tenant_id(),
        id
    ))
    .await?;
    Ok(())
}

/// Begins anew.
pub async fn forget(tx: &mut Tx, id: EndpointId) -> Result<()> {
    note(tx, id, Health::default()).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_five_minutes_and_hope_ends_after_five_days() {
        let start = DateTime::from_timestamp(1_767_225_600, 0).unwrap();
        let mut health = Health::default();
        let mut pauses = Vec::new();
        for _ in 0..9 {
            health = health.failed(start);
            pauses.push((health.held_until.unwrap() - start).num_seconds());
        }
        assert_eq!(pauses, [5, 10, 20, 40, 80, 160, 300, 300, 300]);
        assert!(!health.is_hopeless(start + PATIENCE - TimeDelta::seconds(1)));
        assert!(health.is_hopeless(start + PATIENCE));
        assert!(!Health::default().is_hopeless(start + PATIENCE * 10));
    }
}
