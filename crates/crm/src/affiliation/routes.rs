//! Affiliations on the wire.

use axum::extract::State;
use edge::{App, Created, IfMatch, Json, May, NoContent, Path, Query, Versioned};
use kernel::{Page, PageRequest};
use store::Store;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    Affiliation, AffiliationId,
    create::{NewAffiliation, create},
    delete::delete,
    list::{AffiliationFilter, list},
    update::{ChangeAffiliation, update},
    view::{AffiliationView, view, views},
};
use crate::contact::{EditContacts, ReadContacts};

#[utoipa::path(get, path = "/api/v1/affiliations", operation_id = "affiliation_list", tag = "contacts", params(PageRequest, AffiliationFilter),
    responses((status = 200, description = "Further companies of a contact, or people who also work with a company", body = Page<AffiliationView>)))]
async fn affiliation_list(
    May(can): May<ReadContacts>,
    State(store): State<Store>,
    Query(page): Query<PageRequest>,
    Query(filter): Query<AffiliationFilter>,
) -> edge::Result<Json<Page<AffiliationView>>> {
    let mut tx = store.read(&can).await?;
    let found = list(&mut tx, filter, &page).await?;
    Ok(Json(Page { items: views(&mut tx, found.items).await?, next_cursor: found.next_cursor }))
}

#[utoipa::path(post, path = "/api/v1/affiliations", operation_id = "affiliation_create", tag = "contacts", request_body = NewAffiliation,
    responses((status = 201, description = "The affiliation", body = AffiliationView)))]
async fn affiliation_create(
    May(can): May<EditContacts>,
    State(store): State<Store>,
    Json(input): Json<NewAffiliation>,
) -> edge::Result<Created<AffiliationView>> {
    let mut tx = store.begin(&can).await?;
    let made = create(&mut tx, input).await?;
    let (location, version) = (format!("/api/v1/affiliations?contact_id={}", made.contact_id), made.version);
    let body = view(&mut tx, made).await?;
    tx.commit().await?;
    Ok(Created { location, version, body })
}

#[utoipa::path(patch, path = "/api/v1/affiliations/{id}", operation_id = "affiliation_update", tag = "contacts", request_body = ChangeAffiliation,
    params(("id" = AffiliationId, Path), ("If-Match" = String, Header, description = "The ETag that was read")),
    responses((status = 200, description = "As it now is", body = AffiliationView)))]
async fn affiliation_update(
    May(can): May<EditContacts>,
    State(store): State<Store>,
    Path(id): Path<AffiliationId>,
    version: IfMatch,
    Json(change): Json<ChangeAffiliation>,
) -> edge::Result<Versioned<AffiliationView>> {
    let mut tx = store.begin(&can).await?;
    let before: Affiliation = tx.get(id).await?;
    version.check(before.version)?;
    let after = update(&mut tx, before, change).await?;
    let answer = Versioned(after.version, view(&mut tx, after).await?);
    tx.commit().await?;
    Ok(answer)
}

#[utoipa::path(delete, path = "/api/v1/affiliations/{id}", operation_id = "affiliation_delete", tag = "contacts", params(("id" = AffiliationId, Path)),
    responses((status = 204, description = "Gone")))]
async fn affiliation_delete(
    May(can): May<EditContacts>,
    State(store): State<Store>,
    Path(id): Path<AffiliationId>,
) -> edge::Result<NoContent> {
    let mut tx = store.begin(&can).await?;
    delete(&mut tx, id).await?;
    tx.commit().await?;
    Ok(NoContent)
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(affiliation_list, affiliation_create))
        .routes(routes!(affiliation_update, affiliation_delete))
}
