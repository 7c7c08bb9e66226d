//! The wire of imports.

use axum::{
    Extension,
    extract::{DefaultBodyLimit, Multipart, State, multipart::MultipartRejection},
    response::Response,
};
use edge::{App, Created, IfMatch, Json, May, NoContent, Path, Query, Versioned};
use files::Blobs;
use kernel::{Caller, Error};
use serde::Deserialize;
use store::{Store, Tx};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    Import, ImportId,
    delete::delete,
    list,
    noun::Imports,
    preview::{ImportPreview, PreviewRequest, preview},
    refused,
    sheet::choose,
    start::start,
    target::Own,
    trial,
    undo::undo,
    update::{ChangeImport, update},
    upload::{MaxUpload, receive},
    view::{ImportView, shows_cells, view},
};
use crate::contact::ImportContacts;

/// The form of an upload.
#[derive(ToSchema)]
#[allow(dead_code, reason = "it describes the form and is read part by part")]
struct ImportUpload {
    /// A table as CSV or other delimited text, a workbook (.xlsx), or address cards (vCard); what it is, its content says.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// What is brought.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ImportBrought {
    /// What the rows are: `contact`, `deal`, `lead`, or the id of a custom object; `contact` unless given.
    #[param(example = "deal")]
    noun: Option<String>,
}

/// The import with its trial.
pub(super) async fn shown(tx: &mut Tx, imports: &Imports, import: Import) -> kernel::Result<Versioned<ImportView>> {
    let (own, trial) = (Own::read(tx, imports, &import.noun).await?, trial::of(tx, import.id).await?);
    Ok(Versioned(import.version, view(import, &own, trial, tx.caller())))
}

fn must_show_cells(import: &Import, caller: &Caller) -> kernel::Result<()> {
    if shows_cells(import, caller) { Ok(()) } else { caller.must_see_amounts() }
}

#[utoipa::path(post, path = "/api/v1/imports", operation_id = "import_create", tag = "imports", params(ImportBrought),
    request_body(content = ImportUpload, content_type = "multipart/form-data"),
    responses((status = 201, description = "The import, with a guess how its file is to be read", body = ImportView)))]
async fn import_create(
    May(can): May<ImportContacts>,
    State(store): State<Store>,
    Extension(blobs): Extension<Blobs>,
    Extension(imports): Extension<Imports>,
    most: Option<Extension<MaxUpload>>,
    Query(brought): Query<ImportBrought>,
    form: Result<Multipart, MultipartRejection>,
) -> edge::Result<Created<ImportView>> {
    let form = form.map_err(|_| Error::Door {
        status: 415,
        code: "not_multipart",
        detail: "Send the file as multipart/form-data in a field named file.".into(),
        retry_after_seconds: None,
    })?;
    let noun = brought.noun.as_deref().unwrap_or("contact");
    let most = most.map_or_else(MaxUpload::default, |Extension(most)| most);
    let import = receive(&store, (&blobs, &imports), &can, noun, form, most).await?;
    let own = Own::read(&mut store.read(&can).await?, &imports, &import.noun).await?;
    let location = format!("/api/v1/imports/{}", import.id);
    Ok(Created { location, version: import.version, body: view(import, &own, None, can.caller()) })
}

#[utoipa::path(get, path = "/api/v1/imports/{id}", operation_id = "import_get", tag = "imports", params(("id" = ImportId, Path)),
    responses((status = 200, description = "The import and how far it is", body = ImportView)))]
async fn import_get(
    May(can): May<ImportContacts>,
    State(store): State<Store>,
    Extension(imports): Extension<Imports>,
    Path(id): Path<ImportId>,
) -> edge::Result<Versioned<ImportView>> {
    let mut tx = store.read(&can).await?;
    let import = imports.one(&mut tx, id).await?;
    Ok(shown(&mut tx, &imports, import).await?)
}

#[utoipa::path(patch, path = "/api/v1/imports/{id}", operation_id = "import_update", tag = "imports", params(("id" = ImportId, Path)),
    request_body = ChangeImport, responses((status = 200, description = "The import as it now is", body = ImportView)))]
async fn import_update(
    May(can): May<ImportContacts>,
    State(store): State<Store>,
    Extension(blobs): Extension<Blobs>,
    Extension(imports): Extension<Imports>,
    Path(id): Path<ImportId>,
    version: IfMatch,
    Json(change): Json<ChangeImport>,
) -> edge::Result<Versioned<ImportView>> {
    let sheet = match &change.sheet {
        Some(sheet) => Some(choose(&store, &blobs, &can, id, sheet).await?),
        None => None,
    };
    let mut tx = store.begin(&can).await?;
    let import = imports.locked(&mut tx, id).await?;
    version.check(import.version)?;
    let import = update(&mut tx, (&blobs, &imports), import, change, sheet).await?;
    let shown = shown(&mut tx, &imports, import).await?;
    tx.commit().await?;
    Ok(shown)
}

#[utoipa::path(delete, path = "/api/v1/imports/{id}", operation_id = "import_delete", tag = "imports", params(("id" = ImportId, Path)),
    responses((status = 204, description = "The import and its file are gone")))]
async fn import_delete(
    May(can): May<ImportContacts>,
    State(store): State<Store>,
    Extension(blobs): Extension<Blobs>,
    Extension(imports): Extension<Imports>,
    Path(id): Path<ImportId>,
) -> edge::Result<NoContent> {
    let mut tx = store.begin(&can).await?;
    delete(&mut tx, &blobs, &imports, id).await?;
    tx.commit().await?;
    Ok(NoContent)
}

#[utoipa::path(get, path = "/api/v1/imports/{id}/preview", operation_id = "import_preview", tag = "imports",
    params(("id" = ImportId, Path), PreviewRequest),
    responses((status = 200, description = "The first rows as they will be stored", body = ImportPreview)))]
async fn import_preview(
    May(can): May<ImportContacts>,
    State(store): State<Store>,
    Extension(blobs): Extension<Blobs>,
    Extension(imports): Extension<Imports>,
    Path(id): Path<ImportId>,
    Query(request): Query<PreviewRequest>,
) -> edge::Result<Json<ImportPreview>> {
    let mut tx = store.read(&can).await?;
    let import = imports.one(&mut tx, id).await?;
    must_show_cells(&import, can.caller())?;
    Ok(Json(preview(&mut tx, &blobs, &imports, &import, &request).await?))
}

#[utoipa::path(post, path = "/api/v1/imports/{id}/start", operation_id = "import_start", tag = "imports", params(("id" = ImportId, Path)),
    responses((status = 200, description = "The import, running", body = ImportView)))]
async fn import_start(
    May(can): May<ImportContacts>,
    State(store): State<Store>,
    Extension(imports): Extension<Imports>,
    Path(id): Path<ImportId>,
) -> edge::Result<Versioned<ImportView>> {
    let mut tx = store.begin(&can).await?;
    let import = start(&mut tx, &imports, id).await?;
    let shown = shown(&mut tx, &imports, import).await?;
    tx.commit().await?;
    Ok(shown)
}

#[utoipa::path(post, path = "/api/v1/imports/{id}/undo", operation_id = "import_undo", tag = "imports", params(("id" = ImportId, Path)),
    responses((status = 200, description = "The import, being taken back", body = ImportView)))]
async fn import_undo(
    May(can): May<ImportContacts>,
    State(store): State<Store>,
    Extension(imports): Extension<Imports>,
    Path(id): Path<ImportId>,
) -> edge::Result<Versioned<ImportView>> {
    let mut tx = store.begin(&can).await?;
    let import = undo(&mut tx, &imports, id).await?;
    let shown = shown(&mut tx, &imports, import).await?;
    tx.commit().await?;
    Ok(shown)
}

#[utoipa::path(get, path = "/api/v1/imports/{id}/refused.csv", operation_id = "import_refused", tag = "imports", params(("id" = ImportId, Path)),
    responses((status = 200, description = "The rows that were not taken, with the line and the reason of each", content_type = "text/csv", body = String)))]
async fn import_refused(
    May(can): May<ImportContacts>,
    State(store): State<Store>,
    Extension(imports): Extension<Imports>,
    Path(id): Path<ImportId>,
) -> edge::Result<Response> {
    let import = imports.one(&mut store.read(&can).await?, id).await?;
    must_show_cells(&import, can.caller())?;
    let name = format!("refused-{}.csv", import.file_name.trim_end_matches(".csv"));
    Ok(crate::export::attachment("text/csv; charset=utf-8", &name, refused::stream(store, can, import)))
}

/// Every operation on imports.
pub fn routes() -> OpenApiRouter<App> {
    // The size is counted as the bytes arrive, so that a file too large is refused with words of our own.
    let upload =
        OpenApiRouter::new().routes(routes!(list::import_list, import_create)).layer(DefaultBodyLimit::disable());
    OpenApiRouter::new()
        .merge(upload)
        .routes(routes!(import_get, import_update, import_delete))
        .routes(routes!(import_preview))
        .routes(routes!(import_start))
        .routes(routes!(import_undo))
        .routes(routes!(import_refused))
        .merge(super::mapping::routes::routes())
        .merge(trial::routes())
}
