//! From a mail to the bytes of RFC 5322 and MIME.
//!
//! Invariant: the content is ASCII (bodies in quoted-printable or base64, headers in encoded words) unless an address
//! itself is not; attachments come out byte for byte; Bcc stands in no header. The same mail has the same Message-ID
//! and Date each time it is prepared.

use capabilities::mail::{EmailAddress, Mailbox as OurMailbox, OutgoingMessage};
use lettre::{
    Address, Message,
    message::{
        Attachment, Body, Mailbox, MessageBuilder, MultiPart, SinglePart,
        header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue},
    },
};
use thiserror::Error;
use url::Host;

/// A mail as it goes over the wire.
pub(super) struct Prepared {
    pub sender: Address,
    /// Each recipient as given, and in the form for the wire.
    pub recipients: Vec<(EmailAddress, Address)>,
    /// Header and body with CRLF, not dot-stuffed, without line breaks at its end (the final dot brings one).
    pub content: Vec<u8>,
    /// Whether an address or a header needs SMTPUTF8 (RFC 6531).
    pub needs_utf8: bool,
}

/// Why a mail cannot be put into MIME.
#[derive(Debug, PartialEq, Eq, Error)]
pub(super) enum MimeRefusal {
    #[error("the mail has no recipient")]
    NoRecipient,
    #[error("the address {0} cannot be written for mail servers")]
    Address(String),
    #[error("the media type {0} cannot be written")]
    MediaType(String),
    #[error("the mail cannot be assembled: {0}")]
    Assembly(String),
}

impl MimeRefusal {
    /// Stable, beside the SMTP codes a server gives.
    pub fn code(&self) -> &'static str {
        match self {
            MimeRefusal::NoRecipient => "no_recipient",
            MimeRefusal::Address(_) => "invalid_address",
            MimeRefusal::MediaType(_) => "invalid_media_type",
            MimeRefusal::Assembly(_) => "invalid_message",
        }
    }
}

/// Builds the envelope and the content.
pub(super) fn prepare(mail: &OutgoingMessage) -> Result<Prepared, MimeRefusal> {
    let recipients = mail
        .recipients()
        .into_iter()
        .map(|address| Ok((address.clone(), wire_address(address)?)))
        .collect::<Result<Vec<_>, MimeRefusal>>()?;
    if recipients.is_empty() {
        return Err(MimeRefusal::NoRecipient);
    }
    let message = assemble(headers(mail)?, mail)?;
    let mut content = message.formatted();
    while content.ends_with(b"\r\n") {
        content.truncate(content.len() - 2);
    }
    let sender = wire_address(&mail.from.address)?;
    let foreign = |address: &Address| !AsRef::<str>::as_ref(address).is_ascii();
    let needs_utf8 = !content.is_ascii() || foreign(&sender) || recipients.iter().any(|(_, wire)| foreign(wire));
    Ok(Prepared { sender, recipients, content, needs_utf8 })
}

fn headers(mail: &OutgoingMessage) -> Result<MessageBuilder, MimeRefusal> {
    let mut builder = Message::builder()
        .message_id(Some(mail.message_id.to_string()))
        .date(mail.date.into())
        .from(mailbox(&mail.from)?)
        .subject(mail.subject.as_str());
    for recipient in &mail.to {
        builder = builder.to(mailbox(recipient)?);
    }
    for recipient in &mail.cc {
        builder = builder.cc(mailbox(recipient)?);
    }
    // For lettre's envelope only: it takes the header out again.
    for recipient in &mail.bcc {
        builder = builder.bcc(mailbox(recipient)?);
    }
    if let Some(address) = &mail.reply_to {
        builder = builder.reply_to(mailbox(address)?);
    }
    if let Some(id) = &mail.in_reply_to {
        builder = builder.in_reply_to(id.to_string());
    }
    if !mail.references.is_empty() {
        let thread: Vec<_> = mail.references.iter().map(ToString::to_string).collect();
        builder = builder.references(thread.join(" "));
    }
    for header in &mail.headers {
        let name = HeaderName::new_from_ascii(header.name().to_owned())
            .map_err(|_| MimeRefusal::Assembly(format!("header {}", header.name())))?;
        builder = builder.raw_header(HeaderValue::new(name, header.value().to_owned()));
    }
    Ok(builder)
}

fn assemble(builder: MessageBuilder, mail: &OutgoingMessage) -> Result<Message, MimeRefusal> {
    let text = SinglePart::plain(whole_lines(&mail.text));
    let html = mail.html.as_deref().map(|html| SinglePart::html(whole_lines(html)));
    let message = if mail.attachments.is_empty() {
        match html {
            Some(html) => builder.multipart(MultiPart::alternative().singlepart(text).singlepart(html)),
            None => builder.singlepart(text),
        }
    } else {
        let mut mixed = match html {
            Some(html) => MultiPart::mixed().multipart(MultiPart::alternative().singlepart(text).singlepart(html)),
            None => MultiPart::mixed().singlepart(text),
        };
        for attachment in &mail.attachments {
            mixed = mixed.singlepart(attached(attachment)?);
        }
        builder.multipart(mixed)
    };
    message.map_err(|error| MimeRefusal::Assembly(error.to_string()))
}

/// Always base64: anything else may change the bytes of a text file, and with them the hash of a signed document.
fn attached(attachment: &capabilities::mail::Attachment) -> Result<SinglePart, MimeRefusal> {
    let unwritable = || MimeRefusal::MediaType(attachment.media_type().to_owned());
    let media_type = ContentType::parse(attachment.media_type()).map_err(|_| unwritable())?;
    let body = Body::new_with_encoding(attachment.bytes().to_vec(), ContentTransferEncoding::Base64)
        .map_err(|_| unwritable())?;
    Ok(Attachment::new(attachment.file_name().to_owned()).body(body, media_type))
}

/// Lone carriage returns would let two servers see two different ends of a mail (SMTP smuggling).
fn whole_lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "")
}

fn mailbox(mailbox: &OurMailbox) -> Result<Mailbox, MimeRefusal> {
    let name = mailbox.name.as_ref().map(|name| name.as_str().to_owned());
    Ok(Mailbox::new(name, wire_address(&mailbox.address)?))
}

/// The domain in its ASCII form, which every server takes (RFC 5891).
fn wire_address(address: &EmailAddress) -> Result<Address, MimeRefusal> {
    let unwritable = || MimeRefusal::Address(address.to_string());
    let domain = match Host::parse(address.domain()).map_err(|_| unwritable())? {
        Host::Domain(domain) => domain,
        Host::Ipv4(_) | Host::Ipv6(_) => return Err(unwritable()),
    };
    Address::new(address.local(), &domain).map_err(|_| unwritable())
}
