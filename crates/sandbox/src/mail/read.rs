//! From raw bytes to what a person or a test wants to see.
//!
//! Invariant: never fails and never panics outwards: what cannot be parsed is shown as text.

use std::panic::{AssertUnwindSafe, catch_unwind};

use mail_parser::{
    Encoding, Message, MessageParser, MessagePart, MimeHeaders, PartType,
    decoders::{base64::base64_decode, quoted_printable::quoted_printable_decode},
};

use super::{
    AttachmentInfo, Envelope, Header, MailDetail, MailSummary, StoredMail,
    address::readable,
    links,
    problems::{self, Present},
};

/// A file out of a mail.
pub(crate) struct Part {
    pub info: AttachmentInfo,
    pub bytes: Vec<u8>,
}

pub(super) fn summarize(id: u64, envelope: &Envelope, raw: &[u8]) -> MailSummary {
    let mut summary = MailSummary {
        id,
        received_at: envelope.received_at,
        envelope_from: envelope.from.clone(),
        envelope_to: envelope.to.clone(),
        from: String::new(),
        to: String::new(),
        subject: String::new(),
        size: raw.len(),
        attachments: 0,
    };
    with_message(raw, |message| {
        summary.from = readable(message.from());
        summary.to = readable(message.to());
        summary.subject = message.subject().unwrap_or_default().to_owned();
        summary.attachments = file_parts(message).len();
    });
    summary
}

pub(super) fn take_apart(mail: &StoredMail) -> MailDetail {
    let mut detail = MailDetail {
        summary: mail.summary.clone(),
        message_id: None,
        cc: String::new(),
        reply_to: String::new(),
        date: None,
        text: None,
        html: None,
        headers: Vec::new(),
        links: Vec::new(),
        attachments: Vec::new(),
        problems: Vec::new(),
    };
    let understood = with_message(&mail.raw, |message| {
        detail.message_id = message.message_id().map(str::to_owned);
        detail.cc = readable(message.cc());
        detail.reply_to = readable(message.reply_to());
        detail.headers = headers(message);
        detail.date = detail.headers.iter().find(|header| header.name == "Date").map(|header| header.value.clone());
        detail.text = bodies(message, &message.text_body, |part| matches!(part.body, PartType::Text(_)));
        detail.html = bodies(message, &message.html_body, |part| matches!(part.body, PartType::Html(_)));
        let files = file_parts(message).into_iter().enumerate();
        detail.attachments = files.map(|(index, part)| info(index, part, contents(message, part).len())).collect();
    });
    if !understood {
        detail.text = Some(String::from_utf8_lossy(&mail.raw).into_owned());
    }
    let present = Present {
        from: !detail.summary.from.is_empty(),
        date: detail.date.is_some(),
        message_id: detail.message_id.is_some(),
        text: detail.text.as_deref().is_some_and(|text| !text.trim().is_empty()),
    };
    detail.problems = problems::find(&mail.envelope, &mail.raw, &present);
    detail.links = links::all(detail.text.as_deref(), detail.html.as_deref());
    detail
}

/// The attached file with this number.
pub(crate) fn read_part(mail: &StoredMail, index: usize) -> Option<Part> {
    let mut found = None;
    with_message(&mail.raw, |message| {
        found = file_parts(message).get(index).map(|part| {
            let bytes = contents(message, part);
            Part { info: info(index, part, bytes.len()), bytes }
        });
    });
    found
}

/// Parses and hands over. The parser is meant never to panic; a mailbox that must take whatever a broken program
/// produces does not stake the whole list on that.
fn with_message(raw: &[u8], use_it: impl FnOnce(&Message<'_>)) -> bool {
    let parsed = catch_unwind(AssertUnwindSafe(|| match MessageParser::default().parse(raw) {
        Some(message) if !message.parts.is_empty() => {
            use_it(&message);
            true
        }
        _ => false,
    }));
    parsed.unwrap_or(false)
}

fn headers(message: &Message<'_>) -> Vec<Header> {
    let unfold = |value: &[u8]| {
        let text = String::from_utf8_lossy(value);
        text.lines().map(str::trim).collect::<Vec<_>>().join(" ").trim().to_owned()
    };
    message.parts[0]
        .headers
        .iter()
        .map(|header| {
            let range = header.offset_start as usize..header.offset_end as usize;
            let value = message.raw_message.get(range).unwrap_or_default();
            Header { name: header.name.as_str().to_owned(), value: unfold(value) }
        })
        .collect()
}

fn bodies(message: &Message<'_>, ids: &[u32], wanted: impl Fn(&MessagePart<'_>) -> bool) -> Option<String> {
    let texts: Vec<_> = ids
        .iter()
        .filter_map(|id| message.parts.get(*id as usize))
        .filter(|part| wanted(part))
        .filter_map(MessagePart::text_contents)
        .collect();
    (!texts.is_empty()).then(|| texts.join("\n"))
}

/// Attachments, and images that stand between the text, in the order of the mail.
fn file_parts<'a, 'x>(message: &'a Message<'x>) -> Vec<&'a MessagePart<'x>> {
    let is_file = |id: u32, part: &MessagePart<'_>| match part.body {
        PartType::Binary(_) | PartType::InlineBinary(_) | PartType::Message(_) => true,
        PartType::Text(_) | PartType::Html(_) => message.attachments.contains(&id),
        PartType::Multipart(_) => false,
    };
    (0u32..).zip(&message.parts).filter(|(id, part)| is_file(*id, part)).map(|(_, part)| part).collect()
}

fn info(index: usize, part: &MessagePart<'_>, size: usize) -> AttachmentInfo {
    let media_type = part.content_type().map_or_else(
        || "application/octet-stream".to_owned(),
        |kind| format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or("octet-stream")).to_ascii_lowercase(),
    );
    AttachmentInfo {
        index,
        file_name: part.attachment_name().map_or_else(|| format!("attachment-{index}"), str::to_owned),
        media_type,
        size,
        content_id: part.content_id().map(str::to_owned),
    }
}

/// The file byte for byte. The parser converts texts to UTF-8, which would change a file, so texts are decoded again
/// from the source.
fn contents(message: &Message<'_>, part: &MessagePart<'_>) -> Vec<u8> {
    if !part.is_text() {
        return part.contents().to_vec();
    }
    let range = part.offset_body as usize..part.offset_end as usize;
    let encoded = message.raw_message.get(range).unwrap_or_default();
    match part.encoding {
        Encoding::Base64 => base64_decode(encoded),
        Encoding::QuotedPrintable => quoted_printable_decode(encoded),
        Encoding::None => None,
    }
    .unwrap_or_else(|| encoded.to_vec())
}
