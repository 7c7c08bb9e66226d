//! Merges on the wire.

use axum::extract::State;
use edge::{App, Created, Json, May, Path, Query, Versioned};
use kernel::{Error, Page, Uuid, id::Id};
use serde::Deserialize;
use store::{Store, Tx};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    MergeId, Merging, RecordMerge, merge,
    preview::{MergePreview, preview},
    undo::undo,
    view::{MergeView, UndoneView, view},
};
use crate::{
    company::CompanyId,
    contact::ContactId,
    duplicate::{Noun, ReadDuplicates, SettleDuplicates},
    subject::Subject,
};

/// Two records of one noun, and of which fields the loser's value is taken.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PreviewRequest {
    /// The one to keep.
    #[schema(example = "con_019abc0123457def8123456789abcdef")]
    survivor: String,
    /// The one to merge into it.
    #[schema(example = "con_019abc0123457def8123456789abcdf0")]
    loser: String,
    /// Names of fields.
    #[serde(default)]
    take: Vec<String>,
}

/// The same, as both were seen.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MergeRequest {
    /// The one to keep.
    #[schema(example = "con_019abc0123457def8123456789abcdef")]
    survivor: String,
    survivor_version: i64,
    /// The one to merge into it.
    #[schema(example = "con_019abc0123457def8123456789abcdf0")]
    loser: String,
    loser_version: i64,
    /// Fields of which the loser's value is taken. Of any other the survivor's is kept, or the loser's where it has none.
    #[serde(default)]
    take: Vec<String>,
}

/// Of which record.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct MergeFilter {
    /// A contact or a company, kept or merged away; all records one may read unless given.
    record: Option<String>,
}

#[utoipa::path(post, path = "/api/v1/merges/preview", operation_id = "merge_preview", tag = "duplicates", request_body = PreviewRequest,
    responses((status = 200, description = "What the merge would do", body = MergePreview)))]
async fn merge_preview(
    May(can): May<SettleDuplicates>,
    State(store): State<Store>,
    Json(wanted): Json<PreviewRequest>,
) -> edge::Result<Json<MergePreview>> {
    let mut tx = store.read(&can).await?;
    Ok(Json(preview(&mut tx, &wanted.survivor, &wanted.loser, &wanted.take).await?))
}

#[utoipa::path(post, path = "/api/v1/merges", operation_id = "merge_create", tag = "duplicates", request_body = MergeRequest,
    responses((status = 201, description = "The merge, which can be undone for 30 days", body = MergeView)))]
async fn merge_create(
    May(can): May<SettleDuplicates>,
    State(store): State<Store>,
    Json(wanted): Json<MergeRequest>,
) -> edge::Result<Created<MergeView>> {
    let MergeRequest { survivor, survivor_version, loser, loser_version, take } = wanted;
    let mut tx = store.begin(&can).await?;
    let done = merge(&mut tx, &Merging { survivor, survivor_version, loser, loser_version, take }).await?;
    let (location, version) = (format!("/api/v1/merges/{}", done.id), done.version);
    let body = view(&mut tx, done).await?;
    tx.commit().await?;
    Ok(Created { location, version, body })
}

#[utoipa::path(get, path = "/api/v1/merges", operation_id = "merge_list", tag = "duplicates", params(MergeFilter),
    responses((status = 200, description = "The last fifty merges, or those the record took part in, newest first", body = Page<MergeView>)))]
async fn merge_list(
    May(can): May<ReadDuplicates>,
    State(store): State<Store>,
    Query(filter): Query<MergeFilter>,
) -> edge::Result<Json<Page<MergeView>>> {
    let mut tx = store.read(&can).await?;
    let merges = match &filter.record {
        Some(record) => of_record(&mut tx, record).await?,
        None => last(&mut tx).await?,
    };
    let mut items = Vec::with_capacity(merges.len());
    for merge in merges {
        items.push(view(&mut tx, merge).await?);
    }
    Ok(Json(Page { items, next_cursor: None }))
}

async fn last(tx: &mut Tx) -> kernel::Result<Vec<RecordMerge>> {
    let caller = tx.caller().clone();
    let nouns = Noun::ALL.iter().copied().filter(|noun| noun.must_read(&caller).is_ok());
    let query = tx.select::<RecordMerge>().push(" AND noun IN ").bind_list(nouns);
    Ok(tx.all(query.push(" ORDER BY id DESC LIMIT 50")).await?)
}

async fn of_record(tx: &mut Tx, record: &str) -> kernel::Result<Vec<RecordMerge>> {
    let Some(subject) = Subject::parse(record) else { return Err(Error::not_found("record")) };
    drop(subject.name(tx).await?);
    let contact = record.parse::<ContactId>().map(|id| (Noun::Contact, id.uuid()));
    let company = record.parse::<CompanyId>().map(|id| (Noun::Company, id.uuid()));
    let Ok((noun, id)): Result<(Noun, Uuid), _> = contact.or(company) else { return Ok(Vec::new()) };
    let query = tx.select::<RecordMerge>().and("noun =", noun);
    let query = query.push(" AND (survivor_id = ").bind(id).push(" OR loser_id = ").bind(id);
    Ok(tx.all(query.push(") ORDER BY id DESC LIMIT 50")).await?)
}

#[utoipa::path(get, path = "/api/v1/merges/{id}", operation_id = "merge_get", tag = "duplicates", params(("id" = MergeId, Path)),
    responses((status = 200, description = "The merge", body = MergeView)))]
async fn merge_get(
    May(can): May<ReadDuplicates>,
    State(store): State<Store>,
    Path(id): Path<MergeId>,
) -> edge::Result<Versioned<MergeView>> {
    let mut tx = store.read(&can).await?;
    let merge = super::undo::find(&mut tx, id).await?;
    Ok(Versioned(merge.version, view(&mut tx, merge).await?))
}

#[utoipa::path(post, path = "/api/v1/merges/{id}/undo", operation_id = "merge_undo", tag = "duplicates", params(("id" = MergeId, Path)),
    responses((status = 200, description = "What came back, and what was changed since and stayed", body = UndoneView)))]
async fn merge_undo(
    May(can): May<SettleDuplicates>,
    State(store): State<Store>,
    Path(id): Path<MergeId>,
) -> edge::Result<Json<UndoneView>> {
    let mut tx = store.begin(&can).await?;
    let (merge, undone) = undo(&mut tx, id).await?;
    let merge = view(&mut tx, merge).await?;
    tx.commit().await?;
    Ok(Json(UndoneView { merge, undone }))
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(merge_create, merge_list))
        .routes(routes!(merge_preview))
        .routes(routes!(merge_get))
        .routes(routes!(merge_undo))
}
