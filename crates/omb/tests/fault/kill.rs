//! kill -9, again and again, under a mixed load.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use crate::{
    cluster::Cluster,
    ledger,
    load::{Company, Load},
    node::{Node, Setup, setting, within},
    outside::Outside,
};

/// Ready again after a kill.
const READY: Duration = Duration::from_secs(3);
/// Ready again after the database was killed, counted from when it answers.
const READY_AFTER_DATABASE: Duration = Duration::from_secs(10);

/// How long each start took.
#[derive(Default)]
struct Starts(Vec<Duration>);

impl Starts {
    fn report(&mut self, what: &str, limit: Duration) {
        self.0.sort();
        let (half, most) = (self.0[self.0.len() / 2], self.0[self.0.len() - 1]);
        println!("{what}: {} kills, ready again after {half:?} (p50), {most:?} (max)", self.0.len());
        assert!(most <= within(limit), "{what}: ready after {most:?}, promised {limit:?}");
    }
}

async fn companies(url: &str, outside: &Arc<Outside>) -> Vec<Arc<Company>> {
    vec![Company::found(url, outside, "Faro Azul").await, Company::found(url, outside, "Taller Norte").await]
}

async fn look_after(setup: &Setup, companies: &[Arc<Company>], thoroughly: bool) {
    for company in companies {
        ledger::settle(company).await;
        ledger::look_at_new(company).await;
    }
    if thoroughly {
        ledger::drain(setup).await;
        for company in companies {
            ledger::check(company).await;
        }
        verify_audit(setup).await;
    }
}

/// The chain of every tenant's trail is whole.
async fn verify_audit(setup: &Setup) {
    if setup.run(&["audit", "--help"]).await.is_ok() {
        setup.run(&["audit", "verify"]).await.expect("the audit trail verifies");
    }
}

/// Load for a while, then a kill; `kill` brings the node back and answers how long that took.
async fn rounds(
    setup: &Setup,
    node: &mut Node,
    companies: &[Arc<Company>],
    rounds: u64,
    kill: impl AsyncFn(&mut Node) -> Duration,
) -> Starts {
    let mut starts = Starts::default();
    let started = Instant::now();
    for round in 1..=rounds {
        let load = Load::start(companies, &[setup.url()], 3);
        tokio::time::sleep(Duration::from_millis(rand::random_range(150..800))).await;
        starts.0.push(kill(node).await);
        load.stop().await;
        let thoroughly = round % 10 == 0 || round == rounds;
        look_after(setup, companies, thoroughly).await;
        if thoroughly {
            let deeds: usize = companies.iter().map(|c| c.ledger(|l| l.done.len())).sum();
            let mails: usize = companies[0].outside.messages().len();
            println!("round {round}: {deeds} acknowledged, {mails} mails arrived, {:?}", started.elapsed());
        }
    }
    starts
}

async fn kill_node(node: &mut Node) -> Duration {
    node.kill().await;
    let (again, took) = Node::start(&node.setup).await;
    *node = again;
    took
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_acknowledged_is_lost_and_nothing_happens_twice_when_the_program_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    let outside = Arc::new(Outside::start().await);
    let setup = Setup::embedded(folder.path(), &outside.url());
    let (mut node, _) = Node::start(&setup).await;
    let companies = companies(&setup.url(), &outside).await;
    let count = setting("OMB_FAULT_ROUNDS", 100);
    let mut starts = rounds(&setup, &mut node, &companies, count, kill_node).await;
    starts.report("embedded database", READY);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_acknowledged_is_lost_and_nothing_happens_twice_on_postgresql() {
    let Some(cluster) = Cluster::start().await else { return };
    let folder = tempfile::tempdir().unwrap();
    let outside = Arc::new(Outside::start().await);
    let setup = Setup::on(&folder.path().join("data"), &cluster.url(), &outside.url());
    let (mut node, _) = Node::start(&setup).await;
    let companies = companies(&setup.url(), &outside).await;
    let count = setting("OMB_FAULT_ROUNDS", 100) * 3 / 10;
    let mut starts = rounds(&setup, &mut node, &companies, count.max(1), kill_node).await;
    starts.report("PostgreSQL, the program killed", READY);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_acknowledged_is_lost_and_nothing_happens_twice_when_postgresql_is_killed() {
    let Some(cluster) = Cluster::start().await else { return };
    let folder = tempfile::tempdir().unwrap();
    let outside = Arc::new(Outside::start().await);
    let setup = Setup::on(&folder.path().join("data"), &cluster.url(), &outside.url());
    let (mut node, _) = Node::start(&setup).await;
    let companies = companies(&setup.url(), &outside).await;
    let count = setting("OMB_FAULT_ROUNDS", 100) / 10;
    let kill = async |node: &mut Node| {
        cluster.kill().await;
        cluster.start_again().await;
        // The node was not touched: it has to find its way back.
        node.ready(Duration::from_secs(60)).await
    };
    let mut starts = rounds(&setup, &mut node, &companies, count.max(1), kill).await;
    starts.report("PostgreSQL killed", READY_AFTER_DATABASE);
}
