//! Sending an e-mail.
//!
//! Invariant: an [`OutgoingMessage`] cannot carry a header injection, an address no server takes or a file name with
//! a path in it, because none of its parts can be built from such input. Every mail brings its own Message-ID and
//! date, so that a second attempt is recognisably the same mail.
//!
//! Refuses: templates, languages, suppression and retries (the `mail` domain); MIME and SMTP (the provider).

mod address;
mod attachment;
mod header;
mod message;
mod message_id;
mod transport;

use thiserror::Error;

pub use address::{EmailAddress, Mailbox};
pub use attachment::Attachment;
pub use header::{HeaderText, MailHeader};
pub use message::OutgoingMessage;
pub use message_id::MessageId;
pub use transport::{Accepted, CheckError, CheckReport, MailTransport, RefusedRecipient};

/// Why a part of a mail cannot be built. The sentence is fit for the person who typed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum MailInputError {
    /// An empty address.
    #[error("an e-mail address is needed")]
    AddressMissing,
    /// Not `name@domain`.
    #[error("this is not an e-mail address: it must read like name@example.com")]
    AddressShape,
    /// Longer than RFC 5321 section 4.5.3.1 and RFC 3696 erratum 1690 allow.
    #[error("this e-mail address is too long: 64 characters before the @ and 254 in all are the limit")]
    AddressTooLong,
    /// A line break or another control character where one line is due (RFC 5322 section 2.2).
    #[error("line breaks and control characters are not allowed here")]
    ControlCharacter,
    /// A header text over [`HeaderText::MAX_BYTES`].
    #[error("this text is too long for one line of a mail: 900 bytes are the limit")]
    TextTooLong,
    /// Not `left@right`.
    #[error("a message id must read like <name@example.com>")]
    MessageIdShape,
    /// Not a header name (RFC 5322 section 3.6.8).
    #[error("a header name may hold only letters, digits and hyphens")]
    HeaderName,
    /// A header that the transport writes from the message itself.
    #[error("this header is written from the message itself and cannot be set apart")]
    HeaderReserved,
    /// RFC 8058 section 3.1 asks for an https address.
    #[error("one-click unsubscribe needs an https address without spaces")]
    UnsubscribeAddress,
    /// An empty file name, one with a path in it, or one over 200 characters.
    #[error("a file name needs 1 to 200 characters and no slash, backslash or control character")]
    FileName,
    /// Not `type/subtype` (RFC 2045 section 5.1).
    #[error("a media type must read like application/pdf")]
    MediaType,
}
