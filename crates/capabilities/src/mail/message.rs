//! One mail, ready for a transport.
//!
//! Invariant: its `Debug` form shows no person and no content, so that a stray log line cannot leak a reset link.

use std::fmt;

use chrono::{DateTime, Utc};

use super::{Attachment, EmailAddress, HeaderText, MailHeader, Mailbox, MessageId};

/// A whole mail. Build it with [`OutgoingMessage::new`] and set the further fields that are needed.
#[derive(Clone, PartialEq)]
pub struct OutgoingMessage {
    /// Ours for ever: a repeated attempt carries the same one.
    pub message_id: MessageId,
    /// The mail this one answers.
    pub in_reply_to: Option<MessageId>,
    /// The thread so far, oldest first (RFC 5322 section 3.6.4).
    pub references: Vec<MessageId>,
    /// Who it is from; also the return path.
    pub from: Mailbox,
    /// Where answers go, if not to `from`.
    pub reply_to: Option<Mailbox>,
    /// Recipients.
    pub to: Vec<Mailbox>,
    /// Recipients in copy.
    pub cc: Vec<Mailbox>,
    /// Recipients in blind copy: in the envelope only, never in a header.
    pub bcc: Vec<Mailbox>,
    /// The subject, not encoded.
    pub subject: HeaderText,
    /// The text everyone can read. Lines may end with LF or CRLF.
    pub text: String,
    /// The same as HTML, where there is one.
    pub html: Option<String>,
    /// Attached files, in order.
    pub attachments: Vec<Attachment>,
    /// Further headers, e.g. `List-Unsubscribe`.
    pub headers: Vec<MailHeader>,
    /// When it was written, for the `Date` header.
    pub date: DateTime<Utc>,
}

impl OutgoingMessage {
    /// A plain text mail to one recipient.
    #[must_use]
    pub fn new(
        message_id: MessageId,
        from: Mailbox,
        to: Mailbox,
        subject: HeaderText,
        text: String,
        date: DateTime<Utc>,
    ) -> Self {
        Self {
            message_id,
            in_reply_to: None,
            references: Vec::new(),
            from,
            reply_to: None,
            to: vec![to],
            cc: Vec::new(),
            bcc: Vec::new(),
            subject,
            text,
            html: None,
            attachments: Vec::new(),
            headers: Vec::new(),
            date,
        }
    }

    /// Everyone it goes to (to, cc, bcc), each address once, in order.
    #[must_use]
    pub fn recipients(&self) -> Vec<&EmailAddress> {
        let mut seen = Vec::new();
        for mailbox in self.to.iter().chain(&self.cc).chain(&self.bcc) {
            if !seen.contains(&&mailbox.address) {
                seen.push(&mailbox.address);
            }
        }
        seen
    }
}

impl fmt::Debug for OutgoingMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OutgoingMessage")
            .field("message_id", &self.message_id)
            .field("recipients", &self.recipients().len())
            .field("attachments", &self.attachments.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_recipient_counts_once() {
        let mailbox = |address| Mailbox::new(None, address).unwrap();
        let mut mail = OutgoingMessage::new(
            MessageId::parse("1@example.com").unwrap(),
            mailbox("me@example.com"),
            mailbox("ana@example.com"),
            HeaderText::parse("Hi").unwrap(),
            "Hi".into(),
            DateTime::UNIX_EPOCH,
        );
        mail.cc = vec![mailbox("bo@example.com"), mailbox("ana@EXAMPLE.com")];
        mail.bcc = vec![mailbox("bo@example.com"), mailbox("cy@example.com")];
        let names: Vec<_> = mail.recipients().into_iter().map(EmailAddress::local).collect();
        assert_eq!(names, ["ana", "bo", "cy"]);

        let shown = format!("{mail:?}");
        assert!(shown.contains("recipients: 3") && !shown.contains("ana") && !shown.contains("Hi"), "{shown}");
    }
}
