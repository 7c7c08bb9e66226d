//! One property of a card: its name, its kinds, its value as text.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// A property. `value` is decoded but still escaped, so that its components can be told apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Property {
    /// In capitals, without the group before it.
    pub(super) name: String,
    /// In capitals: `HOME`, `FAX`, `PREF`.
    pub(super) kinds: Vec<String>,
    /// 1 is the most preferred, 101 what says nothing.
    pub(super) rank: u8,
    pub(super) value: String,
}

impl Property {
    /// None: the line is none, or holds binary data.
    pub(super) fn parse(line: &[u8]) -> Option<Property> {
        let colon = outside_quotes(line, b':').next()?;
        let (head, value) = (text(&line[..colon], UTF_8), &line[colon + 1..]);
        let mut parts = split(&head, ';');
        let name = parts.next()?;
        let name =
            name.rsplit('.').next().unwrap_or_default().trim().trim_start_matches('\u{FEFF}').to_ascii_uppercase();
        let mut property = Property { name, kinds: Vec::new(), rank: 101, value: String::new() };
        let (mut charset, mut quoted) = (UTF_8, false);
        for part in parts {
            let (key, given) = part.split_once('=').unwrap_or(("TYPE", part.as_str()));
            let given = given.trim().trim_matches('"').to_ascii_uppercase();
            match key.trim().to_ascii_uppercase().as_str() {
                "TYPE" if given == "QUOTED-PRINTABLE" => quoted = true,
                "TYPE" if given == "BASE64" => return None,
                "TYPE" => property.kinds.extend(given.split(',').map(|kind| kind.trim().to_owned())),
                "ENCODING" if given == "QUOTED-PRINTABLE" => quoted = true,
                "ENCODING" if given == "BASE64" || given == "B" => return None,
                "CHARSET" => charset = Encoding::for_label(given.as_bytes()).unwrap_or(UTF_8),
                "PREF" => property.rank = given.parse().unwrap_or(1),
                _ => {}
            }
        }
        if property.kinds.iter().any(|kind| kind == "PREF") {
            property.rank = property.rank.min(1);
        }
        property.value = if quoted { text(&unquoted(value), charset) } else { text(value, charset) };
        Some(property)
    }

    pub(super) fn is(&self, kind: &str) -> bool {
        self.kinds.iter().any(|known| known == kind)
    }

    /// The value as one text.
    pub(super) fn text(&self) -> String {
        unescaped(&self.value)
    }

    /// The parts of a value between bare separators.
    pub(super) fn parts(&self, separator: char) -> Vec<String> {
        let mut parts = vec![String::new()];
        let mut escape = false;
        for c in self.value.chars() {
            if c == separator && !escape {
                parts.push(String::new());
                continue;
            }
            escape = c == '\\' && !escape;
            if let Some(part) = parts.last_mut() {
                part.push(c);
            }
        }
        parts.iter().map(|part| unescaped(part).trim().to_owned()).collect()
    }
}

fn unescaped(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n' | 'N') => out.push('\n'),
                Some(c @ ('\\' | ',' | ';' | ':')) => out.push(c),
                Some(c) => out.extend(['\\', c]),
                None => out.push('\\'),
            },
            c => out.push(c),
        }
    }
    out
}

/// Places of a byte that stand outside double quotes.
fn outside_quotes(line: &[u8], wanted: u8) -> impl Iterator<Item = usize> {
    let mut quoted = false;
    line.iter().enumerate().filter_map(move |(at, byte)| {
        quoted ^= *byte == b'"';
        (*byte == wanted && !quoted).then_some(at)
    })
}

fn split(head: &str, separator: char) -> impl Iterator<Item = String> {
    let mut quoted = false;
    let mut parts = vec![String::new()];
    for c in head.chars() {
        quoted ^= c == '"';
        if c == separator && !quoted {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(c);
        }
    }
    parts.into_iter()
}

/// Text in the encoding it says, or in the one old programs write when it is none.
fn text(bytes: &[u8], charset: &'static Encoding) -> String {
    match charset.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => text.into_owned(),
        None => WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

/// The bytes of quoted-printable (RFC 2045, 6.7); what is no code stays.
fn unquoted(value: &[u8]) -> Vec<u8> {
    let digit = |byte: Option<&u8>| byte.and_then(|b| char::from(*b).to_digit(16));
    let mut out = Vec::with_capacity(value.len());
    let mut at = 0;
    while at < value.len() {
        match (value[at], digit(value.get(at + 1)), digit(value.get(at + 2))) {
            (b'=', Some(high), Some(low)) => {
                out.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
                at += 3;
            }
            (byte, ..) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    out
}
