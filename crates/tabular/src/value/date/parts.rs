//! A written date cut into its three parts, and month names in four languages.

/// One number of a date; `long` when it has four digits and so is a year.
#[derive(Debug, Clone, Copy)]
pub(in crate::value) struct Part {
    pub(in crate::value) value: u32,
    pub(in crate::value) long: bool,
}

pub(in crate::value) enum Parts {
    Named { month: u32, numbers: [Part; 2] },
    Numbers([Part; 3]),
}

/// The three parts of a folded date, time of day cut off; `None` when it is not three.
pub(in crate::value) fn parts(folded: &str) -> Option<Parts> {
    let date = without_time(folded);
    let mut month = None;
    let mut numbers: Vec<Part> = Vec::new();
    for token in date.split(|c: char| !c.is_ascii_alphanumeric()).filter(|token| !token.is_empty()) {
        let digits = token.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let letters = &token[digits.len()..];
        if digits.is_empty() {
            if matches!(letters, "de" | "del" | "of" | "the" | "le" | "el") || is_weekday(letters) {
                continue;
            }
            if month.replace(month_named(letters)?).is_some() {
                return None;
            }
        } else if letters.is_empty() || matches!(letters, "st" | "nd" | "rd" | "th" | "er" | "o" | "a") {
            let known_length = matches!(digits.len(), 1 | 2 | 4) && digits.bytes().all(|b| b.is_ascii_digit());
            numbers.push(Part { value: known_length.then(|| digits.parse().ok())??, long: digits.len() == 4 });
        } else {
            return None;
        }
    }
    match (month, numbers.as_slice()) {
        (Some(month), &[a, b]) if !(a.long && b.long) => Some(Parts::Named { month, numbers: [a, b] }),
        (None, &[a, b, c]) if !(b.long || a.long && c.long) => Some(Parts::Numbers([a, b, c])),
        _ => None,
    }
}

/// Cuts `T10:00`, ` 10:00:00 PM`: whatever stands from the blank or `t` before the first `hh:`.
fn without_time(folded: &str) -> &str {
    let Some(colon) = folded.find(':') else { return folded };
    let hour = folded[..colon].trim_end_matches(|c: char| c.is_ascii_digit());
    hour.strip_suffix(['t', ' ', ',']).unwrap_or(folded)
}

fn is_weekday(word: &str) -> bool {
    const STARTS: &[&str] = &[
        "mon", "tue", "wed", "thu", "fri", "sat", "sun", "lun", "mie", "jue", "vie", "sab", "dom", "seg", "ter", "qua",
        "qui", "sex", "mer", "jeu", "ven", "sam", "dim",
    ];
    STARTS.iter().any(|start| word.starts_with(start)) || matches!(word, "martes" | "mardi")
}

const MONTHS: [&[&str]; 12] = [
    &["january", "enero", "janeiro", "janvier"],
    &["february", "febrero", "fevereiro", "fevrier"],
    &["march", "marzo", "marco", "mars"],
    &["april", "abril", "avril"],
    &["may", "mayo", "maio", "mai"],
    &["june", "junio", "junho", "juin"],
    &["july", "julio", "julho", "juillet"],
    &["august", "agosto", "aout"],
    &["september", "septiembre", "setiembre", "setembro", "septembre"],
    &["october", "octubre", "outubro", "octobre"],
    &["november", "noviembre", "novembro", "novembre"],
    &["december", "diciembre", "dezembro", "decembre"],
];

/// A month by its name or an unambiguous beginning of at least three letters.
fn month_named(word: &str) -> Option<u32> {
    if word.len() < 3 {
        return None;
    }
    let mut found = (1u32..).zip(MONTHS).filter(|(_, names)| names.iter().any(|name| name.starts_with(word)));
    let (month, _) = found.next()?;
    found.next().is_none().then_some(month)
}
