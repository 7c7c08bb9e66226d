//! Reading what a form is sent as: fields as a page encodes them (urlencoded, or multipart where there are files), and what a
//! program sends. No more is read than the form can take.

use axum::{
    body::{Body, to_bytes},
    extract::{Form as Encoded, FromRequest, Multipart, Request},
    http::header,
};
use files::Blobs;
use http_body_util::Limited;
use kernel::{Error, Result, TenantId};

use crate::{
    attachment::receive::{MOST_READ, Received, receive},
    form::{Form, field::FieldKind},
};

/// Thirty fields of 10,000 characters in any script, as a form encodes them.
pub(crate) const MOST_TYPED: usize = 4 << 20;

/// Is it sent part by part?
pub(crate) fn is_multipart(request: &Request) -> bool {
    let media_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    media_type.is_some_and(|of| of.starts_with("multipart/form-data"))
}

/// What a page's form was sent as; None where it cannot be read.
pub(crate) async fn fields(request: Request, form: &Form, blobs: &Blobs, tenant: TenantId) -> Result<Option<Received>> {
    if is_multipart(&request) {
        return parts(request, form, blobs, tenant).await;
    }
    let (head, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, MOST_TYPED).await else { return Ok(None) };
    let whole = Request::from_parts(head, Body::from(bytes));
    let Ok(Encoded(pairs)) = Encoded::<Vec<(String, String)>>::from_request(whole, &()).await else { return Ok(None) };
    Ok(Some(Received { pairs, ..Received::default() }))
}

/// The parts of a form with files; None where they cannot be read.
pub(crate) async fn parts(request: Request, form: &Form, blobs: &Blobs, tenant: TenantId) -> Result<Option<Received>> {
    let takes_files = form.fields.0.iter().any(|asked| asked.kind == FieldKind::File);
    let most = if takes_files { MOST_READ } else { MOST_TYPED };
    let limited = request.map(|body| Body::new(Limited::new(body, most)));
    let Ok(body) = Multipart::from_request(limited, &()).await else { return Ok(None) };
    match receive(form, blobs, tenant, body).await {
        Err(Error::Door { status: 400, .. }) => Ok(None),
        read => read.map(Some),
    }
}
