//! A workspace to try the domain in: a founded tenant on each database, and its routes with somebody signed in.

mod bulk;
mod carrying;
mod converting;
mod custom;
mod exporting;
mod importing;
mod sample;
mod scoring;
mod taking;

use std::sync::Arc;

use axum::{
    Extension, Router,
    body::Body,
    http::{Request, StatusCode, header},
};
use crm::{bulk::Bulk, import::Imports};
use edge::{App, Authenticator, Settings};
use http_body_util::BodyExt;
use identity::{Established, Identity, SignUp};
use jobs::Runner;
use kernel::{Actor, Caller, Can, Grants, MemberId, Origin, PermissionInfo, Role};
use serde_json::Value;
use store::{Tx, sql};
use testkit::TestStore;
use tower::ServiceExt;

use crate::lead::ManageLeads;

/// Of this domain and of the one whose records it makes.
fn permissions() -> impl Iterator<Item = &'static PermissionInfo> {
    crate::PERMISSIONS.iter().chain(crm::PERMISSIONS).copied().chain([edge::amounts::PERMISSIONS]).flatten()
}

/// A session is `<tenant>/<member>/<role>`.
struct Doorman;

#[async_trait::async_trait]
impl Authenticator for Doorman {
    async fn session(&self, secret: &str, origin: Origin) -> kernel::Result<Option<Caller>> {
        let mut parts = secret.split('/');
        let (tenant, member, role) = (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap());
        // `sales-contact.edit` is a role of the tenant's own: sales without that right.
        let (role, without) = role.split_once('-').unwrap_or((role, ""));
        let role: Role = role.parse().unwrap();
        let holds = |permission: &&PermissionInfo| permission.roles.contains(&role) && permission.name != without;
        let grants = Grants::of(permissions().filter(holds).map(|permission| permission.name));
        Ok(Some(Caller {
            actor: Actor::Member(member.parse().unwrap()),
            grants,
            origin,
            ..Caller::system(tenant.parse().unwrap())
        }))
    }
    async fn api_key(&self, _: &str, _: Origin) -> kernel::Result<Option<Caller>> {
        Ok(None)
    }
}

/// A database with the routes on it, and two tenants: `ours`, and `theirs` whose records must stay out of reach.
pub(crate) struct Desk {
    pub store: TestStore,
    pub ours: Established,
    pub theirs: Established,
    pub door: Router,
}

/// What a request was answered with.
#[derive(Debug)]
pub(crate) struct Answer {
    pub status: StatusCode,
    pub body: Value,
}

impl Answer {
    pub fn id(&self) -> String {
        self.text("id")
    }

    pub fn text(&self, field: &str) -> String {
        self.body[field].as_str().unwrap_or_else(|| panic!("{field} of {self:?}")).to_owned()
    }

    /// The record, when the answer is a success.
    pub fn ok(self) -> Self {
        assert!(self.status.is_success(), "{self:?}");
        self
    }

    /// Field and code of the first refused field.
    pub fn refused(&self) -> (&str, &str) {
        assert_eq!(self.status, StatusCode::UNPROCESSABLE_ENTITY, "{self:?}");
        let field = &self.body["fields"][0];
        (field["field"].as_str().unwrap(), field["code"].as_str().unwrap())
    }

    /// The named field of each item.
    pub fn each(&self, field: &str) -> Vec<String> {
        let items = self.body["items"].as_array().unwrap_or_else(|| panic!("{self:?}"));
        items.iter().map(|item| item[field].as_str().unwrap_or_default().to_owned()).collect()
    }

    pub fn number(&self, field: &str) -> i64 {
        self.body[field].as_i64().unwrap_or_else(|| panic!("{field} of {self:?}"))
    }

    pub fn conflict(&self) -> &str {
        assert_eq!(self.status, StatusCode::CONFLICT, "{self:?}");
        self.body["code"].as_str().unwrap()
    }
}

/// One desk on each database.
pub(crate) async fn desks() -> Vec<Desk> {
    let mut desks = Vec::new();
    for store in testkit::stores().await {
        let settings = Settings { public_url: "http://localhost".into(), trusted_proxy: None, sandbox: false };
        let app = App::new(store.store.clone(), Arc::new(Doorman), settings);
        let bulk = crate::in_bulk(Bulk::new(Identity::new(store.store.clone(), crm::PERMISSIONS)));
        let routes = crate::routes().merge(crm::routes()).split_for_parts().0;
        let imports = crate::in_files(Imports::default());
        let door = routes.layer(Extension(bulk)).layer(Extension(imports)).with_state(app);
        let ours = found(&store, "ana@faroazul.example", "ES", Some("B58378431")).await;
        let theirs = found(&store, "sam@other.example", "US", None).await;
        desks.push(Desk { store, ours, theirs, door });
    }
    desks
}

pub(crate) async fn found(store: &TestStore, email: &str, country: &str, tax_id: Option<&str>) -> Established {
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
    pub async fn ask(
        &self,
        who: &Established,
        role: &str,
        method: &str,
        path: &str,
        version: Option<i64>,
        body: Option<Value>,
    ) -> Answer {
        let cookie = format!("omb_session={}/{}/{role}", who.tenant_id, who.member_id);
        let mut request = Request::builder().method(method).uri(path).header(header::COOKIE, cookie);
        if let Some(version) = version {
            request = request.header(header::IF_MATCH, format!("\"{version}\""));
        }
        let request = match body {
            Some(body) => request.header(header::CONTENT_TYPE, "application/json").body(Body::from(body.to_string())),
            None => request.body(Body::empty()),
        };
        let answer = self.door.clone().oneshot(request.unwrap()).await.unwrap();
        let status = answer.status();
        let bytes = answer.into_body().collect().await.unwrap().to_bytes();
        Answer { status, body: serde_json::from_slice(&bytes).unwrap_or_default() }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.ask(&self.ours, "owner", "GET", path, None, None).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.ask(&self.ours, "owner", "POST", path, None, Some(body)).await
    }

    /// A POST without a body.
    pub async fn press(&self, path: &str) -> Answer {
        self.ask(&self.ours, "owner", "POST", path, None, None).await
    }

    pub async fn patch(&self, path: &str, version: i64, body: Value) -> Answer {
        self.ask(&self.ours, "owner", "PATCH", path, Some(version), Some(body)).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.ask(&self.ours, "owner", "DELETE", path, None, None).await
    }

    /// The other tenant asks.
    pub async fn they(&self, method: &str, path: &str, body: Option<Value>) -> Answer {
        self.ask(&self.theirs, "owner", method, path, Some(1), body).await
    }

    /// Our own transaction.
    pub async fn tx(&self) -> Tx {
        let can: Can<ManageLeads> = Can::check(Arc::new(Caller::system(self.ours.tenant_id))).unwrap();
        self.store.begin(&can).await.unwrap()
    }

    /// Works off what is due.
    pub async fn work(&self) {
        crate::jobs(Runner::new(self.store.store.clone())).drain().await;
    }

    /// Another member; its id.
    pub async fn hire(&self, email: &str) -> String {
        let account = found(&self.store, email, "US", None).await.account_id;
        let member = MemberId::new();
        let mut tx = self.tx().await;
        let (tenant, now) = (tx.tenant_id(), tx.now());
        tx.execute(sql!(
            "INSERT INTO member (tenant_id, id, version, account_id, role, state, joined_at, created_at, updated_at) \
             VALUES ({}, {}, 1, {}, 'sales', 'active', {}, {}, {})",
            tenant,
            member,
            account,
            now,
            now,
            now
        ))
        .await
        .unwrap();
        tx.commit().await.unwrap();
        member.to_string()
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
