//! Files that travel with a mail.
//!
//! Invariant: the file name is a name, never a path, and the media type is well formed. Refuses: size limits (the
//! receiving server knows its own) and reading files.

use bytes::Bytes;

use super::MailInputError;

/// One attached file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    file_name: String,
    media_type: String,
    bytes: Bytes,
}

impl Attachment {
    /// A file under the name the reader will save it by, e.g. `("Factura 12.pdf", "application/pdf", ..)`.
    ///
    /// # Errors
    /// [`MailInputError::FileName`] or [`MailInputError::MediaType`].
    pub fn new(file_name: &str, media_type: &str, bytes: Bytes) -> Result<Self, MailInputError> {
        let file_name = file_name.trim();
        let length = file_name.chars().count();
        let unsafe_char = |c: char| c.is_control() || matches!(c, '/' | '\\' | '\u{2028}' | '\u{2029}');
        if !(1..=200).contains(&length) || file_name.chars().any(unsafe_char) || file_name.chars().all(|c| c == '.') {
            return Err(MailInputError::FileName);
        }
        if !is_media_type(media_type) {
            return Err(MailInputError::MediaType);
        }
        Ok(Self { file_name: file_name.to_owned(), media_type: media_type.to_owned(), bytes })
    }

    /// The name the reader sees.
    #[must_use]
    pub fn file_name(&self) -> &str {
        &self.file_name
    }

    /// The media type, perhaps with parameters, e.g. `text/csv; charset=utf-8`.
    #[must_use]
    pub fn media_type(&self) -> &str {
        &self.media_type
    }

    /// The file itself.
    #[must_use]
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }
}

/// `type/subtype` and `; name=token` parameters (RFC 2045 section 5.1, without quoted values).
fn is_media_type(media_type: &str) -> bool {
    let mut parts = media_type.split(';');
    let Some((kind, subtype)) = parts.next().and_then(|essence| essence.trim().split_once('/')) else {
        return false;
    };
    media_type.len() <= 200
        && is_token(kind)
        && is_token(subtype)
        && parts.all(|parameter| {
            parameter.trim().split_once('=').is_some_and(|(name, value)| is_token(name) && is_token(value))
        })
}

fn is_token(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`{|}~".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_not_a_file_name() {
        for bad in ["", "  ", "..", "../etc/passwd", "a/b.pdf", "a\\b.pdf", "a\r\nb.pdf", "a\0.pdf", &"x".repeat(201)] {
            assert_eq!(Attachment::new(bad, "application/pdf", Bytes::new()), Err(MailInputError::FileName), "{bad:?}");
        }
        let kept =
            Attachment::new(" Presupuesto nº 7 «final».pdf ", "application/pdf", Bytes::from_static(b"%PDF")).unwrap();
        assert_eq!(kept.file_name(), "Presupuesto nº 7 «final».pdf");
    }

    #[test]
    fn a_media_type_is_well_formed() {
        for good in ["application/pdf", "text/csv; charset=utf-8", "text/calendar; method=REQUEST; charset=utf-8"] {
            assert!(Attachment::new("a", good, Bytes::new()).is_ok(), "{good}");
        }
        for bad in ["", "pdf", "application/", "/pdf", "a/b; x", "a/b;", "a/b\r\nBcc: e@example.com", "a b/c"] {
            assert_eq!(Attachment::new("a", bad, Bytes::new()), Err(MailInputError::MediaType), "{bad:?}");
        }
    }
}
