//! Leads on the wire.

use axum::extract::State;
use crm::{
    field::custom::filter::Asked,
    filter::routes::FilterQuery,
    group::{GroupQuery, Groups},
};
use edge::{App, Created, IfMatch, Json, May, NoContent, Path, Query, Versioned};
use kernel::{Actor, Page, PageRequest};
use store::{Store, Tx};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    ConvertLeads, DeleteLeads, EditLeads, Lead, LeadId, ReadLeads,
    assign::{self, AssignLead},
    convert::{self, ConvertLead},
    create::{NewLead, create},
    delete,
    likely::{LikelyRecords, likely},
    list::{LeadFilter, groups, list},
    update::{ChangeLead, update},
    view::{LeadView, view, views},
};

#[utoipa::path(get, path = "/api/v1/leads", operation_id = "lead_list", tag = "leads", params(PageRequest, LeadFilter, FilterQuery),
    responses((status = 200, description = "Leads; sorted by created_at, score, updated_at, name or custom.<key>; narrowed by custom.<key>=, and by custom.<key>.from=, .to= and .set=", body = Page<LeadView>)))]
async fn lead_list(
    May(can): May<ReadLeads>,
    State(store): State<Store>,
    Query(page): Query<PageRequest>,
    Query(filter): Query<LeadFilter>,
    Query(asked): Query<Asked>,
) -> edge::Result<Json<Page<LeadView>>> {
    let mut tx = store.read(&can).await?;
    let leads = list(&mut tx, filter, &asked, &page).await?;
    Ok(Json(Page { items: views(&mut tx, leads.items).await?, next_cursor: leads.next_cursor }))
}

#[utoipa::path(get, path = "/api/v1/leads/groups", operation_id = "lead_group", tag = "leads", params(GroupQuery, LeadFilter, FilterQuery),
    responses((status = 200, description = "The leads the list has under the same conditions, in groups", body = Groups)))]
async fn lead_group(
    May(can): May<ReadLeads>,
    State(store): State<Store>,
    Query(query): Query<GroupQuery>,
    Query(filter): Query<LeadFilter>,
    Query(asked): Query<Asked>,
) -> edge::Result<Json<Groups>> {
    Ok(Json(groups(&mut store.read(&can).await?, filter, &asked, &query).await?))
}

#[utoipa::path(post, path = "/api/v1/leads", operation_id = "lead_create", tag = "leads", request_body = NewLead,
    responses((status = 201, description = "The lead, scored and assigned", body = LeadView)))]
async fn lead_create(
    May(can): May<EditLeads>,
    State(store): State<Store>,
    Json(input): Json<NewLead>,
) -> edge::Result<Created<LeadView>> {
    let mut tx = store.begin(&can).await?;
    let source = if matches!(tx.caller().actor, Actor::ApiKey(_)) { "api" } else { "manual" };
    let lead = create(&mut tx, input, source).await?;
    let (location, version) = (format!("/api/v1/leads/{}", lead.id), lead.version);
    let body = view(&mut tx, lead).await?;
    tx.commit().await?;
    Ok(Created { location, version, body })
}

#[utoipa::path(get, path = "/api/v1/leads/{id}", operation_id = "lead_get", tag = "leads", params(("id" = LeadId, Path)),
    responses((status = 200, description = "The lead, also when it has been deleted", body = LeadView)))]
async fn lead_get(
    May(can): May<ReadLeads>,
    State(store): State<Store>,
    Path(id): Path<LeadId>,
) -> edge::Result<Versioned<LeadView>> {
    let mut tx = store.read(&can).await?;
    let lead: Lead = tx.get(id).await?;
    Ok(Versioned(lead.version, view(&mut tx, lead).await?))
}

#[utoipa::path(patch, path = "/api/v1/leads/{id}", operation_id = "lead_update", tag = "leads", request_body = ChangeLead,
    params(("id" = LeadId, Path), ("If-Match" = String, Header, description = "The ETag that was read")),
    responses((status = 200, description = "As it now is, scored again", body = LeadView)))]
async fn lead_update(
    May(can): May<EditLeads>,
    State(store): State<Store>,
    Path(id): Path<LeadId>,
    version: IfMatch,
    Json(change): Json<ChangeLead>,
) -> edge::Result<Versioned<LeadView>> {
    let mut tx = store.begin(&can).await?;
    let before: Lead = tx.get(id).await?;
    version.check(before.version)?;
    let lead = update(&mut tx, before, change).await?;
    answered(tx, lead).await
}

#[utoipa::path(delete, path = "/api/v1/leads/{id}", operation_id = "lead_delete", tag = "leads", params(("id" = LeadId, Path)),
    responses((status = 204, description = "Deleted; it can be restored")))]
async fn lead_delete(
    May(can): May<DeleteLeads>,
    State(store): State<Store>,
    Path(id): Path<LeadId>,
) -> edge::Result<NoContent> {
    let mut tx = store.begin(&can).await?;
    let lead = tx.get_locked(id).await?;
    delete::delete(&mut tx, lead).await?;
    tx.commit().await?;
    Ok(NoContent)
}

#[utoipa::path(post, path = "/api/v1/leads/{id}/restore", operation_id = "lead_restore", tag = "leads", params(("id" = LeadId, Path)),
    responses((status = 200, description = "The lead, back again", body = LeadView)))]
async fn lead_restore(
    May(can): May<DeleteLeads>,
    State(store): State<Store>,
    Path(id): Path<LeadId>,
) -> edge::Result<Versioned<LeadView>> {
    let mut tx = store.begin(&can).await?;
    let lead = tx.get_locked(id).await?;
    let lead = delete::restore(&mut tx, lead).await?;
    answered(tx, lead).await
}

#[utoipa::path(post, path = "/api/v1/leads/{id}/assign", operation_id = "lead_assign", tag = "leads", request_body = AssignLead,
    params(("id" = LeadId, Path)), responses((status = 200, description = "The lead with its owner", body = LeadView)))]
async fn lead_assign(
    May(can): May<EditLeads>,
    State(store): State<Store>,
    Path(id): Path<LeadId>,
    Json(to): Json<AssignLead>,
) -> edge::Result<Versioned<LeadView>> {
    let mut tx = store.begin(&can).await?;
    let lead = tx.get_locked(id).await?;
    let lead = assign::assign(&mut tx, lead, to).await?;
    answered(tx, lead).await
}

#[utoipa::path(get, path = "/api/v1/leads/{id}/likely", operation_id = "lead_likely", tag = "leads", params(("id" = LeadId, Path)),
    responses((status = 200, description = "Contacts and companies that it likely is already", body = LikelyRecords)))]
async fn lead_likely(
    May(can): May<ReadLeads>,
    State(store): State<Store>,
    Path(id): Path<LeadId>,
) -> edge::Result<Json<LikelyRecords>> {
    let mut tx = store.read(&can).await?;
    let lead: Lead = tx.get(id).await?;
    Ok(Json(likely(&mut tx, &lead).await?))
}

#[utoipa::path(post, path = "/api/v1/leads/{id}/convert", operation_id = "lead_convert", tag = "leads", request_body = ConvertLead,
    params(("id" = LeadId, Path)),
    responses((status = 200, description = "The lead with what it has become; 409 `lead_converted` if it had before", body = LeadView)))]
async fn lead_convert(
    May(can): May<ConvertLeads>,
    State(store): State<Store>,
    Path(id): Path<LeadId>,
    Json(into): Json<ConvertLead>,
) -> edge::Result<Versioned<LeadView>> {
    let mut tx = store.begin(&can).await?;
    let lead = tx.get_locked(id).await?;
    let lead = convert::convert(&mut tx, lead, into).await?;
    answered(tx, lead).await
}

/// Commits, and answers the lead as it now is.
async fn answered(mut tx: Tx, lead: Lead) -> edge::Result<Versioned<LeadView>> {
    let answer = Versioned(lead.version, view(&mut tx, lead).await?);
    tx.commit().await?;
    Ok(answer)
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(lead_group))
        .routes(routes!(lead_list, lead_create))
        .routes(routes!(lead_get, lead_update, lead_delete))
        .routes(routes!(lead_restore))
        .routes(routes!(lead_assign))
        .routes(routes!(lead_likely))
        .routes(routes!(lead_convert))
}
