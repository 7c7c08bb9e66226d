//! Deleting, bringing back, duplicating and previewing forms, on the wire.

use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use edge::{App, Created, May, NoContent, Path, Versioned};
use store::Store;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    Form, FormId, ManageForms, delete,
    duplicate::duplicate,
    routes::answered,
    view::{FormView, view},
};
use crate::page::preview;

#[utoipa::path(delete, path = "/api/v1/forms/{id}", operation_id = "form_delete", tag = "forms", params(("id" = FormId, Path)),
    responses((status = 204, description = "Deleted: its address answers 410; it can be restored for 30 days")))]
async fn form_delete(
    May(can): May<ManageForms>,
    State(store): State<Store>,
    Path(id): Path<FormId>,
) -> edge::Result<NoContent> {
    let mut tx = store.begin(&can).await?;
    let form = tx.get_locked(id).await?;
    delete::delete(&mut tx, form).await?;
    tx.commit().await?;
    Ok(NoContent)
}

#[utoipa::path(post, path = "/api/v1/forms/{id}/restore", operation_id = "form_restore", tag = "forms", params(("id" = FormId, Path)),
    responses((status = 200, description = "The form as it was; 409 `form_gone` after 30 days", body = FormView)))]
async fn form_restore(
    May(can): May<ManageForms>,
    State(store): State<Store>,
    Path(id): Path<FormId>,
) -> edge::Result<Versioned<FormView>> {
    let mut tx = store.begin(&can).await?;
    let form = tx.get_locked(id).await?;
    let form = delete::restore(&mut tx, form).await?;
    answered(tx, form).await
}

#[utoipa::path(post, path = "/api/v1/forms/{id}/duplicate", operation_id = "form_duplicate", tag = "forms", params(("id" = FormId, Path)),
    responses((status = 201, description = "A draft like it, with an address of its own", body = FormView)))]
async fn form_duplicate(
    May(can): May<ManageForms>,
    State(store): State<Store>,
    Path(id): Path<FormId>,
) -> edge::Result<Created<FormView>> {
    let mut tx = store.begin(&can).await?;
    let of: Form = tx.get(id).await?;
    let form = duplicate(&mut tx, of).await?;
    let (location, version) = (format!("/api/v1/forms/{}", form.id), form.version);
    let body = view(&mut tx, form).await?;
    tx.commit().await?;
    Ok(Created { location, version, body })
}

#[utoipa::path(get, path = "/api/v1/forms/{id}/preview", operation_id = "form_preview", tag = "forms", params(("id" = FormId, Path)),
    responses((status = 200, description = "The page as it is saved, marked as a preview; it sends nothing", body = String, content_type = "text/html")))]
async fn form_preview(
    May(can): May<ManageForms>,
    State(store): State<Store>,
    Path(id): Path<FormId>,
) -> edge::Result<Response> {
    let mut tx = store.read(&can).await?;
    let form: Form = tx.get(id).await?;
    let company = identity::tenant::current(&mut tx).await?.name;
    let mut response = preview(form, &company)?.into_response();
    // Shown beside the editor, by us alone; its form goes nowhere.
    let policy = "default-src 'none'; style-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'";
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    Ok(response)
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(form_delete))
        .routes(routes!(form_restore))
        .routes(routes!(form_duplicate))
        .routes(routes!(form_preview))
}
