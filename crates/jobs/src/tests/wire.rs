//! Dead jobs through the routes: who may, who may not, and what is not told.

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
};
use edge::{App, Authenticator, Settings};
use http_body_util::BodyExt;
use kernel::{Actor, Error, Grants, MemberId, Origin, PermissionInfo, Role};
use serde_json::Value;
use tower::ServiceExt;

use super::*;

/// A session is `<tenant>/<role>`.
struct Doorman;

#[async_trait::async_trait]
impl Authenticator for Doorman {
    async fn session(&self, secret: &str, origin: Origin) -> kernel::Result<Option<Caller>> {
        let Some((tenant, role)) = secret.split_once('/') else { return Ok(None) };
        let (tenant, role): (TenantId, Role) = (tenant.parse().unwrap(), role.parse().unwrap());
        let holds = |permission: &&PermissionInfo| permission.roles.contains(&role);
        let grants = Grants::of(crate::PERMISSIONS.iter().filter(holds).map(|permission| permission.name));
        Ok(Some(Caller { actor: Actor::Member(MemberId::new()), grants, origin, ..Caller::system(tenant) }))
    }
    async fn api_key(&self, _: &str, _: Origin) -> kernel::Result<Option<Caller>> {
        Ok(None)
    }
}

fn door(store: &Store) -> Router {
    let settings = Settings { public_url: "http://localhost".into(), trusted_proxy: None, sandbox: false };
    let app = App::new(store.clone(), Arc::new(Doorman), settings);
    routes().split_for_parts().0.with_state(app)
}

async fn ask(door: &Router, method: &str, path: &str, tenant: TenantId, role: &str) -> (StatusCode, Value) {
    let cookie = format!("omb_session={tenant}/{role}");
    let request =
        Request::builder().method(method).uri(path).header(header::COOKIE, cookie).body(Body::empty()).unwrap();
    let answer = door.clone().oneshot(request).await.unwrap();
    let status = answer.status();
    let body = answer.into_body().collect().await.unwrap().to_bytes();
    (status, serde_json::from_slice(&body).unwrap_or_default())
}

#[tokio::test]
async fn an_administrator_sees_replays_and_discards_what_died() {
    for store in testkit::stores().await {
        let tenant = TenantId::new();
        let door = door(&store);
        let runner = carrier(&store, |_| async { Err(Error::internal("SELECT secrets FROM host.internal")) });
        enqueue(&store, tenant, &Fragile).await;
        let die = async || {
            for _ in 0..3 {
                runner.drain().await;
                store.clock().advance(chrono::TimeDelta::hours(1));
            }
        };
        die().await;
        let (status, page) = ask(&door, "GET", "/api/v1/jobs/dead?limit=5", tenant, "administrator").await;
        assert_eq!((status, page["items"].as_array().map(Vec::len)), (StatusCode::OK, Some(1)), "{page}");
        let job = &page["items"][0];
        assert_eq!(
            (&job["kind"], &job["attempts"], &job["failure"]),
            (&"glass.carry".into(), &3.into(), &"internal".into())
        );
        assert_eq!(job["actions"], serde_json::json!(["replay", "discard"]));
        assert!(!page.to_string().contains("secrets"), "what operators are told stays inside");

        let path = format!("/api/v1/jobs/{}", job["id"].as_str().unwrap());
        let (replay, discard) = (format!("{path}/replay"), path);
        assert_eq!(ask(&door, "POST", &replay, TenantId::new(), "administrator").await.0, StatusCode::NOT_FOUND);
        assert_eq!(ask(&door, "DELETE", &discard, TenantId::new(), "owner").await.0, StatusCode::NOT_FOUND);
        assert_eq!(ask(&door, "POST", &replay, tenant, "owner").await.0, StatusCode::NO_CONTENT);
        assert_eq!(ask(&door, "POST", &replay, tenant, "owner").await.0, StatusCode::NOT_FOUND);
        die().await;
        assert_eq!(ask(&door, "DELETE", &discard, tenant, "administrator").await.0, StatusCode::NO_CONTENT);
        assert!(rows(&store).await.is_empty());
        assert_eq!(ask(&door, "POST", "/api/v1/jobs/nonsense/replay", tenant, "owner").await.0, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn other_roles_are_refused() {
    for store in testkit::stores().await {
        let door = door(&store);
        let replay = format!("/api/v1/jobs/{}/replay", kernel::JobId::new());
        for role in ["sales", "billing", "marketing", "support", "read_only"] {
            for (method, path) in
                [("GET", "/api/v1/jobs/dead"), ("POST", &replay), ("DELETE", replay.trim_end_matches("/replay"))]
            {
                let (status, problem) = ask(&door, method, path, TenantId::new(), role).await;
                assert_eq!((status, &problem["code"]), (StatusCode::FORBIDDEN, &"forbidden".into()), "{role} {method}");
            }
        }
    }
}
