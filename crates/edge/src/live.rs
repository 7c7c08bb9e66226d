//! `/events`: what happens in the tenant, as it happens (server-sent events). A notice names a kind and a record; the
//! browser reads the record for itself, with its own rights.
//!
//! Invariant: no notice is missed, whatever the order of commits and however often the connection is lost: each carries
//! an id from which everything later can be found, and the browser sends it back as `Last-Event-ID`. Some may be told
//! twice. When more was missed than is worth telling, `ready` says so and the browser reads everything again.

mod feed;

use std::{collections::HashSet, convert::Infallible, time::Duration};

use axum::{
    extract::State,
    http::HeaderMap,
    response::{
        IntoResponse, Sse,
        sse::{Event, KeepAlive},
    },
};
use futures::Stream;
use kernel::{Can, EventId, permissions};
use serde_json::json;
use store::{Notice, Since, Store};
use tokio::sync::{broadcast::error::RecvError, mpsc};
use tokio_stream::wrappers::ReceiverStream;

use crate::{App, May, Problem, limit::Account, load::StreamPlace};
pub use feed::Feeds;
use feed::Sent;

permissions! {
    /// See notices of what happens in the tenant, without the contents of records.
    pub WatchEvents = "event.watch": [Administrator, Sales, Billing, Marketing, Support, ReadOnly];
}

/// A stream ends after this long; the browser comes back, is asked again who it is, and has missed nothing.
const LONGEST: Duration = Duration::from_secs(15 * 60);
/// When more than this was missed, reading everything again is cheaper.
const MOST_MISSED: usize = 1000;

/// `GET /events`.
pub async fn events(
    May(can): May<WatchEvents>,
    State(app): State<App>,
    headers: HeaderMap,
) -> Result<impl IntoResponse, Problem> {
    let place = Account::of(can.caller()).map(|account| app.door.streams.open(account)).transpose()?;
    let resume = headers.get("last-event-id").and_then(|v| v.to_str().ok()?.parse::<i64>().ok());
    Ok(Sse::new(stream(app, can, resume, place))
        .keep_alive(KeepAlive::new().interval(Duration::from_secs(20)).text("alive")))
}

fn stream(
    app: App,
    can: Can<WatchEvents>,
    resume: Option<i64>,
    place: Option<StreamPlace>,
) -> impl Stream<Item = Result<Event, Infallible>> {
    let (sender, receiver) = mpsc::channel(64);
    tokio::spawn(async move {
        let mut listener = Listener { store: app.store.clone(), can, to: sender };
        let gone = listener.to.clone();
        tokio::select! {
            () = gone.closed() => {}
            _ = tokio::time::timeout(LONGEST, listener.tell(&app.door.feeds, resume)) => {}
        }
        drop(place);
    });
    ReceiverStream::new(receiver)
}

/// The browser is gone.
struct Gone;

struct Listener {
    store: Store,
    can: Can<WatchEvents>,
    to: mpsc::Sender<Result<Event, Infallible>>,
}

impl Listener {
    async fn tell(&mut self, feeds: &Feeds, resume: Option<i64>) -> Result<(), Gone> {
        let subscribed = feeds.subscribe(&self.store, self.can.tenant_id()).await;
        let (horizon, mut ear) = subscribed.map_err(|error| {
            tracing::warn!(%error, "live events: the outbox could not be read");
            Gone
        })?;
        let mut known = self.begin(resume, horizon).await?;
        let mut reached = horizon;
        loop {
            match ear.recv().await {
                Ok(Sent { resume, notice }) => {
                    reached = resume;
                    if !known.remove(&notice.id) && self.may_hear(&notice).await? {
                        self.send(resume, &notice).await?;
                    }
                }
                Err(RecvError::Lagged(_)) => known = self.begin(Some(reached), reached).await?,
                Err(RecvError::Closed) => return Err(Gone),
            }
        }
    }

    /// Tells what was missed since `resume`, if that is known and not too much, and answers the ids.
    async fn begin(&mut self, resume: Option<i64>, horizon: i64) -> Result<HashSet<EventId>, Gone> {
        let missed = match resume {
            Some(resume) => self.missed(resume).await,
            None => None,
        };
        let ready = json!({ "resumed": missed.is_some() }).to_string();
        let start = resume.filter(|_| missed.is_some()).unwrap_or(horizon);
        let ready = Event::default().event("ready").id(start.to_string()).data(ready);
        self.to.send(Ok(ready)).await.map_err(|_| Gone)?;
        let missed = missed.unwrap_or_default();
        for notice in &missed {
            self.send(start, notice).await?;
        }
        Ok(missed.into_iter().map(|notice| notice.id).collect())
    }

    /// None when it is too much, or cannot be read.
    async fn missed(&self, resume: i64) -> Option<Vec<Notice>> {
        let mut since = Since::horizon(resume);
        let mut missed = Vec::new();
        loop {
            let read = async { self.store.read(&self.can).await?.news(since, feed::PAGE).await };
            let news = read
                .await
                .inspect_err(|error| tracing::warn!(%error, "live events: the outbox could not be read"))
                .ok()?;
            missed.extend(news.notices);
            since = news.next;
            if !news.more {
                return Some(missed);
            }
            if missed.len() >= MOST_MISSED {
                return None;
            }
        }
    }

    /// The feed is everybody's; who sees a part of the records hears of that part.
    async fn may_hear(&self, notice: &Notice) -> Result<bool, Gone> {
        if self.can.caller().reach.narrowed().is_none() {
            return Ok(true);
        }
        let looked = async { self.store.read(&self.can).await?.hears(notice.id).await };
        looked.await.map_err(|error| {
            // The browser comes back and hears it then.
            tracing::warn!(%error, "live events: the outbox could not be read");
            Gone
        })
    }

    async fn send(&self, resume: i64, notice: &Notice) -> Result<(), Gone> {
        let data = json!({ "kind": notice.kind, "subject": notice.subject }).to_string();
        let event = Event::default().event("change").id(resume.to_string()).data(data);
        self.to.send(Ok(event)).await.map_err(|_| Gone)
    }
}
