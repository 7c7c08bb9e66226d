//! Duplicates on the wire.

use axum::extract::State;
use edge::{App, Json, May, NoContent, Path, Query, Versioned};
use kernel::{Page, PageRequest};
use serde::Deserialize;
use store::Store;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    DuplicatePairId, ManageDuplicates, Noun, PairState, ReadDuplicates, SettleDuplicates,
    rule::Rule,
    setting, settle, sweep,
    typing::{self, Likely, LikelyCompany, LikelyContact},
    view::{self, PairFilter, PairView, RuleView, SweepView},
};
use crate::{company::ReadCompanies, contact::ReadContacts};

/// Of which records.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SweepRequest {
    noun: Noun,
}

/// Of which records.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct OfNoun {
    /// `contact` or `company`.
    #[param(example = "contact")]
    noun: Noun,
}

#[utoipa::path(post, path = "/api/v1/contacts/duplicates", operation_id = "contact_likely", tag = "contacts", request_body = LikelyContact,
    responses((status = 200, description = "People who are likely the one described, the likeliest first, at most five", body = Page<Likely>)))]
async fn contact_likely(
    May(can): May<ReadContacts>,
    State(store): State<Store>,
    Json(typed): Json<LikelyContact>,
) -> edge::Result<Json<Page<Likely>>> {
    let mut tx = store.read(&can).await?;
    Ok(Json(Page { items: typing::contacts(&mut tx, typed).await?, next_cursor: None }))
}

#[utoipa::path(post, path = "/api/v1/companies/duplicates", operation_id = "company_likely", tag = "companies", request_body = LikelyCompany,
    responses((status = 200, description = "Companies that are likely the one described, the likeliest first, at most five", body = Page<Likely>)))]
async fn company_likely(
    May(can): May<ReadCompanies>,
    State(store): State<Store>,
    Json(typed): Json<LikelyCompany>,
) -> edge::Result<Json<Page<Likely>>> {
    let mut tx = store.read(&can).await?;
    Ok(Json(Page { items: typing::companies(&mut tx, typed).await?, next_cursor: None }))
}

#[utoipa::path(get, path = "/api/v1/duplicates", operation_id = "duplicate_list", tag = "duplicates", params(PageRequest, PairFilter),
    responses((status = 200, description = "Pairs that the last search found, the likeliest first", body = Page<PairView>)))]
async fn duplicate_list(
    May(can): May<ReadDuplicates>,
    State(store): State<Store>,
    Query(page): Query<PageRequest>,
    Query(filter): Query<PairFilter>,
) -> edge::Result<Json<Page<PairView>>> {
    let mut tx = store.read(&can).await?;
    Ok(Json(view::list(&mut tx, &filter, &page).await?))
}

async fn settled(
    store: &Store,
    can: &kernel::Can<SettleDuplicates>,
    id: DuplicatePairId,
    state: PairState,
) -> edge::Result<Versioned<PairView>> {
    let mut tx = store.begin(can).await?;
    let pair = settle::settle(&mut tx, id, state).await?;
    let version = pair.version;
    let mut views = view::views(&mut tx, vec![pair]).await?;
    tx.commit().await?;
    Ok(Versioned(version, views.remove(0)))
}

#[utoipa::path(post, path = "/api/v1/duplicates/{id}/dismiss", operation_id = "duplicate_dismiss", tag = "duplicates", params(("id" = DuplicatePairId, Path)),
    responses((status = 200, description = "Not the same, and not proposed again", body = PairView)))]
async fn duplicate_dismiss(
    May(can): May<SettleDuplicates>,
    State(store): State<Store>,
    Path(id): Path<DuplicatePairId>,
) -> edge::Result<Versioned<PairView>> {
    settled(&store, &can, id, PairState::Distinct).await
}

#[utoipa::path(post, path = "/api/v1/duplicates/{id}/reopen", operation_id = "duplicate_reopen", tag = "duplicates", params(("id" = DuplicatePairId, Path)),
    responses((status = 200, description = "To be settled again", body = PairView)))]
async fn duplicate_reopen(
    May(can): May<SettleDuplicates>,
    State(store): State<Store>,
    Path(id): Path<DuplicatePairId>,
) -> edge::Result<Versioned<PairView>> {
    settled(&store, &can, id, PairState::Open).await
}

#[utoipa::path(get, path = "/api/v1/duplicate-sweeps", operation_id = "duplicate_sweep_get", tag = "duplicates", params(OfNoun),
    responses((status = 200, description = "The last search of these records", body = SweepView)))]
async fn duplicate_sweep_get(
    May(can): May<ReadDuplicates>,
    State(store): State<Store>,
    Query(of): Query<OfNoun>,
) -> edge::Result<Json<SweepView>> {
    let mut tx = store.read(&can).await?;
    of.noun.must_read(tx.caller())?;
    let last = sweep::latest(&mut tx, of.noun).await?;
    Ok(Json(view::seen_sweep(&mut tx, of.noun, last).await?))
}

#[utoipa::path(post, path = "/api/v1/duplicate-sweeps", operation_id = "duplicate_sweep_start", tag = "duplicates", request_body = SweepRequest,
    responses((status = 200, description = "The search that will begin", body = SweepView)))]
async fn duplicate_sweep_start(
    May(can): May<SettleDuplicates>,
    State(store): State<Store>,
    Json(wanted): Json<SweepRequest>,
) -> edge::Result<Json<SweepView>> {
    let mut tx = store.begin(&can).await?;
    wanted.noun.must_merge(tx.caller())?;
    let started = sweep::start(&mut tx, wanted.noun).await?;
    let answer = view::seen_sweep(&mut tx, wanted.noun, Some(started)).await?;
    tx.commit().await?;
    Ok(Json(answer))
}

#[utoipa::path(get, path = "/api/v1/duplicate-rules", operation_id = "duplicate_rule_get", tag = "duplicates", params(OfNoun),
    responses((status = 200, description = "The rule that counts", body = RuleView)))]
async fn duplicate_rule_get(
    May(can): May<ReadDuplicates>,
    State(store): State<Store>,
    Query(OfNoun { noun }): Query<OfNoun>,
) -> edge::Result<Json<RuleView>> {
    let mut tx = store.read(&can).await?;
    Ok(Json(view::rule_view(&mut tx, noun).await?))
}

#[utoipa::path(put, path = "/api/v1/duplicate-rules", operation_id = "duplicate_rule_set", tag = "duplicates", request_body = Rule, params(OfNoun),
    responses((status = 200, description = "The rule that counts now; a search finds by it", body = RuleView)))]
async fn duplicate_rule_set(
    May(can): May<ManageDuplicates>,
    State(store): State<Store>,
    Query(OfNoun { noun }): Query<OfNoun>,
    Json(rule): Json<Rule>,
) -> edge::Result<Json<RuleView>> {
    let mut tx = store.begin(&can).await?;
    setting::set(&mut tx, noun, Some(rule)).await?;
    let answer = view::rule_view(&mut tx, noun).await?;
    tx.commit().await?;
    Ok(Json(answer))
}

#[utoipa::path(delete, path = "/api/v1/duplicate-rules", operation_id = "duplicate_rule_reset", tag = "duplicates", params(OfNoun),
    responses((status = 204, description = "The suggested rule counts again")))]
async fn duplicate_rule_reset(
    May(can): May<ManageDuplicates>,
    State(store): State<Store>,
    Query(OfNoun { noun }): Query<OfNoun>,
) -> edge::Result<NoContent> {
    let mut tx = store.begin(&can).await?;
    setting::set(&mut tx, noun, None).await?;
    tx.commit().await?;
    Ok(NoContent)
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(contact_likely))
        .routes(routes!(company_likely))
        .routes(routes!(duplicate_list))
        .routes(routes!(duplicate_dismiss))
        .routes(routes!(duplicate_reopen))
        .routes(routes!(duplicate_sweep_get, duplicate_sweep_start))
        .routes(routes!(duplicate_rule_get, duplicate_rule_set, duplicate_rule_reset))
}
