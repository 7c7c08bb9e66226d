//! Companies on the wire.

use axum::extract::State;
use edge::{App, Created, IfMatch, Json, May, NoContent, Path, Query, Versioned};
use kernel::{Actor, Caller, Page, PageRequest};
use store::Store;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    Company, CompanyId, DeleteCompanies, EditCompanies, ReadCompanies,
    create::{NewCompany, create},
    delete,
    list::{CompanyFilter, groups, list},
    living,
    update::{ChangeCompany, update},
    view::{CompanyView, view, views},
};

use crate::{
    field::custom::filter::Asked,
    filter::routes::FilterQuery,
    group::{GroupQuery, Groups},
};

/// Where a record made through the API comes from.
pub(crate) fn source(caller: &Caller) -> &'static str {
    if matches!(caller.actor, Actor::ApiKey(_)) { "api" } else { "manual" }
}

#[utoipa::path(get, path = "/api/v1/companies", operation_id = "company_list", tag = "companies", params(PageRequest, CompanyFilter, FilterQuery),
    responses((status = 200, description = "Companies; sorted by name, created_at, updated_at or custom.<key>; narrowed by custom.<key>=, and by custom.<key>.from=, .to= and .set=", body = Page<CompanyView>)))]
async fn company_list(
    May(can): May<ReadCompanies>,
    State(store): State<Store>,
    Query(page): Query<PageRequest>,
    Query(filter): Query<CompanyFilter>,
    Query(asked): Query<Asked>,
) -> edge::Result<Json<Page<CompanyView>>> {
    let mut tx = store.read(&can).await?;
    let companies = list(&mut tx, filter, &asked, &page).await?;
    Ok(Json(Page { items: views(&mut tx, companies.items).await?, next_cursor: companies.next_cursor }))
}

#[utoipa::path(get, path = "/api/v1/companies/groups", operation_id = "company_group", tag = "companies", params(GroupQuery, CompanyFilter, FilterQuery),
    responses((status = 200, description = "The companies the list has under the same conditions, in groups", body = Groups)))]
async fn company_group(
    May(can): May<ReadCompanies>,
    State(store): State<Store>,
    Query(query): Query<GroupQuery>,
    Query(filter): Query<CompanyFilter>,
    Query(asked): Query<Asked>,
) -> edge::Result<Json<Groups>> {
    Ok(Json(groups(&mut store.read(&can).await?, filter, &asked, &query).await?))
}

#[utoipa::path(post, path = "/api/v1/companies", operation_id = "company_create", tag = "companies", request_body = NewCompany,
    responses((status = 201, description = "The company", body = CompanyView)))]
async fn company_create(
    May(can): May<EditCompanies>,
    State(store): State<Store>,
    Json(input): Json<NewCompany>,
) -> edge::Result<Created<CompanyView>> {
    let mut tx = store.begin(&can).await?;
    let company = create(&mut tx, input, source(can.caller())).await?;
    let (location, version) = (format!("/api/v1/companies/{}", company.id), company.version);
    let body = view(&mut tx, company).await?;
    tx.commit().await?;
    Ok(Created { location, version, body })
}

#[utoipa::path(get, path = "/api/v1/companies/{id}", operation_id = "company_get", tag = "companies", params(("id" = CompanyId, Path)),
    responses((status = 200, description = "The company, also when it has been deleted; for one that was merged, the one that was kept", body = CompanyView)))]
async fn company_get(
    May(can): May<ReadCompanies>,
    State(store): State<Store>,
    Path(id): Path<CompanyId>,
) -> edge::Result<Versioned<CompanyView>> {
    let mut tx = store.read(&can).await?;
    let company = living(&mut tx, id).await?;
    Ok(Versioned(company.version, view(&mut tx, company).await?))
}

#[utoipa::path(patch, path = "/api/v1/companies/{id}", operation_id = "company_update", tag = "companies", request_body = ChangeCompany,
    params(("id" = CompanyId, Path), ("If-Match" = String, Header, description = "The ETag that was read")),
    responses((status = 200, description = "As it now is", body = CompanyView)))]
async fn company_update(
    May(can): May<EditCompanies>,
    State(store): State<Store>,
    Path(id): Path<CompanyId>,
    version: IfMatch,
    Json(change): Json<ChangeCompany>,
) -> edge::Result<Versioned<CompanyView>> {
    let mut tx = store.begin(&can).await?;
    let before: Company = tx.get(id).await?;
    version.check(before.version)?;
    let company = update(&mut tx, before, change).await?;
    let answer = Versioned(company.version, view(&mut tx, company).await?);
    tx.commit().await?;
    Ok(answer)
}

#[utoipa::path(delete, path = "/api/v1/companies/{id}", operation_id = "company_delete", tag = "companies", params(("id" = CompanyId, Path)),
    responses((status = 204, description = "Deleted; it can be restored")))]
async fn company_delete(
    May(can): May<DeleteCompanies>,
    State(store): State<Store>,
    Path(id): Path<CompanyId>,
) -> edge::Result<NoContent> {
    let mut tx = store.begin(&can).await?;
    let company = tx.get_locked(id).await?;
    delete::delete(&mut tx, company).await?;
    tx.commit().await?;
    Ok(NoContent)
}

#[utoipa::path(post, path = "/api/v1/companies/{id}/restore", operation_id = "company_restore", tag = "companies", params(("id" = CompanyId, Path)),
    responses((status = 200, description = "The company, back again", body = CompanyView)))]
async fn company_restore(
    May(can): May<DeleteCompanies>,
    State(store): State<Store>,
    Path(id): Path<CompanyId>,
) -> edge::Result<Versioned<CompanyView>> {
    let mut tx = store.begin(&can).await?;
    let company = tx.get_locked(id).await?;
    let company = delete::restore(&mut tx, company).await?;
    let answer = Versioned(company.version, view(&mut tx, company).await?);
    tx.commit().await?;
    Ok(answer)
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(company_group))
        .routes(routes!(company_list, company_create))
        .routes(routes!(company_get, company_update, company_delete))
        .routes(routes!(company_restore))
}
