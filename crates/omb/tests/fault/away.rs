//! The database goes away and comes back: no request hangs, none is answered with a fault of ours, and nobody restarts
//! anything.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use reqwest::Method;
use serde_json::json;

use crate::{
    cluster::Cluster,
    node::{Node, Setup, eventually, within},
    outside::Outside,
    person::{Person, Reply},
    proxy::{Proxy, Weather},
};

/// The longest a request may take to say that the database is away: the wait for a connection and for one statement, with
/// what a starved machine adds.
const ANSWERED: Duration = Duration::from_secs(30);

struct Scene {
    cluster: Cluster,
    proxy: Proxy,
    node: Node,
    person: Person,
    _outside: Arc<Outside>,
    _folder: tempfile::TempDir,
}

async fn scene() -> Option<Scene> {
    let cluster = Cluster::start().await?;
    let proxy = Proxy::start(cluster.port()).await;
    let folder = tempfile::tempdir().unwrap();
    let outside = Arc::new(Outside::start().await);
    let mut setup = Setup::on(&folder.path().join("data"), &cluster.url_at(proxy.port), &outside.url());
    // Few, so that hung ones are soon used up.
    setup.settings.push(("OMB_DATABASE_CONNECTIONS", "6".into()));
    let (node, _) = Node::start(&setup).await;
    let person = Person::sign_up(&setup.url(), &outside, "Faro Azul").await;
    Some(Scene { cluster, proxy, node, person, _outside: outside, _folder: folder })
}

impl Scene {
    async fn read(&self) -> Reply {
        Person::reply(self.person.request(Method::GET, "/api/v1/contacts")).await.unwrap()
    }

    async fn write(&self) -> Reply {
        let contact = json!({ "given_name": "Lucía" });
        Person::reply(self.person.request(Method::POST, "/api/v1/contacts").json(&contact)).await.unwrap()
    }

    async fn is_ready(&self) -> bool {
        self.person.request(Method::GET, "/readyz").send().await.is_ok_and(|answer| answer.status() == 200)
    }

    /// Some of everything at once, while the database is away.
    async fn all_are_told_to_come_back(&self) {
        let started = Instant::now();
        let (a, b, c, d, e, f, ready) = tokio::join!(
            self.read(),
            self.read(),
            self.read(),
            self.write(),
            self.write(),
            self.read(),
            self.is_ready()
        );
        for reply in [a, b, c, d, e, f] {
            assert_eq!(reply.status, 503, "{reply:?}");
            assert!(reply.retry_after().is_some(), "{reply:?}");
        }
        assert!(!ready, "it says that it is not ready");
        assert!(started.elapsed() < within(ANSWERED), "{:?}", started.elapsed());
        println!("answered with 503 after {:?}", started.elapsed());
    }

    async fn it_finds_its_way_back(&mut self) {
        let took = eventually("ready again", within(Duration::from_secs(30)), || self.is_ready()).await;
        println!("ready again {took:?} after the database was back");
        eventually("reading and writing", Duration::from_secs(30), || async {
            self.read().await.status == 200 && self.write().await.status == 201
        })
        .await;
        assert!(!self.node.has_ended());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_stopped_is_answered_with_503_and_found_again() {
    let Some(mut scene) = scene().await else { return };
    scene.cluster.stop().await;
    scene.all_are_told_to_come_back().await;
    scene.cluster.start_again().await;
    scene.it_finds_its_way_back().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_that_are_cut_cost_at_most_the_requests_that_were_on_them() {
    let Some(mut scene) = scene().await else { return };
    for _ in 0..5 {
        let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'omb'";
        scene.cluster.sql(cut).await.unwrap();
        for _ in 0..10 {
            let (read, write) = tokio::join!(scene.read(), scene.write());
            for reply in [read, write] {
                assert!([200, 201, 503].contains(&reply.status), "{reply:?}");
            }
        }
        assert_eq!(scene.read().await.status, 200, "ten requests later all is well");
    }
    scene.it_finds_its_way_back().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_falls_silent_holds_nobody_for_ever() {
    let Some(mut scene) = scene().await else { return };
    for weather in [Weather::Silent, Weather::Cut] {
        scene.proxy.set(weather);
        scene.all_are_told_to_come_back().await;
        scene.proxy.set(Weather::Fair);
        scene.it_finds_its_way_back().await;
    }
}
