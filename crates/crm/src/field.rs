//! Fields as people type them, read at the door: composed form, trimmed, of bounded length, without control characters.

pub mod custom;
pub mod linkedin;

use capabilities::mail::EmailAddress;
use kernel::{Error, Result, error::Fields};
use unicode_normalization::UnicodeNormalization;

/// One line; blank is None.
pub fn line(field: &str, input: Option<&str>, most: usize) -> Result<Option<String>> {
    let text: String =
        input.unwrap_or_default().nfc().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
    bounded(field, text, most)
}

/// Several lines; blank is None. Line breaks and tabs stay.
pub fn text(field: &str, input: Option<&str>, most: usize) -> Result<Option<String>> {
    let text: String = input.unwrap_or_default().nfc().collect::<String>().replace("\r\n", "\n");
    bounded(field, text.trim().to_owned(), most)
}

fn bounded(field: &str, text: String, most: usize) -> Result<Option<String>> {
    if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        return Err(Error::invalid(field, "control_characters", "Leave out control characters."));
    }
    if text.chars().count() > most {
        return Err(Error::invalid(field, "too_long", format!("Use at most {most} characters.")));
    }
    Ok(Some(text).filter(|t| !t.is_empty()))
}

/// An e-mail address in lower case; blank is None.
pub fn email(field: &str, input: Option<&str>) -> Result<Option<String>> {
    let Some(text) = line(field, input, 254)? else { return Ok(None) };
    let address = EmailAddress::parse(&text).map_err(|_| {
        Error::invalid(field, "email_invalid", "Write a whole e-mail address, such as name@example.com.")
    })?;
    Ok(Some(address.as_str().to_lowercase()))
}

/// A phone number in E.164, read as people of `country` write it; blank is None.
pub fn phone(field: &str, country: &str, input: Option<&str>) -> Result<Option<String>> {
    let Some(text) = line(field, input, 40)? else { return Ok(None) };
    identity::account::phone::parse(country, &text).map(Some).map_err(|_| {
        Error::invalid(field, "phone_invalid", "Write the number with its country code, such as +34 612 345 678.")
    })
}

/// An ISO 3166-1 alpha-2 country in capitals; blank is None.
pub fn country(field: &str, input: Option<&str>) -> Result<Option<String>> {
    let Some(code) = line(field, input, 2)? else { return Ok(None) };
    if !fiscal::country::is_country(&code) {
        return Err(Error::invalid(
            field,
            "country_unknown",
            "Use a two-letter country code (ISO 3166-1), such as MX.",
        ));
    }
    Ok(Some(code.to_ascii_uppercase()))
}

/// A website with its scheme; blank is None. Only http and https, so that showing it as a link is safe.
pub fn website(field: &str, input: Option<&str>) -> Result<Option<String>> {
    let Some(text) = line(field, input, 500)? else { return Ok(None) };
    let full = if text.contains("://") { text } else { format!("https://{text}") };
    let host = full
        .strip_prefix("https://")
        .or_else(|| full.strip_prefix("http://"))
        .and_then(|rest| rest.split(['/', '?', '#']).next());
    let plausible = host.is_some_and(|h| h.contains('.') && !h.contains(['@', ' ', '<', '>', '"', '\\']));
    if !plausible {
        return Err(Error::invalid(field, "website_invalid", "Write a web address, such as https://example.com."));
    }
    Ok(Some(full))
}

/// The domain by which two records of one company are recognised: the host without `www.`.
pub fn domain(website: &str) -> Option<String> {
    let host = website.split("://").nth(1)?.split(['/', '?', '#', ':']).next()?.to_lowercase();
    Some(host.trim_start_matches("www.").to_owned()).filter(|h| !h.is_empty())
}

/// At most 30 tags of 40 characters, each once, in the order given.
pub fn tags(field: &str, input: Vec<String>) -> Result<Vec<String>> {
    let mut kept: Vec<String> = Vec::new();
    for tag in input {
        if let Some(tag) = line(field, Some(&tag), 40)?.filter(|tag| !kept.contains(tag)) {
            kept.push(tag);
        }
    }
    if kept.len() > 30 {
        return Err(Error::invalid(field, "too_many", "Use at most 30 tags."));
    }
    Ok(kept)
}

/// What lists sort a name by and duplicates are recognised by: words without accents, capitals and punctuation.
pub fn folded(name: &str) -> String {
    store::search::fold(name).join(" ")
}

/// Keeps a parsed field or notes its refusal, so that a form hears of all of them at once.
pub fn take<T>(fields: &mut Fields, parsed: Result<Option<T>>) -> Option<T> {
    match parsed {
        Ok(value) => value,
        Err(Error::Invalid { fields: refused }) => {
            for f in refused {
                fields.refuse(f.field, f.code, f.message);
            }
            None
        }
        Err(other) => {
            fields.refuse("", other.code(), other.to_string());
            None
        }
    }
}
