//! What the words say. Pure: no word is stored, and no language or script counts against anybody.

use std::sync::LazyLock;

use unicode_script::{Script, UnicodeScript};

use super::{Sign, Verdict};

/// What was written, by where.
#[derive(Debug, Clone, Default)]
pub(crate) struct Written {
    /// Names of people and companies, and answers on a line.
    pub names: Vec<String>,
    pub email: Option<String>,
    /// What was written at length, and answers to questions.
    pub texts: Vec<String>,
}

/// Words of mass offers, folded; one a line. Ours, of 2026-11; `docs/web-forms.md` says how they count.
static OFFERS: LazyLock<Vec<String>> =
    LazyLock::new(|| lines(include_str!("offers.txt")).map(|line| format!(" {} ", folded(line))).collect());
/// Mailboxes for ten minutes. Ours, of 2026-11.
static DISPOSABLE: LazyLock<Vec<&'static str>> = LazyLock::new(|| lines(include_str!("disposable.txt")).collect());

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Small letters and digits without accents, one space between words.
fn folded(text: &str) -> String {
    let plain = crm::field::folded(text);
    plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// By which the same words are known again: at least thirty letters.
pub(crate) fn fingerprint(written: &Written) -> Option<String> {
    let words = folded(&written.texts.join(" "));
    (words.chars().count() >= 30).then_some(words)
}

/// Adds what speaks for spam.
pub(crate) fn read(verdict: &mut Verdict, written: &Written) {
    let text = written.texts.join("\n");
    let small = text.to_lowercase();
    match links(&small) {
        0 => {}
        1 => verdict.add(Sign::Links, 2),
        2 => verdict.add(Sign::Links, 4),
        _ => verdict.add(Sign::Links, 7),
    }
    if written.names.iter().any(|name| links(&name.to_lowercase()) > 0) {
        verdict.add(Sign::LinkInName, 7);
    }
    if ["[url", "[/url]", "<a ", "href=", "[link", "</a>"].iter().any(|mark| small.contains(mark)) {
        verdict.add(Sign::Markup, 7);
    }
    if written.names.iter().any(|name| name.split(' ').any(mixed)) {
        verdict.add(Sign::MixedScript, 5);
    }
    if written.names.iter().any(|name| name.split(' ').any(gibberish)) {
        verdict.add(Sign::Gibberish, 5);
    }
    if same(written) {
        verdict.add(Sign::SameEverywhere, 4);
    }
    let domain = written.email.as_deref().and_then(|email| email.rsplit_once('@')).map(|(_, domain)| domain);
    if domain.is_some_and(|domain| DISPOSABLE.contains(&domain)) {
        verdict.add(Sign::Disposable, 3);
    }
    let words = format!(" {} ", folded(&format!("{} {text}", written.names.join(" "))));
    let offers = OFFERS.iter().filter(|offer| words.contains(offer.as_str())).count();
    verdict.add(
        Sign::Offer,
        match offers {
            0 => 0,
            1 => 4,
            2 => 8,
            _ => 12,
        },
    );
    if shouts(&text) {
        verdict.add(Sign::Shouting, 2);
    }
}

/// How many addresses of the web it names.
fn links(small: &str) -> usize {
    let schemes = small.matches("http://").count() + small.matches("https://").count();
    let bare = small.split(|c: char| c.is_whitespace() || "()<>[],;".contains(c)).filter(|w| w.starts_with("www."));
    schemes + bare.count()
}

/// Letters of Latin and of Greek or Cyrillic in one word.
fn mixed(word: &str) -> bool {
    let of = |script: Script| word.chars().any(|c| c.is_alphabetic() && c.script() == script);
    of(Script::Latin) && (of(Script::Cyrillic) || of(Script::Greek))
}

/// Capitals in the middle of a word again and again, or five consonants of plain Latin letters in a row twice.
fn gibberish(word: &str) -> bool {
    if word.len() < 8 || !word.bytes().all(|b| b.is_ascii_alphabetic()) {
        return false;
    }
    let bytes = word.as_bytes();
    let turns = bytes.windows(2).filter(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase()).count();
    let vowel = |b: &u8| b"aeiouyAEIOUY".contains(b);
    let longest = bytes.split(vowel).map(<[u8]>::len).max().unwrap_or(0);
    turns >= 3 || (turns >= 1 && longest >= 5) || longest >= 7
}

/// One answer of some length to two questions that have not one answer.
fn same(written: &Written) -> bool {
    let names: Vec<String> = written.names.iter().map(|name| folded(name)).filter(|name| name.len() >= 4).collect();
    let twice = names.iter().enumerate().any(|(at, name)| names.iter().skip(at + 1).any(|other| other == name));
    twice || written.texts.iter().any(|text| names.contains(&folded(text)))
}

/// At least forty letters that have capitals, and nearly all of them are.
fn shouts(text: &str) -> bool {
    let large = text.chars().filter(|c| c.is_uppercase()).count();
    let small = text.chars().filter(|c| c.is_lowercase()).count();
    large + small >= 40 && large >= 4 * small
}
