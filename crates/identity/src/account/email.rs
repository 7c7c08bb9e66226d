//! The e-mail address of an account. Two spellings that differ in case are one account; mail always goes to the address
//! as it was first given, never to what somebody typed into a form later.

use capabilities::mail::EmailAddress;
use kernel::Error;

/// An address and the form it is found by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email {
    /// As given, with the domain in lower case.
    pub address: String,
    pub folded: String,
}

impl Email {
    /// Reads an address. Its domain must have a dot: mail from a public server cannot go elsewhere.
    pub fn parse(input: &str) -> Result<Self, Error> {
        let address = EmailAddress::parse(input)
            .map_err(|why| Error::invalid("email", "email_invalid", sentence(&why.to_string())))?;
        if !address.domain().contains('.') {
            return Err(Error::invalid("email", "email_invalid", "Write the whole address, such as name@example.com."));
        }
        Ok(Self { folded: address.as_str().to_lowercase(), address: address.as_str().to_owned() })
    }
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_makes_no_second_account() {
        let email = Email::parse(" Ana.Ruiz@EXAMPLE.com ").unwrap();
        assert_eq!((email.address.as_str(), email.folded.as_str()), ("Ana.Ruiz@example.com", "ana.ruiz@example.com"));
        assert!(Email::parse("ana@localhost").is_err());
        assert!(Email::parse("ana@example.com\r\nBcc: eve@example.com").is_err());
    }
}
