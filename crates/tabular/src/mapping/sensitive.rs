//! Columns that an address book has no business with, unless a person decides otherwise.
//!
//! By header, and payment cards also by content: their digits carry a check digit (ISO/IEC 7812, Luhn).

use std::sync::LazyLock;

use super::Remark;
use super::field::synonyms;
use super::fold::words;
use super::header::contains;

const HEADERS: &str = include_str!("../../data/sensitive_headers.tsv");

/// Reasons in the words shown to the person.
pub(super) static REASONS: [Remark; 5] = [
    Remark {
        code: "sensitive_national_id",
        message: "This looks like a national identity or social security number. It is left out: a contact does not need \
                  it and the law protects it. Map it by hand only if you have a legal reason.",
    },
    Remark {
        code: "sensitive_payment_card",
        message: "This looks like payment card numbers. They are left out: card data must not be kept here.",
    },
    Remark {
        code: "sensitive_bank_account",
        message: "This looks like bank accounts. They are left out: map them by hand only if you need them for collecting.",
    },
    Remark {
        code: "sensitive_credential",
        message: "This looks like passwords or keys. They are left out: delete them from the file as well.",
    },
    Remark {
        code: "sensitive_belief_or_health",
        message: "This looks like beliefs, origin or health, which the law protects specially (GDPR article 9). It is left \
                  out: map it by hand only with the person's explicit consent.",
    },
];

struct Name {
    words: Vec<String>,
    whole: bool,
    reason: &'static Remark,
}

static NAMES: LazyLock<Vec<Name>> = LazyLock::new(|| {
    let reason = |code: &str| REASONS.iter().find(|reason| reason.code == code);
    let lines = HEADERS.lines().filter_map(|line| line.split_once('\t'));
    lines
        .filter_map(|(code, names)| reason(code).map(|reason| (reason, names)))
        .flat_map(|(reason, names)| {
            synonyms(names).map(move |name| Name { words: words(name), whole: name.starts_with('='), reason })
        })
        .collect()
});

/// All header names known to be sensitive.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    HEADERS
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .flat_map(|(_, n)| synonyms(n))
}

/// Why a column of this header is left out.
pub(super) fn by_header(header: &[String]) -> Option<Remark> {
    let squashed = header.concat();
    let found =
        NAMES.iter().find(|name| squashed == name.words.concat() || (!name.whole && contains(header, &name.words)));
    found.map(|name| name.reason.clone())
}

/// Whether these cells are payment card numbers: at least three, nine in ten with the right length and check digit.
pub(super) fn by_content<'a>(cells: impl Iterator<Item = &'a str>) -> Option<Remark> {
    let (mut cards, mut filled) = (0usize, 0usize);
    for cell in cells.filter(|cell| !cell.trim().is_empty()) {
        filled += 1;
        cards += usize::from(is_card_number(cell));
    }
    (filled >= 3 && cards * 10 >= filled * 9).then(|| REASONS[1].clone())
}

fn is_card_number(cell: &str) -> bool {
    if !cell.chars().all(|c| c.is_ascii_digit() || c == ' ' || c == '-') {
        return false;
    }
    let digits: Vec<u32> = cell.chars().filter_map(|c| c.to_digit(10)).collect();
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| if place % 2 == 0 { *digit } else { digit * 2 / 10 + digit * 2 % 10 })
        .sum();
    (14..=19).contains(&digits.len()) && matches!(digits.first(), Some(2..=6)) && sum.is_multiple_of(10)
}
