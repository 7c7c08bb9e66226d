//! Deals on the wire.

use axum::extract::State;
use edge::{App, Created, IfMatch, Json, May, NoContent, Path, Query, Versioned};
use kernel::{Page, PageRequest};
use serde::Deserialize;
use store::{Store, Tx};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    Deal, DealId, DeleteDeals, EditDeals, ReadDeals,
    board::{Board, BoardFilter, board},
    close,
    create::{NewDeal, create},
    delete,
    list::{DealFilter, groups, list},
    lost::LostReasonId,
    place,
    update::{ChangeDeal, update},
    view::{DealView, view, views},
};
use crate::pipeline::{self, StageId};
use crate::{
    field::custom::filter::Asked,
    filter::routes::FilterQuery,
    group::{GroupQuery, Groups},
};

/// Where a deal goes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveDeal {
    pub stage_id: StageId,
    /// The deal of that stage to go behind; null goes to the top.
    #[serde(default)]
    pub after: Option<DealId>,
}

/// Why a deal was lost.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LoseDeal {
    /// In one's own words; needed where no reason is chosen.
    #[serde(default)]
    #[schema(example = "They chose a supplier nearer to them.")]
    pub reason: Option<String>,
    /// One of the reasons that `GET /api/v1/lost-reasons` offers.
    #[serde(default)]
    pub reason_id: Option<LostReasonId>,
}

#[utoipa::path(get, path = "/api/v1/deals", operation_id = "deal_list", tag = "deals", params(PageRequest, DealFilter, FilterQuery),
    responses((status = 200, description = "Deals; sorted by created_at, updated_at, name, position or custom.<key>; narrowed by custom.<key>=, and by custom.<key>.from=, .to= and .set=", body = Page<DealView>)))]
async fn deal_list(
    May(can): May<ReadDeals>,
    State(store): State<Store>,
    Query(page): Query<PageRequest>,
    Query(filter): Query<DealFilter>,
    Query(asked): Query<Asked>,
) -> edge::Result<Json<Page<DealView>>> {
    let mut tx = store.read(&can).await?;
    let deals = list(&mut tx, filter, &asked, &page).await?;
    Ok(Json(Page { items: views(&mut tx, deals.items).await?, next_cursor: deals.next_cursor }))
}

#[utoipa::path(get, path = "/api/v1/deals/groups", operation_id = "deal_group", tag = "deals", params(GroupQuery, DealFilter, FilterQuery),
    responses((status = 200, description = "The deals the list has under the same conditions, in groups", body = Groups)))]
async fn deal_group(
    May(can): May<ReadDeals>,
    State(store): State<Store>,
    Query(query): Query<GroupQuery>,
    Query(filter): Query<DealFilter>,
    Query(asked): Query<Asked>,
) -> edge::Result<Json<Groups>> {
    Ok(Json(groups(&mut store.read(&can).await?, filter, &asked, &query).await?))
}

#[utoipa::path(post, path = "/api/v1/deals", operation_id = "deal_create", tag = "deals", request_body = NewDeal,
    responses((status = 201, description = "The deal", body = DealView)))]
async fn deal_create(
    May(can): May<EditDeals>,
    State(store): State<Store>,
    Json(input): Json<NewDeal>,
) -> edge::Result<Created<DealView>> {
    let mut tx = store.begin(&can).await?;
    let deal = create(&mut tx, input).await?;
    let (location, version) = (format!("/api/v1/deals/{}", deal.id), deal.version);
    let body = view(&mut tx, deal).await?;
    tx.commit().await?;
    Ok(Created { location, version, body })
}

#[utoipa::path(get, path = "/api/v1/deals/{id}", operation_id = "deal_get", tag = "deals", params(("id" = DealId, Path)),
    responses((status = 200, description = "The deal, also when it has been deleted", body = DealView)))]
async fn deal_get(
    May(can): May<ReadDeals>,
    State(store): State<Store>,
    Path(id): Path<DealId>,
) -> edge::Result<Versioned<DealView>> {
    let mut tx = store.read(&can).await?;
    let deal: Deal = tx.get(id).await?;
    Ok(Versioned(deal.version, view(&mut tx, deal).await?))
}

#[utoipa::path(patch, path = "/api/v1/deals/{id}", operation_id = "deal_update", tag = "deals", request_body = ChangeDeal,
    params(("id" = DealId, Path), ("If-Match" = String, Header, description = "The ETag that was read")),
    responses((status = 200, description = "As it now is", body = DealView)))]
async fn deal_update(
    May(can): May<EditDeals>,
    State(store): State<Store>,
    Path(id): Path<DealId>,
    version: IfMatch,
    Json(change): Json<ChangeDeal>,
) -> edge::Result<Versioned<DealView>> {
    let mut tx = store.begin(&can).await?;
    let before: Deal = tx.get(id).await?;
    version.check(before.version)?;
    let deal = update(&mut tx, before, change).await?;
    answered(tx, deal).await
}

#[utoipa::path(delete, path = "/api/v1/deals/{id}", operation_id = "deal_delete", tag = "deals", params(("id" = DealId, Path)),
    responses((status = 204, description = "Deleted; it can be restored")))]
async fn deal_delete(
    May(can): May<DeleteDeals>,
    State(store): State<Store>,
    Path(id): Path<DealId>,
) -> edge::Result<NoContent> {
    let mut tx = store.begin(&can).await?;
    let deal = tx.get_locked(id).await?;
    delete::delete(&mut tx, deal).await?;
    tx.commit().await?;
    Ok(NoContent)
}

#[utoipa::path(post, path = "/api/v1/deals/{id}/restore", operation_id = "deal_restore", tag = "deals", params(("id" = DealId, Path)),
    responses((status = 200, description = "The deal, back again", body = DealView)))]
async fn deal_restore(
    May(can): May<DeleteDeals>,
    State(store): State<Store>,
    Path(id): Path<DealId>,
) -> edge::Result<Versioned<DealView>> {
    let mut tx = store.begin(&can).await?;
    let deal = tx.get_locked(id).await?;
    let deal = delete::restore(&mut tx, deal).await?;
    answered(tx, deal).await
}

#[utoipa::path(get, path = "/api/v1/deals/board", operation_id = "deal_board", tag = "deals", params(BoardFilter),
    responses((status = 200, description = "The open deals of a pipeline, stage by stage, the first 50 of each", body = Board)))]
async fn deal_board(
    May(can): May<ReadDeals>,
    State(store): State<Store>,
    Query(filter): Query<BoardFilter>,
) -> edge::Result<Json<Board>> {
    let pipelines = pipeline::existing(&store, &can).await?;
    let mut tx = store.read(&can).await?;
    Ok(Json(board(&mut tx, pipelines, &filter).await?))
}

#[utoipa::path(post, path = "/api/v1/deals/{id}/move", operation_id = "deal_move", tag = "deals", request_body = MoveDeal,
    params(("id" = DealId, Path), ("If-Match" = String, Header, description = "The ETag that was read")),
    responses((status = 200, description = "The deal in its new place", body = DealView)))]
async fn deal_move(
    May(can): May<EditDeals>,
    State(store): State<Store>,
    Path(id): Path<DealId>,
    version: IfMatch,
    Json(input): Json<MoveDeal>,
) -> edge::Result<Versioned<DealView>> {
    let mut tx = store.begin(&can).await?;
    let before: Deal = tx.get(id).await?;
    version.check(before.version)?;
    let deal = place::move_to(&mut tx, before, input.stage_id, input.after).await?;
    answered(tx, deal).await
}

#[utoipa::path(post, path = "/api/v1/deals/{id}/win", operation_id = "deal_win", tag = "deals", params(("id" = DealId, Path)),
    responses((status = 200, description = "The deal, won", body = DealView)))]
async fn deal_win(
    May(can): May<EditDeals>,
    State(store): State<Store>,
    Path(id): Path<DealId>,
) -> edge::Result<Versioned<DealView>> {
    let mut tx = store.begin(&can).await?;
    tx.get_locked::<Deal>(id).await?.must_be_live()?;
    let deal = close::win(&mut tx, id).await?;
    answered(tx, deal).await
}

#[utoipa::path(post, path = "/api/v1/deals/{id}/lose", operation_id = "deal_lose", tag = "deals", request_body = LoseDeal,
    params(("id" = DealId, Path)), responses((status = 200, description = "The deal, lost", body = DealView)))]
async fn deal_lose(
    May(can): May<EditDeals>,
    State(store): State<Store>,
    Path(id): Path<DealId>,
    Json(input): Json<LoseDeal>,
) -> edge::Result<Versioned<DealView>> {
    let mut tx = store.begin(&can).await?;
    tx.get_locked::<Deal>(id).await?.must_be_live()?;
    let deal = close::lose(&mut tx, id, input.reason.as_deref(), input.reason_id).await?;
    answered(tx, deal).await
}

#[utoipa::path(post, path = "/api/v1/deals/{id}/reopen", operation_id = "deal_reopen", tag = "deals", params(("id" = DealId, Path)),
    responses((status = 200, description = "The deal, open again in the stage it stood in", body = DealView)))]
async fn deal_reopen(
    May(can): May<EditDeals>,
    State(store): State<Store>,
    Path(id): Path<DealId>,
) -> edge::Result<Versioned<DealView>> {
    let mut tx = store.begin(&can).await?;
    tx.get_locked::<Deal>(id).await?.must_be_live()?;
    let deal = close::reopen(&mut tx, id).await?;
    answered(tx, deal).await
}

/// Commits, and answers the deal as it now is.
async fn answered(mut tx: Tx, deal: Deal) -> edge::Result<Versioned<DealView>> {
    let answer = Versioned(deal.version, view(&mut tx, deal).await?);
    tx.commit().await?;
    Ok(answer)
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(deal_group))
        .routes(routes!(deal_list, deal_create))
        .routes(routes!(deal_get, deal_update, deal_delete))
        .routes(routes!(deal_restore))
        .routes(routes!(deal_board))
        .routes(routes!(deal_move))
        .routes(routes!(deal_win))
        .routes(routes!(deal_lose))
        .routes(routes!(deal_reopen))
}
