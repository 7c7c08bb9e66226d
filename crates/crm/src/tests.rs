//! A workspace to try the domain in: a founded tenant on each database, and its routes with somebody signed in.

use std::sync::Arc;

use axum::{
    Extension, Router,
    body::Body,
    http::{Request, StatusCode, header},
};
use edge::{App, Authenticator, Settings};
use http_body_util::BodyExt;
use identity::{Established, Identity, SignUp};
use kernel::{Actor, Caller, Can, Grants, Origin, PermissionInfo, Role};
use serde_json::Value;
use store::{Tx, sql};
use testkit::TestStore;
use tower::ServiceExt;

use crate::{bulk::Bulk, import::Imports, pipeline::ManagePipelines};

/// Those of this domain, and the right to see amounts, which the door declares.
fn permissions() -> impl Iterator<Item = &'static PermissionInfo> {
    crate::PERMISSIONS.iter().copied().chain([edge::amounts::PERMISSIONS]).flatten()
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

    pub fn number(&self, field: &str) -> i64 {
        self.body[field].as_i64().unwrap_or_else(|| panic!("{field} of {self:?}"))
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
        let bulk = Bulk::new(Identity::new(store.store.clone(), crate::PERMISSIONS));
        let door = crate::routes().split_for_parts().0.layer(Extension(bulk));
        let door = door.layer(Extension(Imports::default())).with_state(app);
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

/// Somebody else of our workspace.
pub(crate) async fn joined(desk: &Desk, email: &str) -> Established {
    let own = found(&desk.store, email, "US", None).await;
    let mut tx = desk.tx().await;
    let member = identity::member::join::join(&mut tx, own.account_id, Role::Sales).await.unwrap();
    tx.commit().await.unwrap();
    Established { tenant_id: desk.ours.tenant_id, member_id: member.id, ..own }
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
        let can: Can<ManagePipelines> = Can::check(Arc::new(Caller::system(self.ours.tenant_id))).unwrap();
        self.store.begin(&can).await.unwrap()
    }

    /// How many events of this kind we have had.
    pub async fn events(&self, kind: &str) -> i64 {
        let mut tx = self.tx().await;
        let tenant = tx.tenant_id();
        tx.count(sql!("SELECT count(*) FROM event WHERE tenant_id = {} AND kind = {}", tenant, kind)).await.unwrap()
    }
}

/// What the contract of the API promises of this domain.
#[test]
fn every_operation_of_the_contract_is_described() {
    let document = serde_json::to_value(crate::routes().into_openapi()).unwrap();
    let mut found: Vec<&str> = Vec::new();
    for path in document["paths"].as_object().unwrap().values() {
        found.extend(path.as_object().unwrap().values().filter_map(|operation| operation["operationId"].as_str()));
    }
    let nouns = ["company", "contact", "deal"].into_iter();
    let mut wanted: Vec<String> = nouns
        .flat_map(|noun| ["list", "get", "create", "update", "delete", "restore"].map(|verb| format!("{noun}_{verb}")))
        .collect();
    let others = [
        "contact_duplicates",
        "deal_board",
        "deal_move",
        "deal_win",
        "deal_lose",
        "deal_reopen",
        "pipeline_list",
        "pipeline_create",
        "pipeline_update",
        "stage_create",
        "stage_update",
        "stage_delete",
        "stage_reorder",
        "note_create",
        "note_update",
        "note_delete",
        "timeline_list",
        "search",
    ];
    wanted.extend(others.map(str::to_owned));
    for operation in wanted {
        assert!(found.contains(&operation.as_str()), "{operation} is missing");
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
