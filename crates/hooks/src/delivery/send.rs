//! Sending what is due for one endpoint.
//!
//! Invariants: one worker at a time sends to an endpoint, so that one which is slow takes one worker and no more, and one
//! that fails is asked with a single message at growing intervals however much waits for it. Nothing is sent inside a
//! transaction. A worker that dies between sending and noting leaves the delivery due: it is sent again, under the same
//! `webhook-id`.

use std::time::{Duration, Instant};

use capabilities::fetch::{Answer, FetchError, FetchUrl, Post};
use chrono::{DateTime, TimeDelta, Utc};
use edge::Settings;
use futures::future::join_all;
use jobs::{Context, Verdict};
use kernel::{Can, Job, Result, permissions};
use serde::{Deserialize, Serialize};
use store::{EnqueueJob, Store, Tx, sql};

use super::{Delivery, DeliveryState, settle::settle};
use crate::{
    Hooks,
    endpoint::{Endpoint, EndpointId, health},
    sign::sign,
};

permissions! {
    /// Send messages to endpoints; held by the product's own workers.
    pub SendWebhooks = "webhook.send": [];
}

/// Send what is due for an endpoint.
#[derive(Debug, Serialize, Deserialize)]
pub struct SendDue {
    pub endpoint_id: EndpointId,
}

impl Job for SendDue {
    const KIND: &'static str = "webhook.send";
    const LEASE_SECONDS: i64 = 90;

    fn unique_key(&self) -> Option<String> {
        Some(self.endpoint_id.to_string())
    }
}

/// Messages to one endpoint at once.
const AT_ONCE: i64 = 8;
/// How long one job goes on before it queues itself again, so that others get their turn.
const TURN: Duration = Duration::from_secs(20);
/// How long a worker holds an endpoint. Longer than a turn and the longest answer.
const HOLD: TimeDelta = TimeDelta::seconds(60);
/// When to look again at an endpoint that another worker holds.
const BUSY: TimeDelta = TimeDelta::seconds(2);
/// Bytes of an answer that are read.
const MOST: usize = 64 * 1024;

/// One message that was sent, and what came of it.
pub(super) struct Sent {
    pub delivery: Delivery,
    pub at: DateTime<Utc>,
    pub took: Duration,
    pub answer: Result<Answer, FetchError>,
}

pub(crate) async fn send_due(context: Context, hooks: Hooks, settings: Settings, job: SendDue) -> Result<Verdict> {
    let can = context.can::<SendWebhooks>()?;
    let id = job.endpoint_id;
    let began = Instant::now();
    if !hold(&context.store, &can, id).await? {
        return Ok(Verdict::Done);
    }
    loop {
        let mut tx = context.store.read(&can).await?;
        let Some(endpoint) = tx.find::<Endpoint>(id).await?.filter(|endpoint| endpoint.enabled) else {
            return Ok(Verdict::Done);
        };
        let due = due(&mut tx, id).await?;
        drop(tx);
        if due.is_empty() {
            break;
        }
        let sent = join_all(due.into_iter().map(|delivery| send(&context.store, &hooks, &endpoint, delivery))).await;
        let sent = sent.into_iter().collect::<Result<Vec<Sent>>>()?;
        let mut tx = context.store.begin(&can).await?;
        let go_on = settle(&mut tx, &settings.public_url, id, sent).await?;
        tx.commit().await?;
        if !go_on || began.elapsed() > TURN {
            break;
        }
    }
    release(&context.store, &can, id).await?;
    Ok(Verdict::Done)
}

/// Takes the endpoint for this worker. False: it is gone, off, or another worker has it; that one may just have looked
/// for the last time, so this job comes back.
async fn hold(store: &Store, can: &Can<SendWebhooks>, id: EndpointId) -> Result<bool> {
    let mut tx = store.begin(can).await?;
    let (tenant, now) = (tx.tenant_id(), tx.now());
    let held = tx
        .execute(sql!(
            "UPDATE webhook_endpoint SET sending_until = {} WHERE tenant_id = {} AND id = {} AND enabled = {} \
             AND (sending_until IS NULL OR sending_until <= {})",
            now + HOLD,
            tenant,
            id,
            true,
            now
        ))
        .await?
        == 1;
    if !held && tx.find::<Endpoint>(id).await?.is_some_and(|endpoint| endpoint.enabled) {
        tx.enqueue_at(&SendDue { endpoint_id: id }, now + BUSY).await?;
    }
    tx.commit().await?;
    Ok(held)
}

/// The messages whose time has come, the longest waiting first; of an endpoint that fails, one.
async fn due(tx: &mut Tx, id: EndpointId) -> Result<Vec<Delivery>> {
    let (now, health) = (tx.now(), health::of(tx, &[id]).await?.remove(&id).unwrap_or_default());
    if health.is_held(now) {
        return Ok(Vec::new());
    }
    let select = tx
        .select::<Delivery>()
        .and("webhook_delivery.endpoint_id =", id)
        .and("webhook_delivery.next_try_at <=", now)
        .push(
            " AND webhook_delivery.state = 'waiting' ORDER BY webhook_delivery.next_try_at, webhook_delivery.id LIMIT ",
        )
        .bind(if health.failures > 0 { 1 } else { AT_ONCE });
    Ok(tx.all(select).await?)
}

async fn send(store: &Store, hooks: &Hooks, endpoint: &Endpoint, delivery: Delivery) -> Result<Sent> {
    let at = store.clock().now();
    let id = delivery.event_id.to_string();
    let signed = endpoint.secrets(at).into_iter().map(|secret| sign(secret, &id, at, delivery.payload.as_bytes()));
    let signatures = signed.collect::<Result<Vec<String>>>()?.join(" ");
    let began = Instant::now();
    let answer = match FetchUrl::parse(&endpoint.url, hooks.fetch.reach()) {
        // Taken while this program ran with the sandbox, and refused now.
        Err(_) => Err(FetchError::AddressRefused),
        Ok(url) => {
            let headers = vec![
                ("content-type", "application/json".to_owned()),
                ("webhook-id", id),
                ("webhook-timestamp", at.timestamp().to_string()),
                ("webhook-signature", signatures),
            ];
            let body = delivery.payload.clone().into();
            hooks.fetch.post(Post { url, headers, body, timeout: hooks.timeout, most: MOST }).await
        }
    };
    Ok(Sent { delivery, at, took: began.elapsed(), answer })
}

/// Gives the endpoint back, and comes again when the next message is due.
async fn release(store: &Store, can: &Can<SendWebhooks>, id: EndpointId) -> Result<()> {
    let mut tx = store.begin(can).await?;
    let (tenant, now) = (tx.tenant_id(), tx.now());
    let free = sql!("UPDATE webhook_endpoint SET sending_until = NULL WHERE tenant_id = {} AND id = {}", tenant, id);
    tx.execute(free).await?;
    let next = sql!(
        "SELECT next_try_at FROM webhook_delivery WHERE tenant_id = {} AND endpoint_id = {} AND state = {} \
         ORDER BY next_try_at LIMIT 1",
        tenant,
        id,
        DeliveryState::Waiting
    );
    if let Some((Some(next),)) = tx.optional::<(Option<DateTime<Utc>>,)>(next).await? {
        let held = health::of(&mut tx, &[id]).await?.remove(&id).and_then(|health| health.held_until);
        tx.enqueue_at(&SendDue { endpoint_id: id }, next.max(held.unwrap_or(next)).max(now)).await?;
    }
    tx.commit().await?;
    Ok(())
}
