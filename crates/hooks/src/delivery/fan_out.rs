//! One event to the endpoints that want it. The job is enqueued by the outbox in the transaction of the event.

use jobs::{Context, Verdict};
use kernel::{EventId, Job, Result, id, permissions};
use serde::{Deserialize, Serialize};
use store::{EnqueueJob, Sql, Tx};

use super::{Delivery, send::SendDue};
use crate::{
    catalogue::{self, Happened},
    endpoint::{Endpoint, EndpointId},
};

permissions! {
    /// Write the messages of events; held by the product's own workers.
    pub WriteMessages = "webhook.fan_out": [];
}

/// Enqueued with each event of a workspace that has an endpoint.
#[derive(Debug, Serialize, Deserialize)]
pub struct FanOut {
    pub event_id: EventId,
    #[serde(default)]
    pub related: Vec<String>,
}

impl Job for FanOut {
    const KIND: &'static str = "webhook.fan_out";
}

pub(crate) async fn fan_out(context: Context, public_url: String, job: FanOut) -> Result<Verdict> {
    let can = context.can::<WriteMessages>()?;
    let mut tx = context.store.begin(&can).await?;
    // Erased meanwhile, with whom it was about.
    let Some(event) = tx.event(job.event_id).await? else { return Ok(Verdict::Done) };
    let select = tx.select::<Endpoint>().and("enabled =", true).push(" ORDER BY webhook_endpoint.id");
    let mut wanting: Vec<Endpoint> = tx.all(select).await?;
    wanting.retain(|endpoint| endpoint.wants(&event.kind));
    if wanting.is_empty() {
        return Ok(Verdict::Done);
    }
    let there = Sql::new("SELECT endpoint_id FROM webhook_delivery WHERE tenant_id = ")
        .bind(tx.tenant_id())
        .and("event_id =", event.id)
        .push(" AND endpoint_id IN ")
        .bind_list(wanting.iter().map(|endpoint| endpoint.id));
    let there: Vec<(EndpointId,)> = tx.all(there).await?;
    let happened = Happened {
        kind: &event.kind,
        at: event.at,
        subject: &event.subject,
        version: version(&mut tx, &event.subject).await?,
        related: &job.related,
        carried: &event.data,
    };
    let payload = catalogue::message(&happened, &public_url);
    for endpoint in wanting.iter().filter(|endpoint| !there.contains(&(endpoint.id,))) {
        let delivery = Delivery::new(endpoint.id, event.id, &event.kind, payload.clone(), tx.now());
        tx.insert(&delivery).await?;
        tx.enqueue(&SendDue { endpoint_id: endpoint.id }).await?;
    }
    tx.commit().await?;
    Ok(Verdict::Done)
}

/// The version of a record as it is now; None where there is no such record any more, or it has none.
async fn version(tx: &mut Tx, subject: &str) -> Result<Option<i64>> {
    let noun = subject.split_once('_').and_then(|(prefix, _)| catalogue::noun(prefix));
    let Some((noun, table)) = noun.and_then(|noun| Some((noun, noun.table?))) else { return Ok(None) };
    let Ok(record) = id::parse(noun.prefix, subject) else { return Ok(None) };
    let query = Sql::new("SELECT version FROM ")
        .push(table)
        .push(" WHERE tenant_id = ")
        .bind(tx.tenant_id())
        .and("id =", record);
    Ok(tx.optional::<(i64,)>(query).await?.map(|(version,)| version))
}
