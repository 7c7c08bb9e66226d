//! E-mail addresses and mailboxes.
//!
//! Invariant: an [`EmailAddress`] is one address that fits in `RCPT TO:<..>` without quoting. Its domain is in lower
//! case; what stands before the @ is kept as given, because only the receiving server may say whether case counts.
//!
//! Refuses: quoted local parts, address literals such as `[192.0.2.1]`, comments, lists.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::{HeaderText, MailInputError};

/// One e-mail address, e.g. `ana@example.com`. UTF-8 on both sides is allowed (RFC 6531).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress {
    text: String,
    at: usize,
}

impl EmailAddress {
    /// Reads an address; spaces around it are dropped.
    ///
    /// # Errors
    /// [`MailInputError`] says what is wrong with it.
    pub fn parse(input: &str) -> Result<Self, MailInputError> {
        let input = input.trim_matches(' ');
        if input.is_empty() {
            return Err(MailInputError::AddressMissing);
        }
        if input.chars().any(char::is_control) {
            return Err(MailInputError::ControlCharacter);
        }
        let (local, domain) = input.rsplit_once('@').ok_or(MailInputError::AddressShape)?;
        if local.len() > 64 || input.len() > 254 {
            return Err(MailInputError::AddressTooLong);
        }
        if !is_local_part(local) || !is_domain(domain) {
            return Err(MailInputError::AddressShape);
        }
        Ok(Self { text: format!("{local}@{}", domain.to_lowercase()), at: local.len() })
    }

    /// The whole address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What stands before the @.
    #[must_use]
    pub fn local(&self) -> &str {
        &self.text[..self.at]
    }

    /// What stands after it, in lower case.
    #[must_use]
    pub fn domain(&self) -> &str {
        &self.text[self.at + 1..]
    }
}

/// A dot-atom of RFC 5322 section 3.2.3, opened to UTF-8 by RFC 6532 section 3.2.
fn is_local_part(local: &str) -> bool {
    const SPECIAL: &str = "!#$%&'*+-/=?^_`{|}~";
    local.split('.').all(|atom| {
        !atom.is_empty() && atom.chars().all(|c| c.is_ascii_alphanumeric() || SPECIAL.contains(c) || is_foreign(c))
    })
}

/// Letters, digits and hyphens in labels of 1 to 63 bytes (RFC 1123 section 2.1), or their UTF-8 form.
fn is_domain(domain: &str) -> bool {
    domain.split('.').all(|label| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || is_foreign(c))
    })
}

fn is_foreign(c: char) -> bool {
    !c.is_ascii() && !c.is_whitespace()
}

impl FromStr for EmailAddress {
    type Err = MailInputError;

    fn from_str(input: &str) -> Result<Self, Self::Err> {
        Self::parse(input)
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = MailInputError;

    fn try_from(input: String) -> Result<Self, Self::Error> {
        Self::parse(&input)
    }
}

impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> Self {
        address.text
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// An address with the name a person reads before it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mailbox {
    /// The display name, where there is one.
    #[serde(default)]
    pub name: Option<HeaderText>,
    /// Where it goes.
    pub address: EmailAddress,
}

impl Mailbox {
    /// A mailbox from what a person typed. An empty name is none.
    ///
    /// # Errors
    /// [`MailInputError`] for a name with control characters or a bad address.
    pub fn new(name: Option<&str>, address: &str) -> Result<Self, MailInputError> {
        let name = name.map(HeaderText::parse).transpose()?.filter(|name| !name.as_str().is_empty());
        Ok(Self { name, address: EmailAddress::parse(address)? })
    }
}

impl From<EmailAddress> for Mailbox {
    fn from(address: EmailAddress) -> Self {
        Self { name: None, address }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn takes_the_addresses_people_have() {
        for good in [
            "ana@example.com",
            "o'brien+tag@mail.example.co.uk",
            "x@localhost",
            "josé@correo.méxico.example",
            "first.last@xn--mxico-bsa.example",
            "a!#$%&'*+-/=?^_`{|}~b@example.com",
        ] {
            assert_eq!(EmailAddress::parse(good).unwrap().as_str(), good);
        }
        let shouted = EmailAddress::parse("  Ana.Ruiz@EXAMPLE.com ").unwrap();
        assert_eq!(
            (shouted.as_str(), shouted.local(), shouted.domain()),
            ("Ana.Ruiz@example.com", "Ana.Ruiz", "example.com")
        );
    }

    #[test]
    fn refuses_what_no_server_takes() {
        use MailInputError::{AddressMissing, AddressShape, AddressTooLong, ControlCharacter};
        let long_local = format!("{}@example.com", "a".repeat(65));
        let long_whole = format!("a@{}example.com", "abcdefgh.".repeat(30));
        for (bad, why) in [
            ("", AddressMissing),
            ("   ", AddressMissing),
            ("ana", AddressShape),
            ("@example.com", AddressShape),
            ("ana@", AddressShape),
            ("a b@example.com", AddressShape),
            ("ana@exa mple.com", AddressShape),
            (".ana@example.com", AddressShape),
            ("a..b@example.com", AddressShape),
            ("ana@-example.com", AddressShape),
            ("ana@example..com", AddressShape),
            ("ana@[192.0.2.1]", AddressShape),
            ("\"a b\"@example.com", AddressShape),
            ("a@b@example.com", AddressShape),
            ("ana@example.com>", AddressShape),
            ("ana@example.com\r\nRCPT TO:<eve@example.com>", ControlCharacter),
            ("ana\n@example.com", ControlCharacter),
            ("ana@example.com\0", ControlCharacter),
            (&long_local, AddressTooLong),
            (&long_whole, AddressTooLong),
        ] {
            assert_eq!(EmailAddress::parse(bad), Err(why), "{bad:?}");
        }
    }

    #[test]
    fn a_mailbox_cannot_be_read_from_hostile_json() {
        let injected = r#"{"name":"Ana\r\nBcc: eve@example.com","address":"ana@example.com"}"#;
        assert!(serde_json::from_str::<Mailbox>(injected).is_err());
        let unnamed = Mailbox::new(Some("  "), "ana@example.com").unwrap();
        assert_eq!(unnamed.name, None);
        let json = serde_json::to_string(&unnamed).unwrap();
        assert_eq!(serde_json::from_str::<Mailbox>(&json).unwrap(), unnamed);
    }

    proptest! {
        #[test]
        fn whatever_parses_is_one_safe_token_and_parses_again(input in "\\PC{0,30}@\\PC{0,30}") {
            if let Ok(address) = EmailAddress::parse(&input) {
                prop_assert!(!address.as_str().chars().any(|c| c.is_control() || c.is_whitespace() || "<>\",;:\\()[]".contains(c)));
                prop_assert_eq!(EmailAddress::parse(address.as_str()).unwrap(), address);
            }
        }
    }
}
