//! Normal forms: what is left of a value when writing it another way is taken off. Two values are the same when their
//! normal forms are, and a form of a form is itself.
//!
//! Names of every script go through it: compatibility forms (NFKC), small letters, Latin, Greek and Cyrillic without
//! their accents. Marks that are letters of their own script (vowel signs) stay.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The words of a name or an address in their normal form.
pub fn words(text: &str) -> Vec<String> {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkc().flat_map(char::to_lowercase).nfkd() {
        match c {
            // The accents of Latin, Greek and Cyrillic, which NFKD has set apart.
            '\u{0300}'..='\u{036F}' => {}
            // Apostrophes and the like join a word; what cannot be seen is nothing.
            '\'' | '’' | '`' | '´' | 'ʼ' | '\u{200B}'..='\u{200F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' => {}
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            'ı' => folded.push('i'),
            'ς' => folded.push('σ'),
            c if c.is_alphanumeric() || is_combining_mark(c) => folded.push(c),
            _ => folded.push(' '),
        }
    }
    folded.split(' ').filter(|word| !word.is_empty()).map(|word| word.nfc().collect()).collect()
}

/// An address in small letters, as one box receives it: what follows a plus in its name is dropped.
pub fn email(text: &str) -> Option<String> {
    let text: String = text.trim().nfkc().flat_map(char::to_lowercase).collect();
    let (name, host) = text.rsplit_once('@')?;
    let name = name.split('+').next().filter(|name| !name.is_empty()).unwrap_or(name);
    (!name.is_empty() && host.contains('.')).then(|| format!("{name}@{host}"))
}

/// Digits behind a plus: E.164 without what people put between.
pub fn phone(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    (digits.len() >= 6).then(|| format!("+{digits}"))
}

/// Letters and digits in capitals.
pub fn tax_id(text: &str) -> Option<String> {
    let kept: String = text.nfkc().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect();
    (kept.chars().count() >= 5).then_some(kept)
}

/// A host in small letters without `www.`; None for a host that many companies share.
pub fn domain(text: &str) -> Option<String> {
    let host = text.trim().to_lowercase();
    let host = host.split("://").last()?.split(['/', '?', '#', ':']).next()?.trim_end_matches('.');
    let host = host.strip_prefix("www.").unwrap_or(host);
    let shared = SHARED_HOSTS.iter().any(|shared| host == *shared || host.ends_with(&format!(".{shared}")));
    (host.contains('.') && !shared).then(|| host.to_owned())
}

/// Hosts that tell nothing of whose page it is.
const SHARED_HOSTS: [&str; 12] = [
    "linkedin.com",
    "facebook.com",
    "instagram.com",
    "twitter.com",
    "x.com",
    "gmail.com",
    "hotmail.com",
    "outlook.com",
    "yahoo.com",
    "wa.me",
    "linktr.ee",
    "google.com",
];

/// `in/name` or `company/name` of the first LinkedIn page that a text names.
pub fn linkedin(text: &str) -> Option<String> {
    let text = text.to_lowercase();
    let mut rest = text.as_str();
    while let Some(at) = rest.find("linkedin.com/") {
        rest = &rest[at + "linkedin.com/".len()..];
        let mut parts = rest.split(|c: char| !(c.is_alphanumeric() || "-_%./".contains(c))).next()?.split('/');
        if let (Some(kind @ ("in" | "company" | "school" | "pub")), Some(name)) = (parts.next(), parts.next()) {
            let name = name.trim_end_matches('.');
            if !name.is_empty() {
                return Some(format!("{kind}/{name}"));
            }
        }
    }
    None
}

/// Words that say of a company only what kind of legal person it is.
const LEGAL_FORMS: [&str; 26] = [
    "sa", "sl", "slu", "sau", "slp", "sab", "cv", "srl", "sapi", "ltda", "lda", "eirl", "inc", "llc", "ltd", "corp",
    "co", "gmbh", "ag", "sarl", "sas", "eurl", "bv", "nv", "spa", "plc",
];

/// The words of a company's name without its legal form, spelled `S.A. de C.V.` or `SA DE CV`, at its end.
pub fn company_words(name: &str) -> Vec<String> {
    let all = words(name);
    let mut kept = all.clone();
    loop {
        // Single letters at the end may be a form spelled with dots.
        let letters = kept.iter().rev().take_while(|word| word.chars().count() == 1).count();
        let spelled = (2..=letters).rev().find(|n| LEGAL_FORMS.contains(&kept[kept.len() - n..].concat().as_str()));
        let cut = match (spelled, kept.last().map(String::as_str)) {
            (Some(n), _) => n,
            (None, Some("de" | "y")) if kept.len() < all.len() => 1,
            (None, Some(last)) if LEGAL_FORMS.contains(&last) => 1,
            _ => break,
        };
        kept.truncate(kept.len() - cut);
    }
    if kept.is_empty() { all } else { kept }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_same_name_written_otherwise_has_the_same_words() {
        for (one, other) in [
            ("José Ángel  Núñez", "JOSE ANGEL NUNEZ"),
            ("O’Brien", "o'brien"),
            ("Straße Øster", "STRASSE oster"),
            ("Ｔｏｋｙｏ", "tokyo"),
            ("Ελένη ΠΑΠΑΔΟΠΟΎΛΟΣ", "ελενη παπαδοπουλος"),
            ("Фёдор", "ФЕДОР"),
            ("van-der Berg", "Van der Berg"),
            ("ﬁona", "FIONA"),
        ] {
            assert_eq!(words(one), words(other), "{one}");
        }
        for (one, other) in [("राम", "रम"), ("王小明", "王大明"), ("محمد", "محمود"), ("Ana", "Ane"), ("🙂", "ana")]
        {
            assert_ne!(words(one), words(other), "{one}");
        }
    }

    #[test]
    fn addresses_numbers_ids_and_pages_are_recognised() {
        assert_eq!(email(" Eva+news@Example.COM "), Some("eva@example.com".into()));
        assert_eq!(email("eva@"), None);
        assert_eq!(phone("+34 612-345-678"), Some("+34612345678".into()));
        assert_eq!(phone("12"), None);
        assert_eq!(tax_id("b-58.378.431"), Some("B58378431".into()));
        assert_eq!(domain("https://www.Aurora.example/es?x"), Some("aurora.example".into()));
        assert_eq!(domain("https://es.linkedin.com/company/aurora"), None);
        assert_eq!(linkedin("see https://es.linkedin.com/in/Eva-Ruiz-1/?x=1"), Some("in/eva-ruiz-1".into()));
        assert_eq!(linkedin("https://linkedin.com/feed/ linkedin.com/company/aurora."), Some("company/aurora".into()));
    }

    #[test]
    fn a_legal_form_is_no_part_of_a_companys_name() {
        for name in ["Aurora S.A. de C.V.", "AURORA SA DE CV", "Aurora, S.L.", "aurora s l u", "Aurora"] {
            assert_eq!(company_words(name), ["aurora"], "{name}");
        }
        assert_eq!(company_words("S.A."), ["s", "a"]);
        assert_eq!(company_words("Casa de la Y"), ["casa", "de", "la", "y"]);
    }

    proptest! {
        #[test]
        fn a_form_of_a_form_is_itself(text in "\\PC{0,40}") {
            let once = words(&text);
            prop_assert_eq!(words(&once.join(" ")), once);
        }

        #[test]
        fn capitals_never_tell_names_apart(text in "[a-zA-Zàâçéèêëîïôûùüÿñæœ' -]{0,30}") {
            prop_assert_eq!(words(&text), words(&text.to_uppercase()));
        }
    }
}
