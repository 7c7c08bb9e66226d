//! Jobs that misbehave: one that always panics, one that never ends, one that eats memory until the process dies. The
//! node is this test itself, run again: the product with these jobs added.

use std::{
    io::Write,
    ops::Range,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use chrono::TimeDelta;
use jobs::{Runner, Verdict};
use kernel::{Caller, Can, Job, TenantId, permissions};
use serde::{Deserialize, Serialize};
use store::{EnqueueJob, Store, sql};

use crate::{
    node::{Node, Setup, eventually},
    outside::Outside,
    person::{Answer, Person},
};

permissions! { Trouble = "trouble.make": []; }

/// Well behaved: notes that it was done, and where.
#[derive(Debug, Serialize, Deserialize)]
struct Tick {
    number: u32,
    millis: u64,
}
impl Job for Tick {
    const KIND: &'static str = "test.tick";
}

#[derive(Debug, Serialize, Deserialize)]
struct Panic;
impl Job for Panic {
    const KIND: &'static str = "test.panic";
}

#[derive(Debug, Serialize, Deserialize)]
struct Hang;
impl Job for Hang {
    const KIND: &'static str = "test.hang";
    const LEASE_SECONDS: i64 = 2;
}

#[derive(Debug, Serialize, Deserialize)]
struct Eat;
impl Job for Eat {
    const KIND: &'static str = "test.eat";
}

/// Not a test: the node that the tests below start, in a process of its own.
#[test]
#[ignore = "is run by other tests as a program"]
fn node() {
    if std::env::var_os("FAULT_NODE").is_none() {
        return;
    }
    let config = omb::config::Config::load().unwrap();
    let (folder, port) = (config.data_dir.clone(), config.listen.port());
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(omb::command::serve::run_with(config, false, |runner| misbehave(runner, folder, port))).unwrap();
}

fn misbehave(runner: Runner, folder: PathBuf, port: u16) -> Runner {
    let (mended, swept) = (folder.join("mended"), folder.join("swept"));
    runner
        .on(move |_, Tick { number, millis }| {
            let file = folder.join(format!("ticks-{port}"));
            async move {
                tokio::time::sleep(Duration::from_millis(millis)).await;
                note(&file, &number.to_string());
                Ok(Verdict::Done)
            }
        })
        .on(move |_, _: Panic| {
            let mended = mended.exists();
            async move {
                assert!(mended, "as always");
                Ok(Verdict::Done)
            }
        })
        .on(|_, _: Hang| std::future::pending())
        .on(|_, _: Eat| async {
            let mut eaten = Vec::new();
            loop {
                eaten.push(Vec::<u8>::with_capacity(64 << 20));
                tokio::task::yield_now().await;
            }
        })
        .every("test.sweep", Duration::from_secs(3600), move |_| {
            let swept = swept.clone();
            async move {
                note(&swept, "swept");
                Ok(())
            }
        })
}

/// A line at the end of a file, in one write.
fn note(file: &Path, line: &str) {
    let mut file = std::fs::File::options().create(true).append(true).open(file).unwrap();
    file.write_all(format!("{line}\n").as_bytes()).unwrap();
}

/// The ticks that were done: at which port, which number.
pub fn ticks(folder: &Path) -> Vec<(u16, u32)> {
    let mut done = Vec::new();
    for file in std::fs::read_dir(folder).unwrap().flatten() {
        if let Some(port) = file.file_name().to_str().and_then(|name| name.strip_prefix("ticks-")) {
            let text = std::fs::read_to_string(file.path()).unwrap();
            done.extend(text.lines().map(|line| (port.parse::<u16>().unwrap(), line.parse::<u32>().unwrap())));
        }
    }
    done
}

/// How often the hourly sweep was run.
pub fn sweeps(folder: &Path) -> usize {
    std::fs::read_to_string(folder.join("swept")).unwrap_or_default().lines().count()
}

pub async fn tenant(person: &Person) -> TenantId {
    person.read("/api/v1/me").await["tenant"]["id"].as_str().unwrap().parse().unwrap()
}

async fn enqueue(store: &Store, tenant: TenantId, job: &impl Job) {
    let can: Can<Trouble> = Can::check(Arc::new(Caller::system(tenant))).unwrap();
    let mut tx = store.begin(&can).await.unwrap();
    tx.enqueue(job).await.unwrap();
    tx.commit().await.unwrap();
}

pub async fn enqueue_ticks(store: &Store, tenant: TenantId, numbers: Range<u32>, millis: u64) {
    let can: Can<Trouble> = Can::check(Arc::new(Caller::system(tenant))).unwrap();
    let mut tx = store.begin(&can).await.unwrap();
    for number in numbers {
        tx.enqueue(&Tick { number, millis }).await.unwrap();
    }
    tx.commit().await.unwrap();
}

/// State and tries of the jobs of a kind.
async fn states(setup: &Setup, kind: &str) -> Vec<(String, i64)> {
    let mut tx = setup.store().platform_read().await.unwrap();
    tx.all(sql!("SELECT state, attempts FROM job WHERE kind = {}", kind)).await.unwrap()
}

/// A company with a job that misbehaves, and another with work of its own.
async fn scene(setup: &Setup, outside: &Arc<Outside>) -> (Person, TenantId, TenantId) {
    let troubled = Person::sign_up(&setup.url(), outside, "Faro Azul").await;
    let other = Person::sign_up(&setup.url(), outside, "Taller Norte").await;
    let (here, there) = (tenant(&troubled).await, tenant(&other).await);
    (troubled, here, there)
}

fn setup(folder: &Path, outside: &Outside) -> Setup {
    Setup { with_poison: true, ..Setup::embedded(folder, &outside.url()) }
}

async fn all_ticks(setup: &Setup, wanted: usize) -> Duration {
    let done = || async { ticks(&setup.data).len() >= wanted };
    eventually("the work of the others", Duration::from_secs(60), done).await
}

async fn misbehaving(setup: &Setup) -> Vec<(String, i64)> {
    [states(setup, "test.panic").await, states(setup, "test.hang").await].concat()
}

async fn all_dead(setup: &Setup) -> bool {
    let states = misbehaving(setup).await;
    states.len() == 4 && states.iter().all(|s| *s == ("dead".into(), 10))
}

/// Nothing is due and nobody is at work.
async fn tried(setup: &Setup) -> bool {
    let mut tx = setup.store().platform_read().await.unwrap();
    let open = sql!(
        "SELECT count(*) FROM job WHERE state = 'waiting' AND (run_at <= {} OR leased_until IS NOT NULL) \
         AND kind IN ('test.panic', 'test.hang')",
        setup.clock().now()
    );
    let (open,): (i64,) = tx.one(open).await.unwrap();
    open == 0
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_panics_or_hangs_is_set_aside_and_can_be_run_again_once_mended() {
    let folder = tempfile::tempdir().unwrap();
    let outside = Arc::new(Outside::start().await);
    let setup = setup(folder.path(), &outside);
    let (_node, _) = Node::start(&setup).await;
    let (person, troubled, other) = scene(&setup, &outside).await;
    let store = setup.store();
    enqueue_ticks(&store, other, 0..50, 20).await;
    let alone = all_ticks(&setup, 50).await;
    for _ in 0..2 {
        enqueue(&store, troubled, &Panic).await;
        enqueue(&store, troubled, &Hang).await;
    }
    enqueue_ticks(&store, other, 50..100, 20).await;
    let beside = all_ticks(&setup, 100).await;
    println!("50 jobs took {alone:?} alone and {beside:?} beside jobs that misbehave");

    // Each try ends before the clock goes on to the next.
    let mut tries = 0;
    while !all_dead(&setup).await {
        tries += 1;
        assert!(tries <= 20, "not set aside: {:?}", misbehaving(&setup).await);
        eventually("a try", Duration::from_secs(60), || async { tried(&setup).await }).await;
        setup.advance(TimeDelta::hours(2));
        // The program looks at the clock's file four times a second.
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    let listed = person.all("/api/v1/jobs/dead").await;
    assert_eq!(listed.len(), 4, "{listed:?}");

    std::fs::write(setup.data.join("mended"), "").unwrap();
    for job in listed.iter().filter(|job| job["kind"] == "test.panic") {
        let path = format!("/api/v1/jobs/{}/replay", job["id"].as_str().unwrap());
        person.post(&path, &serde_json::json!({})).await.done("replay");
    }
    let gone = || async { states(&setup, "test.panic").await.is_empty() };
    eventually("what was mended is done", Duration::from_secs(30), gone).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_kills_its_worker_each_time_is_set_aside_and_takes_nobody_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let outside = Arc::new(Outside::start().await);
    let setup = Setup { memory: Some(3_000_000), ..setup(folder.path(), &outside) };
    let (mut node, _) = Node::start(&setup).await;
    let (person, troubled, other) = scene(&setup, &outside).await;
    let store = setup.store();
    // Three that are under way when it first strikes: struck with it ten times, they would be set aside as well.
    let (mut deaths, mut ticked) = (0, 3_u32);
    enqueue_ticks(&store, other, 0..3, 400).await;
    enqueue(&store, troubled, &Eat).await;
    loop {
        // Work of the other company, and of the same, is under way each time the process dies.
        enqueue_ticks(&store, other, ticked..ticked + 6, 400).await;
        enqueue_ticks(&store, troubled, ticked + 6..ticked + 9, 400).await;
        ticked += 9;
        let started = std::time::Instant::now();
        while !node.has_ended() && started.elapsed() < Duration::from_secs(30) {
            if states(&setup, "test.eat").await.first().is_some_and(|(state, _)| state == "dead") {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        if !node.has_ended() {
            break;
        }
        deaths += 1;
        assert!(deaths <= 10, "it was tried more often than it may be: {:?}", states(&setup, "test.eat").await);
        // As a service manager would; the lease of what was under way runs out.
        node = Node::start(&setup).await.0;
        setup.advance(TimeDelta::seconds(61));
    }
    assert_eq!(deaths, 10, "each of its tries took the process down: {}", node.log());
    let listed = person.all("/api/v1/jobs/dead").await;
    assert_eq!(listed.len(), 1, "and nobody else was set aside: {listed:?}");
    assert_eq!((&listed[0]["kind"], &listed[0]["failure"]), (&"test.eat".into(), &"worker_lost".into()));
    for _ in 0..20 {
        if states(&setup, "test.tick").await.is_empty() {
            break;
        }
        setup.advance(TimeDelta::seconds(61));
        tokio::time::sleep(Duration::from_millis(1500)).await;
    }
    let done: std::collections::BTreeSet<u32> = ticks(&setup.data).into_iter().map(|(_, number)| number).collect();
    assert_eq!(done.len() as u32, ticked, "the others' work was done");
    assert!(matches!(person.get("/api/v1/me").await, Answer::Done(_)));
}
