//! A workspace to try forms in: a founded tenant on each database, its routes with somebody signed in, and strangers.

mod agreeing;
mod attaching;
mod guarding;
mod judging;
mod living;
mod repeating;
mod sample;
mod sending;
mod writing;

use std::{net::SocketAddr, sync::Arc};

use axum::{
    Extension, Router,
    body::Body,
    extract::ConnectInfo,
    http::{HeaderMap, Request, StatusCode, header},
};
use edge::{App, Authenticator, Settings};
use files::Blobs;
use http_body_util::BodyExt;
use identity::{Established, SignUp};
use kernel::{Actor, Caller, Can, Grants, Origin, Role};
use serde_json::{Value, json};
use store::{Tx, sql};
use testkit::TestStore;
use tower::ServiceExt;

use crate::form::ManageForms;
pub(crate) use sample::{contact, encoded, field};

/// A session is `<tenant>/<member>/<role>`.
struct Doorman;

#[async_trait::async_trait]
impl Authenticator for Doorman {
    async fn session(&self, secret: &str, origin: Origin) -> kernel::Result<Option<Caller>> {
        let mut parts = secret.split('/');
        let (tenant, member, role) = (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap());
        let role: Role = role.parse().unwrap();
        let known = [crate::PERMISSIONS, leads::PERMISSIONS, crm::PERMISSIONS];
        let held = known.iter().copied().flatten().copied().flatten().filter(|p| p.roles.contains(&role));
        Ok(Some(Caller {
            actor: Actor::Member(member.parse().unwrap()),
            grants: Grants::of(held.map(|permission| permission.name)),
            origin,
            ..Caller::system(tenant.parse().unwrap())
        }))
    }
    /// A key is written as a session is; one that is none is nobody's.
    async fn api_key(&self, secret: &str, origin: Origin) -> kernel::Result<Option<Caller>> {
        if secret.contains('/') { self.session(secret, origin).await } else { Ok(None) }
    }
}

/// A database with the routes on it, and two tenants: `ours`, and `theirs` whose records must stay out of reach.
pub(crate) struct Desk {
    pub store: TestStore,
    pub ours: Established,
    pub theirs: Established,
    pub door: Router,
    pub blobs: Blobs,
    _folder: tempfile::TempDir,
}

/// What a request was answered with.
#[derive(Debug)]
pub(crate) struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
    pub body: Value,
}

impl Answer {
    pub fn ok(self) -> Self {
        assert!(self.status.is_success(), "{self:?}");
        self
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Field and code of the first refused field.
    pub fn refused(&self) -> (&str, &str) {
        assert_eq!(self.status, StatusCode::UNPROCESSABLE_ENTITY, "{self:?}");
        let field = &self.body["fields"][0];
        (field["field"].as_str().unwrap(), field["code"].as_str().unwrap())
    }
}

/// One desk on each database.
pub(crate) async fn desks() -> Vec<Desk> {
    let mut desks = Vec::new();
    for store in testkit::stores().await {
        let settings = Settings { public_url: "http://localhost".into(), trusted_proxy: None, sandbox: false };
        let app = App::new(store.store.clone(), Arc::new(Doorman), settings);
        let (api, _) = crate::routes().merge(leads::routes()).merge(crm::routes()).split_for_parts();
        let folder = tempfile::tempdir().unwrap();
        let blobs = Blobs::local(folder.path()).unwrap();
        let api = api.merge(crate::pages()).layer(Extension(blobs.clone()));
        let door = edge::layers::wrap(api.with_state(app.clone()), &app);
        let ours = found(&store, "ana@faroazul.example", "ES", Some("B58378431")).await;
        let theirs = found(&store, "sam@other.example", "US", None).await;
        desks.push(Desk { store, ours, theirs, door, blobs, _folder: folder });
    }
    desks
}

async fn found(store: &TestStore, email: &str, country: &str, tax_id: Option<&str>) -> Established {
    let form = SignUp {
        company_name: "Faro Azul".into(),
        country: country.into(),
        tax_id: tax_id.map(str::to_owned),
        tax_id_confirmed: false,
        currency: "EUR".into(),
        language: "es".into(),
        time_zone: "Europe/Madrid".into(),
        name: "Ana Ruiz".into(),
        email: email.into(),
        phone: None,
        password: "quiet otter paints maps".into(),
        business_use: true,
        is_16_or_older: true,
    };
    identity::establish(store, form).await.unwrap()
}

impl Desk {
    pub async fn send(&self, request: Request<Body>) -> Answer {
        let answer = self.door.clone().oneshot(request).await.unwrap();
        let (status, headers) = (answer.status(), answer.headers().clone());
        let bytes = answer.into_body().collect().await.unwrap().to_bytes();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status, headers, body: serde_json::from_str(&text).unwrap_or_default(), text }
    }

    pub async fn ask(&self, who: &Established, method: &str, path: &str, version: i64, body: Value) -> Answer {
        self.asked(who, "owner", method, path, version, body).await
    }

    /// The same in another role.
    pub async fn ask_as(&self, who: &Established, role: &str, method: &str, path: &str, body: Value) -> Answer {
        self.asked(who, role, method, path, 0, body).await
    }

    async fn asked(
        &self,
        who: &Established,
        role: &str,
        method: &str,
        path: &str,
        version: i64,
        body: Value,
    ) -> Answer {
        let cookie = format!("omb_session={}/{}/{role}", who.tenant_id, who.member_id);
        let request = Request::builder().method(method).uri(path).header(header::COOKIE, cookie);
        let request = request.header(header::IF_MATCH, format!("\"{version}\""));
        let empty = body.is_null();
        let request = request.header(header::CONTENT_TYPE, "application/json");
        self.send(request.body(if empty { Body::empty() } else { Body::from(body.to_string()) }).unwrap()).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.ask(&self.ours, "GET", path, 0, Value::Null).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.ask(&self.ours, "POST", path, 0, body).await
    }

    /// A published form; its id and its address.
    pub async fn published(&self, more: Value) -> (String, String) {
        let form = self.post("/api/v1/forms", contact(more)).await.ok();
        let id = form.body["id"].as_str().unwrap().to_owned();
        self.post(&format!("/api/v1/forms/{id}/publish"), Value::Null).await.ok();
        (id, form.body["path"].as_str().unwrap().to_owned())
    }

    /// A stranger looks at a page.
    pub async fn look(&self, path: &str) -> Answer {
        self.send(Request::builder().uri(path).body(Body::empty()).unwrap()).await
    }

    /// A stranger sends a page's form.
    pub async fn fill(&self, path: &str, from: &[(&str, &str)], pairs: &[(&str, &str)]) -> Answer {
        let mut request = Request::builder().method("POST").uri(path).header(header::HOST, "localhost");
        request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        for (name, value) in from {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::from(encoded(pairs))).unwrap()).await
    }

    /// A program sends a form.
    pub async fn give(&self, path: &str, from: &[(&str, &str)], body: Value) -> Answer {
        let path = path.replace("/f/", "/api/v1/public/forms/");
        let mut request = Request::builder().method("POST").uri(format!("{path}/submissions"));
        request = request.header(header::HOST, "localhost").header(header::CONTENT_TYPE, "application/json");
        for (name, value) in from {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::from(body.to_string())).unwrap()).await
    }

    /// A program at this address of the network sends a form.
    pub async fn give_from(&self, ip: &str, path: &str, email: &str) -> Answer {
        let path = path.replace("/f/", "/api/v1/public/forms/");
        let request = Request::builder().method("POST").uri(format!("{path}/submissions"));
        let request = request.header(header::HOST, "localhost").header(header::CONTENT_TYPE, "application/json");
        let peer = ConnectInfo(SocketAddr::new(ip.parse().unwrap(), 4711));
        let body = json!({ "values": { "email": email } }).to_string();
        self.send(request.extension(peer).body(Body::from(body)).unwrap()).await
    }

    /// Our leads, the newest first.
    pub async fn leads(&self) -> Vec<Value> {
        self.get("/api/v1/leads").await.ok().body["items"].as_array().unwrap().clone()
    }

    pub async fn tx(&self) -> Tx {
        let can: Can<ManageForms> = Can::check(Arc::new(Caller::system(self.ours.tenant_id))).unwrap();
        self.store.begin(&can).await.unwrap()
    }

    /// How many events of this kind we have had.
    pub async fn events(&self, kind: &str) -> i64 {
        let mut tx = self.tx().await;
        let tenant = tx.tenant_id();
        tx.count(sql!("SELECT count(*) FROM event WHERE tenant_id = {} AND kind = {}", tenant, kind)).await.unwrap()
    }
}

/// P021: what is declared of this domain's tables is what both databases have.
#[tokio::test]
async fn p021_the_data_map_is_the_live_schema() {
    for store in testkit::stores().await {
        let schema = testkit::schema(&store).await;
        for table in crate::DATA_MAP {
            let declared = table.columns.iter().map(|column| column.name.to_owned()).collect();
            assert_eq!(schema.get(table.name), Some(&declared), "{} on {}", table.name, store.kind());
        }
    }
}
