//! `If-Match`: an update says which version it changes, so that a lost update is a 412 and not a lost edit
//! (RFC 9110 13.1.1, RFC 6585 3).

use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
};
use kernel::Error;

use crate::Problem;

/// The version named by `If-Match: "<version>"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IfMatch(pub i64);

impl IfMatch {
    /// Refuses when the record has moved on.
    pub fn check(self, version: i64) -> Result<(), Error> {
        if self.0 == version { Ok(()) } else { Err(Error::Stale) }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Problem;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let header = parts.headers.get(header::IF_MATCH).and_then(|v| v.to_str().ok());
        let Some(text) = header else {
            return Err(Problem(Error::Door {
                status: 428,
                code: "if_match_required",
                detail: "Send If-Match with the ETag you read, so that nobody's change is lost.".into(),
                retry_after_seconds: None,
            }));
        };
        text.trim().trim_start_matches("W/").trim_matches('"').parse().map(IfMatch).map_err(|_| Problem(Error::Stale))
    }
}
