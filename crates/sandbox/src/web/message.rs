//! One mail in the browser.

use std::fmt::Write;

use axum::{
    extract::{Path, State},
    response::Response,
};

use super::page::{self, escape, moment, size};
use crate::{
    handle::SandboxHandle,
    mail::{MailDetail, Span, spans},
};

pub(super) async fn show(State(handle): State<SandboxHandle>, Path(id): Path<u64>) -> Response {
    let Some(mail) = handle.mail(id) else {
        return page::no_such_mail();
    };
    let base = &handle.core.config.base_path;
    let subject = mail.summary.subject.trim();
    let title = if subject.is_empty() { "(no subject)" } else { subject };
    let sections = [
        facts(&mail),
        problems(&mail),
        links(&mail),
        text(&mail),
        html(base, &mail),
        files(base, &mail),
        headers(&mail),
    ];
    let mut main = sections.concat();
    let _ = write!(
        main,
        r#"<p><a href="{base}/mail/{id}/raw">Source</a> · <a href="{base}/api/mails/{id}">JSON</a> · <a href="{base}/mail">Back to the mailbox</a></p>"#
    );
    page::whole(base, title, &main)
}

fn facts(mail: &MailDetail) -> String {
    let summary = &mail.summary;
    let recipients = summary.envelope_to.join(", ");
    let mut facts = String::from("<dl>");
    for (name, value) in [
        ("From", summary.from.as_str()),
        ("To", &summary.to),
        ("Cc", &mail.cc),
        ("Reply-To", &mail.reply_to),
        ("Date", mail.date.as_deref().unwrap_or_default()),
        ("Message-ID", mail.message_id.as_deref().unwrap_or_default()),
        ("Return path", &summary.envelope_from),
        ("Delivered to", &recipients),
        ("Size", &size(summary.size)),
    ] {
        if !value.is_empty() {
            let _ = write!(facts, "<div><dt>{name}</dt><dd>{}</dd></div>", escape(value));
        }
    }
    let _ = write!(facts, "<div><dt>Received</dt><dd>{}</dd></div></dl>", moment(summary.received_at));
    facts
}

fn problems(mail: &MailDetail) -> String {
    if mail.problems.is_empty() {
        return String::new();
    }
    let items: String = mail.problems.iter().map(|problem| format!("<li>{}</li>", escape(problem))).collect();
    format!(
        r#"<section class="warning" aria-labelledby="problems"><h2 id="problems">Mail servers may object</h2><ul>{items}</ul></section>"#
    )
}

fn links(mail: &MailDetail) -> String {
    if mail.links.is_empty() {
        return String::new();
    }
    let items: String = mail.links.iter().map(|link| format!("<li>{}</li>", anchor(link))).collect();
    format!(
        r#"<section aria-labelledby="links"><h2 id="links">Links in this mail</h2><ul class="links">{items}</ul></section>"#
    )
}

fn text(mail: &MailDetail) -> String {
    let Some(text) = &mail.text else {
        return String::new();
    };
    let mut marked = String::new();
    for span in spans(text) {
        match span {
            Span::Text(plain) => marked.push_str(&escape(plain)),
            Span::Link(link) => marked.push_str(&anchor(link)),
        }
    }
    format!(
        r#"<section aria-labelledby="text"><h2 id="text">Text</h2><div class="text" dir="auto">{marked}</div></section>"#
    )
}

fn html(base: &str, mail: &MailDetail) -> String {
    if mail.html.is_none() {
        return String::new();
    }
    format!(
        r#"<section aria-labelledby="html"><h2 id="html">HTML</h2>
<p class="quiet">Shown without script and without pictures from elsewhere. Links open in a new tab.</p>
<iframe title="The mail as HTML" src="{base}/mail/{id}/html" sandbox="allow-popups allow-popups-to-escape-sandbox" referrerpolicy="no-referrer"></iframe></section>"#,
        id = mail.summary.id
    )
}

fn files(base: &str, mail: &MailDetail) -> String {
    if mail.attachments.is_empty() {
        return String::new();
    }
    let mut items = String::new();
    for file in &mail.attachments {
        let _ = write!(
            items,
            r#"<li><a href="{base}/mail/{id}/attachments/{index}" download>{name}</a> <span class="quiet">{kind}, {size}</span></li>"#,
            id = mail.summary.id,
            index = file.index,
            name = escape(&file.file_name),
            kind = escape(&file.media_type),
            size = size(file.size),
        );
    }
    format!(r#"<section aria-labelledby="files"><h2 id="files">Files</h2><ul>{items}</ul></section>"#)
}

fn headers(mail: &MailDetail) -> String {
    let lines: String =
        mail.headers.iter().map(|header| format!("{}: {}\n", escape(&header.name), escape(&header.value))).collect();
    format!(r#"<details><summary>All headers</summary><pre tabindex="0">{lines}</pre></details>"#)
}

fn anchor(link: &str) -> String {
    let link = escape(link);
    format!(r#"<a href="{link}" rel="noreferrer noopener">{link}</a>"#)
}
