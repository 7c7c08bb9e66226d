//! The page of a person on LinkedIn, in one spelling whatever was typed: with or without scheme and country, from a phone,
//! with what a shared link carries along, escaped or not.
//!
//! Invariant: two spellings of one page are one text. What is no page of a person (a company, a post, a search) is refused.

use kernel::{Error, Result};

use super::line;

const HOME: &str = "https://www.linkedin.com/";

/// `https://www.linkedin.com/in/lucia-prieto`, from any of the usual spellings.
pub fn url(field: &str, input: Option<&str>) -> Result<Option<String>> {
    let Some(text) = line(field, input, 500)? else { return Ok(None) };
    let sentence = "Write the address of a person's page, such as https://www.linkedin.com/in/lucia-prieto.";
    let path = path(&text).ok_or_else(|| Error::invalid(field, "linkedin_invalid", sentence))?;
    Ok(Some(format!("{HOME}{path}")))
}

/// `in/lucia-prieto`, of an address in its one spelling.
pub fn page(url: &str) -> &str {
    url.strip_prefix(HOME).unwrap_or(url)
}

fn path(text: &str) -> Option<String> {
    let text = unescaped(text).to_lowercase();
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).unwrap_or(&text);
    let rest = match rest.split_once("linkedin.com/") {
        Some((before, rest)) if before.is_empty() || before.ends_with('.') && !before.contains('/') => rest,
        Some(_) => return None,
        None if rest.len() < text.len() => return None,
        None => rest.trim_start_matches('/'),
    };
    let mut parts = rest.split(['?', '#']).next()?.split('/').filter(|part| !part.is_empty());
    let kind = parts.next()?;
    let name = parts.next().filter(|name| is_name(name))?;
    match kind {
        "in" => Some(format!("in/{name}")),
        // The old kind of page tells people of one name apart by what follows.
        "pub" => {
            let rest: Vec<&str> = parts.take(3).take_while(|part| is_name(part)).collect();
            Some([vec!["pub", name], rest].concat().join("/"))
        }
        _ => None,
    }
}

fn is_name(text: &str) -> bool {
    text.chars().all(|c| c.is_alphanumeric() || "-_.~'’".contains(c)) && text.chars().count() <= 200
}

/// With what stands behind `%` as the letters it means, where it means letters.
fn unescaped(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let hex = (*byte == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(meant) => {
                out.push(meant);
                at += 3;
            }
            None => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_usual_spellings_of_a_page_are_one() {
        for text in [
            "https://www.linkedin.com/in/Lucia-Prieto-1b2c3",
            "http://linkedin.com/in/lucia-prieto-1b2c3/",
            "es.linkedin.com/in/lucia-prieto-1b2c3?originalSubdomain=es",
            "https://m.linkedin.com/in/lucia-prieto-1b2c3/es/#about",
            "LinkedIn.com/in/lucia-prieto-1b2c3/details/experience/",
            "www.linkedin.com/in/lucia%2Dprieto-1b2c3?utm_source=share&utm_medium=member_ios",
            "/in/lucia-prieto-1b2c3",
            "  in/Lucia-Prieto-1b2c3 ",
        ] {
            let found = url("linkedin_url", Some(text)).unwrap();
            assert_eq!(found.as_deref(), Some("https://www.linkedin.com/in/lucia-prieto-1b2c3"), "{text}");
        }
        let accented = url("linkedin_url", Some("linkedin.com/in/jos%C3%A9-n%C3%BA%C3%B1ez")).unwrap();
        assert_eq!(accented.as_deref(), Some("https://www.linkedin.com/in/josé-núñez"));
        let old = url("linkedin_url", Some("https://uk.linkedin.com/pub/eva-ruiz/1/2a3/4b5?trk=x")).unwrap();
        assert_eq!(old.as_deref(), Some("https://www.linkedin.com/pub/eva-ruiz/1/2a3/4b5"));
        assert_eq!(page(&old.unwrap()), "pub/eva-ruiz/1/2a3/4b5");
    }

    #[test]
    fn what_is_no_page_of_a_person_is_refused() {
        for text in [
            "lucia",
            "https://www.linkedin.com/company/aurora",
            "https://www.linkedin.com/feed/",
            "https://www.linkedin.com/in/",
            "https://example.com/in/lucia",
            "https://linkedin.com.evil.example/in/lucia",
            "https://evil.example/linkedin.com/in/lucia",
            "https://evillinkedin.com/in/lucia",
            "javascript:alert(1)//linkedin.com/in/<b>",
        ] {
            let Err(Error::Invalid { fields }) = url("linkedin_url", Some(text)) else { panic!("{text}") };
            assert_eq!(fields[0].code, "linkedin_invalid", "{text}");
        }
        assert_eq!(url("linkedin_url", Some("  ")).unwrap(), None);
    }

    proptest! {
        #[test]
        fn a_page_in_its_one_spelling_stays_as_it_is(text in "\\PC{0,30}") {
            if let Ok(Some(once)) = url("f", Some(&format!("linkedin.com/in/{text}"))) {
                prop_assert_eq!(url("f", Some(&once)).unwrap(), Some(once));
            }
        }
    }
}
