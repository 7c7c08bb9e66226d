//! Submissions on the wire: what came in, for members; and sending a form, for programs and other sites' pages.

use std::collections::BTreeMap;

use axum::{
    Extension,
    extract::{DefaultBodyLimit, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::options,
};
use edge::{App, Connection, Json, May, Path, Problem, Query};
use files::Blobs;
use kernel::{Can, Error, Page, PageRequest};
use leads::lead::Utm;
use serde::{Deserialize, Serialize};
use store::Store;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    list::{SubmissionFilter, SubmissionView, list},
    sender::{read, sender},
    take::{Sent, take},
};
use crate::{
    attachment::receive::Arrived,
    form::{ReadForms, SubmitForm},
    guard::{Seen, Via},
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
    /// By which a second sending of the same is recognised: what `Idempotency-Key` is for, of uploads above 4 MB too.
    #[serde(default)]
    #[schema(example = "order-4711")]
    pub once: Option<String>,
}

/// The same with files: each part is named by the key of its field, of several files there are several parts.
#[derive(ToSchema)]
#[allow(dead_code, reason = "it describes the form and is read part by part")]
struct SubmissionUpload {
    /// What else is sent, as `application/json`; before the files.
    data: NewSubmission,
    /// A file, by the key of its field.
    #[schema(value_type = String, format = Binary)]
    q_files: Vec<u8>,
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
    request_body(content((NewSubmission = "application/json"), (SubmissionUpload = "multipart/form-data"))),
    params(("path" = String, Path, description = "The last part of the form's address", example = "contact-3f9a1c0b77d2"),
        ("Idempotency-Key" = Option<String>, Header, description = "The same is taken once")),
    responses((status = 201, description = "It has become a lead; or is held back, with the same answer; 410 `form_closed`, 403 `origin_not_allowed`, 401 `api_key_required`, 429 `form_flooded`", body = TakenSubmission)))]
async fn submission_create(
    State(app): State<App>,
    Extension(blobs): Extension<Blobs>,
    connection: Connection,
    Path(path): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let headers = request.headers().clone();
    let opened = open(&app, &connection, &path).await?;
    let origin = allowed(&opened.form, &headers, &app.settings.public_url)?;
    let seen = Seen { via: Via::Program, ip: connection.origin.ip, ..Seen::default() };
    let answer = async {
        let (can, via) = sender(&app, &opened, &connection, &headers).await?;
        let (input, files) = read(&app, &opened, &blobs, request).await?;
        send(&app, &opened, &can, &headers, input, files, Seen { via, ..seen }).await.map_err(Problem)
    };
    let answer: Result<Response, Problem> = answer.await;
    Ok(shared(answer.into_response(), origin))
}

async fn send(
    app: &App,
    opened: &Opened,
    can: &Can<SubmitForm>,
    headers: &HeaderMap,
    input: NewSubmission,
    files: Vec<Arrived>,
    seen: Seen,
) -> kernel::Result<Response> {
    let key = headers.get("idempotency-key").and_then(|key| key.to_str().ok()).map(str::to_owned);
    let is_key = |once: &String| (1..=200).contains(&once.len()) && !once.chars().any(char::is_control);
    let key = key.or_else(|| input.once.clone().filter(is_key));
    let sent = Sent {
        values: input.values,
        files: BTreeMap::new(),
        consent: input.consent,
        utm: input.utm,
        landing_page: input.landing_page,
        once: key.map(|key| format!("key:{key}")),
        page: opened.address(app),
        seen,
    }
    .with(&files);
    let mut tx = app.store.begin(can).await?;
    match take(&mut tx, &opened.form, &sent, files).await {
        Ok(()) => tx.commit().await?,
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
        (header::ACCESS_CONTROL_ALLOW_HEADERS, "authorization, content-type, idempotency-key"),
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
        .merge(OpenApiRouter::new().routes(routes!(submission_create)).layer(DefaultBodyLimit::disable()))
        .route("/api/v1/public/forms/{path}/submissions", options(preflight))
}
