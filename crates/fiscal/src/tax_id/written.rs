//! What was typed or pasted, cleaned of separators.

use super::TaxIdReason;

/// No tax id is longer than this with its separators; more is not worth reading.
const LONGEST: usize = 64;

/// A number as written: trimmed, and without separators in capitals.
pub(super) struct Written<'a> {
    pub raw: &'a str,
    pub compact: String,
}

impl<'a> Written<'a> {
    /// Drops spaces, dashes, dots and the like. `+` and `*` stay (old Irish numbers), `&` and `Ñ` too (RFC).
    pub fn read(raw: &'a str) -> Result<Written<'a>, TaxIdReason> {
        if raw.chars().count() > LONGEST {
            return Err(TaxIdReason::Length);
        }
        let mut compact = String::with_capacity(raw.len());
        for c in raw.chars() {
            match c {
                'A'..='Z' | '0'..='9' | '&' | '+' | '*' | 'Ñ' => compact.push(c),
                'a'..='z' => compact.push(c.to_ascii_uppercase()),
                'ñ' => compact.push('Ñ'),
                // The two-part spelling of Ñ that some systems paste.
                '\u{303}' if compact.ends_with('N') => {
                    compact.pop();
                    compact.push('Ñ');
                }
                _ if is_separator(c) => {}
                _ => return Err(TaxIdReason::Characters),
            }
        }
        if compact.is_empty() { Err(TaxIdReason::Empty) } else { Ok(Written { raw, compact }) }
    }

    /// The same without a leading country prefix; `None` if it does not start with it or nothing would be left.
    pub fn without(&self, prefix: &str) -> Option<Written<'a>> {
        let rest = self.compact.strip_prefix(prefix).filter(|rest| !rest.is_empty())?;
        Some(Written { raw: self.raw, compact: rest.to_owned() })
    }
}

fn is_separator(c: char) -> bool {
    let dash = matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}');
    dash || c.is_whitespace() || matches!(c, '.' | '/' | ',' | ':' | '_' | '(' | ')') || is_invisible(c)
}

/// Zero-width and direction marks that come along with copied text.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// The number of a country without a rule: 2 to 32 printable characters, runs of spaces made one.
pub(super) fn free_text(raw: &str) -> Result<String, TaxIdReason> {
    let text = raw.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().any(|c| c.is_control() || is_invisible(c)) {
        return Err(TaxIdReason::Characters);
    }
    match text.chars().count() {
        2..=32 => Ok(text),
        _ => Err(TaxIdReason::Length),
    }
}
