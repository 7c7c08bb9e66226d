//! Mails to send.

use bytes::Bytes;
use capabilities::mail::{Attachment, HeaderText, Mailbox, MessageId, OutgoingMessage};
use chrono::{DateTime, TimeZone, Utc};

pub fn noon() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 23, 12, 0, 0).unwrap()
}

pub fn mailbox(address: &str) -> Mailbox {
    Mailbox::new(None, address).unwrap()
}

/// A plain mail to these recipients.
pub fn plain(to: &[&str]) -> OutgoingMessage {
    let mut mail = OutgoingMessage::new(
        MessageId::parse("mai_1@example.com").unwrap(),
        Mailbox::new(Some("Me"), "me@example.com").unwrap(),
        mailbox(to[0]),
        HeaderText::parse("Hello").unwrap(),
        "First line\n.second begins with a dot\n".to_owned(),
        noon(),
    );
    mail.to = to.iter().map(|address| mailbox(address)).collect();
    mail
}

/// A mail large enough that no socket buffer holds it.
pub fn huge() -> OutgoingMessage {
    let mut mail = plain(&["ana@example.com"]);
    let bytes = Bytes::from(vec![7; 24 * 1024 * 1024]);
    mail.attachments = vec![Attachment::new("huge.bin", "application/octet-stream", bytes).unwrap()];
    mail
}
