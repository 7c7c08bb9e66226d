//! The domains, each by the same lists.

use std::collections::HashMap;

use edge::App;
use kernel::{PermissionInfo, data_map::Table};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;

/// Every permission there is, by domain.
pub const PERMISSIONS: &[&[PermissionInfo]] = &[edge::live::PERMISSIONS, jobs::PERMISSIONS, mail::PERMISSIONS, identity::PERMISSIONS];

/// Every stored column there is, by domain.
pub const DATA_MAP: &[&[Table]] = &[store::DATA_MAP, files::DATA_MAP, mail::DATA_MAP, identity::DATA_MAP];

/// Which jobs hear of which events.
pub fn listeners() -> HashMap<&'static str, Vec<&'static str>> {
    let lists: &[&[(&'static str, &'static str)]] = &[];
    let mut listeners: HashMap<&'static str, Vec<&'static str>> = HashMap::new();
    for (event, job) in lists.iter().copied().flatten() {
        listeners.entry(event).or_default().push(job);
    }
    listeners
}

/// Every operation of the API, with its description.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(edge::openapi::Description::openapi())
        .merge(identity::routes())
        .merge(mail::routes())
        .merge(jobs::routes())
}

/// The API description.
pub fn description() -> utoipa::openapi::OpenApi {
    edge::openapi::finish(routes().into_openapi())
}
