//! Problems (RFC 9457): one shape for everything that can go wrong, with a stable `code`, a sentence for a person and
//! the fields concerned. What the operator needs to know goes to the log with the request's id.

use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::{Error, FieldError};
use serde::Serialize;

pub type Result<T, E = Problem> = std::result::Result<T, E>;

/// An error on its way out.
#[derive(Debug)]
pub struct Problem(pub Error);

impl<E: Into<Error>> From<E> for Problem {
    fn from(error: E) -> Self {
        Problem(error.into())
    }
}

/// The body of an error answer, `application/problem+json`.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Problem)]
pub struct ProblemBody {
    /// Always `about:blank`: the code says more than a page would.
    #[schema(example = "about:blank")]
    pub r#type: &'static str,
    /// The status in words.
    #[schema(example = "Unprocessable Content")]
    pub title: String,
    #[schema(example = 422)]
    pub status: u16,
    /// Stable machine code.
    #[schema(example = "invalid_input")]
    pub code: String,
    /// What happened and what to do, for a person.
    pub detail: String,
    /// The refused fields of the input.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldError>,
    /// Quote this when asking for help. Filled in by the outermost layer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

impl Problem {
    pub fn status(&self) -> StatusCode {
        match &self.0 {
            Error::Unauthenticated { .. } => StatusCode::UNAUTHORIZED,
            Error::Forbidden { .. } => StatusCode::FORBIDDEN,
            Error::NotFound { .. } => StatusCode::NOT_FOUND,
            Error::Conflict { .. } => StatusCode::CONFLICT,
            Error::Stale => StatusCode::PRECONDITION_FAILED,
            Error::Door { status, .. } => StatusCode::from_u16(*status).unwrap_or(StatusCode::BAD_REQUEST),
            Error::Invalid { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            Error::Unavailable { code: "storage_full", .. } => StatusCode::INSUFFICIENT_STORAGE,
            Error::Unavailable { .. } => StatusCode::SERVICE_UNAVAILABLE,
            Error::Internal { .. } => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn detail(&self) -> String {
        match &self.0 {
            Error::Unauthenticated { detail, .. } | Error::Conflict { detail, .. } | Error::Door { detail, .. } => {
                detail.clone()
            }
            Error::Forbidden { permission } => {
                format!("Your role does not include {permission}. An administrator can change the table of roles.")
            }
            Error::NotFound { noun } => format!("There is no such {} here.", noun.replace('_', " ")),
            Error::Stale => {
                "Somebody has changed this since you read it. Read it again, then repeat your change.".into()
            }
            Error::Invalid { fields } => match fields.as_slice() {
                [one] => one.message.clone(),
                many => format!("{} fields need your attention.", many.len()),
            },
            Error::Unavailable { code: "storage_full", .. } => {
                "There is no room left to store this. Nothing was changed.".into()
            }
            Error::Unavailable { code: "outcome_unknown", .. } => {
                "The connection to the database broke at the last moment, so this may or may not have been saved. Look, \
                 or ask again with the same Idempotency-Key: it will not be done twice."
                    .into()
            }
            Error::Unavailable { .. } => {
                "A part of the system is not available just now. Nothing was changed; try again shortly.".into()
            }
            Error::Internal { .. } => {
                "Something went wrong on our side. Nothing was changed. Quote the request id if you ask for help."
                    .into()
            }
        }
    }

    /// The answer's body.
    pub fn body(&self) -> ProblemBody {
        let status = self.status();
        ProblemBody {
            r#type: "about:blank",
            title: status.canonical_reason().unwrap_or("Error").to_owned(),
            status: status.as_u16(),
            code: self.0.code().to_owned(),
            detail: self.detail(),
            fields: match &self.0 {
                Error::Invalid { fields } => fields.clone(),
                _ => Vec::new(),
            },
            request_id: None,
        }
    }
}

/// Marks an answer as a problem, so that the outermost layer can add the request id to its body.
#[derive(Debug, Clone)]
pub struct ProblemMark(pub std::sync::Arc<ProblemBody>);

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        match &self.0 {
            Error::Internal { operator } => tracing::error!(operator, "internal error"),
            Error::Unavailable { operator, code, .. } => tracing::warn!(operator, code, "unavailable"),
            _ => {}
        }
        let body = self.body();
        let mut response = Response::new(Body::from(serde_json::to_vec(&body).unwrap_or_default()));
        *response.status_mut() = self.status();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        let retry_after = match &self.0 {
            Error::Unavailable { retry_after_seconds, .. } => Some(*retry_after_seconds),
            Error::Door { retry_after_seconds, .. } => *retry_after_seconds,
            _ => None,
        };
        if let Some(seconds) = retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(ProblemMark(std::sync::Arc::new(body)));
        response
    }
}
