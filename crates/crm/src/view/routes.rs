//! Saved views on the wire.

use axum::extract::State;
use edge::{App, Created, IfMatch, Json, May, NoContent, Path, Query, Versioned};
use kernel::{Error, Page};
use serde::Deserialize;
use store::{Store, Tx};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    SavedView, UseViews, ViewId,
    choose::{ChooseView, choose},
    create::{NewView, create},
    delete, one,
    shown::{SavedViewView, view, views},
    update::{ChangeView, update},
};
use crate::filter::catalogue::Noun;

/// Of which list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ViewFilter {
    /// Of all lists unless given.
    pub noun: Option<Noun>,
}

async fn answered(mut tx: Tx, saved: SavedView) -> edge::Result<Versioned<SavedViewView>> {
    let answer = Versioned(saved.version, view(&mut tx, saved).await?);
    tx.commit().await?;
    Ok(answer)
}

#[utoipa::path(get, path = "/api/v1/views", operation_id = "view_list", tag = "views", params(ViewFilter),
    responses((status = 200, description = "One's own views of the list and the shared ones, by name", body = Page<SavedViewView>)))]
async fn view_list(
    May(can): May<UseViews>,
    State(store): State<Store>,
    Query(wanted): Query<ViewFilter>,
) -> edge::Result<Json<Page<SavedViewView>>> {
    if let Some(noun) = wanted.noun.filter(|noun| !can.caller().holds(noun.permission())) {
        return Err(Error::Forbidden { permission: noun.permission() }.into());
    }
    let mut tx = store.read(&can).await?;
    let select = tx.select::<SavedView>().push(" AND saved_view.deleted_at IS NULL");
    let select = select.and_if("saved_view.noun =", wanted.noun).push(" AND (saved_view.shared = TRUE");
    let select = match tx.caller().member_id() {
        Some(me) => select.push(" OR saved_view.owner_id = ").bind(me),
        None => select,
    };
    let mut found: Vec<SavedView> = tx.all(select.push(") ORDER BY saved_view.id")).await?;
    found.retain(|view| view.is_seen(&tx));
    found.sort_by_cached_key(|view| (view.noun.to_string(), crate::field::folded(&view.name)));
    let mut items = Vec::new();
    for of_one in found.chunk_by(|one, next| one.noun == next.noun) {
        items.extend(views(&mut tx, of_one.to_vec()).await?);
    }
    Ok(Json(Page { items, next_cursor: None }))
}

#[utoipa::path(post, path = "/api/v1/views", operation_id = "view_create", tag = "views", request_body = NewView,
    responses((status = 201, description = "The view", body = SavedViewView)))]
async fn view_create(
    May(can): May<UseViews>,
    State(store): State<Store>,
    Json(input): Json<NewView>,
) -> edge::Result<Created<SavedViewView>> {
    let mut tx = store.begin(&can).await?;
    let saved = create(&mut tx, input).await?;
    let (location, version) = (format!("/api/v1/views/{}", saved.id), saved.version);
    let body = view(&mut tx, saved).await?;
    tx.commit().await?;
    Ok(Created { location, version, body })
}

#[utoipa::path(get, path = "/api/v1/views/{id}", operation_id = "view_get", tag = "views", params(("id" = ViewId, Path)),
    responses((status = 200, description = "The view, also when it has been deleted", body = SavedViewView)))]
async fn view_get(
    May(can): May<UseViews>,
    State(store): State<Store>,
    Path(id): Path<ViewId>,
) -> edge::Result<Versioned<SavedViewView>> {
    let mut tx = store.read(&can).await?;
    let saved = one(&mut tx, id, false).await?;
    Ok(Versioned(saved.version, view(&mut tx, saved).await?))
}

#[utoipa::path(patch, path = "/api/v1/views/{id}", operation_id = "view_update", tag = "views", request_body = ChangeView,
    params(("id" = ViewId, Path), ("If-Match" = String, Header, description = "The ETag that was read")),
    responses((status = 200, description = "As it now is", body = SavedViewView)))]
async fn view_update(
    May(can): May<UseViews>,
    State(store): State<Store>,
    Path(id): Path<ViewId>,
    version: IfMatch,
    Json(change): Json<ChangeView>,
) -> edge::Result<Versioned<SavedViewView>> {
    let mut tx = store.begin(&can).await?;
    let before = one(&mut tx, id, false).await?;
    version.check(before.version)?;
    let saved = update(&mut tx, before, change).await?;
    answered(tx, saved).await
}

#[utoipa::path(delete, path = "/api/v1/views/{id}", operation_id = "view_delete", tag = "views", params(("id" = ViewId, Path)),
    responses((status = 204, description = "Deleted; it can be restored")))]
async fn view_delete(
    May(can): May<UseViews>,
    State(store): State<Store>,
    Path(id): Path<ViewId>,
) -> edge::Result<NoContent> {
    let mut tx = store.begin(&can).await?;
    let saved = one(&mut tx, id, true).await?;
    delete::delete(&mut tx, saved).await?;
    tx.commit().await?;
    Ok(NoContent)
}

#[utoipa::path(post, path = "/api/v1/views/{id}/restore", operation_id = "view_restore", tag = "views", params(("id" = ViewId, Path)),
    responses((status = 200, description = "The view, back again", body = SavedViewView)))]
async fn view_restore(
    May(can): May<UseViews>,
    State(store): State<Store>,
    Path(id): Path<ViewId>,
) -> edge::Result<Versioned<SavedViewView>> {
    let mut tx = store.begin(&can).await?;
    let saved = one(&mut tx, id, true).await?;
    let saved = delete::restore(&mut tx, saved).await?;
    answered(tx, saved).await
}

#[utoipa::path(put, path = "/api/v1/views/{id}/choice", operation_id = "view_choose", tag = "views", request_body = ChooseView,
    params(("id" = ViewId, Path)), responses((status = 200, description = "The view, as it now is to this member", body = SavedViewView)))]
async fn view_choose(
    May(can): May<UseViews>,
    State(store): State<Store>,
    Path(id): Path<ViewId>,
    Json(input): Json<ChooseView>,
) -> edge::Result<Versioned<SavedViewView>> {
    let mut tx = store.begin(&can).await?;
    let saved = one(&mut tx, id, false).await?;
    choose(&mut tx, &saved, input).await?;
    answered(tx, saved).await
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(view_list, view_create))
        .routes(routes!(view_get, view_update, view_delete))
        .routes(routes!(view_restore))
        .routes(routes!(view_choose))
}
