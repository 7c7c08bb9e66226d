//! A whole product on a socket of its own, and people who talk to it.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use capabilities::fetch::{self, Fetch, FetchError, Post, Reach};
use edge::{Settings, limit::Rates, load::Capacity};
use kernel::Clock;
use mail::Postman;
use omb::product::{Parts, Product};
use providers::fetch::GuardedFetch;
use reqwest::{Method, StatusCode, header};
use sandbox::{MailFilter, Sandbox, SandboxConfig, SandboxHandle};
use serde_json::{Value, json};
use store::{Store, StoreOptions};
use testkit::{Database, Kind};

/// A running product. Its jobs run when [`TestApp::work`] is called, so that tests decide when.
pub struct TestApp {
    pub url: String,
    pub store: Store,
    pub clock: Clock,
    pub runner: jobs::Runner,
    pub sandbox: SandboxHandle,
    pub outside: Arc<Outside>,
    pub kind: Kind,
    pub database: Database,
    _files: tempfile::TempDir,
}

/// The product's way to endpoints, which can be made to take its worker down once a message has been sent.
pub struct Outside {
    guarded: GuardedFetch,
    pub dies_after_sending: AtomicBool,
}

impl Default for Outside {
    fn default() -> Self {
        Self { guarded: GuardedFetch::new(Reach::PublicAndLoopback), dies_after_sending: AtomicBool::new(false) }
    }
}

#[async_trait::async_trait]
impl Fetch for Outside {
    fn reach(&self) -> Reach {
        self.guarded.reach()
    }

    async fn post(&self, post: Post) -> Result<fetch::Answer, FetchError> {
        let answer = self.guarded.post(post).await;
        assert!(!self.dies_after_sending.load(Ordering::SeqCst), "the worker dies here");
        answer
    }
}

/// A browser or program with its own cookies.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    url: String,
    bearer: Option<String>,
}

/// An answer, read to its end.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: header::HeaderMap,
    pub body: Value,
    pub bytes: Vec<u8>,
}

pub const PASSWORD: &str = "quiet otter paints maps";

impl TestApp {
    /// One product per database there is.
    pub async fn each() -> Vec<TestApp> {
        let mut apps = Vec::new();
        for kind in testkit::kinds() {
            apps.push(TestApp::start(kind).await);
        }
        apps
    }

    pub async fn start(kind: Kind) -> TestApp {
        TestApp::start_with(kind, Rates::off(), Capacity::default()).await
    }

    /// With limits of a test's own.
    pub async fn start_with(kind: Kind, rates: Rates, capacity: Capacity) -> TestApp {
        let clock = Clock::system();
        let database = testkit::fresh_database(kind).await;
        let options = StoreOptions {
            clock: clock.clone(),
            connections: Some(8),
            listeners: omb::domains::listeners(),
            scopes: omb::domains::scopes(),
            ..StoreOptions::default()
        };
        let store = database.open(options);
        store.migrate().await.unwrap();
        let files = tempfile::tempdir().unwrap();
        let now = clock.clone();
        let sandbox = Sandbox::start(SandboxConfig { now: Arc::new(move || now.now()), ..SandboxConfig::default() })
            .await
            .unwrap();
        let transport = Arc::new(providers::smtp::SmtpTransport::from_url(&sandbox.smtp_url(), true).unwrap());
        let blobs = files::Blobs::local(files.path()).unwrap();
        let outside = Arc::new(Outside::default());
        let fetch = outside.clone();
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let product = Product::build(Parts {
            store: store.clone(),
            blobs: blobs.clone(),
            postman: Postman { transport, blobs, platform_address: "hello@omb.example".into() },
            hooks: hooks::Hooks { fetch, timeout: Duration::from_millis(1500) },
            settings: Settings { public_url: url.clone(), trusted_proxy: None, sandbox: true },
            sandbox: Some(sandbox.clone()),
            rates,
            capacity,
        });
        let service = product.router.into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
        TestApp { url, store, clock, runner: product.runner, sandbox, outside, kind, database, _files: files }
    }

    /// The store of another node on the same database, with the same master key file.
    pub fn another_node(&self) -> Store {
        let scopes = omb::domains::scopes();
        self.database.open(StoreOptions { clock: self.clock.clone(), scopes, ..StoreOptions::default() })
    }

    /// Every byte this product has on disk, as far as the test can see: the embedded database with its log, or every
    /// row of PostgreSQL as text, and the files.
    pub async fn bytes_at_rest(&self) -> Vec<u8> {
        let mut bytes = self.database.bytes_at_rest().await;
        read_folder(self._files.path(), &mut bytes);
        bytes
    }

    /// Somebody who is not signed in.
    pub fn nobody(&self) -> Client {
        let http =
            reqwest::Client::builder().cookie_store(true).redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Client { http, url: self.url.clone(), bearer: None }
    }

    /// Runs every due job.
    pub async fn work(&self) -> usize {
        self.runner.drain().await
    }

    /// Nothing may be left undone at the end of a test.
    pub async fn finish(self) {
        let left = self.left_behind().await;
        assert!(left.is_empty(), "{:?}: jobs left behind: {left:?}", self.kind);
    }

    /// Kind and failure of each job that is due, held back after a failure, or dead, once everything due was run.
    pub async fn left_behind(&self) -> Vec<(String, Option<String>)> {
        self.work().await;
        let mut tx = self.store.platform_read().await.unwrap();
        let now = self.clock.now();
        let left =
            store::sql!("SELECT kind, last_error FROM job WHERE state = 'dead' OR run_at <= {} OR attempts > 0", now);
        tx.all(left).await.unwrap()
    }

    /// A new company and its owner, signed in.
    pub async fn owner(&self, company: &str) -> Client {
        let email = format!("owner@{}.example", company.to_lowercase().replace(' ', "-"));
        identity::establish(&self.store, serde_json::from_value(sign_up(company, &email)).unwrap()).await.unwrap();
        let client = self.nobody();
        client.post("/api/v1/session", json!({ "email": email, "password": PASSWORD })).await.ok();
        client
    }

    /// Somebody whom `owner` invites in a role, signed in.
    pub async fn member(&self, owner: &Client, role: &str) -> Client {
        let email = format!("{role}-{}@members.example", kernel::Uuid::now_v7().simple());
        owner.post("/api/v1/invitations", json!({ "email": email, "role": role })).await.ok();
        self.work().await;
        let link = self.link_in_mail(&email, "invitation").await;
        let token = link.rsplit(['/', '=', '#']).next().unwrap().to_owned();
        let client = self.nobody();
        client
            .post(
                "/api/v1/invitations/accept",
                json!({ "token": token, "name": "A Member", "password": PASSWORD, "is_16_or_older": true }),
            )
            .await
            .ok();
        client
    }

    /// The first link with `part` in any mail to an address.
    pub async fn link_in_mail_about(&self, to: &str, part: &str) -> String {
        let filter = MailFilter { to: Some(to.to_owned()), ..MailFilter::default() };
        let mails = self.sandbox.mails(&filter);
        let mut links = mails.iter().filter_map(|mail| self.sandbox.mail(mail.id)).flat_map(|mail| mail.links.clone());
        links.find(|link| link.contains(part)).unwrap_or_else(|| panic!("no {part} link in the mails to {to}"))
    }

    /// The first link in the newest mail to an address that contains `part`.
    pub async fn link_in_mail(&self, to: &str, part: &str) -> String {
        let filter = MailFilter { to: Some(to.to_owned()), ..MailFilter::default() };
        let mail = self.sandbox.mails(&filter).into_iter().next().unwrap_or_else(|| panic!("no mail to {to}"));
        let detail = self.sandbox.mail(mail.id).unwrap();
        let links = detail.links.clone();
        links.iter().find(|link| link.contains(part)).unwrap_or_else(|| panic!("no {part} link in {links:?}")).clone()
    }
}

fn read_folder(folder: &std::path::Path, bytes: &mut Vec<u8>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { read_folder(&path, bytes) } else { bytes.extend(std::fs::read(path).unwrap()) }
    }
}

/// What a sign-up sends.
pub fn sign_up(company: &str, email: &str) -> Value {
    json!({
        "company_name": company, "country": "ES", "tax_id": "B58378431", "currency": "EUR", "language": "es",
        "time_zone": "Europe/Madrid", "name": "Ana Ruiz", "email": email, "phone": "+34612345678", "password": PASSWORD,
        "business_use": true, "is_16_or_older": true,
    })
}

impl Client {
    /// The same connection as a program with a key.
    pub fn with_key(&self, key: &str) -> Client {
        Client { http: reqwest::Client::new(), url: self.url.clone(), bearer: Some(key.to_owned()) }
    }

    pub fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.url)).timeout(Duration::from_secs(60));
        match &self.bearer {
            Some(key) => request.bearer_auth(key),
            None => request,
        }
    }

    pub async fn send(&self, request: reqwest::RequestBuilder) -> Answer {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = response.bytes().await.unwrap().to_vec();
        let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        Answer { status, headers, body, bytes }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(self.request(Method::POST, path).json(&body)).await
    }

    /// A change of the version that was read.
    pub async fn patch(&self, path: &str, version: &Value, body: Value) -> Answer {
        self.send(self.request(Method::PATCH, path).header("if-match", format!("\"{version}\"")).json(&body)).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.send(self.request(Method::DELETE, path)).await
    }
}

impl Answer {
    /// The body of a success; anything else ends the test, saying what was answered.
    #[track_caller]
    pub fn ok(self) -> Value {
        assert!(self.status.is_success(), "{}: {}", self.status, String::from_utf8_lossy(&self.bytes));
        self.body
    }

    /// A problem with this status and code.
    #[track_caller]
    pub fn refused(self, status: u16, code: &str) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", String::from_utf8_lossy(&self.bytes));
        assert_eq!(self.body["code"], code, "{}", self.body);
        self.body
    }

    /// 422 with this code on this field.
    #[track_caller]
    pub fn field(self, field: &str, code: &str) {
        let body = self.refused(422, "invalid_input");
        let found = body["fields"].as_array().unwrap().iter().any(|f| f["field"] == field && f["code"] == code);
        assert!(found, "{field}: {code} is not among {body}");
    }
}
