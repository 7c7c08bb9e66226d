//! The whole product as a value: a router and a job runner over one database. `serve` runs it on a socket; tests talk
//! to it in memory.

use std::{sync::Arc, time::Duration};

use axum::{Extension, Router, middleware, response::Redirect, routing::get};
use edge::{App, Problem, Settings, door::Door, limit::Rates, load::Capacity};
use hooks::Hooks;
use jobs::Runner;
use kernel::Error;
use mail::Postman;
use sandbox::SandboxHandle;
use store::Store;

use crate::{classes, domains, metrics, ready, sweep, web};

/// What a product is made of.
pub struct Parts {
    pub store: Store,
    pub blobs: files::Blobs,
    pub postman: Postman,
    pub hooks: Hooks,
    pub settings: Settings,
    pub sandbox: Option<SandboxHandle>,
    pub rates: Rates,
    pub capacity: Capacity,
}

/// The built product.
pub struct Product {
    pub app: App,
    pub router: Router,
    pub runner: Runner,
    pub sandbox: Option<SandboxHandle>,
}

impl Product {
    /// Wires the domains together.
    pub fn build(parts: Parts) -> Self {
        let Parts { store, blobs, postman, hooks, settings, sandbox, rates, capacity } = parts;
        let identity = identity::Identity::new(store.clone(), domains::PERMISSIONS);
        let door = Door::new(rates, capacity, classes::class);
        let app = App { door: Arc::new(door), ..App::new(store.clone(), Arc::new(identity.clone()), settings) };
        let runner = crm::jobs(identity::jobs(mail::jobs(Runner::new(store), postman), (*app.settings).clone()));
        let runner = crm::notification::jobs(runner, app.settings.public_url.clone());
        let imports = leads::in_files(crm::import::Imports::default());
        let runner = crm::import::jobs(runner, blobs.clone(), imports.clone());
        let bulk = leads::in_bulk(crm::bulk::Bulk::new(identity.clone()));
        let runner = crm::bulk::jobs(runner, bulk.clone());
        let runner = forms::jobs(leads::jobs(runner), blobs.clone());
        let runner = sales::jobs(runner, blobs.clone(), app.settings.public_url.clone());
        let runner = hooks::jobs(runner, hooks.clone(), (*app.settings).clone());
        let runner = runner.every(jobs::seal::SWEEP, jobs::seal::SWEEP_EVERY, jobs::seal::sweep);
        let runner = runner.every("idempotency.forget", Duration::from_secs(3600), sweep::forget_answers);
        let (api, description) = domains::routes().split_for_parts();
        let api = api
            .layer(middleware::from_fn(edge::conflict::again))
            .layer(middleware::from_fn_with_state(app.clone(), edge::idempotency::once))
            .layer(middleware::from_fn(edge::amounts::conceal));
        let document = serde_json::to_value(edge::openapi::finish(description)).unwrap_or_default();
        let mut router = Router::new()
            .merge(edge::door::before(api.merge(sales::pages()).merge(forms::pages()), &app))
            .route("/events", get(edge::live::events))
            .route("/healthz", get(|| async { "ok" }))
            .route("/readyz", get(ready::ready))
            .route("/metrics", get(metrics::metrics))
            .merge(describe(&document))
            .route("/api/{*rest}", get(unknown).post(unknown).put(unknown).patch(unknown).delete(unknown))
            .fallback(web::page)
            .layer(Extension(blobs))
            .layer(Extension(hooks))
            .layer(Extension(runner.clone()))
            .layer(Extension(bulk))
            .layer(Extension(imports))
            .layer(Extension(identity))
            .with_state(app.clone());
        if let Some(sandbox) = &sandbox {
            router = router.nest("/sandbox", sandbox.router());
        }
        let router = edge::layers::wrap(router, &app);
        Self { app, router, runner, sandbox }
    }
}

/// The description as JSON and as a page.
fn describe(document: &serde_json::Value) -> Router<App> {
    let html: Arc<str> = edge::docs::page(document).into();
    let json: Arc<str> = document.to_string().into();
    Router::new()
        .route("/api", get(|| async { Redirect::permanent("/api/docs") }))
        .route("/api/docs", get(move || edge::docs::serve(html.clone())))
        .route("/api/docs.css", get(edge::docs::style))
        .route(
            "/api/openapi.json",
            get(move || async move { ([("content-type", "application/json")], json.to_string()) }),
        )
}

async fn unknown() -> Problem {
    Problem(Error::NotFound { noun: "operation" })
}
