//! Custom fields on the wire.

use axum::extract::State;
use edge::{App, Created, IfMatch, Json, May, NoContent, Path, Query, Versioned};
use kernel::{FieldRight, Page, Result};
use serde::Deserialize;
use serde_json::Value;
use store::{Store, Tx};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::object;

use super::{
    CustomField, CustomFieldId, CustomObject, ManageCustomFields, ReadCustomFields, all, archive,
    convert::{ConvertCustomField, CustomFieldConversion, convert, preview},
    create::{NewCustomField, create},
    delete, live,
    reorder::{CustomFieldOrder, reorder},
    schema::schema,
    update::{ChangeCustomField, update},
    view::{CustomFieldView, counted, view},
};

/// Whose fields.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CustomFieldFilter {
    /// Fields of all objects unless given.
    pub object: Option<CustomObject>,
    /// `true` lists archived fields too.
    pub archived: Option<bool>,
}

/// One field, unless it has been deleted or is hidden from the caller.
async fn one(tx: &mut Tx, id: CustomFieldId) -> Result<CustomField> {
    let field: CustomField = tx.get(id).await?;
    if field.deleted_at.is_some() || field.right(tx) == Some(FieldRight::Hidden) {
        return Err(kernel::Error::not_found("custom_field"));
    }
    Ok(field)
}

async fn answered(mut tx: Tx, field: CustomField) -> edge::Result<Versioned<CustomFieldView>> {
    let answer = Versioned(field.version, counted(&mut tx, field).await?);
    tx.commit().await?;
    Ok(answer)
}

#[utoipa::path(get, path = "/api/v1/custom-fields", operation_id = "custom_field_list", tag = "custom fields", params(CustomFieldFilter),
    responses((status = 200, description = "The fields in their order: the keys of `custom`", body = Page<CustomFieldView>)))]
async fn custom_field_list(
    May(can): May<ReadCustomFields>,
    State(store): State<Store>,
    Query(filter): Query<CustomFieldFilter>,
) -> edge::Result<Json<Page<CustomFieldView>>> {
    let mut tx = store.read(&can).await?;
    let mut items = Vec::new();
    let objects = match filter.object {
        Some(object) => vec![object],
        None => object::with_fields(&mut tx).await?,
    };
    for object in objects {
        let mut fields =
            if filter.archived.unwrap_or(false) { all(&mut tx, object).await? } else { live(&mut tx, object).await? };
        fields.retain(|field| field.right(&tx) != Some(FieldRight::Hidden));
        items.extend(fields.into_iter().map(|field| view(field, can.caller())));
    }
    Ok(Json(Page { items, next_cursor: None }))
}

#[utoipa::path(post, path = "/api/v1/custom-fields", operation_id = "custom_field_create", tag = "custom fields", request_body = NewCustomField,
    responses((status = 201, description = "The field, behind the others", body = CustomFieldView)))]
async fn custom_field_create(
    May(can): May<ManageCustomFields>,
    State(store): State<Store>,
    Json(input): Json<NewCustomField>,
) -> edge::Result<Created<CustomFieldView>> {
    let mut tx = store.begin(&can).await?;
    let field = create(&mut tx, input).await?;
    tx.commit().await?;
    let location = format!("/api/v1/custom-fields/{}", field.id);
    Ok(Created { location, version: field.version, body: view(field, can.caller()) })
}

#[utoipa::path(get, path = "/api/v1/custom-fields/{id}", operation_id = "custom_field_get", tag = "custom fields", params(("id" = CustomFieldId, Path)),
    responses((status = 200, description = "The field, and how many records have a value", body = CustomFieldView)))]
async fn custom_field_get(
    May(can): May<ReadCustomFields>,
    State(store): State<Store>,
    Path(id): Path<CustomFieldId>,
) -> edge::Result<Versioned<CustomFieldView>> {
    let mut tx = store.read(&can).await?;
    let field = one(&mut tx, id).await?;
    Ok(Versioned(field.version, counted(&mut tx, field).await?))
}

#[utoipa::path(patch, path = "/api/v1/custom-fields/{id}", operation_id = "custom_field_update", tag = "custom fields", request_body = ChangeCustomField,
    params(("id" = CustomFieldId, Path), ("If-Match" = String, Header, description = "The ETag that was read")),
    responses((status = 200, description = "As it now is", body = CustomFieldView)))]
async fn custom_field_update(
    May(can): May<ManageCustomFields>,
    State(store): State<Store>,
    Path(id): Path<CustomFieldId>,
    version: IfMatch,
    Json(change): Json<ChangeCustomField>,
) -> edge::Result<Versioned<CustomFieldView>> {
    let mut tx = store.begin(&can).await?;
    let before = one(&mut tx, id).await?;
    version.check(before.version)?;
    let field = update(&mut tx, before, change).await?;
    answered(tx, field).await
}

#[utoipa::path(delete, path = "/api/v1/custom-fields/{id}", operation_id = "custom_field_delete", tag = "custom fields", params(("id" = CustomFieldId, Path)),
    responses((status = 204, description = "Gone; its values are being erased")))]
async fn custom_field_delete(
    May(can): May<ManageCustomFields>,
    State(store): State<Store>,
    Path(id): Path<CustomFieldId>,
) -> edge::Result<NoContent> {
    let mut tx = store.begin(&can).await?;
    delete::delete(&mut tx, id).await?;
    tx.commit().await?;
    Ok(NoContent)
}

#[utoipa::path(post, path = "/api/v1/custom-fields/{id}/archive", operation_id = "custom_field_archive", tag = "custom fields", params(("id" = CustomFieldId, Path)),
    responses((status = 200, description = "The field, archived; its values stay", body = CustomFieldView)))]
async fn custom_field_archive(
    May(can): May<ManageCustomFields>,
    State(store): State<Store>,
    Path(id): Path<CustomFieldId>,
) -> edge::Result<Versioned<CustomFieldView>> {
    let mut tx = store.begin(&can).await?;
    let field = archive::archive(&mut tx, id).await?;
    answered(tx, field).await
}

#[utoipa::path(post, path = "/api/v1/custom-fields/{id}/restore", operation_id = "custom_field_restore", tag = "custom fields", params(("id" = CustomFieldId, Path)),
    responses((status = 200, description = "The field, back again with its values", body = CustomFieldView)))]
async fn custom_field_restore(
    May(can): May<ManageCustomFields>,
    State(store): State<Store>,
    Path(id): Path<CustomFieldId>,
) -> edge::Result<Versioned<CustomFieldView>> {
    let mut tx = store.begin(&can).await?;
    let field = archive::restore(&mut tx, id).await?;
    answered(tx, field).await
}

#[utoipa::path(post, path = "/api/v1/custom-fields/{id}/conversion-preview", operation_id = "custom_field_preview", tag = "custom fields",
    request_body = ConvertCustomField, params(("id" = CustomFieldId, Path)),
    responses((status = 200, description = "How many values are none of the new kind", body = CustomFieldConversion)))]
async fn custom_field_preview(
    May(can): May<ManageCustomFields>,
    State(store): State<Store>,
    Path(id): Path<CustomFieldId>,
    Json(wanted): Json<ConvertCustomField>,
) -> edge::Result<Json<CustomFieldConversion>> {
    let mut tx = store.read(&can).await?;
    let field = one(&mut tx, id).await?;
    Ok(Json(preview(&mut tx, &field, &wanted).await?))
}

#[utoipa::path(post, path = "/api/v1/custom-fields/{id}/convert", operation_id = "custom_field_convert", tag = "custom fields",
    request_body = ConvertCustomField, params(("id" = CustomFieldId, Path)),
    responses((status = 200, description = "The field; `work` says how far its values are", body = CustomFieldView)))]
async fn custom_field_convert(
    May(can): May<ManageCustomFields>,
    State(store): State<Store>,
    Path(id): Path<CustomFieldId>,
    Json(wanted): Json<ConvertCustomField>,
) -> edge::Result<Versioned<CustomFieldView>> {
    let mut tx = store.begin(&can).await?;
    let field = super::locked(&mut tx, id).await?;
    let field = convert(&mut tx, field, &wanted).await?;
    answered(tx, field).await
}

#[utoipa::path(post, path = "/api/v1/custom-fields/{object}/order", operation_id = "custom_field_reorder", tag = "custom fields",
    request_body = CustomFieldOrder, params(("object" = CustomObject, Path)),
    responses((status = 200, description = "The fields in their new order", body = Page<CustomFieldView>)))]
async fn custom_field_reorder(
    May(can): May<ManageCustomFields>,
    State(store): State<Store>,
    Path(object): Path<CustomObject>,
    Json(order): Json<CustomFieldOrder>,
) -> edge::Result<Json<Page<CustomFieldView>>> {
    let mut tx = store.begin(&can).await?;
    let fields = reorder(&mut tx, object, order).await?;
    tx.commit().await?;
    Ok(Json(Page { items: fields.into_iter().map(|field| view(field, can.caller())).collect(), next_cursor: None }))
}

#[utoipa::path(get, path = "/api/v1/custom-fields/{object}/schema", operation_id = "custom_field_schema", tag = "custom fields",
    params(("object" = CustomObject, Path)),
    responses((status = 200, description = "JSON Schema (2020-12) of `custom` of this object", body = Object, example = json!({ "type": "object" }))))]
async fn custom_field_schema(
    May(can): May<ReadCustomFields>,
    State(store): State<Store>,
    Path(object): Path<CustomObject>,
) -> edge::Result<Json<Value>> {
    let fields = live(&mut store.read(&can).await?, object).await?;
    Ok(Json(schema(object, &fields)))
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(custom_field_list, custom_field_create))
        .routes(routes!(custom_field_get, custom_field_update, custom_field_delete))
        .routes(routes!(custom_field_archive))
        .routes(routes!(custom_field_restore))
        .routes(routes!(custom_field_preview))
        .routes(routes!(custom_field_convert))
        .routes(routes!(custom_field_reorder))
        .routes(routes!(custom_field_schema))
}
