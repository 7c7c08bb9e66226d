//! One line of text as a person types it: the name of a person, a company, a key.
//!
//! Refuses control characters, and web addresses: such names end in mails to strangers, where a link would make us
//! the carrier of somebody's advertisement.

use kernel::Error;
use unicode_normalization::UnicodeNormalization;

/// The text, trimmed, in composed form, with inner runs of blanks made one; 1 to `most` characters.
pub(crate) fn line(field: &str, input: &str, most: usize) -> Result<String, Error> {
    if input.chars().any(|c| c.is_control() || is_direction_mark(c)) {
        return Err(Error::invalid(field, "control_characters", "Leave out line breaks and control characters."));
    }
    let text: String = input.nfc().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return Err(Error::invalid(field, "required", "Fill this in."));
    }
    if text.chars().count() > most {
        return Err(Error::invalid(field, "too_long", format!("Use at most {most} characters.")));
    }
    let lower = text.to_lowercase();
    if lower.contains("://") || lower.contains("www.") {
        return Err(Error::invalid(field, "web_address", "Leave out web addresses: this is a name."));
    }
    Ok(text)
}

/// Marks that turn the direction of the text around them can make a name read as another (Unicode TR 36).
fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Accents dropped, lower case: how a name is found.
pub(crate) fn folded(text: &str) -> String {
    store::search::fold(text).join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_clean_line() {
        assert_eq!(line("name", "  Ana   Ruiz ", 120).unwrap(), "Ana Ruiz");
        assert_eq!(line("name", "Jose\u{301}", 120).unwrap(), "José");
        assert_eq!(line("name", "<b>O'Brien & Söhne</b>", 120).unwrap(), "<b>O'Brien & Söhne</b>");
        for (bad, code) in [
            ("", "required"),
            (" \u{a0} ", "required"),
            ("a\nb", "control_characters"),
            ("a\u{202e}b", "control_characters"),
            ("Win at https://evil.example", "web_address"),
            ("WWW.evil.example", "web_address"),
            (&"a".repeat(31), "too_long"),
        ] {
            let Err(Error::Invalid { fields }) = line("name", bad, 30) else { panic!("{bad:?} passed") };
            assert_eq!(fields[0].code, code, "{bad:?}");
        }
        assert_eq!(folded("Ángel Núñez"), "angel nunez");
    }
}
