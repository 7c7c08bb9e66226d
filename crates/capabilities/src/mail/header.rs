//! Header values that cannot break out of their line.
//!
//! Invariant: none of these types can hold a carriage return, a line feed or another control character, so a header
//! built from them is exactly one header. Refuses: headers that the transport derives from the message.

use serde::{Deserialize, Serialize};

use super::MailInputError;

/// One line of text for a header: a subject, a display name, a value. UTF-8; encoding it is the transport's work.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct HeaderText(String);

impl HeaderText {
    /// The longest text taken, in bytes: a word that cannot be folded still fits the 998 of RFC 5322 section 2.1.1.
    pub const MAX_BYTES: usize = 900;

    /// Reads one line; spaces around it are dropped.
    ///
    /// # Errors
    /// [`MailInputError::ControlCharacter`] or [`MailInputError::TextTooLong`].
    pub fn parse(input: &str) -> Result<Self, MailInputError> {
        if input.chars().any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')) {
            return Err(MailInputError::ControlCharacter);
        }
        let text = input.trim();
        if text.len() > Self::MAX_BYTES {
            return Err(MailInputError::TextTooLong);
        }
        Ok(Self(text.to_owned()))
    }

    /// The text, not encoded.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for HeaderText {
    type Error = MailInputError;

    fn try_from(input: String) -> Result<Self, Self::Error> {
        Self::parse(&input)
    }
}

impl From<HeaderText> for String {
    fn from(text: HeaderText) -> Self {
        text.0
    }
}

/// A further header of a mail, e.g. `List-Unsubscribe`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MailHeader {
    name: String,
    value: HeaderText,
}

impl MailHeader {
    /// A header the transport does not write itself.
    ///
    /// # Errors
    /// [`MailInputError::HeaderName`], [`MailInputError::HeaderReserved`], or those of [`HeaderText::parse`].
    pub fn new(name: &str, value: &str) -> Result<Self, MailInputError> {
        let plain = (1..=76).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if !plain {
            return Err(MailInputError::HeaderName);
        }
        if is_reserved(name) {
            return Err(MailInputError::HeaderReserved);
        }
        Ok(Self { name: name.to_owned(), value: HeaderText::parse(value)? })
    }

    /// The two headers of one-click unsubscribe (RFC 8058 section 3.1). The address must name recipient and list by
    /// an opaque signed token, because the mail program posts to it without cookies.
    ///
    /// # Errors
    /// [`MailInputError::UnsubscribeAddress`].
    pub fn one_click_unsubscribe(https_url: &str) -> Result<[Self; 2], MailInputError> {
        let fits = https_url.starts_with("https://")
            && https_url.len() > "https://".len()
            && https_url.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>' | ','));
        if !fits {
            return Err(MailInputError::UnsubscribeAddress);
        }
        Ok([
            Self::new("List-Unsubscribe", &format!("<{https_url}>"))?,
            Self::new("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")?,
        ])
    }

    /// `Auto-Submitted: auto-generated` (RFC 3834 section 5): keeps holiday answers from coming back.
    #[must_use]
    pub fn auto_generated() -> Self {
        Self { name: "Auto-Submitted".to_owned(), value: HeaderText("auto-generated".to_owned()) }
    }

    /// The header's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its value, not encoded.
    #[must_use]
    pub fn value(&self) -> &str {
        self.value.as_str()
    }
}

fn is_reserved(name: &str) -> bool {
    const RESERVED: [&str; 14] = [
        "bcc",
        "cc",
        "date",
        "dkim-signature",
        "from",
        "in-reply-to",
        "message-id",
        "mime-version",
        "received",
        "references",
        "reply-to",
        "return-path",
        "sender",
        "subject",
    ];
    let name = name.to_ascii_lowercase();
    name == "to" || name.starts_with("content-") || name.starts_with("resent-") || RESERVED.contains(&name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_stays_one_line() {
        for bad in [
            "Hi\r\nBcc: eve@example.com",
            "Hi\nthere",
            "Hi\rthere",
            "tab\there",
            "nul\0",
            "next\u{85}line",
            "sep\u{2028}",
        ] {
            assert_eq!(HeaderText::parse(bad), Err(MailInputError::ControlCharacter), "{bad:?}");
            assert!(MailHeader::new("X-Note", bad).is_err());
            assert!(serde_json::from_value::<HeaderText>(serde_json::Value::String(bad.to_owned())).is_err());
        }
        assert_eq!(HeaderText::parse("  Presupuesto nº 7 – año ").unwrap().as_str(), "Presupuesto nº 7 – año");
        assert_eq!(HeaderText::parse(&"x".repeat(901)), Err(MailInputError::TextTooLong));
    }

    #[test]
    fn headers_of_the_message_itself_cannot_be_set_twice() {
        for reserved in ["From", "to", "BCC", "Subject", "Content-Type", "Resent-To", "Message-ID", "DKIM-Signature"] {
            assert_eq!(MailHeader::new(reserved, "x"), Err(MailInputError::HeaderReserved), "{reserved}");
        }
        for bad in ["", "X Note", "X:Note", "X\r\nBcc", "X-Ñ"] {
            assert_eq!(MailHeader::new(bad, "x"), Err(MailInputError::HeaderName), "{bad:?}");
        }
    }

    #[test]
    fn one_click_unsubscribe_is_https_and_has_both_headers() {
        let [link, post] = MailHeader::one_click_unsubscribe("https://example.com/u/abc").unwrap();
        assert_eq!((link.name(), link.value()), ("List-Unsubscribe", "<https://example.com/u/abc>"));
        assert_eq!((post.name(), post.value()), ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
        for bad in ["http://example.com/u", "https://", "https://example.com/a b", "https://a>,<mailto:x@example.com"] {
            assert_eq!(MailHeader::one_click_unsubscribe(bad), Err(MailInputError::UnsubscribeAddress), "{bad}");
        }
    }
}
