//! Writing vCard 4.0 (RFC 6350): lines of a name and a value, escaped and folded.
//!
//! Invariant: no line is longer than 75 octets, no character is cut in two, and no value ends its line or its component
//! early, whatever it holds.

/// Octets of a line without its end (RFC 6350, 3.2).
const LINE: usize = 75;

/// One card under construction.
#[derive(Debug)]
pub(super) struct Card(String);

impl Card {
    pub fn new() -> Self {
        Self("BEGIN:VCARD\r\nVERSION:4.0\r\n".into())
    }

    /// A property with a text, left out where there is none. `name` carries its parameters.
    pub fn text(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            self.line(&format!("{name}:{}", escaped(value)));
        }
    }

    /// A property whose value has components, or is a list: `separator` stands between them, and none of them holds it
    /// bare. Left out where all are empty.
    pub fn parts(&mut self, name: &str, parts: &[Option<&str>], separator: &str) {
        if parts.iter().flatten().any(|part| !part.is_empty()) {
            let parts: Vec<String> = parts.iter().map(|part| escaped(part.unwrap_or_default())).collect();
            self.line(&format!("{name}:{}", parts.join(separator)));
        }
    }

    pub fn end(mut self) -> String {
        self.0.push_str("END:VCARD\r\n");
        self.0
    }

    fn line(&mut self, line: &str) {
        let mut room = LINE;
        for c in line.chars() {
            if c.len_utf8() > room {
                self.0.push_str("\r\n ");
                room = LINE - 1;
            }
            self.0.push(c);
            room -= c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

/// RFC 6350, 3.4. A control character has no place in a text but for the tab and the end of a line.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\n' | '\r' => out.push_str("\\n"),
            '\\' | ',' | ';' => out.extend(['\\', c]),
            '\t' => out.push(c),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}
