//! Two nodes on one PostgreSQL.

use std::{
    collections::BTreeSet,
    sync::Arc,
    time::{Duration, Instant},
};

use kernel::Uuid;
use reqwest::Method;
use serde_json::json;

use crate::{
    cluster::Cluster,
    ledger,
    load::{Company, Load, marker, text},
    node::{Node, Setup, eventually, within},
    outside::Outside,
    person::{Answer, Person, address},
    poison,
};

struct Pair {
    a: Node,
    b: Node,
    outside: Arc<Outside>,
    cluster: Cluster,
    folder: tempfile::TempDir,
}

impl Pair {
    /// Two nodes that share database and files. None where there is no PostgreSQL to use.
    async fn start(with_poison: bool) -> Option<Self> {
        let cluster = Cluster::start().await?;
        let folder = tempfile::tempdir().unwrap();
        let outside = Arc::new(Outside::start().await);
        let data = folder.path().join("data");
        let setup = |_| Setup { with_poison, ..Setup::on(&data, &cluster.url(), &outside.url()) };
        // Both at once: one migrates, the other waits.
        let [(a, _), (b, _)] = {
            let (one, other) = (setup(1), setup(2));
            let (a, b) = tokio::join!(Node::start(&one), Node::start(&other));
            [a, b]
        };
        Some(Self { a, b, outside, cluster, folder })
    }

    fn urls(&self) -> Vec<String> {
        vec![self.a.setup.url(), self.b.setup.url()]
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_that_starts_while_another_makes_the_role_waits_and_joins() {
    let Some(cluster) = Cluster::start().await else { return };
    let folder = tempfile::tempdir().unwrap();
    let outside = Outside::start().await;
    let setup = Setup::on(&folder.path().join("data"), &cluster.url(), &outside.url());
    // What the other node does, held open for a moment before it commits.
    let other = "SET ROLE omb; BEGIN; CREATE ROLE omb_app NOLOGIN NOSUPERUSER NOBYPASSRLS; \
                 GRANT omb_app TO CURRENT_USER; SELECT pg_sleep(2); COMMIT";
    let (made, (_node, _)) = tokio::join!(cluster.sql(other), Node::start(&setup));
    made.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn two_nodes_share_the_jobs_and_each_is_done_once() {
    let Some(pair) = Pair::start(true).await else { return };
    let person = Person::sign_up(&pair.a.setup.url(), &pair.outside, "Faro Azul").await;
    let tenant = poison::tenant(&person).await;
    let store = pair.a.setup.store();
    // Long enough that each node looks at the queue many times before it is empty.
    poison::enqueue_ticks(&store, tenant, 0..300, 150).await;
    let done = || poison::ticks(&pair.a.setup.data);
    eventually("all ticks", Duration::from_secs(120), || async { done().len() >= 300 }).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    let done = done();
    let numbers: BTreeSet<u32> = done.iter().map(|(_, number)| *number).collect();
    assert_eq!((done.len(), numbers.len()), (300, 300), "each once");
    let at_a = done.iter().filter(|(port, _)| *port == pair.a.setup.port).count();
    println!("of 300 jobs, one node did {at_a} and the other {}", 300 - at_a);
    assert!((60..=240).contains(&at_a), "shared: {at_a} of 300");
}

#[tokio::test(flavor = "multi_thread")]
async fn either_node_may_be_lost_under_load() {
    let Some(mut pair) = Pair::start(false).await else { return };
    for round in 0..4 {
        let (survivor, victim) = if round % 2 == 0 { (&pair.a, &mut pair.b) } else { (&pair.b, &mut pair.a) };
        let name = format!("Taller {round}");
        let company = Company::found(&survivor.setup.url(), &pair.outside, &name).await;
        let urls = [survivor.setup.url(), victim.setup.url()];
        let load = Load::start(std::slice::from_ref(&company), &urls, 4);
        tokio::time::sleep(Duration::from_millis(1500)).await;
        victim.kill().await;
        tokio::time::sleep(Duration::from_millis(700)).await;
        load.stop().await;
        ledger::settle(&company).await;
        ledger::look_at_new(&company).await;
        // The survivor takes over what the other had begun.
        ledger::drain(&survivor.setup).await;
        ledger::check(&company).await;
        println!("round {round}: {} acknowledged", company.ledger(|ledger| ledger.done.len()));
        let setup = victim.setup.clone();
        let (again, _) = Node::start(&setup).await;
        if round % 2 == 0 { pair.b = again } else { pair.a = again }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_node_does_the_other_knows() {
    let Some(pair) = Pair::start(false).await else { return };
    let [a, b] = <[String; 2]>::try_from(pair.urls()).unwrap();
    let person = Person::sign_up(&a, &pair.outside, "Faro Azul").await;
    hears(&person, &person.also_at(&b)).await;
    is_out_within_a_second(&person, &a, &b).await;
    one_effect_for_one_key(&person, &person.also_at(&b)).await;
    guesses_are_counted_together(&a, &b).await;
}

/// A live page at one node hears what is committed at the other.
async fn hears(here: &Person, there: &Person) {
    let mut live = here.request(Method::GET, "/events").send().await.unwrap();
    assert_eq!(live.status(), 200);
    let mut heard = String::new();
    let wanted = there.post("/api/v1/contacts", &json!({ "given_name": "Lucía" })).await.done("a contact");
    let started = Instant::now();
    while !heard.contains(wanted["id"].as_str().unwrap()) {
        let more = tokio::time::timeout(within(Duration::from_secs(10)), live.chunk()).await;
        let more = more.unwrap_or_else(|_| panic!("not heard: {heard}")).unwrap().unwrap();
        heard.push_str(&String::from_utf8_lossy(&more));
    }
    println!("heard at the other node after {:?}", started.elapsed());
}

/// A session that is ended at one node is refused at the other.
async fn is_out_within_a_second(person: &Person, a: &str, b: &str) {
    let elsewhere = Person::at(b);
    elsewhere.sign_in(&address("Faro Azul")).await.done("a second device");
    elsewhere.read("/api/v1/me").await;
    let here = person.also_at(a);
    let sessions = here.all("/api/v1/sessions").await;
    let other = sessions.iter().find(|session| session["current"] == false).expect("the other device's");
    let path = format!("/api/v1/sessions/{}", text(&other["id"]));
    Person::send(here.request(Method::DELETE, &path)).await.done("ending it");
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(elsewhere.get("/api/v1/me").await.refused().status, 401);
}

/// The same request with the same key at both nodes at once.
async fn one_effect_for_one_key(here: &Person, there: &Person) {
    for _ in 0..20 {
        let (key, marker) = (Uuid::now_v7().to_string(), marker("k"));
        let body = json!({ "given_name": "Lucía", "family_name": marker });
        let ask = |person: &Person| {
            let request = person.request(Method::POST, "/api/v1/contacts").header("idempotency-key", &key).json(&body);
            Person::send(request)
        };
        let (one, other) = tokio::join!(ask(here), ask(there));
        let mut made = 0;
        for answer in [&one, &other] {
            match answer {
                Answer::Done(_) => made += 1,
                Answer::Refused(reply) => {
                    assert!(
                        ["idempotency_in_progress", "idempotency_answer_lost"].contains(&reply.code()),
                        "{reply:?}"
                    );
                }
                Answer::Lost(why) => panic!("{why}"),
            }
        }
        assert!(made >= 1, "{one:?} {other:?}");
        let again = ask(there).await.done("asking again");
        let there = here.all(&format!("/api/v1/contacts?q={marker}")).await;
        assert_eq!((there.len(), &there[0]["id"]), (1, &again["id"]), "one effect, one answer");
    }
}

/// Wrong passwords at both nodes are counted together.
async fn guesses_are_counted_together(a: &str, b: &str) {
    let wrong = json!({ "email": "somebody@else.example", "password": "not the password at all" });
    let mut tried = 0;
    let refused = loop {
        let url = if tried % 2 == 0 { a } else { b };
        tried += 1;
        let refusal = Person::at(url).post("/api/v1/session", &wrong).await.refused();
        if refusal.status == 429 {
            break refusal;
        }
        assert!(tried < 15, "twice what one node lets through");
    };
    assert!(refused.retry_after().is_some());
    for url in [a, b] {
        assert_eq!(Person::at(url).post("/api/v1/session", &wrong).await.refused().status, 429);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_that_starts_during_a_migration_waits() {
    let Some(pair) = Pair::start(false).await else { return };
    let (client, connection) =
        tokio_postgres::connect(&pair.cluster.url(), tokio_postgres::NoTls).await.expect("a further connection");
    let talking = tokio::spawn(connection);
    // What a node that migrates holds until it is done.
    client.batch_execute("BEGIN; LOCK TABLE schema_migration IN ACCESS EXCLUSIVE MODE").await.unwrap();
    let late = Setup::on(&pair.folder.path().join("data"), &pair.cluster.url(), &pair.outside.url());
    let mut node = Node::spawn(&late);
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert!(!node.has_ended(), "it waits: {}", node.log());
    let asked = reqwest::Client::builder().timeout(Duration::from_millis(500)).build().unwrap();
    assert!(asked.get(format!("{}/readyz", late.url())).send().await.is_err(), "and does not serve");
    client.batch_execute("COMMIT").await.unwrap();
    talking.abort();
    node.ready(within(Duration::from_secs(10))).await;
}
