//! The frame around every page, and the escaping that goes into it.

use std::borrow::Cow;

use axum::{
    Json,
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use serde_json::json;

/// Text made safe for element content and quoted attributes.
pub(super) fn escape(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '"', '\'']) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    Cow::Owned(safe)
}

/// A whole page. `title` is text, `main` is markup.
pub(super) fn whole(base: &str, title: &str, main: &str) -> Response {
    let title = escape(title);
    let page = format!(
        r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title} · Sandbox</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{base}/style.css">
</head>
<body>
<header>
<p><strong>Sandbox</strong> Nothing here was delivered to anyone.</p>
<nav aria-label="Sandbox"><a href="{base}/mail">Mailbox</a> <a href="{base}/webhooks">Webhooks</a> <a href="{base}/_control">Faults and journal</a></nav>
</header>
<main>
<h1>{title}</h1>
{main}
</main>
</body>
</html>
"#
    );
    Html(page).into_response()
}

/// A moment for people and machines.
pub(super) fn moment(at: DateTime<Utc>) -> String {
    format!(r#"<time datetime="{}">{} UTC</time>"#, at.to_rfc3339(), at.format("%Y-%m-%d %H:%M:%S"))
}

/// `1,234 bytes` in the unit a person would choose.
pub(super) fn size(bytes: usize) -> String {
    match bytes {
        0..=1_023 => format!("{bytes} bytes"),
        1_024..=1_048_575 => format!("{} KiB", bytes.div_ceil(1_024)),
        _ => format!("{}.{} MiB", bytes / 1_048_576, bytes % 1_048_576 * 10 / 1_048_576),
    }
}

/// RFC 9457.
pub(super) fn problem(status: StatusCode, code: &str, detail: &str) -> Response {
    let title = status.canonical_reason().unwrap_or("Error");
    let body =
        json!({ "type": "about:blank", "title": title, "status": status.as_u16(), "code": code, "detail": detail });
    (status, [(header::CONTENT_TYPE, "application/problem+json")], Json(body)).into_response()
}

pub(super) fn no_such_mail() -> Response {
    problem(
        StatusCode::NOT_FOUND,
        "mail_not_found",
        "There is no such mail; it may have been deleted or dropped for newer ones.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaped_text_opens_no_tag_and_closes_no_attribute() {
        assert_eq!(escape(r#"<script>"'&"#), "&lt;script&gt;&quot;&#39;&amp;");
        assert_eq!(escape("Año nuevo"), "Año nuevo");
    }

    #[test]
    fn sizes_are_readable() {
        for (bytes, expected) in [(0, "0 bytes"), (1_023, "1023 bytes"), (1_025, "2 KiB"), (26_214_400, "25.0 MiB")] {
            assert_eq!(size(bytes), expected);
        }
    }
}
