//! Files and sources.
//!
//! Invariant: a file comes as a download under a cleaned name and a harmless type. Only pictures that cannot hold script
//! are ever shown in place, for HTML mails that embed them.

use std::fmt::Write;

use axum::{
    extract::{Path, Query, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use super::page;
use crate::{handle::SandboxHandle, mail::read_part};

/// Nothing runs and nothing loads, should a browser show the file after all.
const FILE_POLICY: &str = "default-src 'none'; sandbox";

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Shown {
    /// `inline=1`: in place of a download, for pictures.
    inline: Option<String>,
}

pub(super) async fn attachment(
    State(handle): State<SandboxHandle>,
    Path((id, index)): Path<(u64, usize)>,
    Query(shown): Query<Shown>,
) -> Response {
    let Some(part) = handle.core.mails.get(id).and_then(|mail| read_part(&mail, index)) else {
        return page::no_such_mail();
    };
    let media_type = harmless(&part.info.media_type);
    let in_place = shown.inline.is_some() && media_type.starts_with("image/");
    let disposition = if in_place { "inline".to_owned() } else { download_as(&part.info.file_name) };
    let mut response = file(media_type, &disposition, part.bytes.into());
    if in_place {
        // The frame that shows the mail is sandboxed and so counts as another origin.
        response.headers_mut().insert("cross-origin-resource-policy", HeaderValue::from_static("cross-origin"));
    }
    response
}

pub(super) async fn raw(State(handle): State<SandboxHandle>, Path(id): Path<u64>) -> Response {
    match handle.core.mails.get(id) {
        // As text, so that it is readable in the browser and never taken for a page.
        Some(mail) => file("text/plain; charset=utf-8", "inline", mail.raw.clone()),
        None => page::no_such_mail(),
    }
}

fn file(media_type: &'static str, disposition: &str, bytes: axum::body::Bytes) -> Response {
    let disposition = HeaderValue::from_str(disposition).unwrap_or(HeaderValue::from_static("attachment"));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type)),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(FILE_POLICY)),
    ];
    (headers, bytes).into_response()
}

/// The type itself where it cannot hold script, else "some bytes". SVG and HTML are not on the list.
fn harmless(media_type: &str) -> &'static str {
    const HARMLESS: [&str; 10] = [
        "application/pdf",
        "application/zip",
        "image/gif",
        "image/jpeg",
        "image/png",
        "image/webp",
        "text/calendar",
        "text/csv",
        "text/plain",
        "application/json",
    ];
    HARMLESS.into_iter().find(|known| *known == media_type).unwrap_or("application/octet-stream")
}

/// `attachment` with the name in ASCII and, by RFC 6266, in UTF-8; without paths, dots at its ends and control characters.
fn download_as(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last.chars().filter(|c| !c.is_control()).take(150).collect();
    let kept = kept.trim_matches(|c: char| c == '.' || c.is_whitespace());
    let kept = if kept.is_empty() { "attachment" } else { kept };
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() || " ._-()".contains(c) { c } else { '_' }
    };
    let ascii: String = kept.chars().map(plain).collect();
    let mut exact = String::new();
    for byte in kept.bytes() {
        if byte.is_ascii_alphanumeric() || b"._-".contains(&byte) {
            exact.push(char::from(byte));
        } else {
            let _ = write!(exact, "%{byte:02X}");
        }
    }
    format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{exact}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hostile_name_becomes_a_name() {
        for (name, expected) in [
            ("Factura 12.pdf", "attachment; filename=\"Factura 12.pdf\"; filename*=UTF-8''Factura%2012.pdf"),
            ("año.pdf", "attachment; filename=\"a_o.pdf\"; filename*=UTF-8''a%C3%B1o.pdf"),
            ("../../etc/passwd", "attachment; filename=\"passwd\"; filename*=UTF-8''passwd"),
            ("..\\..\\boot.ini", "attachment; filename=\"boot.ini\"; filename*=UTF-8''boot.ini"),
            ("..", "attachment; filename=\"attachment\"; filename*=UTF-8''attachment"),
            ("a\"; x=\"\r\nSet-Cookie: a", "attachment; filename=\"a__ x=_Set-Cookie_ a\""),
        ] {
            let header = download_as(name);
            assert!(HeaderValue::from_str(&header).is_ok(), "{name:?}");
            if name.starts_with("a\"") {
                assert!(!header.contains('\r') && header.matches('"').count() == 2, "{header}");
            } else {
                assert_eq!(header, expected);
            }
        }
    }

    #[test]
    fn nothing_that_can_hold_script_keeps_its_type() {
        for hostile in
            ["text/html", "image/svg+xml", "application/xhtml+xml", "text/xml", "text/javascript", "multipart/related"]
        {
            assert_eq!(harmless(hostile), "application/octet-stream");
        }
        assert_eq!(harmless("application/pdf"), "application/pdf");
    }
}
