//! Input: JSON bodies, paths and query strings, whose refusals are problems that name the field.

use axum::{
    extract::{FromRequest, FromRequestParts, Request, rejection::BytesRejection},
    http::{header, request::Parts},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use kernel::Error;
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    Problem,
    amounts::{self, Hidden},
};

/// A JSON body in, a JSON body out.
#[derive(Debug, Clone)]
pub struct Json<T>(pub T);

/// Path parameters.
#[derive(Debug, Clone)]
pub struct Path<T>(pub T);

/// The query string.
#[derive(Debug, Clone)]
pub struct Query<T>(pub T);

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        axum::Json(self.0).into_response()
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Problem;
    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let media_type = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let essence = media_type.split(';').next().unwrap_or_default().trim();
        if !(essence.eq_ignore_ascii_case("application/json") || essence.ends_with("+json")) {
            return Err(Problem(Error::Door {
                status: 415,
                code: "not_json",
                detail: "Send the body as application/json.".into(),
                retry_after_seconds: None,
            }));
        }
        let hidden = request.extensions().get::<Hidden>().cloned();
        let bytes = Bytes::from_request(request, state).await.map_err(body_refused)?;
        amounts::refuse(hidden.as_ref(), &bytes)?;
        parse(&bytes).map(Json)
    }
}

/// Reads a JSON value, naming the field that does not fit.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        let cause = error.into_inner();
        if cause.is_syntax() || cause.is_eof() {
            return Problem(Error::Door {
                status: 400,
                code: "malformed_json",
                detail: format!("The body is not valid JSON: {cause}."),
                retry_after_seconds: None,
            });
        }
        // serde appends where in the text it stopped, which helps nobody who did not write the text by hand.
        let message = cause.to_string();
        let sentence = message.rsplit_once(" at line ").map_or(message.as_str(), |(before, _)| before).to_owned();
        let code = match sentence.as_str() {
            s if s.starts_with("unknown field") => "unknown_field",
            s if s.starts_with("missing field") => "missing",
            s if s.starts_with("duplicate field") => "duplicate_field",
            _ => "wrong_type",
        };
        // A missing field is reported at its parent; its name stands in the sentence.
        let named = sentence.split('`').nth(1).filter(|_| code != "wrong_type");
        let field = match (path.as_str(), named) {
            (".", Some(name)) => name.to_owned(),
            (".", None) => String::new(),
            (path, Some(name)) if !path.ends_with(name) => format!("{path}.{name}"),
            (path, _) => path.to_owned(),
        };
        Problem(Error::invalid(field.replace('[', ".").replace(']', ""), code, sentence))
    })?;
    reader.end().map_err(|_| {
        Problem(Error::Door {
            status: 400,
            code: "malformed_json",
            detail: "Something follows the JSON value.".into(),
            retry_after_seconds: None,
        })
    })?;
    Ok(value)
}

/// A body that is too large or was cut off.
pub fn body_refused(rejection: BytesRejection) -> Problem {
    let status = rejection.status().as_u16();
    let (code, detail) = match status {
        413 => ("body_too_large", "The body is larger than this operation accepts."),
        _ => ("body_unreadable", "The body could not be read to its end."),
    };
    Problem(Error::Door { status, code, detail: detail.into(), retry_after_seconds: None })
}

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        // An id of the wrong shape names nothing that exists.
        axum::extract::Path::from_request_parts(parts, state)
            .await
            .map(|axum::extract::Path(value)| Path(value))
            .map_err(|_| Problem(Error::NotFound { noun: "record" }))
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        Ok(Query(query(parts.uri.query().unwrap_or_default())?))
    }
}

/// Reads a query string, naming the parameter that does not fit.
pub fn query<T: DeserializeOwned>(text: &str) -> kernel::Result<T> {
    serde_html_form::from_str(text).map_err(|error| {
        let sentence = error.to_string();
        let field = sentence.split('`').nth(1).unwrap_or("query").to_owned();
        Error::invalid(field, "query_unreadable", sentence)
    })
}
