//! The rules of identity on both databases, through its verbs.

mod guessing;
mod inviting;
mod keys_and_links;
mod known;
mod membership;
mod passwords;
mod registering;
mod sessions;

use std::{collections::BTreeSet, sync::Arc};

use edge::{Authenticator, Settings};
use kernel::{Actor, Caller, Can, Error, Origin, TenantId};
use store::{Tx, sql};
use testkit::TestStore;

use crate::{
    Established, Identity, PERMISSIONS, SignUp, SignedIn,
    caller::acting,
    session::sign_in::{SignIn, sign_in},
};

pub(crate) const PASSWORD: &str = "quiet otter paints maps";
pub(crate) const ANA: &str = "ana@faroazul.example";

/// One database with everything on it.
pub(crate) struct World {
    pub store: TestStore,
    pub identity: Identity,
    pub settings: Settings,
}

pub(crate) async fn worlds() -> Vec<World> {
    let world = |store: TestStore| World {
        identity: Identity::new(store.store.clone(), &[PERMISSIONS]),
        settings: Settings { public_url: "https://app.example".into(), trusted_proxy: None, sandbox: true },
        store,
    };
    testkit::stores().await.into_iter().map(world).collect()
}

/// A request from an address, by a browser.
pub(crate) fn from(ip: &str) -> Origin {
    let agent = format!("Mozilla/5.0 (Windows NT 10.0) Firefox/{}", ip.len());
    Origin { ip: Some(ip.parse().unwrap()), user_agent: Some(agent), ..Origin::default() }
}

pub(crate) fn home() -> Origin {
    from("192.0.2.1")
}

pub(crate) fn form(email: &str) -> SignUp {
    crate::signup::check::tests::sign_up(email)
}

impl World {
    /// A company with a confirmed owner.
    pub async fn company(&self, email: &str) -> Established {
        crate::establish(&self.store, form(email)).await.unwrap()
    }

    pub async fn try_sign_in(&self, email: &str, password: &str, origin: &Origin) -> kernel::Result<SignedIn> {
        let input = SignIn { email: email.into(), password: password.into() };
        sign_in(&self.store, &self.settings, origin, input).await
    }

    pub async fn sign_in(&self, email: &str) -> SignedIn {
        self.try_sign_in(email, PASSWORD, &home()).await.unwrap()
    }

    /// Who a secret makes of a request now.
    pub async fn caller(&self, secret: &str) -> Option<Arc<Caller>> {
        self.identity.session(secret, home()).await.unwrap().map(Arc::new)
    }

    pub async fn signed_in(&self, email: &str) -> Arc<Caller> {
        let session = self.sign_in(email).await;
        self.caller(session.secret()).await.unwrap()
    }

    /// A transaction of somebody, whatever they may do.
    pub async fn tx(&self, caller: &Arc<Caller>) -> Tx {
        self.store.platform().await.unwrap().enter(caller.clone()).await.unwrap()
    }

    /// A transaction of the product in a tenant.
    pub async fn system(&self, tenant: TenantId) -> Tx {
        let caller = acting(tenant, Actor::System, None, kernel::Language::En, &Origin::default());
        self.store.platform().await.unwrap().enter(caller).await.unwrap()
    }

    /// Recipient, subject and link of the mails of a tenant, oldest first.
    pub async fn mails(&self, tenant: TenantId) -> Vec<(String, String, String)> {
        let mut tx = self.system(tenant).await;
        let queued = tx.select::<mail::OutgoingMail>().push(" ORDER BY outgoing_mail.id");
        let mails: Vec<mail::OutgoingMail> = tx.all(queued).await.unwrap();
        let url = |body: &[mail::Part]| {
            let urls = body.iter().filter_map(|part| match part {
                mail::Part::Button { url, .. } => Some(url.clone()),
                _ => None,
            });
            urls.into_iter().next().unwrap_or_default()
        };
        mails
            .into_iter()
            .map(|mail| (mail.recipients.0[0].address.clone(), mail.subject.clone(), url(&mail.body.0)))
            .collect()
    }

    /// The token in the newest mail of a tenant.
    pub async fn token(&self, tenant: TenantId) -> String {
        let mails = self.mails(tenant).await;
        mails.last().unwrap().2.split_once("token=").unwrap().1.to_owned()
    }

    /// The tenant of an address that has not been confirmed yet.
    pub async fn tenant_of(&self, email: &str) -> TenantId {
        let mut tx = self.store.platform_read().await.unwrap();
        let query = sql!(
            "SELECT account_tenant.tenant_id FROM account JOIN account_tenant ON account_tenant.account_id = account.id \
             WHERE account.email_folded = {}",
            email.to_lowercase()
        );
        tx.one::<(TenantId,)>(query).await.unwrap().0
    }

    /// The actions of a tenant's audit trail, oldest first.
    pub async fn audit(&self, tenant: TenantId) -> Vec<String> {
        let mut tx = self.system(tenant).await;
        let rows: Vec<(String,)> =
            tx.all(sql!("SELECT action FROM audit_entry WHERE tenant_id = {} ORDER BY id", tenant)).await.unwrap();
        rows.into_iter().map(|(action,)| action).collect()
    }

    pub async fn count(&self, table: &'static str) -> i64 {
        let mut tx = self.store.platform_read().await.unwrap();
        tx.one::<(i64,)>(store::Sql::new("SELECT count(*) FROM ").push(table)).await.unwrap().0
    }
}

/// The code of a refusal: of its first field, where fields were refused.
pub(crate) fn code<T>(result: kernel::Result<T>) -> String {
    match result {
        Ok(_) => panic!("it was not refused"),
        Err(Error::Invalid { fields }) => fields[0].code.clone(),
        Err(other) => other.code().to_owned(),
    }
}

pub(crate) fn can<P: kernel::Permission>(caller: &Arc<Caller>) -> kernel::Result<Can<P>> {
    Can::check(caller.clone())
}

/// P021: what is declared of these tables is what both databases have.
#[tokio::test]
async fn p021_the_data_map_is_the_live_schema() {
    for world in worlds().await {
        let schema = testkit::schema(&world.store).await;
        for table in crate::DATA_MAP {
            let declared: BTreeSet<String> = table.columns.iter().map(|c| c.name.to_owned()).collect();
            assert_eq!(Some(&declared), schema.get(table.name), "{} on {}", table.name, world.store.kind());
        }
    }
}
