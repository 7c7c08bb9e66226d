//! Contacts on the wire.

use axum::extract::State;
use edge::{App, Created, IfMatch, Json, May, NoContent, Path, Query, Versioned};
use kernel::{Page, PageRequest};
use store::Store;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    Contact, ContactId, DeleteContacts, EditContacts, ReadContacts,
    create::{NewContact, create},
    delete,
    duplicates::{LikeContact, duplicates},
    list::{ContactFilter, groups, list},
    living,
    update::{ChangeContact, update},
    view::{ContactView, listed, view, views},
};
use crate::company::routes::source;
use crate::{
    field::custom::filter::Asked,
    filter::routes::FilterQuery,
    group::{GroupQuery, Groups},
};

#[utoipa::path(get, path = "/api/v1/contacts", operation_id = "contact_list", tag = "contacts", params(PageRequest, ContactFilter, FilterQuery),
    responses((status = 200, description = "Contacts; sorted by name, created_at, updated_at or custom.<key>; narrowed by custom.<key>=, and by custom.<key>.from=, .to= and .set=", body = Page<ContactView>)))]
async fn contact_list(
    May(can): May<ReadContacts>,
    State(store): State<Store>,
    Query(page): Query<PageRequest>,
    Query(filter): Query<ContactFilter>,
    Query(asked): Query<Asked>,
) -> edge::Result<Json<Page<ContactView>>> {
    let mut tx = store.read(&can).await?;
    let contacts = list(&mut tx, filter, &asked, &page).await?;
    Ok(Json(listed(&mut tx, contacts).await?))
}

#[utoipa::path(get, path = "/api/v1/contacts/groups", operation_id = "contact_group", tag = "contacts", params(GroupQuery, ContactFilter, FilterQuery),
    responses((status = 200, description = "The contacts the list has under the same conditions, in groups", body = Groups)))]
async fn contact_group(
    May(can): May<ReadContacts>,
    State(store): State<Store>,
    Query(query): Query<GroupQuery>,
    Query(filter): Query<ContactFilter>,
    Query(asked): Query<Asked>,
) -> edge::Result<Json<Groups>> {
    Ok(Json(groups(&mut store.read(&can).await?, filter, &asked, &query).await?))
}

#[utoipa::path(post, path = "/api/v1/contacts", operation_id = "contact_create", tag = "contacts", request_body = NewContact,
    responses((status = 201, description = "The contact", body = ContactView)))]
async fn contact_create(
    May(can): May<EditContacts>,
    State(store): State<Store>,
    Json(input): Json<NewContact>,
) -> edge::Result<Created<ContactView>> {
    let mut tx = store.begin(&can).await?;
    let contact = create(&mut tx, input, source(can.caller())).await?;
    let (location, version) = (format!("/api/v1/contacts/{}", contact.id), contact.version);
    let body = view(&mut tx, contact).await?;
    tx.commit().await?;
    Ok(Created { location, version, body })
}

#[utoipa::path(get, path = "/api/v1/contacts/{id}", operation_id = "contact_get", tag = "contacts", params(("id" = ContactId, Path)),
    responses((status = 200, description = "The contact, also when it has been deleted; for one that was merged, the one that was kept", body = ContactView)))]
async fn contact_get(
    May(can): May<ReadContacts>,
    State(store): State<Store>,
    Path(id): Path<ContactId>,
) -> edge::Result<Versioned<ContactView>> {
    let mut tx = store.read(&can).await?;
    let contact = living(&mut tx, id).await?;
    Ok(Versioned(contact.version, view(&mut tx, contact).await?))
}

#[utoipa::path(patch, path = "/api/v1/contacts/{id}", operation_id = "contact_update", tag = "contacts", request_body = ChangeContact,
    params(("id" = ContactId, Path), ("If-Match" = String, Header, description = "The ETag that was read")),
    responses((status = 200, description = "As it now is", body = ContactView)))]
async fn contact_update(
    May(can): May<EditContacts>,
    State(store): State<Store>,
    Path(id): Path<ContactId>,
    version: IfMatch,
    Json(change): Json<ChangeContact>,
) -> edge::Result<Versioned<ContactView>> {
    let mut tx = store.begin(&can).await?;
    let before: Contact = tx.get(id).await?;
    version.check(before.version)?;
    let contact = update(&mut tx, before, change).await?;
    let answer = Versioned(contact.version, view(&mut tx, contact).await?);
    tx.commit().await?;
    Ok(answer)
}

#[utoipa::path(delete, path = "/api/v1/contacts/{id}", operation_id = "contact_delete", tag = "contacts", params(("id" = ContactId, Path)),
    responses((status = 204, description = "Deleted; it can be restored")))]
async fn contact_delete(
    May(can): May<DeleteContacts>,
    State(store): State<Store>,
    Path(id): Path<ContactId>,
) -> edge::Result<NoContent> {
    let mut tx = store.begin(&can).await?;
    let contact = tx.get_locked(id).await?;
    delete::delete(&mut tx, contact).await?;
    tx.commit().await?;
    Ok(NoContent)
}

#[utoipa::path(post, path = "/api/v1/contacts/{id}/restore", operation_id = "contact_restore", tag = "contacts", params(("id" = ContactId, Path)),
    responses((status = 200, description = "The contact, back again", body = ContactView)))]
async fn contact_restore(
    May(can): May<DeleteContacts>,
    State(store): State<Store>,
    Path(id): Path<ContactId>,
) -> edge::Result<Versioned<ContactView>> {
    let mut tx = store.begin(&can).await?;
    let contact = tx.get_locked(id).await?;
    let contact = delete::restore(&mut tx, contact).await?;
    let answer = Versioned(contact.version, view(&mut tx, contact).await?);
    tx.commit().await?;
    Ok(answer)
}

#[utoipa::path(get, path = "/api/v1/contacts/duplicates", operation_id = "contact_duplicates", tag = "contacts", params(LikeContact),
    responses((status = 200, description = "People who have this address or number already, at most ten", body = Page<ContactView>)))]
async fn contact_duplicates(
    May(can): May<ReadContacts>,
    State(store): State<Store>,
    Query(like): Query<LikeContact>,
) -> edge::Result<Json<Page<ContactView>>> {
    let mut tx = store.read(&can).await?;
    let found = duplicates(&mut tx, &like).await?;
    Ok(Json(Page { items: views(&mut tx, found).await?, next_cursor: None }))
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(contact_group))
        .routes(routes!(contact_list, contact_create))
        .routes(routes!(contact_get, contact_update, contact_delete))
        .routes(routes!(contact_restore))
        .routes(routes!(contact_duplicates))
}
