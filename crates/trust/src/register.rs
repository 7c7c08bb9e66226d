//! `GET /api/v1/data-map`: every stored column, what it is, whose it is, how long it lives, how it is erased (P021).

use axum::{Extension, response::IntoResponse};
use edge::{App, Json};
use kernel::data_map::Table;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The register.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DataMapView {
    pub tables: Vec<Table>,
}

#[utoipa::path(get, path = "/api/v1/data-map", operation_id = "data_map_get", tag = "trust", security(()),
    responses((status = 200, description = "Every table and column", body = DataMapView)))]
async fn data_map_get(Extension(map): Extension<DataMapView>) -> impl IntoResponse {
    Json(map)
}

pub(crate) fn routes(tables: &'static [&'static [Table]]) -> OpenApiRouter<App> {
    let tables = tables.iter().copied().flatten().copied().collect();
    OpenApiRouter::new().routes(routes!(data_map_get)).layer(Extension(DataMapView { tables }))
}
