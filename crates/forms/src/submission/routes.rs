//! Submissions on the wire: what came in, for members; and sending a form, for programs and other sites' pages.

use std::collections::BTreeMap;

use axum::{
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::options,
};
use edge::{App, Connection, Json, May, Path, Problem, Query};
use kernel::{Error, Page, PageRequest};
use leads::lead::Utm;
use serde::{Deserialize, Serialize};
use store::Store;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    list::{SubmissionFilter, SubmissionView, list},
    take::{Sent, take},
};
use crate::{
    form::ReadForms,
    page::open::{Opened, allowed, open},
};

#[utoipa::path(get, path = "/api/v1/submissions", operation_id = "submission_list", tag = "forms",
    params(PageRequest, SubmissionFilter),
    responses((status = 200, description = "What came in by forms, the newest first", body = Page<SubmissionView>)))]
async fn submission_list(
    May(can): May<ReadForms>,
    State(store): State<Store>,
    Query(page): Query<PageRequest>,
    Query(filter): Query<SubmissionFilter>,
) -> edge::Result<Json<Page<SubmissionView>>> {
    let mut tx = store.read(&can).await?;
    Ok(Json(list(&mut tx, filter, &page).await?))
}

/// What is sent.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSubmission {
    /// By the keys of the form's fields.
    #[schema(example = json!({ "given_name": "Lucía", "email": "lucia@example.com" }))]
    pub values: BTreeMap<String, String>,
    /// The number of the text of consent that was shown and agreed to.
    #[schema(example = 2)]
    pub consent: Option<i64>,
    #[serde(default)]
    pub utm: Utm,
    #[schema(example = "https://talleres.example/fleet")]
    pub landing_page: Option<String>,
}

/// It has been taken.
#[derive(Debug, Serialize, ToSchema)]
pub struct TakenSubmission {
    #[schema(example = "Thank you. We will write soon.")]
    pub thank_you: Option<String>,
    #[schema(example = "https://talleres.example/thanks")]
    pub redirect_url: Option<String>,
}

#[utoipa::path(post, path = "/api/v1/public/forms/{path}/submissions", operation_id = "submission_create", tag = "forms",
    request_body = NewSubmission,
    params(("path" = String, Path, description = "The last part of the form's address", example = "contact-3f9a1c0b77d2"),
        ("Idempotency-Key" = Option<String>, Header, description = "The same is taken once")),
    responses((status = 201, description = "It has become a lead; 410 `form_closed`, 403 `origin_not_allowed`", body = TakenSubmission)))]
async fn submission_create(
    State(app): State<App>,
    connection: Connection,
    Path(path): Path<String>,
    headers: HeaderMap,
    Json(input): Json<NewSubmission>,
) -> Result<Response, Problem> {
    let opened = open(&app, &connection, &path).await?;
    let origin = allowed(&opened.form, &headers, &app.settings.public_url)?;
    let answer = send(&app, &opened, &headers, input).await.map_err(Problem);
    Ok(shared(answer.into_response(), origin))
}

async fn send(app: &App, opened: &Opened, headers: &HeaderMap, input: NewSubmission) -> kernel::Result<Response> {
    let key = headers.get("idempotency-key").and_then(|key| key.to_str().ok());
    let sent = Sent {
        values: input.values,
        consent: input.consent,
        utm: input.utm,
        landing_page: input.landing_page,
        once: key.map(|key| format!("key:{key}")),
        page: opened.address(app),
    };
    let mut tx = app.store.begin(&opened.can).await?;
    match take(&mut tx, &opened.form, &sent).await {
        Ok(_) => tx.commit().await?,
        // Two with one key at once: the other one is taken.
        Err(Error::Conflict { code: "submitted_meanwhile", .. }) => drop(tx),
        Err(other) => return Err(other),
    }
    let taken =
        TakenSubmission { thank_you: opened.form.thank_you.clone(), redirect_url: opened.form.redirect_url.clone() };
    Ok((StatusCode::CREATED, Json(taken)).into_response())
}

/// Asked by a browser before another site's page sends JSON (Fetch standard, CORS preflight).
async fn preflight(
    State(app): State<App>,
    connection: Connection,
    Path(path): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let opened = open(&app, &connection, &path).await?;
    let origin = allowed(&opened.form, &headers, &app.settings.public_url)?;
    let mut response = shared(StatusCode::NO_CONTENT.into_response(), origin);
    for (name, value) in [
        (header::ACCESS_CONTROL_ALLOW_METHODS, "POST"),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, "content-type, idempotency-key"),
        (header::ACCESS_CONTROL_MAX_AGE, "600"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    Ok(response)
}

/// Lets the page that asked read the answer; no cookie is ever asked for.
fn shared(mut response: Response, origin: Option<String>) -> Response {
    if let Some(origin) = origin.and_then(|origin| HeaderValue::from_str(&origin).ok()) {
        response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        response
            .headers_mut()
            .insert(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin"));
    }
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("origin"));
    response
}

pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(submission_list))
        .routes(routes!(submission_create))
        .route("/api/v1/public/forms/{path}/submissions", options(preflight))
}
