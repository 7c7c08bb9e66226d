//! Custom objects on the wire.

use axum::extract::State;
use edge::{App, Created, IfMatch, Json, May, NoContent, Path, Query, Versioned};
use kernel::Page;
use serde::Deserialize;
use store::{Store, Tx};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    ManageObjects, Object, ObjectId, ReadObjects, all, archive,
    create::{NewObject, create},
    delete, one,
    update::{ChangeObject, update},
    view::{ObjectView, view},
};

/// Which objects.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ObjectFilter {
    /// `true` lists archived objects too.
    pub archived: Option<bool>,
}

async fn answered(tx: Tx, object: Object) -> edge::Result<Versioned<ObjectView>> {
    let answer = Versioned(object.version, view(object, tx.caller()));
    tx.commit().await?;
    Ok(answer)
}

#[utoipa::path(get, path = "/api/v1/custom-objects", operation_id = "custom_object_list", tag = "custom objects", params(ObjectFilter),
    responses((status = 200, description = "The objects in their order", body = Page<ObjectView>)))]
async fn custom_object_list(
    May(can): May<ReadObjects>,
    State(store): State<Store>,
    Query(filter): Query<ObjectFilter>,
) -> edge::Result<Json<Page<ObjectView>>> {
    let objects = all(&mut store.read(&can).await?).await?;
    let wanted = |object: &Object| filter.archived.unwrap_or(false) || object.archived_at.is_none();
    let items = objects.into_iter().filter(wanted).map(|object| view(object, can.caller())).collect();
    Ok(Json(Page { items, next_cursor: None }))
}

#[utoipa::path(post, path = "/api/v1/custom-objects", operation_id = "custom_object_create", tag = "custom objects", request_body = NewObject,
    responses((status = 201, description = "The object, behind the others", body = ObjectView)))]
async fn custom_object_create(
    May(can): May<ManageObjects>,
    State(store): State<Store>,
    Json(input): Json<NewObject>,
) -> edge::Result<Created<ObjectView>> {
    let mut tx = store.begin(&can).await?;
    let object = create(&mut tx, input).await?;
    tx.commit().await?;
    let location = format!("/api/v1/custom-objects/{}", object.id);
    Ok(Created { location, version: object.version, body: view(object, can.caller()) })
}

#[utoipa::path(get, path = "/api/v1/custom-objects/{id}", operation_id = "custom_object_get", tag = "custom objects", params(("id" = ObjectId, Path)),
    responses((status = 200, description = "The object, also when it has been archived", body = ObjectView)))]
async fn custom_object_get(
    May(can): May<ReadObjects>,
    State(store): State<Store>,
    Path(id): Path<ObjectId>,
) -> edge::Result<Versioned<ObjectView>> {
    let object = one(&mut store.read(&can).await?, id).await?;
    Ok(Versioned(object.version, view(object, can.caller())))
}

#[utoipa::path(patch, path = "/api/v1/custom-objects/{id}", operation_id = "custom_object_update", tag = "custom objects", request_body = ChangeObject,
    params(("id" = ObjectId, Path), ("If-Match" = String, Header, description = "The ETag that was read")),
    responses((status = 200, description = "As it now is", body = ObjectView)))]
async fn custom_object_update(
    May(can): May<ManageObjects>,
    State(store): State<Store>,
    Path(id): Path<ObjectId>,
    version: IfMatch,
    Json(change): Json<ChangeObject>,
) -> edge::Result<Versioned<ObjectView>> {
    let mut tx = store.begin(&can).await?;
    let before = one(&mut tx, id).await?;
    version.check(before.version)?;
    let object = update(&mut tx, before, change).await?;
    answered(tx, object).await
}

#[utoipa::path(delete, path = "/api/v1/custom-objects/{id}", operation_id = "custom_object_delete", tag = "custom objects", params(("id" = ObjectId, Path)),
    responses((status = 204, description = "Gone; its records are being erased")))]
async fn custom_object_delete(
    May(can): May<ManageObjects>,
    State(store): State<Store>,
    Path(id): Path<ObjectId>,
) -> edge::Result<NoContent> {
    let mut tx = store.begin(&can).await?;
    delete::delete(&mut tx, id).await?;
    tx.commit().await?;
    Ok(NoContent)
}

#[utoipa::path(post, path = "/api/v1/custom-objects/{id}/archive", operation_id = "custom_object_archive", tag = "custom objects", params(("id" = ObjectId, Path)),
    responses((status = 200, description = "The object, archived; its records stay", body = ObjectView)))]
async fn custom_object_archive(
    May(can): May<ManageObjects>,
    State(store): State<Store>,
    Path(id): Path<ObjectId>,
) -> edge::Result<Versioned<ObjectView>> {
    let mut tx = store.begin(&can).await?;
    let object = archive::archive(&mut tx, id).await?;
    answered(tx, object).await
}

#[utoipa::path(post, path = "/api/v1/custom-objects/{id}/restore", operation_id = "custom_object_restore", tag = "custom objects", params(("id" = ObjectId, Path)),
    responses((status = 200, description = "The object, back again with its records", body = ObjectView)))]
async fn custom_object_restore(
    May(can): May<ManageObjects>,
    State(store): State<Store>,
    Path(id): Path<ObjectId>,
) -> edge::Result<Versioned<ObjectView>> {
    let mut tx = store.begin(&can).await?;
    let object = archive::restore(&mut tx, id).await?;
    answered(tx, object).await
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(custom_object_list, custom_object_create))
        .routes(routes!(custom_object_get, custom_object_update, custom_object_delete))
        .routes(routes!(custom_object_archive))
        .routes(routes!(custom_object_restore))
}
