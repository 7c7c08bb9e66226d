//! The domains, each by the same lists.

use std::{collections::HashMap, sync::LazyLock};

use edge::App;
use kernel::{PermissionInfo, data_map::Table};
use store::Scope;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;

/// Every permission there is, by domain.
pub const PERMISSIONS: &[&[PermissionInfo]] = &flat::<{ count(GROUPS) }>(GROUPS);

/// The same as the domains give them: the larger ones have a list per noun.
const GROUPS: &[&[&[PermissionInfo]]] = &[
    &[
        edge::live::PERMISSIONS,
        jobs::PERMISSIONS,
        mail::PERMISSIONS,
        identity::PERMISSIONS,
        payments::PERMISSIONS,
        home::PERMISSIONS,
        hooks::PERMISSIONS,
    ],
    crm::PERMISSIONS,
    leads::PERMISSIONS,
    forms::PERMISSIONS,
    sales::PERMISSIONS,
];

const fn count(groups: &[&[&[PermissionInfo]]]) -> usize {
    let (mut lists, mut group) = (0, 0);
    while group < groups.len() {
        lists += groups[group].len();
        group += 1;
    }
    lists
}

const fn flat<const N: usize>(groups: &[&[&'static [PermissionInfo]]]) -> [&'static [PermissionInfo]; N] {
    let mut lists: [&[PermissionInfo]; N] = [&[]; N];
    let (mut at, mut group) = (0, 0);
    while group < groups.len() {
        let mut list = 0;
        while list < groups[group].len() {
            lists[at] = groups[group][list];
            at += 1;
            list += 1;
        }
        group += 1;
    }
    lists
}

/// Every stored column there is, by domain.
pub const DATA_MAP: &[&[Table]] = &[
    store::DATA_MAP,
    files::DATA_MAP,
    mail::DATA_MAP,
    identity::DATA_MAP,
    crm::DATA_MAP,
    leads::DATA_MAP,
    forms::DATA_MAP,
    sales::DATA_MAP,
    payments::DATA_MAP,
    hooks::DATA_MAP,
];

/// What visible means for each table that a caller may see in part; each looks only into those before it.
pub fn scopes() -> &'static [Scope] {
    static SCOPES: LazyLock<Vec<Scope>> = LazyLock::new(|| {
        let lists =
            [crm::reach::SCOPES, leads::SCOPES, sales::SCOPES, payments::SCOPES, mail::SCOPES, crm::reach::ABOUT];
        lists.concat()
    });
    &SCOPES
}

/// Which jobs hear of which events.
pub fn listeners() -> HashMap<&'static str, Vec<&'static str>> {
    let lists: &[&[(&'static str, &'static str)]] = &[identity::LISTENERS, crm::LISTENERS, sales::LISTENERS];
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
        .merge(crm::routes())
        .merge(leads::routes())
        .merge(forms::routes())
        .merge(sales::routes())
        .merge(payments::routes())
        .merge(home::routes())
        .merge(hooks::routes())
        .merge(trust::routes(DATA_MAP))
}

/// The API description.
pub fn description() -> utoipa::openapi::OpenApi {
    edge::openapi::finish(routes().into_openapi())
}
