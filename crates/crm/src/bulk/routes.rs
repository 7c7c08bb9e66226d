//! Bulk changes on the wire.

use axum::{Extension, extract::State};
use edge::{App, Created, Json, May, Path, Query, Versioned};
use kernel::{Page, PageRequest};
use serde::Deserialize;
use store::{Sort, SortKind, Store};
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    AT_ONCE, Bulk, BulkChange, BulkChangeId, BulkState, UseBulkChanges, one, only_whose,
    refusal::{self, BulkRefusalFilter, BulkRefusalView},
    run::{Way, at_once},
    start::{NewBulkChange, start},
    stop::stop,
    undo::undo,
    view::{BulkChangeView, view, views},
};

const SORTS: &[Sort] = &[Sort::descending("created_at", "created_at", SortKind::Time)];

/// Which bulk changes.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct BulkChangeFilter {
    /// Only those in this state.
    #[param(inline)]
    state: Option<BulkState>,
}

#[utoipa::path(get, path = "/api/v1/bulk-changes", operation_id = "bulk_change_list", tag = "bulk changes", params(PageRequest, BulkChangeFilter),
    responses((status = 200, description = "One's own bulk changes, newest first; everybody's for whoever may manage them", body = Page<BulkChangeView>)))]
async fn bulk_change_list(
    May(can): May<UseBulkChanges>,
    State(store): State<Store>,
    Query(page): Query<PageRequest>,
    Query(filter): Query<BulkChangeFilter>,
) -> edge::Result<Json<Page<BulkChangeView>>> {
    let mut tx = store.read(&can).await?;
    let select = tx
        .select::<BulkChange>()
        .and_if("bulk_change.member_id =", only_whose(can.caller()))
        .and_if("bulk_change.state =", filter.state);
    let found = tx.page::<BulkChange>(select, SORTS, &page).await?;
    Ok(Json(Page { items: views(&mut tx, found.items).await?, next_cursor: found.next_cursor }))
}

#[utoipa::path(post, path = "/api/v1/bulk-changes", operation_id = "bulk_change_start", tag = "bulk changes", request_body = NewBulkChange,
    responses((status = 201, description = "The bulk change: at its end where it is about 50 records or fewer, else begun", body = BulkChangeView)))]
async fn bulk_change_start(
    May(can): May<UseBulkChanges>,
    State(store): State<Store>,
    Extension(bulk): Extension<Bulk>,
    Json(new): Json<NewBulkChange>,
) -> edge::Result<Created<BulkChangeView>> {
    let mut tx = store.begin(&can).await?;
    let change = start(&mut tx, &bulk, new).await?;
    tx.commit().await?;
    if change.total <= AT_ONCE {
        at_once(&bulk, &store, &can, change.id, Way::Forth).await;
    }
    let mut tx = store.read(&can).await?;
    let change = one(&mut tx, change.id).await?;
    let (location, version) = (format!("/api/v1/bulk-changes/{}", change.id), change.version);
    Ok(Created { location, version, body: view(&mut tx, change).await? })
}

#[utoipa::path(get, path = "/api/v1/bulk-changes/{id}", operation_id = "bulk_change_get", tag = "bulk changes", params(("id" = BulkChangeId, Path)),
    responses((status = 200, description = "The bulk change and how far it is", body = BulkChangeView)))]
async fn bulk_change_get(
    May(can): May<UseBulkChanges>,
    State(store): State<Store>,
    Path(id): Path<BulkChangeId>,
) -> edge::Result<Versioned<BulkChangeView>> {
    let mut tx = store.read(&can).await?;
    let change = one(&mut tx, id).await?;
    Ok(Versioned(change.version, view(&mut tx, change).await?))
}

#[utoipa::path(get, path = "/api/v1/bulk-changes/{id}/refused", operation_id = "bulk_change_refused", tag = "bulk changes",
    params(("id" = BulkChangeId, Path), PageRequest, BulkRefusalFilter),
    responses((status = 200, description = "The records that were not changed, or not put back, and why", body = Page<BulkRefusalView>)))]
async fn bulk_change_refused(
    May(can): May<UseBulkChanges>,
    State(store): State<Store>,
    Extension(bulk): Extension<Bulk>,
    Path(id): Path<BulkChangeId>,
    Query(page): Query<PageRequest>,
    Query(filter): Query<BulkRefusalFilter>,
) -> edge::Result<Json<Page<BulkRefusalView>>> {
    let mut tx = store.read(&can).await?;
    let change = one(&mut tx, id).await?;
    let noun = bulk.noun(&change.noun)?;
    Ok(Json(refusal::list(&mut tx, &*noun, &change, &filter, &page).await?))
}

#[utoipa::path(post, path = "/api/v1/bulk-changes/{id}/stop", operation_id = "bulk_change_stop", tag = "bulk changes", params(("id" = BulkChangeId, Path)),
    responses((status = 200, description = "The bulk change, stopped; what it did until now stays and can be undone", body = BulkChangeView)))]
async fn bulk_change_stop(
    May(can): May<UseBulkChanges>,
    State(store): State<Store>,
    Path(id): Path<BulkChangeId>,
) -> edge::Result<Versioned<BulkChangeView>> {
    let mut tx = store.begin(&can).await?;
    let change = stop(&mut tx, id).await?;
    let answer = Versioned(change.version, view(&mut tx, change).await?);
    tx.commit().await?;
    Ok(answer)
}

#[utoipa::path(post, path = "/api/v1/bulk-changes/{id}/undo", operation_id = "bulk_change_undo", tag = "bulk changes", params(("id" = BulkChangeId, Path)),
    responses((status = 200, description = "The bulk change, being taken back, or taken back where it had changed 50 records or fewer", body = BulkChangeView)))]
async fn bulk_change_undo(
    May(can): May<UseBulkChanges>,
    State(store): State<Store>,
    Extension(bulk): Extension<Bulk>,
    Path(id): Path<BulkChangeId>,
) -> edge::Result<Versioned<BulkChangeView>> {
    let mut tx = store.begin(&can).await?;
    let change = undo(&mut tx, &bulk, id).await?;
    tx.commit().await?;
    if change.changed <= AT_ONCE {
        at_once(&bulk, &store, &can, id, Way::Back).await;
    }
    let mut tx = store.read(&can).await?;
    let change = one(&mut tx, id).await?;
    Ok(Versioned(change.version, view(&mut tx, change).await?))
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(bulk_change_list, bulk_change_start))
        .routes(routes!(bulk_change_get))
        .routes(routes!(bulk_change_refused))
        .routes(routes!(bulk_change_stop))
        .routes(routes!(bulk_change_undo))
}
