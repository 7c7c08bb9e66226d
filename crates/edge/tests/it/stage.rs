//! A door with routes of a test's own behind it. A session's secret says whose it is: `tenant/account`.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{HeaderMap, Request, StatusCode},
    routing::get,
};
use edge::{App, Authenticator, Settings, Signed, door::Door, limit::Class, limit::Rates, load::Capacity};
use http_body_util::BodyExt;
use kernel::{AccountId, Actor, Caller, Grants, Language, MemberId, Origin, TenantId};
use serde_json::Value;
use testkit::TestStore;
use tokio::sync::Semaphore;
use tower::ServiceExt;

/// Knows every secret that is not revoked, and counts how often it was asked.
#[derive(Default)]
pub struct Doorman {
    pub asked: AtomicUsize,
    pub revoked: Mutex<Vec<String>>,
}

#[async_trait::async_trait]
impl Authenticator for Doorman {
    async fn session(&self, secret: &str, origin: Origin) -> kernel::Result<Option<Caller>> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let known = secret.split_once('/').filter(|_| !self.revoked.lock().unwrap().iter().any(|gone| gone == secret));
        Ok(known.map(|(tenant, account)| Caller {
            tenant_id: tenant.parse().unwrap(),
            on_behalf_of: None,
            actor: Actor::Member(MemberId::new()),
            account_id: Some(account.parse().unwrap()),
            language: Language::default(),
            grants: Grants::of(["event.watch"]),
            reach: kernel::Reach::whole(),
            origin,
        }))
    }

    async fn api_key(&self, _: &str, _: Origin) -> kernel::Result<Option<Caller>> {
        Ok(None)
    }
}

/// The house.
pub struct Stage {
    pub router: Router,
    pub app: App,
    pub doorman: Arc<Doorman>,
    /// `/gate` is passed one request for each permit.
    pub gate: Arc<Semaphore>,
    /// How many are inside `/gate` now, by tenant.
    pub inside: Arc<Mutex<BTreeMap<TenantId, usize>>>,
}

/// An answer, read to its end.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Value,
}

impl Answer {
    pub fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }

    pub fn number(&self, header: &str) -> u64 {
        self.headers[header].to_str().unwrap().parse().unwrap()
    }
}

/// A new person of a tenant.
pub fn secret(tenant: TenantId) -> String {
    format!("{tenant}/{}", AccountId::new())
}

impl Stage {
    pub fn new(store: &TestStore, rates: Rates, capacity: Capacity) -> Stage {
        Self::with_routes(store, rates, capacity, Router::new())
    }

    /// `/hello` for anybody, `/me` for the signed in, `/gate` for who waits, `/secret` where secrets are guessed.
    pub fn with_routes(store: &TestStore, rates: Rates, capacity: Capacity, routes: Router<App>) -> Stage {
        let doorman = Arc::new(Doorman::default());
        let settings = Settings {
            public_url: "http://localhost".into(),
            trusted_proxy: Some("127.0.0.1".parse().unwrap()),
            sandbox: false,
        };
        let classify = |method: &axum::http::Method, route: &str| match route {
            "/secret" => Class::Secret,
            _ => edge::limit::by_method(method, route),
        };
        let door = Arc::new(Door::new(rates, capacity, classify));
        let app = App { door, ..App::new(store.store.clone(), doorman.clone(), settings) };
        let gate = Arc::new(Semaphore::new(0));
        let inside: Arc<Mutex<BTreeMap<TenantId, usize>>> = Arc::default();
        let (opened, counted) = (gate.clone(), inside.clone());
        let wait = move |Signed(caller): Signed| async move {
            let of = |change: isize| {
                let mut counted = counted.lock().unwrap();
                let count = counted.entry(caller.tenant_id).or_default();
                *count = count.checked_add_signed(change).unwrap();
            };
            of(1);
            opened.acquire().await.unwrap().forget();
            of(-1);
            "through"
        };
        let routes = routes
            .route("/hello", get(async || "hello"))
            .route("/me", get(async |_: Signed| "me"))
            .route("/secret", get(async || "secret"))
            .route("/gate", get(wait));
        let router = edge::door::before(routes, &app)
            .route("/events", get(edge::live::events))
            .route("/healthz", get(async || "ok"))
            .with_state(app.clone());
        let router = edge::layers::wrap(router, &app);
        Stage { router, app, doorman, gate, inside }
    }

    /// A request of `secret` from `ip`, as the proxy passes it on.
    pub fn request(path: &str, ip: &str, secret: Option<&str>) -> Request<Body> {
        let mut request = Request::get(path).header("x-forwarded-for", ip).body(Body::empty()).unwrap();
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 9))));
        if let Some(secret) = secret {
            request.headers_mut().insert("cookie", format!("omb_session={secret}").parse().unwrap());
        }
        request
    }

    pub async fn ask(&self, path: &str, ip: &str, secret: Option<&str>) -> Answer {
        Self::answer(self.router.clone(), Self::request(path, ip, secret)).await
    }

    /// The same on a task of its own.
    pub fn begin(&self, path: &str, ip: &str, secret: &str) -> tokio::task::JoinHandle<Answer> {
        tokio::spawn(Self::answer(self.router.clone(), Self::request(path, ip, Some(secret))))
    }

    pub async fn answer(router: Router, request: Request<Body>) -> Answer {
        let response = router.oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        Answer { status: parts.status, headers: parts.headers, body }
    }

    pub fn asked(&self) -> usize {
        self.doorman.asked.load(Ordering::SeqCst)
    }

    pub fn inside(&self, tenant: TenantId) -> usize {
        self.inside.lock().unwrap().get(&tenant).copied().unwrap_or(0)
    }
}

/// Waits until something observable is so; a minute is a hang.
pub async fn until(what: impl Fn() -> bool) {
    let waited = async {
        while !what() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(60), waited).await.expect("it never came to be so");
}
