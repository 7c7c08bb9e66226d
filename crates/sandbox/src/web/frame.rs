//! The HTML of a mail, for the frame on its page.
//!
//! Invariant: the policy forbids script, forms, foreign pictures and navigation of the page around it, whatever the mail
//! says; it does so also when the address is opened outside the frame.

use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};

use super::page;
use crate::{handle::SandboxHandle, mail::AttachmentInfo};

const MAIL_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; form-action 'none'; \
                           base-uri 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

pub(super) async fn show(State(handle): State<SandboxHandle>, Path(id): Path<u64>) -> Response {
    let Some((html, files)) = handle.mail(id).and_then(|mail| Some((mail.html?, mail.attachments))) else {
        return page::no_such_mail();
    };
    let folder = format!("{}/mail/{id}/attachments", handle.core.config.base_path);
    // Before anything of the mail: a link without a target would try to load its page inside the frame.
    let body = format!("<!doctype html><base target=\"_blank\">{}", with_embedded(html, &files, &folder));
    let headers = [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CONTENT_SECURITY_POLICY, MAIL_POLICY)];
    (headers, body).into_response()
}

/// `cid:` references to the addresses of the embedded files.
fn with_embedded(mut html: String, files: &[AttachmentInfo], folder: &str) -> String {
    for file in files {
        if let Some(id) = file.content_id.as_deref().filter(|id| !id.is_empty()) {
            html = html.replace(&format!("cid:{id}"), &format!("{folder}/{}?inline=1", file.index));
        }
    }
    html
}
