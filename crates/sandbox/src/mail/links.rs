//! Web addresses in text and HTML.
//!
//! Invariant: what is found starts with `http://` or `https://`; nothing else ever becomes clickable.

/// A stretch of text: plain, or a web address.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Span<'a> {
    Text(&'a str),
    Link(&'a str),
}

/// Splits a text at its web addresses; joined again, the spans are the text.
pub(crate) fn spans(text: &str) -> Vec<Span<'_>> {
    let mut spans = Vec::new();
    let mut rest = text;
    let mut plain_from = 0;
    let mut at = 0;
    while let Some(start) = next_start(rest) {
        let length = link_length(&rest[start..]);
        if length > 0 {
            let from = at + start;
            if plain_from < from {
                spans.push(Span::Text(&text[plain_from..from]));
            }
            spans.push(Span::Link(&text[from..from + length]));
            plain_from = from + length;
        }
        let step = start + length.max("http".len());
        at += step;
        rest = &text[at..];
    }
    if plain_from < text.len() {
        spans.push(Span::Text(&text[plain_from..]));
    }
    spans
}

/// Every address in text and HTML, each once, in order.
pub(super) fn all(text: Option<&str>, html: Option<&str>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut add = |link: &str| {
        if !found.iter().any(|known| known == link) {
            found.push(link.to_owned());
        }
    };
    for span in spans(text.unwrap_or_default()) {
        if let Span::Link(link) = span {
            add(link);
        }
    }
    for value in href_values(html.unwrap_or_default()) {
        let value = value.replace("&amp;", "&");
        if value.starts_with("http://") || value.starts_with("https://") {
            add(&value);
        }
    }
    found
}

fn next_start(text: &str) -> Option<usize> {
    ["http://", "https://"].iter().filter_map(|scheme| text.find(scheme)).min()
}

/// Bytes up to a space, a quote or an angle bracket, without the punctuation of the sentence around it.
fn link_length(text: &str) -> usize {
    let end = text
        .find(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '\''))
        .unwrap_or(text.len());
    let mut link = &text[..end];
    loop {
        let trimmed = link.trim_end_matches(['.', ',', ';', ':', '!', '?', '»', '”']);
        let balanced = trimmed.matches('(').count() >= trimmed.matches(')').count();
        let shorter = if balanced { trimmed } else { trimmed.strip_suffix(')').unwrap_or(trimmed) };
        if shorter.len() == link.len() {
            break;
        }
        link = shorter;
    }
    let host = link.split_once("://").map_or("", |(_, host)| host);
    if host.starts_with(|c: char| c.is_alphanumeric() || c == '[') { link.len() } else { 0 }
}

fn href_values(html: &str) -> Vec<&str> {
    let lower = html.to_ascii_lowercase();
    let mut values = Vec::new();
    for (at, _) in lower.match_indices("href=") {
        let value = &html[at + "href=".len()..];
        let mut chars = value.chars();
        match chars.next() {
            Some(quote @ ('"' | '\'')) => values.extend(chars.as_str().split(quote).next().map(str::trim)),
            _ => values.extend(value.split(|c: char| c.is_whitespace() || c == '>').next()),
        }
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(text: &str) -> Vec<&str> {
        spans(text).into_iter().filter_map(|span| if let Span::Link(link) = span { Some(link) } else { None }).collect()
    }

    #[test]
    fn finds_addresses_in_sentences() {
        for (text, expected) in [
            ("Confirm: https://example.com/c?t=a_b&x=1.", vec!["https://example.com/c?t=a_b&x=1"]),
            (
                "(see http://example.com/a) and <https://example.com/b>",
                vec!["http://example.com/a", "https://example.com/b"],
            ),
            ("https://example.com/wiki/A_(b), ok", vec!["https://example.com/wiki/A_(b)"]),
            ("«https://example.com/ñ»", vec!["https://example.com/ñ"]),
            ("javascript:alert(1) http:// https://<b> ftp://example.com", vec![]),
            ("http://127.0.0.1:8080/q/abc\r\nnext", vec!["http://127.0.0.1:8080/q/abc"]),
            ("(https://example.com/a).", vec!["https://example.com/a"]),
            ("t=abc_ https://example.com/c/abc-_", vec!["https://example.com/c/abc-_"]),
            ("", vec![]),
        ] {
            assert_eq!(links(text), expected, "{text}");
        }
    }

    #[test]
    fn spans_joined_are_the_text() {
        for text in
            ["a http://x.example b https://y.example", "http://", "http://http://a.example", "é http://é.example é"]
        {
            let joined: String = spans(text)
                .iter()
                .map(|span| match span {
                    Span::Text(part) | Span::Link(part) => *part,
                })
                .collect();
            assert_eq!(joined, text);
        }
    }

    #[test]
    fn html_and_text_give_each_address_once() {
        let html = r#"<a HREF="https://example.com/c?a=1&amp;b=2">x</a> <a href='https://example.com/d'>y</a>
            <a href=javascript:alert(1)>z</a> <a href=https://example.com/e>w</a>"#;
        let found = all(Some("go https://example.com/d"), Some(html));
        assert_eq!(found, ["https://example.com/d", "https://example.com/c?a=1&b=2", "https://example.com/e"]);
    }
}
