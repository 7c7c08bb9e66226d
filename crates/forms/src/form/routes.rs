//! Forms on the wire.

use axum::extract::State;
use edge::{App, Created, IfMatch, Json, May, Path, Query, Versioned};
use kernel::{Page, PageRequest};
use serde::Serialize;
use store::{Store, Tx};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    Form, FormId, ManageForms, ReadForms,
    list::{FormFilter, list},
    publish,
    set::{FormInput, create, set},
    view::{FormView, view, views},
};
use crate::consent::{self, ConsentText};

#[utoipa::path(get, path = "/api/v1/forms", operation_id = "form_list", tag = "forms", params(PageRequest, FormFilter),
    responses((status = 200, description = "Forms, the newest first", body = Page<FormView>)))]
async fn form_list(
    May(can): May<ReadForms>,
    State(store): State<Store>,
    Query(page): Query<PageRequest>,
    Query(filter): Query<FormFilter>,
) -> edge::Result<Json<Page<FormView>>> {
    let mut tx = store.read(&can).await?;
    let forms = list(&mut tx, filter, &page).await?;
    Ok(Json(Page { items: views(&mut tx, forms.items).await?, next_cursor: forms.next_cursor }))
}

#[utoipa::path(post, path = "/api/v1/forms", operation_id = "form_create", tag = "forms", request_body = FormInput,
    responses((status = 201, description = "The form, a draft", body = FormView)))]
async fn form_create(
    May(can): May<ManageForms>,
    State(store): State<Store>,
    Json(input): Json<FormInput>,
) -> edge::Result<Created<FormView>> {
    let mut tx = store.begin(&can).await?;
    let form = create(&mut tx, input).await?;
    let (location, version) = (format!("/api/v1/forms/{}", form.id), form.version);
    let body = view(&mut tx, form).await?;
    tx.commit().await?;
    Ok(Created { location, version, body })
}

#[utoipa::path(get, path = "/api/v1/forms/{id}", operation_id = "form_get", tag = "forms", params(("id" = FormId, Path)),
    responses((status = 200, description = "The form", body = FormView)))]
async fn form_get(
    May(can): May<ReadForms>,
    State(store): State<Store>,
    Path(id): Path<FormId>,
) -> edge::Result<Versioned<FormView>> {
    let mut tx = store.read(&can).await?;
    let form: Form = tx.get(id).await?;
    Ok(Versioned(form.version, view(&mut tx, form).await?))
}

#[utoipa::path(put, path = "/api/v1/forms/{id}", operation_id = "form_set", tag = "forms", request_body = FormInput,
    params(("id" = FormId, Path), ("If-Match" = String, Header, description = "The ETag that was read")),
    responses((status = 200, description = "As it now is; a changed text of consent shows when it is published", body = FormView)))]
async fn form_set(
    May(can): May<ManageForms>,
    State(store): State<Store>,
    Path(id): Path<FormId>,
    version: IfMatch,
    Json(input): Json<FormInput>,
) -> edge::Result<Versioned<FormView>> {
    let mut tx = store.begin(&can).await?;
    let before: Form = tx.get(id).await?;
    version.check(before.version)?;
    let form = set(&mut tx, before, input).await?;
    answered(tx, form).await
}

#[utoipa::path(post, path = "/api/v1/forms/{id}/publish", operation_id = "form_publish", tag = "forms", params(("id" = FormId, Path)),
    responses((status = 200, description = "The form, for everybody; 409 `form_published` if nothing would change", body = FormView)))]
async fn form_publish(
    May(can): May<ManageForms>,
    State(store): State<Store>,
    Path(id): Path<FormId>,
) -> edge::Result<Versioned<FormView>> {
    let mut tx = store.begin(&can).await?;
    let form = tx.get_locked(id).await?;
    let form = publish::publish(&mut tx, form).await?;
    answered(tx, form).await
}

#[utoipa::path(post, path = "/api/v1/forms/{id}/close", operation_id = "form_close", tag = "forms", params(("id" = FormId, Path)),
    responses((status = 200, description = "The form, which takes nothing any more", body = FormView)))]
async fn form_close(
    May(can): May<ManageForms>,
    State(store): State<Store>,
    Path(id): Path<FormId>,
) -> edge::Result<Versioned<FormView>> {
    let mut tx = store.begin(&can).await?;
    let form = tx.get_locked(id).await?;
    let form = publish::close(&mut tx, form).await?;
    answered(tx, form).await
}

/// The texts that were published.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConsentTexts {
    /// The newest first.
    pub items: Vec<ConsentText>,
}

#[utoipa::path(get, path = "/api/v1/forms/{id}/consents", operation_id = "form_consents", tag = "forms", params(("id" = FormId, Path)),
    responses((status = 200, description = "Every text of consent that was published, the newest first", body = ConsentTexts)))]
async fn form_consents(
    May(can): May<ReadForms>,
    State(store): State<Store>,
    Path(id): Path<FormId>,
) -> edge::Result<Json<ConsentTexts>> {
    let mut tx = store.read(&can).await?;
    let form: Form = tx.get(id).await?;
    Ok(Json(ConsentTexts { items: consent::all(&mut tx, form.id).await? }))
}

/// Commits, and answers the form as it now is.
pub(super) async fn answered(mut tx: Tx, form: Form) -> edge::Result<Versioned<FormView>> {
    let answer = Versioned(form.version, view(&mut tx, form).await?);
    tx.commit().await?;
    Ok(answer)
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(form_list, form_create))
        .routes(routes!(form_get, form_set))
        .routes(routes!(form_publish))
        .routes(routes!(form_close))
        .routes(routes!(form_consents))
}
