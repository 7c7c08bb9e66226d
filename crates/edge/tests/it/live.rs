//! Live events miss nothing: not what a slower transaction commits late, not what happened while nobody listened.

use std::sync::Arc;

use axum::body::{Body, BodyDataStream};
use edge::{limit::Rates, live::WatchEvents, load::Capacity};
use futures::StreamExt;
use kernel::{Caller, Can, Event, TenantId};
use store::{Since, Store, Tx};
use testkit::TestStore;

use crate::stage::{Stage, secret, until};

const HOME: &str = "198.51.100.1";

fn can(tenant: TenantId) -> Can<WatchEvents> {
    Can::check(Arc::new(Caller::system(tenant))).unwrap()
}

fn made(subject: &str) -> Event {
    Event { kind: "thing.made", subject: subject.to_owned(), related: Vec::new(), data: serde_json::Value::Null }
}

async fn emitted(store: &Store, tenant: TenantId, subject: &str) -> Tx {
    let mut tx = store.begin(&can(tenant)).await.unwrap();
    tx.emit(made(subject)).await.unwrap();
    // The event itself travels with the next statement: here it is to have its place now.
    tx.count(store::Sql::new("SELECT count(*) FROM event WHERE kind = ''")).await.unwrap();
    tx
}

/// What a browser hears.
struct Ear {
    body: BodyDataStream,
    heard: String,
}

impl Ear {
    async fn open(stage: &Stage, secret: &str, last: Option<&str>) -> Ear {
        let mut request = Stage::request("/events", HOME, Some(secret));
        if let Some(last) = last {
            request.headers_mut().insert("last-event-id", last.parse().unwrap());
        }
        let response = tower::ServiceExt::oneshot(stage.router.clone(), request).await.unwrap();
        assert_eq!(response.status(), 200);
        let body: Body = response.into_body();
        let mut ear = Ear { body: body.into_data_stream(), heard: String::new() };
        ear.hear("event: ready").await;
        ear
    }

    /// Listens until a text has been heard.
    async fn hear(&mut self, text: &str) {
        let listening = async {
            while !self.heard.contains(text) {
                let chunk = self.body.next().await.expect("the stream goes on").unwrap();
                self.heard.push_str(std::str::from_utf8(&chunk).unwrap());
            }
        };
        let waited = tokio::time::timeout(std::time::Duration::from_secs(30), listening).await;
        assert!(waited.is_ok(), "{text} was not heard, but: {}", self.heard);
    }

    /// The id a browser would send when it comes back.
    fn last_id(&self) -> String {
        self.heard.lines().filter_map(|l| l.strip_prefix("id: ")).next_back().unwrap().to_owned()
    }

    fn count(&self, text: &str) -> usize {
        self.heard.matches(text).count()
    }
}

fn stage(store: &TestStore) -> Stage {
    Stage::new(store, Rates::off(), Capacity::default())
}

#[tokio::test]
async fn what_a_slower_transaction_commits_late_is_heard() {
    for store in testkit::stores().await {
        if store.kind() == "sqlite" {
            continue; // one writer: no transaction is slower than the next
        }
        let (stage, tenant) = (stage(&store), TenantId::new());
        let mut ear = Ear::open(&stage, &secret(tenant), None).await;
        // The earlier id, and the earlier transaction, are committed last; another tenant's runs all the time.
        let (slow, other) = (emitted(&store, tenant, "slow").await, emitted(&store, TenantId::new(), "other").await);
        emitted(&store, tenant, "fast").await.commit().await.unwrap();
        ear.hear("\"subject\":\"fast\"").await;
        slow.commit().await.unwrap();
        ear.hear("\"subject\":\"slow\"").await;
        emitted(&store, tenant, "third").await.commit().await.unwrap();
        ear.hear("\"subject\":\"third\"").await;
        assert_eq!((ear.count("fast"), ear.count("slow"), ear.count("other")), (1, 1, 0), "{}", ear.heard);
        other.commit().await.unwrap();
    }
}

#[tokio::test]
async fn what_happened_while_the_connection_was_lost_is_told_when_it_is_back() {
    for store in testkit::stores().await {
        let (stage, tenant) = (stage(&store), TenantId::new());
        let ana = secret(tenant);
        emitted(&store, tenant, "before").await.commit().await.unwrap();
        let mut ear = Ear::open(&stage, &ana, None).await;
        assert!(ear.heard.contains("\"resumed\":false"));
        let slow = if store.kind() == "postgres" { Some(emitted(&store, tenant, "slow").await) } else { None };
        emitted(&store, tenant, "heard").await.commit().await.unwrap();
        ear.hear("\"subject\":\"heard\"").await;
        if store.kind() == "sqlite" {
            assert_eq!(ear.count("before"), 0, "what was there before is no news");
        }
        let last = ear.last_id();
        drop(ear);
        until(|| stage.app.door.streams.count() == 0).await;
        if let Some(slow) = slow {
            slow.commit().await.unwrap();
        }
        for n in 0..450 {
            let mut tx = emitted(&store, tenant, &format!("missed-{n}-a")).await;
            tx.emit(made(&format!("missed-{n}-b"))).await.unwrap();
            tx.commit().await.unwrap();
        }
        let mut ear = Ear::open(&stage, &ana, Some(&last)).await;
        assert!(ear.heard.contains("\"resumed\":true"), "{}", ear.heard);
        ear.hear("missed-449-b").await;
        for n in 0..450 {
            assert_eq!(ear.count(&format!("missed-{n}-a\"")) + ear.count(&format!("missed-{n}-b\"")), 2, "{n}");
        }
        if store.kind() == "postgres" {
            assert_eq!(ear.count("\"slow\""), 1);
        }
        emitted(&store, tenant, "after").await.commit().await.unwrap();
        ear.hear("\"subject\":\"after\"").await;
        assert_eq!(ear.count("\"after\""), 1);
        drop(ear);
        for n in 0..600 {
            let mut tx = emitted(&store, tenant, &format!("much-{n}")).await;
            tx.emit(made("much")).await.unwrap();
            tx.commit().await.unwrap();
        }
        let ear = Ear::open(&stage, &ana, Some(&last)).await;
        assert!(ear.heard.contains("\"resumed\":false"), "too much to tell: {}", ear.heard);
    }
}

#[tokio::test]
async fn a_tenant_is_followed_once_and_only_while_somebody_listens() {
    for store in testkit::stores().await {
        let (stage, tenant) = (stage(&store), TenantId::new());
        let ears = [Ear::open(&stage, &secret(tenant), None).await, Ear::open(&stage, &secret(tenant), None).await];
        assert_eq!(stage.app.door.feeds.count(), 1);
        drop(ears);
        until(|| stage.app.door.streams.count() == 0).await;
        emitted(&store, tenant, "nobody").await.commit().await.unwrap();
        until(|| stage.app.door.feeds.count() == 0).await;
        let mut ear = Ear::open(&stage, &secret(tenant), None).await;
        emitted(&store, tenant, "again").await.commit().await.unwrap();
        ear.hear("\"again\"").await;
    }
}

/// One transaction with more events than a page holds all of one moment.
#[tokio::test]
async fn a_transaction_with_many_events_is_read_to_its_end() {
    for store in testkit::stores().await {
        let tenant = TenantId::new();
        let mut tx = store.begin(&can(tenant)).await.unwrap();
        let mut since = Since::horizon(tx.horizon().await.unwrap());
        for n in 0..25 {
            tx.emit(made(&n.to_string())).await.unwrap();
        }
        tx.commit().await.unwrap();
        let mut found = Vec::new();
        for look in 0..3 {
            let news = store.read(&can(tenant)).await.unwrap().news(since, 10).await.unwrap();
            assert_eq!(news.more, look < 2);
            found.extend(news.notices.into_iter().map(|n| n.subject));
            since = news.next;
        }
        let all: Vec<String> = (0..25).map(|n| n.to_string()).collect();
        assert_eq!(found, all);
        // While somebody else's transaction runs, what is known is found again, and nothing else.
        let again = store.read(&can(tenant)).await.unwrap().news(since, 100).await.unwrap();
        assert!(again.notices.iter().all(|n| all.contains(&n.subject)));
        if store.kind() == "sqlite" {
            assert!(again.notices.is_empty());
        }
    }
}
