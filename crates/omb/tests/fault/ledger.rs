//! What was asked of the product and what it answered, and whether that is what is there.

use std::{
    collections::{BTreeMap, HashMap},
    time::Duration,
};

use chrono::TimeDelta;
use reqwest::Method;
use serde_json::Value;
use store::sql;

use crate::{
    load::{Company, accept},
    node::{Setup, eventually},
    person::{Answer, Person},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    Contact,
    Note,
    Deal,
    Move,
    Quote,
    SendQuote,
    Invoice,
    Issue,
    SendInvoice,
    Payment,
    Import,
}

/// One request that is to have one effect.
#[derive(Debug, Clone)]
pub struct Deed {
    pub kind: Kind,
    pub key: String,
    pub path: String,
    pub body: Value,
    /// What its effect is recognised by.
    pub marker: String,
    /// The record it is about.
    pub about: String,
    pub version: Option<i64>,
    /// What was answered; None for a deed whose answer was lost twice.
    pub answer: Option<Value>,
}

impl Deed {
    pub async fn send(&self, person: &Person) -> Answer {
        let mut request =
            person.request(Method::POST, &self.path).header("idempotency-key", &self.key).json(&self.body);
        if let Some(version) = self.version {
            request = request.header("if-match", format!("\"{version}\""));
        }
        Person::send(request).await
    }

    /// How often its effect is there; None where that shows elsewhere.
    async fn count(&self, person: &Person) -> Option<usize> {
        let (path, field, wanted) = match self.kind {
            Kind::Contact => (format!("/api/v1/contacts?q={}", self.marker), "family_name", &self.marker),
            Kind::Deal => (format!("/api/v1/deals?contact_id={}", self.about), "name", &self.marker),
            Kind::Quote => (format!("/api/v1/quotes?contact_id={}", self.about), "contact_id", &self.about),
            Kind::Invoice => (format!("/api/v1/invoices?contact_id={}", self.about), "contact_id", &self.about),
            Kind::Payment => (format!("/api/v1/payments?invoice_id={}", self.about), "reference", &self.marker),
            Kind::Note => (format!("/api/v1/timeline?subject={}", self.about), "", &self.marker),
            Kind::Move | Kind::SendQuote | Kind::Issue | Kind::SendInvoice | Kind::Import => return None,
        };
        let items = person.all(&path).await;
        let is =
            |item: &&Value| if field.is_empty() { item["note"]["body"] == **wanted } else { item[field] == **wanted };
        Some(items.iter().filter(is).count())
    }
}

/// Everything asked of one company's account.
#[derive(Default)]
pub struct Ledger {
    pub done: Vec<Deed>,
    /// Without an answer until now.
    pub open: Vec<Deed>,
    pub sessions: Vec<Person>,
    /// Imports with what their rows are recognised by.
    pub imports: Vec<(String, Vec<String>)>,
    pub accepted: Vec<String>,
    pub accepting: Vec<(String, String)>,
    pub faults: Vec<String>,
    looked_at: usize,
}

impl Ledger {
    /// The id of any record of a kind that was made.
    pub fn any(&self, kind: Kind) -> Option<String> {
        let last: Vec<&Deed> = self.done.iter().rev().take(50).filter(|deed| deed.kind == kind).collect();
        let chosen = last.get(rand::random_range(0..last.len().max(1)))?;
        chosen.answer.as_ref()?["id"].as_str().map(str::to_owned)
    }

    pub fn any_deed(&self) -> Option<Deed> {
        let deed = self.done.get(rand::random_range(0..self.done.len().max(1)))?;
        deed.answer.is_some().then(|| deed.clone())
    }

    fn of(&self, kind: Kind) -> impl Iterator<Item = &Deed> {
        self.done.iter().filter(move |deed| deed.kind == kind)
    }
}

/// Asks again for what had no answer: before that its effect is there once or not at all, after it once.
pub async fn settle(company: &Company) {
    let person = &company.person;
    for deed in company.ledger(|ledger| std::mem::take(&mut ledger.open)) {
        let before = deed.count(person).await;
        assert!(before.is_none_or(|n| n <= 1), "{before:?} times there without an answer: {deed:?}");
        let answer = loop {
            match deed.send(person).await {
                Answer::Done(reply) => break Some(reply.body),
                Answer::Refused(reply) if reply.code() == "idempotency_answer_lost" => break None,
                Answer::Refused(reply) if reply.code() == "idempotency_in_progress" => {}
                Answer::Lost(_) => tokio::time::sleep(Duration::from_millis(50)).await,
                Answer::Refused(reply) => panic!("asked again, {deed:?} was refused: {reply:?}"),
            }
        };
        let after = deed.count(person).await;
        assert!(after.is_none_or(|n| n == 1), "{after:?} times there after asking again: {deed:?}");
        company.ledger(|ledger| ledger.done.push(Deed { answer, ..deed }));
    }
    for (quote, path) in company.ledger(|ledger| std::mem::take(&mut ledger.accepting)) {
        accept(person, &path).await.done("accepting again");
        company.ledger(|ledger| ledger.accepted.push(quote));
    }
}

/// After each kill: what was acknowledged last is there, and who was signed in still is.
pub async fn look_at_new(company: &Company) {
    let (new, sessions) = company.ledger(|ledger| {
        let new: Vec<Deed> = ledger.done[ledger.looked_at..].iter().rev().take(12).cloned().collect();
        ledger.looked_at = ledger.done.len();
        (new, std::mem::take(&mut ledger.sessions))
    });
    for deed in new {
        if let Some(answer) = &deed.answer
            && let Some(path) = deed.path.strip_prefix("/api/v1/").filter(|path| !path.contains('/'))
            && path != "notes"
        {
            company.person.read(&format!("/api/v1/{path}/{}", answer["id"].as_str().unwrap())).await;
        }
    }
    for person in sessions {
        let here = person.also_at(&company.person.url);
        here.get("/api/v1/me").await.done("somebody who had signed in");
    }
}

/// Lets the workers finish: moves the clock past the leases of those that were killed, until nothing is under way.
pub async fn drain(setup: &Setup) {
    for _ in 0..40 {
        setup.advance(TimeDelta::seconds(301));
        let store = setup.store();
        let due = || async { count(&store, setup, "due").await == 0 };
        eventually("the due jobs to be done", Duration::from_secs(120), due).await;
        if count(&store, setup, "tried").await == 0 {
            let dead = rows(&store).await;
            assert!(dead.is_empty(), "dead jobs: {dead:?}");
            return;
        }
    }
    panic!("jobs are left behind: {:?}", all(&setup.store()).await);
}

async fn count(store: &store::Store, setup: &Setup, which: &str) -> i64 {
    let Ok(mut tx) = store.platform_read().await else { return -1 };
    let sql = if which == "due" {
        sql!("SELECT count(*) FROM job WHERE state = 'waiting' AND run_at <= {}", setup.clock().now())
    } else {
        sql!("SELECT count(*) FROM job WHERE state = 'waiting' AND attempts > 0")
    };
    tx.one::<(i64,)>(sql).await.map_or(-1, |(n,)| n)
}

async fn rows(store: &store::Store) -> Vec<(String, Option<String>)> {
    let mut tx = store.platform_read().await.unwrap();
    tx.all(sql!("SELECT kind, last_error FROM job WHERE state = 'dead'")).await.unwrap()
}

async fn all(store: &store::Store) -> Vec<(String, i64, Option<String>)> {
    let mut tx = store.platform_read().await.unwrap();
    tx.all(sql!("SELECT kind, attempts, last_error FROM job")).await.unwrap()
}

/// Everything that was ever acknowledged is there, once; what left the product left it once.
pub async fn check(company: &Company) {
    let person = &company.person;
    let faults = company.ledger(|ledger| std::mem::take(&mut ledger.faults));
    assert!(faults.is_empty(), "{faults:#?}");

    let contacts = tally(&person.all("/api/v1/contacts").await, "family_name");
    let quotes = person.all("/api/v1/quotes").await;
    let invoices = person.all("/api/v1/invoices").await;
    let payments = tally(&person.all("/api/v1/payments").await, "reference");
    let deals = person.all("/api/v1/deals").await;
    let imports = person.all("/api/v1/imports").await;
    let trail = person.all("/api/v1/audit").await;
    let mails = person.all("/api/v1/mails").await;

    company.ledger(|ledger| {
        for (kind, there) in
            [(Kind::Contact, &contacts), (Kind::Payment, &payments), (Kind::Deal, &tally(&deals, "name"))]
        {
            for deed in ledger.of(kind) {
                assert_eq!(there.get(&deed.marker), Some(&1), "{deed:?}");
            }
        }
        for (kind, there) in
            [(Kind::Quote, &tally(&quotes, "contact_id")), (Kind::Invoice, &tally(&invoices, "contact_id"))]
        {
            for deed in ledger.of(kind) {
                assert_eq!(there.get(&deed.about), Some(&1), "{deed:?}");
            }
        }
        for (id, markers) in &ledger.imports {
            let started = ledger.of(Kind::Import).any(|deed| deed.about == *id);
            if started {
                let import = imports.iter().find(|import| import["id"] == **id).unwrap();
                assert_eq!(import["state"], "done", "{import}");
            }
            for marker in markers {
                assert_eq!(contacts.get(marker).copied().unwrap_or(0), usize::from(started), "a row of import {id}");
            }
        }
        let stages: HashMap<&str, &str> =
            ledger.of(Kind::Move).map(|m| (m.about.as_str(), m.marker.as_str())).collect();
        for deal in &deals {
            if let Some(stage) = stages.get(deal["id"].as_str().unwrap()) {
                assert_eq!(deal["stage_id"], **stage, "{deal}");
            }
        }
        for id in &ledger.accepted {
            let quote = quotes.iter().find(|quote| quote["id"] == **id).unwrap();
            assert!(["accepted", "invoiced"].contains(&quote["state"].as_str().unwrap()), "{quote}");
        }
        numbers(ledger, &invoices);
        audited(ledger, &trail);
        mailed(ledger, company, &mails);
    });
}

/// How often each value of a field occurs.
fn tally(items: &[Value], field: &str) -> HashMap<String, usize> {
    let mut tally = HashMap::new();
    for value in items.iter().filter_map(|item| item[field].as_str()) {
        *tally.entry(value.to_owned()).or_default() += 1;
    }
    tally
}

/// Numbers run from one without a gap, and none is given twice.
fn numbers(ledger: &Ledger, invoices: &[Value]) {
    for deed in ledger.of(Kind::Issue) {
        let invoice = invoices.iter().find(|invoice| invoice["id"] == *deed.about).unwrap();
        assert!(invoice["number"].is_string(), "{invoice}");
    }
    let mut series: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
    for number in invoices.iter().filter_map(|invoice| invoice["number"].as_str()) {
        let (prefix, counter) = number.rsplit_once('-').unwrap();
        series.entry(prefix).or_default().push(counter.parse().unwrap());
    }
    for (prefix, mut given) in series {
        given.sort_unstable();
        let wanted: Vec<u64> = (1..=given.len() as u64).collect();
        assert_eq!(given, wanted, "the numbers of {prefix}");
    }
}

/// Each change has its entry, and one.
fn audited(ledger: &Ledger, trail: &[Value]) {
    let mut entries: HashMap<(&str, &str), usize> = HashMap::new();
    for entry in trail {
        *entries.entry((entry["action"].as_str().unwrap(), entry["subject"].as_str().unwrap())).or_default() += 1;
    }
    for deed in &ledger.done {
        let made = deed.answer.as_ref().and_then(|answer| answer["id"].as_str());
        let (action, subject) = match deed.kind {
            Kind::Contact => ("contact.create", made),
            Kind::Note => ("note.create", made),
            Kind::Deal => ("deal.create", made),
            Kind::Quote => ("quote.create", made),
            Kind::Invoice => ("invoice.create", made),
            Kind::Payment => ("payment.record", made),
            Kind::Issue => ("invoice.issue", Some(deed.about.as_str())),
            Kind::SendQuote => ("quote.send", Some(deed.about.as_str())),
            Kind::SendInvoice => ("invoice.send", Some(deed.about.as_str())),
            Kind::Move | Kind::Import => continue,
        };
        if let Some(subject) = subject {
            assert_eq!(entries.get(&(action, subject)), Some(&1), "entries of {action} for {deed:?}");
        }
    }
}

/// Counted where they arrive: what is said to be sent arrived once, what is said to be unknown at most once, and for each
/// wish to send there is one mail.
fn mailed(ledger: &Ledger, company: &Company, mails: &[Value]) {
    let arrived = company.outside.messages();
    for (message, times) in &arrived {
        assert_eq!(*times, 1, "{message} arrived more than once");
    }
    let mut to: HashMap<&str, usize> = HashMap::new();
    for mail in mails {
        *to.entry(mail["to"][0]["address"].as_str().unwrap()).or_default() += 1;
        let message = mail["message_id"].as_str().unwrap_or_default().trim_matches(['<', '>']);
        let times = arrived.get(message).copied().unwrap_or(0);
        match mail["state"].as_str().unwrap() {
            "sent" => assert_eq!(times, 1, "said to be sent: {mail}"),
            "unknown" => assert!(times <= 1, "{mail}"),
            _ => panic!("left behind: {mail}"),
        }
    }
    for deed in ledger.of(Kind::SendQuote).chain(ledger.of(Kind::SendInvoice)) {
        assert_eq!(to.get(deed.marker.as_str()), Some(&1), "mails for {deed:?}");
        assert!(company.outside.at(&deed.marker) <= 1, "mails that arrived for {deed:?}");
    }
}
