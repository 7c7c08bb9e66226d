//! Headers to comparable words: `"E-mail 1 - Value"`, `"EMail"` and `"e_mail"` share their words.

use deunicode::deunicode;

/// Lower-case ASCII words: accents removed, split at anything but letters and digits and at camel-case humps.
pub(super) fn words(header: &str) -> Vec<String> {
    let mut text = String::with_capacity(header.len() + 8);
    let chars: Vec<char> = header.chars().take(200).collect();
    for (at, c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| chars.get(at));
        let after = chars.get(at + 1);
        let hump = c.is_uppercase()
            && before
                .is_some_and(|b| b.is_lowercase() || (b.is_uppercase() && after.is_some_and(|a| a.is_lowercase())));
        if hump {
            text.push(' ');
        }
        text.push(*c);
    }
    let plain = deunicode(&text).to_lowercase();
    let mut words: Vec<String> =
        plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect();
    // "address1" and "address 1" are the same two words.
    if let Some(last) = words.last() {
        let stem = last.trim_end_matches(|c: char| c.is_ascii_digit());
        if !stem.is_empty() && stem.len() < last.len() {
            let (stem, digits) = (stem.to_owned(), last[stem.len()..].to_owned());
            words.pop();
            words.extend([stem, digits]);
        }
    }
    words
}

/// Whether two strings differ by at most one insertion, deletion, substitution or swap of neighbours.
pub(super) fn nearly_equal(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if long.len() - short.len() > 1 {
        return false;
    }
    let same = short.iter().zip(long).take_while(|(x, y)| x == y).count();
    let (s, l) = (&short[same..], &long[same..]);
    if short.len() < long.len() {
        return s == &l[1..];
    }
    s.len() < 2 || s[1..] == l[1..] || (s[0] == l[1] && s[1] == l[0] && s[2..] == l[2..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_fold_to_words() {
        let folded = |header| words(header).join(" ");
        assert_eq!(folded("FirstName"), "first name");
        assert_eq!(folded("E-mail 1 - Value"), "e mail 1 value");
        assert_eq!(folded("Dirección_postal"), "direccion postal");
        assert_eq!(folded("VATNumber"), "vat number");
        assert_eq!(folded("address1"), "address 1");
        assert_eq!(folded("  Código (Postal) "), "codigo postal");
        assert_eq!(folded("ID"), "id");
        assert_eq!(folded("\u{FEFF}email"), "email");
        assert_eq!(folded("!!!"), "");
    }

    #[test]
    fn one_slip_is_forgiven() {
        for (a, b) in [("email", "emial"), ("surname", "surnme"), ("phone", "phonee"), ("city", "cyty"), ("a", "b")] {
            assert!(nearly_equal(a, b) && nearly_equal(b, a), "{a} {b}");
        }
        for (a, b) in [("email", "mobile"), ("phone", "phones2"), ("abcd", "badc")] {
            assert!(!nearly_equal(a, b) && !nearly_equal(b, a), "{a} {b}");
        }
    }
}
