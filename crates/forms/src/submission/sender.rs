//! A program that sends a form: what it sends, and by which right.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{FromRequest, Request},
    http::{HeaderMap, header},
};
use edge::{App, Connection, Json, Problem};
use files::Blobs;
use http_body_util::Limited;
use kernel::{Can, Error, Origin};

use super::{
    arrive::{MOST_TYPED, is_multipart, parts},
    routes::NewSubmission,
};
use crate::{attachment::receive::Arrived, form::SubmitForm, guard::Via, page::open::Opened};

/// What a program sends, as JSON or part by part.
pub(super) async fn read(
    app: &App,
    opened: &Opened,
    blobs: &Blobs,
    request: Request,
) -> Result<(NewSubmission, Vec<Arrived>), Problem> {
    if !is_multipart(&request) {
        let limited = request.map(|body| Body::new(Limited::new(body, MOST_TYPED)));
        let Json(input) = Json::<NewSubmission>::from_request(limited, app).await?;
        return Ok((input, Vec::new()));
    }
    let unreadable = || Error::Door {
        status: 400,
        code: "body_unreadable",
        detail: "Send parts as multipart/form-data: data as JSON, then the files by the keys of their fields.".into(),
        retry_after_seconds: None,
    };
    let received = parts(request, &opened.form, blobs, opened.can.tenant_id()).await?.ok_or_else(unreadable)?;
    if received.too_large {
        let sentence = "A file, or all of them, is larger than this form takes. Send smaller ones.";
        return Err(Problem(Error::Door {
            status: 413,
            code: "body_too_large",
            detail: sentence.into(),
            retry_after_seconds: None,
        }));
    }
    if !received.refused.is_empty() {
        return Err(Problem(Error::Invalid { fields: received.refused }));
    }
    let data = received.pairs.iter().find(|(name, _)| name == "data").ok_or_else(unreadable)?;
    Ok((edge::input::parse(data.1.as_bytes())?, received.files))
}

/// Who sends: everybody who has the address, or, where the form wants a key, whoever shows one of this workspace. A key is a
/// header that no browser adds by itself, so that another site's page gains nothing by a visit.
pub(super) async fn sender(
    app: &App,
    opened: &Opened,
    connection: &Connection,
    headers: &HeaderMap,
) -> kernel::Result<(Can<SubmitForm>, Via)> {
    let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let key =
        bearer.and_then(|value| value.split_once(' ')).filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    let Some((_, key)) = key else {
        if opened.form.guard.0.key_required {
            return Err(Error::unauthenticated("api_key_required", "Send an API key with the scope form.submit."));
        }
        return Ok((opened.can.clone(), Via::Program));
    };
    let origin = Origin { idempotency: None, ..connection.origin.clone() };
    let known = app.authenticator.api_key(key.trim(), origin).await?;
    let ours = known.filter(|caller| caller.tenant_id == opened.can.caller().tenant_id);
    let unknown = || Error::unauthenticated("api_key_unknown", "This key is not one of the workspace of this form.");
    Ok((Can::check(Arc::new(ours.ok_or_else(unknown)?))?, Via::Key))
}
