//! Answers: created, versioned, nothing.

use axum::{
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;

use crate::Json;

/// A record with its version as the ETag.
#[derive(Debug, Clone)]
pub struct Versioned<T>(pub i64, pub T);

/// 201 with the record's version as the ETag and its address as the Location.
#[derive(Debug, Clone)]
pub struct Created<T> {
    pub location: String,
    pub version: i64,
    pub body: T,
}

/// 204.
#[derive(Debug, Clone, Copy)]
pub struct NoContent;

fn with(mut response: Response, name: HeaderName, value: &str) -> Response {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
    response
}

impl<T: Serialize> IntoResponse for Versioned<T> {
    fn into_response(self) -> Response {
        with(Json(self.1).into_response(), header::ETAG, &format!("\"{}\"", self.0))
    }
}

impl<T: Serialize> IntoResponse for Created<T> {
    fn into_response(self) -> Response {
        let mut response = Versioned(self.version, self.body).into_response();
        *response.status_mut() = StatusCode::CREATED;
        with(response, header::LOCATION, &self.location)
    }
}

impl IntoResponse for NoContent {
    fn into_response(self) -> Response {
        StatusCode::NO_CONTENT.into_response()
    }
}
