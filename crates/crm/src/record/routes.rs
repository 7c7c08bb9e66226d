//! Records of custom objects on the wire.

use axum::extract::State;
use edge::{App, Created, IfMatch, Json, May, NoContent, Path, Query, Versioned};
use kernel::{Page, PageRequest};
use store::{Store, Tx};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    CustomRecord, CustomRecordId, DeleteCustomRecords, EditCustomRecords, ReadCustomRecords,
    board::{CustomBoard, CustomBoardFilter, board},
    create::{NewCustomRecord, create},
    delete,
    list::{CustomRecordFilter, groups, list},
    one,
    related::{RelatedFilter, RelatedRecords, related},
    update::{ChangeCustomRecord, update},
    view::{CustomRecordView, view, views},
};
use crate::{
    field::custom::filter::Asked,
    filter::routes::FilterQuery,
    group::{GroupQuery, Groups},
    object::{self, ObjectId},
    timeline::ReadTimeline,
};

#[utoipa::path(get, path = "/api/v1/custom-objects/{id}/records", operation_id = "custom_record_list", tag = "custom objects",
    params(("id" = ObjectId, Path), PageRequest, CustomRecordFilter, FilterQuery),
    responses((status = 200, description = "Records; sorted by created_at, updated_at, name or custom.<key>; narrowed by custom.<key>=, and by custom.<key>.from=, .to= and .set=", body = Page<CustomRecordView>)))]
async fn custom_record_list(
    May(can): May<ReadCustomRecords>,
    State(store): State<Store>,
    Path(object): Path<ObjectId>,
    Query(page): Query<PageRequest>,
    Query(filter): Query<CustomRecordFilter>,
    Query(asked): Query<Asked>,
) -> edge::Result<Json<Page<CustomRecordView>>> {
    let mut tx = store.read(&can).await?;
    object::one(&mut tx, object).await?;
    let records = list(&mut tx, object, &filter, &asked, &page).await?;
    Ok(Json(Page { items: views(&mut tx, records.items).await?, next_cursor: records.next_cursor }))
}

#[utoipa::path(get, path = "/api/v1/custom-objects/{id}/records/groups", operation_id = "custom_record_group", tag = "custom objects",
    params(("id" = ObjectId, Path), GroupQuery, CustomRecordFilter, FilterQuery),
    responses((status = 200, description = "The records the list has under the same conditions, in groups", body = Groups)))]
async fn custom_record_group(
    May(can): May<ReadCustomRecords>,
    State(store): State<Store>,
    Path(object): Path<ObjectId>,
    Query(query): Query<GroupQuery>,
    Query(filter): Query<CustomRecordFilter>,
    Query(asked): Query<Asked>,
) -> edge::Result<Json<Groups>> {
    let mut tx = store.read(&can).await?;
    object::one(&mut tx, object).await?;
    Ok(Json(groups(&mut tx, object, &filter, &asked, &query).await?))
}

#[utoipa::path(post, path = "/api/v1/custom-objects/{id}/records", operation_id = "custom_record_create", tag = "custom objects",
    request_body = NewCustomRecord, params(("id" = ObjectId, Path)),
    responses((status = 201, description = "The record", body = CustomRecordView)))]
async fn custom_record_create(
    May(can): May<EditCustomRecords>,
    State(store): State<Store>,
    Path(object): Path<ObjectId>,
    Json(input): Json<NewCustomRecord>,
) -> edge::Result<Created<CustomRecordView>> {
    let mut tx = store.begin(&can).await?;
    let record = create(&mut tx, object, input).await?;
    let (location, version) = (format!("/api/v1/custom-records/{}", record.id), record.version);
    let body = view(&mut tx, record).await?;
    tx.commit().await?;
    Ok(Created { location, version, body })
}

#[utoipa::path(get, path = "/api/v1/custom-objects/{id}/board", operation_id = "custom_record_board", tag = "custom objects",
    params(("id" = ObjectId, Path), CustomBoardFilter),
    responses((status = 200, description = "The records by a field of one choice, the first 50 of each", body = CustomBoard)))]
async fn custom_record_board(
    May(can): May<ReadCustomRecords>,
    State(store): State<Store>,
    Path(object): Path<ObjectId>,
    Query(filter): Query<CustomBoardFilter>,
) -> edge::Result<Json<CustomBoard>> {
    let mut tx = store.read(&can).await?;
    object::one(&mut tx, object).await?;
    Ok(Json(board(&mut tx, object, filter).await?))
}

#[utoipa::path(get, path = "/api/v1/custom-records/{id}", operation_id = "custom_record_get", tag = "custom objects", params(("id" = CustomRecordId, Path)),
    responses((status = 200, description = "The record, also when it has been deleted", body = CustomRecordView)))]
async fn custom_record_get(
    May(can): May<ReadCustomRecords>,
    State(store): State<Store>,
    Path(id): Path<CustomRecordId>,
) -> edge::Result<Versioned<CustomRecordView>> {
    let mut tx = store.read(&can).await?;
    let record = one(&mut tx, id, false).await?;
    Ok(Versioned(record.version, view(&mut tx, record).await?))
}

#[utoipa::path(patch, path = "/api/v1/custom-records/{id}", operation_id = "custom_record_update", tag = "custom objects", request_body = ChangeCustomRecord,
    params(("id" = CustomRecordId, Path), ("If-Match" = String, Header, description = "The ETag that was read")),
    responses((status = 200, description = "As it now is", body = CustomRecordView)))]
async fn custom_record_update(
    May(can): May<EditCustomRecords>,
    State(store): State<Store>,
    Path(id): Path<CustomRecordId>,
    version: IfMatch,
    Json(change): Json<ChangeCustomRecord>,
) -> edge::Result<Versioned<CustomRecordView>> {
    let mut tx = store.begin(&can).await?;
    let before = one(&mut tx, id, false).await?;
    version.check(before.version)?;
    let record = update(&mut tx, before, change).await?;
    answered(tx, record).await
}

#[utoipa::path(delete, path = "/api/v1/custom-records/{id}", operation_id = "custom_record_delete", tag = "custom objects", params(("id" = CustomRecordId, Path)),
    responses((status = 204, description = "Deleted; it can be restored")))]
async fn custom_record_delete(
    May(can): May<DeleteCustomRecords>,
    State(store): State<Store>,
    Path(id): Path<CustomRecordId>,
) -> edge::Result<NoContent> {
    let mut tx = store.begin(&can).await?;
    let record = one(&mut tx, id, true).await?;
    delete::delete(&mut tx, record).await?;
    tx.commit().await?;
    Ok(NoContent)
}

#[utoipa::path(post, path = "/api/v1/custom-records/{id}/restore", operation_id = "custom_record_restore", tag = "custom objects", params(("id" = CustomRecordId, Path)),
    responses((status = 200, description = "The record, back again", body = CustomRecordView)))]
async fn custom_record_restore(
    May(can): May<DeleteCustomRecords>,
    State(store): State<Store>,
    Path(id): Path<CustomRecordId>,
) -> edge::Result<Versioned<CustomRecordView>> {
    let mut tx = store.begin(&can).await?;
    let record = one(&mut tx, id, true).await?;
    let record = delete::restore(&mut tx, record).await?;
    answered(tx, record).await
}

#[utoipa::path(get, path = "/api/v1/related", operation_id = "related_list", tag = "custom objects", params(RelatedFilter),
    responses((status = 200, description = "The records whose relations point at this one, by field", body = Page<RelatedRecords>)))]
async fn related_list(
    May(can): May<ReadTimeline>,
    State(store): State<Store>,
    Query(filter): Query<RelatedFilter>,
) -> edge::Result<Json<Page<RelatedRecords>>> {
    let mut tx = store.read(&can).await?;
    Ok(Json(related(&mut tx, &filter.record).await?))
}

/// Commits, and answers the record as it now is.
async fn answered(mut tx: Tx, record: CustomRecord) -> edge::Result<Versioned<CustomRecordView>> {
    let answer = Versioned(record.version, view(&mut tx, record).await?);
    tx.commit().await?;
    Ok(answer)
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(custom_record_group))
        .routes(routes!(custom_record_list, custom_record_create))
        .routes(routes!(custom_record_board))
        .routes(routes!(custom_record_get, custom_record_update, custom_record_delete))
        .routes(routes!(custom_record_restore))
        .routes(routes!(related_list))
}
