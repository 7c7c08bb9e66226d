//! Trials on the wire: seen with the import, begun and taken along here.

use axum::{Extension, extract::State, response::Response};
use edge::{App, May, Path, Versioned};
use files::Blobs;
use kernel::Error;
use store::Store;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{begin, body, of};
use crate::{
    contact::ImportContacts,
    import::{ImportId, Imports, routes::shown, view::ImportView},
};

#[utoipa::path(post, path = "/api/v1/imports/{id}/trial", operation_id = "import_try", tag = "imports", params(("id" = ImportId, Path)),
    responses((status = 200, description = "The import, whose whole file is being gone through without writing", body = ImportView)))]
async fn import_try(
    May(can): May<ImportContacts>,
    State(store): State<Store>,
    Extension(blobs): Extension<Blobs>,
    Extension(imports): Extension<Imports>,
    Path(id): Path<ImportId>,
) -> edge::Result<Versioned<ImportView>> {
    let mut tx = store.begin(&can).await?;
    let import = begin(&mut tx, &blobs, &imports, id).await?;
    let shown = shown(&mut tx, &imports, import).await?;
    tx.commit().await?;
    Ok(shown)
}

#[utoipa::path(get, path = "/api/v1/imports/{id}/trial.csv", operation_id = "import_trial", tag = "imports", params(("id" = ImportId, Path)),
    responses((status = 200, description = "Each row with what would become of it, which fields would change and why it would be refused",
        content_type = "text/csv", body = String)))]
async fn import_trial(
    May(can): May<ImportContacts>,
    State(store): State<Store>,
    Extension(blobs): Extension<Blobs>,
    Extension(imports): Extension<Imports>,
    Path(id): Path<ImportId>,
) -> edge::Result<Response> {
    let mut tx = store.read(&can).await?;
    let import = imports.one(&mut tx, id).await?;
    let table = of(&mut tx, id).await?.and_then(|trial| trial.blob_id);
    let (_, file) = blobs.open(&mut tx, table.ok_or(Error::NotFound { noun: "import_trial" })?).await?;
    let name = format!("trial-{}.csv", import.file_name.trim_end_matches(".csv"));
    Ok(crate::export::attachment("text/csv; charset=utf-8", &name, body(file)))
}

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(import_try)).routes(routes!(import_trial))
}
