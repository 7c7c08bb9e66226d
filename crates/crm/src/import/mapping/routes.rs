//! Saved mappings on the wire.

use axum::{Extension, extract::State};
use chrono::{DateTime, Utc};
use edge::{App, Created, IfMatch, Json, May, NoContent, Path, Query, Versioned};
use kernel::{MemberId, Page};
use serde::{Deserialize, Serialize};
use store::Store;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    MappedColumn, SavedMapping, SavedMappingId,
    create::{ChangeMapping, NewMapping, create, delete, restore, update},
    fit::{OFFERED, fit},
    one,
};
use crate::{
    contact::ImportContacts,
    import::{Format, Import, ImportId, Imports, dialect::ImportDialect, view::ImportOptions},
};

/// For which file.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct MappingFilter {
    /// Those of this import's noun, with how well each fits its file, the best first.
    import_id: Option<ImportId>,
    /// Only mappings of this noun.
    noun: Option<String>,
}

/// A saved mapping.
#[derive(Debug, Serialize, ToSchema)]
pub struct SavedMappingView {
    pub id: SavedMappingId,
    pub version: i64,
    /// What the rows of its files are.
    #[schema(example = "contact")]
    pub noun: String,
    #[schema(example = "Fair visitors")]
    pub name: String,
    /// What kind of file it was made from.
    pub format: Format,
    pub columns: Vec<MappedColumn>,
    pub dialect: ImportDialect,
    pub options: ImportOptions,
    /// How many of the names of both are the same, 0 to 100; null where no import was named.
    pub fit: Option<u8>,
    /// Does it fit well enough to be offered?
    pub offered: bool,
    pub member_id: Option<MemberId>,
    pub deleted_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

fn view(mapping: SavedMapping, import: Option<&Import>) -> SavedMappingView {
    let fit = import.map(|import| fit(&mapping, import));
    SavedMappingView {
        id: mapping.id,
        version: mapping.version,
        noun: mapping.noun,
        name: mapping.name,
        format: mapping.format,
        columns: mapping.columns.0,
        dialect: ImportDialect::from(&mapping.dialect.0),
        options: ImportOptions {
            duplicates: mapping.duplicates,
            match_by: mapping.match_by.0,
            default_country: mapping.default_country,
            date_order: mapping.date_order,
            defaults: mapping.defaults.0,
        },
        fit,
        offered: fit.is_some_and(|fit| fit >= OFFERED),
        member_id: mapping.member_id,
        deleted_at: mapping.deleted_at,
        created_at: mapping.created_at,
        updated_at: mapping.updated_at,
    }
}

#[utoipa::path(get, path = "/api/v1/import-mappings", operation_id = "import_mapping_list", tag = "imports", params(MappingFilter),
    responses((status = 200, description = "The saved mappings, by name, or those that fit best first", body = Page<SavedMappingView>)))]
async fn import_mapping_list(
    May(can): May<ImportContacts>,
    State(store): State<Store>,
    Extension(imports): Extension<Imports>,
    Query(filter): Query<MappingFilter>,
) -> edge::Result<Json<Page<SavedMappingView>>> {
    let mut tx = store.read(&can).await?;
    let import = match filter.import_id {
        Some(id) => Some(imports.one(&mut tx, id).await?),
        None => None,
    };
    let noun = import.as_ref().map(|import| import.noun.clone()).or(filter.noun);
    let query = tx.select::<SavedMapping>().push(" AND import_mapping.deleted_at IS NULL");
    let query = query.and_if("import_mapping.noun =", noun).push(" ORDER BY import_mapping.id");
    let mut found: Vec<SavedMapping> = tx.all(query).await?;
    found.retain(|mapping| imports.shows(can.caller(), &mapping.noun));
    found.sort_by(|one, other| one.name_folded.cmp(&other.name_folded));
    let mut items: Vec<SavedMappingView> = found.into_iter().map(|mapping| view(mapping, import.as_ref())).collect();
    items.sort_by_key(|mapping| std::cmp::Reverse(mapping.fit));
    Ok(Json(Page { items, next_cursor: None }))
}

#[utoipa::path(post, path = "/api/v1/import-mappings", operation_id = "import_mapping_create", tag = "imports", request_body = NewMapping,
    responses((status = 201, description = "The mapping", body = SavedMappingView)))]
async fn import_mapping_create(
    May(can): May<ImportContacts>,
    State(store): State<Store>,
    Extension(imports): Extension<Imports>,
    Json(input): Json<NewMapping>,
) -> edge::Result<Created<SavedMappingView>> {
    let mut tx = store.begin(&can).await?;
    let mapping = create(&mut tx, &imports, input).await?;
    tx.commit().await?;
    let location = format!("/api/v1/import-mappings/{}", mapping.id);
    Ok(Created { location, version: mapping.version, body: view(mapping, None) })
}

#[utoipa::path(get, path = "/api/v1/import-mappings/{id}", operation_id = "import_mapping_get", tag = "imports",
    params(("id" = SavedMappingId, Path)), responses((status = 200, description = "The mapping", body = SavedMappingView)))]
async fn import_mapping_get(
    May(can): May<ImportContacts>,
    State(store): State<Store>,
    Extension(imports): Extension<Imports>,
    Path(id): Path<SavedMappingId>,
) -> edge::Result<Versioned<SavedMappingView>> {
    let mapping = one(&mut store.read(&can).await?, &imports, id, true).await?;
    Ok(Versioned(mapping.version, view(mapping, None)))
}

#[utoipa::path(patch, path = "/api/v1/import-mappings/{id}", operation_id = "import_mapping_update", tag = "imports",
    params(("id" = SavedMappingId, Path), ("If-Match" = String, Header, description = "The ETag that was read")),
    request_body = ChangeMapping, responses((status = 200, description = "As it now is", body = SavedMappingView)))]
async fn import_mapping_update(
    May(can): May<ImportContacts>,
    State(store): State<Store>,
    Extension(imports): Extension<Imports>,
    Path(id): Path<SavedMappingId>,
    version: IfMatch,
    Json(change): Json<ChangeMapping>,
) -> edge::Result<Versioned<SavedMappingView>> {
    let mut tx = store.begin(&can).await?;
    let before = one(&mut tx, &imports, id, false).await?;
    version.check(before.version)?;
    let mapping = update(&mut tx, &imports, before, change).await?;
    tx.commit().await?;
    Ok(Versioned(mapping.version, view(mapping, None)))
}

#[utoipa::path(delete, path = "/api/v1/import-mappings/{id}", operation_id = "import_mapping_delete", tag = "imports",
    params(("id" = SavedMappingId, Path)), responses((status = 204, description = "Deleted; it can be restored")))]
async fn import_mapping_delete(
    May(can): May<ImportContacts>,
    State(store): State<Store>,
    Extension(imports): Extension<Imports>,
    Path(id): Path<SavedMappingId>,
) -> edge::Result<NoContent> {
    let mut tx = store.begin(&can).await?;
    let mapping = one(&mut tx, &imports, id, true).await?;
    delete(&mut tx, mapping).await?;
    tx.commit().await?;
    Ok(NoContent)
}

#[utoipa::path(post, path = "/api/v1/import-mappings/{id}/restore", operation_id = "import_mapping_restore", tag = "imports",
    params(("id" = SavedMappingId, Path)), responses((status = 200, description = "The mapping, back again", body = SavedMappingView)))]
async fn import_mapping_restore(
    May(can): May<ImportContacts>,
    State(store): State<Store>,
    Extension(imports): Extension<Imports>,
    Path(id): Path<SavedMappingId>,
) -> edge::Result<Versioned<SavedMappingView>> {
    let mut tx = store.begin(&can).await?;
    let mapping = one(&mut tx, &imports, id, true).await?;
    let mapping = restore(&mut tx, mapping).await?;
    tx.commit().await?;
    Ok(Versioned(mapping.version, view(mapping, None)))
}

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(import_mapping_list, import_mapping_create))
        .routes(routes!(import_mapping_get, import_mapping_update, import_mapping_delete))
        .routes(routes!(import_mapping_restore))
}
