//! Serving a blob. The type is the stored one where it is known to be harmless and a download otherwise; nothing is
//! sniffed and nothing runs.

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;

use crate::Blob;

/// Types a browser may show in place.
const INLINE: &[&str] = &["application/pdf", "image/png", "image/jpeg", "image/webp"];

/// The blob as an answer: shown in place where that is safe and `download` is false, else offered for saving.
pub fn serve(blob: &Blob, bytes: Bytes, download: bool) -> Response {
    let inline = !download && INLINE.contains(&blob.media_type.as_str());
    let disposition = if inline { "inline" } else { "attachment" };
    let media_type = if INLINE.contains(&blob.media_type.as_str()) || blob.media_type.starts_with("text/csv") {
        blob.media_type.clone()
    } else {
        "application/octet-stream".to_owned()
    };
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    let text =
        |value: String| HeaderValue::from_str(&value).unwrap_or(HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::CONTENT_TYPE, text(media_type));
    headers.insert(header::CONTENT_DISPOSITION, text(format!("{disposition}; {}", file_name(&blob.file_name))));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=300"));
    headers.insert(header::ETAG, text(format!("\"{}\"", blob.sha256)));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    response
}

/// `filename` for all and `filename*` for those who read RFC 8187.
pub fn file_name(name: &str) -> String {
    let ascii: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || " ._-()".contains(c) { c } else { '_' }).collect();
    let encoded: String = name
        .bytes()
        .map(|b| {
            if b.is_ascii_alphanumeric() || b"._-".contains(&b) {
                char::from(b).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect();
    format!("filename=\"{ascii}\"; filename*=UTF-8''{encoded}")
}
