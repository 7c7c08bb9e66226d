//! Rights by field over HTTP.

use axum::extract::State;
use edge::{App, Json, May, Path};
use identity::permissions::{ManageRoles, ReadMembers};
use kernel::Role;
use store::Store;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    catalogue::{FieldRightTable, table},
    tune::{TuneFields, tune},
};

#[utoipa::path(get, path = "/api/v1/field-rights", operation_id = "field_right_list", tag = "workspace",
    responses((status = 200, description = "Every field, and what is taken of it from whom", body = FieldRightTable)))]
async fn field_right_list(
    May(can): May<ReadMembers>,
    State(store): State<Store>,
) -> edge::Result<Json<FieldRightTable>> {
    let mut tx = store.read(&can).await?;
    Ok(Json(table(&mut tx, can.also::<ManageRoles>()).await?))
}

#[utoipa::path(patch, path = "/api/v1/roles/{role}/fields", operation_id = "role_field_update", tag = "workspace",
    request_body = TuneFields, params(("role" = Role, Path)),
    responses((status = 200, description = "The fields as they now are", body = FieldRightTable)))]
async fn role_field_update(
    May(can): May<ManageRoles>,
    State(store): State<Store>,
    Path(role): Path<Role>,
    Json(input): Json<TuneFields>,
) -> edge::Result<Json<FieldRightTable>> {
    let mut tx = store.begin(&can).await?;
    tune(&mut tx, role, input).await?;
    let body = table(&mut tx, true).await?;
    tx.commit().await?;
    Ok(Json(body))
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(field_right_list)).routes(routes!(role_field_update))
}
