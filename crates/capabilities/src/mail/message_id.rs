//! Message-IDs, by which mails are recognised and threaded.
//!
//! Invariant: one id, printable ASCII, fit for `Message-ID`, `In-Reply-To` and `References` as it stands. Refuses:
//! making random ones; a mail's id is derived from its record, so that a second attempt carries the same.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::MailInputError;

/// A Message-ID (RFC 5322 section 3.6.4), kept without its angle brackets.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MessageId(String);

impl MessageId {
    /// Reads `<left@right>`, brackets optional.
    ///
    /// # Errors
    /// [`MailInputError::MessageIdShape`].
    pub fn parse(input: &str) -> Result<Self, MailInputError> {
        let trimmed = input.trim();
        let id = trimmed.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).unwrap_or(trimmed);
        let well_formed = id.len() <= 250
            && id
                .split_once('@')
                .is_some_and(|(left, right)| !left.is_empty() && !right.is_empty() && !right.contains('@'))
            && id.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '(' | ')' | ',' | ';' | '"' | '\\'));
        if well_formed { Ok(Self(id.to_owned())) } else { Err(MailInputError::MessageIdShape) }
    }

    /// The id of a mail of ours: `local` (the mail's own id) at the sender's domain.
    ///
    /// # Errors
    /// [`MailInputError::MessageIdShape`], e.g. for a domain that is not in its ASCII form.
    pub fn for_mail(local: &str, domain: &str) -> Result<Self, MailInputError> {
        Self::parse(&format!("{local}@{domain}"))
    }

    /// `left@right`, without brackets.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for MessageId {
    type Error = MailInputError;

    fn try_from(input: String) -> Result<Self, Self::Error> {
        Self::parse(&input)
    }
}

impl From<MessageId> for String {
    fn from(id: MessageId) -> Self {
        id.0
    }
}

/// As it stands in a header: `<left@right>`.
impl fmt::Display for MessageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{}>", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn message_ids_lose_and_regain_their_brackets() {
        let id = MessageId::parse(" <mai_01@mail.example.com> ").unwrap();
        assert_eq!((id.as_str(), id.to_string().as_str()), ("mai_01@mail.example.com", "<mai_01@mail.example.com>"));
        assert_eq!(MessageId::for_mail("mai_01", "mail.example.com").unwrap(), id);
        for bad in ["", "<>", "a", "a@", "@b", "a@b@c", "a b@c", "<a@b", "a@b>\r\n", "a@b,c@d", "josé@example.com"] {
            assert_eq!(MessageId::parse(bad), Err(MailInputError::MessageIdShape), "{bad:?}");
        }
    }
}
