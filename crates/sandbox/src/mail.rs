//! Mails that were handed over: kept as they came, taken apart on demand.
//!
//! Invariant: the raw bytes are never changed and never lost by what they contain; a mail that no parser understands is
//! still listed, readable as source and downloadable.

mod address;
mod file;
mod links;
mod problems;
mod read;
mod store;

use axum::body::Bytes;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub(crate) use links::{Span, spans};
pub(crate) use read::read_part;
pub(crate) use store::MailStore;

/// Who the client said it is from and for, and when it came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Envelope {
    pub from: String,
    pub to: Vec<String>,
    pub received_at: DateTime<Utc>,
    /// The client announced 8-bit content (`BODY=8BITMIME` or `SMTPUTF8`).
    #[serde(default)]
    pub announced_8bit: bool,
}

/// One mail as it came.
#[derive(Debug)]
pub(crate) struct StoredMail {
    pub envelope: Envelope,
    pub raw: Bytes,
    pub summary: MailSummary,
}

impl StoredMail {
    pub fn new(id: u64, envelope: Envelope, raw: Bytes) -> Self {
        let summary = read::summarize(id, &envelope, &raw);
        Self { envelope, raw, summary }
    }

    pub fn detail(&self) -> MailDetail {
        read::take_apart(self)
    }
}

/// One line of the mailbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MailSummary {
    /// Counts up from 1.
    pub id: u64,
    /// When the final dot came.
    pub received_at: DateTime<Utc>,
    /// The return path.
    pub envelope_from: String,
    /// Everyone it was handed over for, blind copies included.
    pub envelope_to: Vec<String>,
    /// The From header, e.g. `Ana <ana@example.com>`.
    pub from: String,
    /// The To header.
    pub to: String,
    /// The subject, decoded.
    pub subject: String,
    /// Bytes of the raw mail.
    pub size: usize,
    /// How many files are attached or embedded.
    pub attachments: usize,
}

/// One mail, taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MailDetail {
    /// The line of the mailbox.
    #[serde(flatten)]
    pub summary: MailSummary,
    /// The Message-ID without brackets.
    pub message_id: Option<String>,
    /// The Cc header.
    pub cc: String,
    /// The Reply-To header.
    pub reply_to: String,
    /// The Date header as it stands.
    pub date: Option<String>,
    /// The plain text.
    pub text: Option<String>,
    /// The HTML, as it stands in the mail.
    pub html: Option<String>,
    /// All headers in order, unfolded, not decoded.
    pub headers: Vec<Header>,
    /// Every http and https address in text and HTML, each once.
    pub links: Vec<String>,
    /// Attached and embedded files.
    pub attachments: Vec<AttachmentInfo>,
    /// What real mail servers or programs may object to.
    pub problems: Vec<String>,
}

/// One header.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Header {
    /// Its name.
    pub name: String,
    /// Its value, unfolded, not decoded.
    pub value: String,
}

/// A file in a mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AttachmentInfo {
    /// Its number, from 0, for the download address.
    pub index: usize,
    /// The name the mail gives it; may be hostile. The download offers a cleaned one.
    pub file_name: String,
    /// The type the mail gives it.
    pub media_type: String,
    /// Bytes after decoding.
    pub size: usize,
    /// The id by which HTML refers to it (`cid:`), without brackets.
    pub content_id: Option<String>,
}

/// Which mails to list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct MailFilter {
    /// Part of a recipient (envelope or To header), in any case.
    pub to: Option<String>,
    /// Part of the subject, in any case.
    pub subject: Option<String>,
    /// Only mails with a smaller id: the next page.
    pub before: Option<u64>,
    /// Most mails to list: 1 to 200, 50 unless set.
    pub limit: Option<usize>,
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct MailPage {
    pub items: Vec<MailSummary>,
    /// The `before` of the next page, where there is one.
    pub next_before: Option<u64>,
}
