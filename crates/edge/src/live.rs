//! `/events`: what happens in the tenant, as it happens (server-sent events). A notice names a kind and a record; the
//! browser reads the record for itself, with its own rights. What other nodes commit is found by reading the outbox.

use std::{convert::Infallible, time::Duration};

use axum::{
    extract::State,
    response::{
        IntoResponse, Sse,
        sse::{Event, KeepAlive},
    },
};
use futures::Stream;
use kernel::{Can, EventId, permissions};
use serde_json::json;
use store::{Store, sql};
use tokio::sync::{broadcast, mpsc};
use tokio_stream::wrappers::ReceiverStream;

use crate::{App, May, Problem, limit::Account, load::StreamPlace};

permissions! {
    /// See notices of what happens in the tenant, without the contents of records.
    pub WatchEvents = "event.watch": [Administrator, Sales, Billing, Marketing, Support, ReadOnly];
}

/// How often another node's events are looked for.
const POLL: Duration = Duration::from_secs(2);

/// `GET /events`.
pub async fn events(May(can): May<WatchEvents>, State(app): State<App>) -> Result<impl IntoResponse, Problem> {
    let place = Account::of(can.caller()).map(|account| app.door.streams.open(account)).transpose()?;
    Ok(Sse::new(stream(app.store, can, place))
        .keep_alive(KeepAlive::new().interval(Duration::from_secs(20)).text("alive")))
}

fn stream(
    store: Store,
    can: Can<WatchEvents>,
    place: Option<StreamPlace>,
) -> impl Stream<Item = Result<Event, Infallible>> {
    let (sender, receiver) = mpsc::channel(64);
    tokio::spawn(async move {
        follow(store, can, sender).await;
        drop(place);
    });
    ReceiverStream::new(receiver)
}

/// Sends notices until the browser goes away. The outbox is the truth; a local commit only wakes the look at it.
async fn follow(store: Store, can: Can<WatchEvents>, to: mpsc::Sender<Result<Event, Infallible>>) {
    let mut committed = store.committed();
    let mut last = EventId::new();
    if to.send(Ok(Event::default().event("ready").data("{}"))).await.is_err() {
        return;
    }
    loop {
        tokio::select! {
            () = to.closed() => return,
            () = tokio::time::sleep(POLL) => {}
            heard = committed.recv() => match heard {
                Ok(notice) if notice.tenant_id != can.tenant_id() => continue,
                Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => {}
                Err(broadcast::error::RecvError::Closed) => return,
            },
        }
        match since(&store, &can, last).await {
            Ok(found) => {
                for (id, kind, subject) in found {
                    last = std::cmp::max(last, id);
                    let data = json!({ "kind": kind, "subject": subject }).to_string();
                    if to.send(Ok(Event::default().event("change").id(id.to_string()).data(data))).await.is_err() {
                        return;
                    }
                }
            }
            Err(error) => tracing::warn!(%error, "live events: the outbox could not be read"),
        }
    }
}

async fn since(store: &Store, can: &Can<WatchEvents>, last: EventId) -> store::Result<Vec<(EventId, String, String)>> {
    let mut tx = store.read(can).await?;
    let tenant = tx.tenant_id();
    tx.all(sql!(
        "SELECT id, kind, subject FROM event WHERE tenant_id = {} AND id > {} ORDER BY id LIMIT 200",
        tenant,
        last
    ))
    .await
}
