//! The mailbox: search and list.

use std::fmt::Write;

use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};

use super::page::{self, escape, moment};
use crate::{
    handle::SandboxHandle,
    mail::{MailFilter, MailSummary},
};

pub(super) async fn show(State(handle): State<SandboxHandle>, Query(filter): Query<MailFilter>) -> Response {
    let base = &handle.core.config.base_path;
    let found = handle.core.mails.list(&filter);
    let mut main = search(base, &filter);
    let searching =
        [&filter.to, &filter.subject].iter().any(|text| text.as_deref().is_some_and(|t| !t.trim().is_empty()));
    if found.items.is_empty() {
        let nothing = if searching {
            "No mail matches. Search for a shorter part of the address or subject."
        } else {
            "No mail yet. What the program sends appears here; reload the page to see it."
        };
        let _ = write!(main, r#"<p class="empty">{nothing}</p>"#);
    } else {
        main.push_str(r#"<ol class="mails">"#);
        for mail in &found.items {
            main.push_str(&line(base, mail));
        }
        main.push_str("</ol>");
    }
    if let Some(before) = found.next_before {
        let _ = write!(
            main,
            r#"<p><a rel="next" href="{base}/mail?{}before={before}">Older mails</a></p>"#,
            query(&filter)
        );
    }
    if handle.core.mails.count() > 0 {
        let _ = write!(
            main,
            r#"<form method="post" action="{base}/mail/clear"><button class="danger">Delete all mails</button></form>"#
        );
    }
    page::whole(base, "Mailbox", &main)
}

pub(super) async fn clear(State(handle): State<SandboxHandle>) -> Response {
    handle.clear().await;
    Redirect::to(&format!("{}/mail", handle.core.config.base_path)).into_response()
}

fn search(base: &str, filter: &MailFilter) -> String {
    let to = escape(filter.to.as_deref().unwrap_or_default());
    let subject = escape(filter.subject.as_deref().unwrap_or_default());
    format!(
        r#"<form method="get" action="{base}/mail" role="search">
<label>Recipient <input name="to" type="search" value="{to}"></label>
<label>Subject <input name="subject" type="search" value="{subject}"></label>
<button>Search</button>
</form>
"#
    )
}

fn line(base: &str, mail: &MailSummary) -> String {
    let subject = if mail.subject.trim().is_empty() { "(no subject)" } else { &mail.subject };
    let files = match mail.attachments {
        0 => String::new(),
        1 => " · 1 file".to_owned(),
        more => format!(" · {more} files"),
    };
    format!(
        r#"<li><a href="{base}/mail/{id}">{subject}</a>
<p>to {to}</p>
<p class="quiet">from {from} · {when}{files}</p></li>
"#,
        id = mail.id,
        subject = escape(subject),
        to = escape(&mail.envelope_to.join(", ")),
        from = escape(if mail.from.is_empty() { &mail.envelope_from } else { &mail.from }),
        when = moment(mail.received_at),
    )
}

/// The search as the beginning of a query string for an attribute, or nothing.
fn query(filter: &MailFilter) -> String {
    let mut query = String::new();
    for (name, value) in [("to", &filter.to), ("subject", &filter.subject)] {
        if let Some(value) = value {
            let _ = write!(query, "{name}={}&amp;", percent_encoded(value));
        }
    }
    query
}

fn percent_encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => encoded.push(char::from(byte)),
            other => {
                let _ = write!(encoded, "%{other:02X}");
            }
        }
    }
    encoded
}
