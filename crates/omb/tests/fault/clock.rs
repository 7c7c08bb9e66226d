//! The clock leaps: due work follows it, none of it twice, no session lives for ever, numbers stay in their periods.

use std::{sync::Arc, time::Duration};

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::{
    load::{lines, text},
    node::{Node, Setup, eventually, within},
    outside::Outside,
    person::{Answer, Person, address},
    poison,
};

struct Scene {
    setup: Setup,
    node: Node,
    person: Person,
    customer: String,
    _outside: Arc<Outside>,
    _folder: tempfile::TempDir,
}

impl Scene {
    async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let outside = Arc::new(Outside::start().await);
        let setup = Setup { with_poison: true, ..Setup::embedded(folder.path(), &outside.url()) };
        let (node, _) = Node::start(&setup).await;
        let person = Person::sign_up(&setup.url(), &outside, "Faro Azul").await;
        let customer = json!({ "name": "Reparto Levante" });
        let customer = text(&person.post("/api/v1/companies", &customer).await.done("a customer")["id"]);
        Self { setup, node, person, customer, _outside: outside, _folder: folder }
    }

    /// `omb clock`, as one types it.
    async fn clock(&self, arguments: &[&str]) -> String {
        let words: Vec<&str> = ["clock"].into_iter().chain(arguments.iter().copied()).collect();
        // The command is the real program's; the node is this test with jobs of its own.
        let program = Setup { with_poison: false, ..self.setup.clone() };
        let said = program.run(&words).await.unwrap();
        // A running product follows within a second.
        tokio::time::sleep(within(Duration::from_secs(1))).await;
        said
    }

    async fn post(&self, path: &str, body: Value) -> Value {
        self.person.post(path, &body).await.done(path)
    }

    async fn sign_in(&mut self) {
        self.person = Person::at(&self.setup.url());
        self.person.sign_in(&address("Faro Azul")).await.done("signing in");
    }

    async fn issue(&self) -> Value {
        let invoice = json!({ "company_id": self.customer, "contact_id": null, "lines": lines(), "payment_days": 30 });
        let id = text(&self.post("/api/v1/invoices", invoice).await["id"]);
        self.post(&format!("/api/v1/invoices/{id}/issue"), json!({})).await
    }

    /// When the instance made something now.
    async fn now(&self) -> chrono::DateTime<chrono::Utc> {
        let made = self.post("/api/v1/contacts", json!({ "given_name": "Lucía" })).await;
        text(&made["created_at"]).parse().unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_instance_that_works_in_earnest_has_the_machines_time() {
    let folder = tempfile::tempdir().unwrap();
    let outside = Arc::new(Outside::start().await);
    let mut setup = Setup::embedded(folder.path(), &outside.url());
    setup.settings.push(("OMB_TEST", "0".into()));
    // Left over from a time when it was a demo.
    std::fs::write(setup.data.join("clock"), "31536000000000\n").unwrap();
    let (_node, _) = Node::start(&setup).await;
    for words in [["clock", "show"].as_slice(), &["clock", "advance", "1h"], &["clock", "back"]] {
        let refused = setup.run(words).await.unwrap_err();
        assert!(refused.contains("does not move") && refused.contains("--demo"), "{refused}");
    }
    let person = Person::sign_up(&setup.url(), &outside, "Faro Azul").await;
    let made = person.post("/api/v1/contacts", &json!({ "given_name": "Lucía" })).await.done("a contact");
    let at: chrono::DateTime<chrono::Utc> = text(&made["created_at"]).parse().unwrap();
    assert!((kernel::Clock::system().now() - at).abs() < TimeDelta::minutes(5), "{at}");
}

#[tokio::test(flavor = "multi_thread")]
async fn due_work_and_what_ends_follow_a_clock_that_leaps() {
    let mut scene = Scene::start().await;
    let swept = || poison::sweeps(&scene.setup.data);
    eventually("the first sweep", Duration::from_secs(20), || async { swept() == 1 }).await;
    assert!(scene.clock(&["show"]).await.contains("(0 s from"));
    let began = scene.now().await;

    // A little ahead: nothing falls due.
    scene.clock(&["advance", "1s"]).await;
    scene.clock(&["advance", "50m"]).await;
    assert!(
        (scene.now().await - began - TimeDelta::minutes(50)).num_seconds().abs() < 60,
        "it follows within a second"
    );
    // The sweep of an hour, once; then it is not due again, however one leaps about.
    scene.clock(&["advance", "11m"]).await;
    eventually("the sweep of the hour", Duration::from_secs(20), || async { poison::sweeps(&scene.setup.data) == 2 })
        .await;
    scene.clock(&["advance", "-1h"]).await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(poison::sweeps(&scene.setup.data), 2, "an hour back runs nothing twice");
    scene.person.read("/api/v1/me").await;
    scene.clock(&["advance", "61m"]).await;
    scene.clock(&["advance", "61m"]).await;
    eventually("the next hour", Duration::from_secs(20), || async { poison::sweeps(&scene.setup.data) >= 3 }).await;

    // Sessions: kept alive by use, ended by idleness, and by age whatever the use.
    let idle = Person::at(&scene.setup.url());
    idle.sign_in(&address("Faro Azul")).await.done("a second device");
    for _ in 0..4 {
        scene.clock(&["advance", "13d"]).await;
        scene.person.read("/api/v1/me").await;
    }
    assert_eq!(idle.get("/api/v1/me").await.refused().status, 401, "idle for weeks");
    scene.clock(&["advance", "13d"]).await;
    assert_eq!(scene.person.get("/api/v1/me").await.refused().status, 401, "two months old, though in use");

    // An invoice falls overdue, and five years in one leap are one turn of each sweep.
    scene.sign_in().await;
    let invoice = scene.issue().await;
    let path = format!("/api/v1/invoices/{}", text(&invoice["id"]));
    assert_eq!(scene.person.read(&path).await["status"], "open");
    scene.clock(&["advance", "5d"]).await;
    assert_eq!(scene.person.read(&path).await["status"], "open");
    let before = poison::sweeps(&scene.setup.data);
    scene.clock(&["advance", "5y"]).await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    let turns = poison::sweeps(&scene.setup.data) - before;
    assert!((1..=2).contains(&turns), "five years at once were {turns} turns");
    assert_eq!(scene.person.get("/api/v1/me").await.refused().status, 401, "no session lives five years");
    scene.sign_in().await;
    assert_eq!(scene.person.read(&path).await["status"], "overdue");

    // Back to the machine's time: work goes on, and what is due then is done.
    scene.clock(&["back"]).await;
    scene.sign_in().await;
    assert!((scene.now().await - began).abs() < TimeDelta::minutes(10));
    let before = poison::sweeps(&scene.setup.data);
    scene.clock(&["advance", "2h"]).await;
    eventually("a sweep after the way back", Duration::from_secs(20), || async {
        poison::sweeps(&scene.setup.data) > before
    })
    .await;
    assert!(!scene.node.has_ended());
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_keep_their_periods_through_every_odd_moment() {
    let mut scene = Scene::start().await;
    // Just before midnight in Madrid, and the year that the invoices of then and of a minute later belong to.
    for (time, year, after) in [
        ("2027-03-28T00:59:30Z", 2027, 2027), // the clocks go forward
        ("2027-10-31T00:59:30Z", 2027, 2027), // and back: the hour that comes twice
        ("2027-12-31T22:59:30Z", 2027, 2028), // the year ends in Madrid an hour before it does in UTC
        ("2028-02-28T22:59:30Z", 2028, 2028),
        ("2028-02-29T22:59:30Z", 2028, 2028),
        ("2038-01-19T03:13:40Z", 2038, 2038), // 2^31 seconds
    ] {
        scene.clock(&["set", time]).await;
        scene.sign_in().await;
        let first = scene.issue().await;
        scene.clock(&["advance", "60s"]).await;
        let second = scene.issue().await;
        let [(a, m), (b, n)] = [period(&first), period(&second)];
        assert_eq!((a, b), (year, after), "{time}: {} {}", first["number"], second["number"]);
        let wanted = if year == after { m + 1 } else { 1 };
        assert_eq!(n, wanted, "{time}: {} {}", first["number"], second["number"]);
        println!("{time}: {} then {}", first["number"], second["number"]);
    }
    assert!(!scene.node.has_ended());
    let Answer::Done(_) = scene.person.get("/api/v1/home").await else { panic!("the first page is away") };
}

/// `F-2027-00003` is the third of 2027.
fn period(invoice: &Value) -> (i32, u64) {
    let number = text(&invoice["number"]);
    let mut parts = number.rsplit('-');
    let counter = parts.next().unwrap().parse().unwrap();
    (parts.next().unwrap().parse().unwrap(), counter)
}
