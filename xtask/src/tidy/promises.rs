//! The promises of the privacy policy, and the tests that prove them by naming their ids.
//!
//! A promise is `P` and three digits, or `X` and two, listed in tidy/promises.txt. A test names it in its name
//! (`p022_passwords_are_hashed`) or in a comment or title (`P022`). An id that no list knows is refused.
use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Finding, entries};
use crate::repository::{Repository, Source};

const LIST: &str = "tidy/promises.txt";
const CODE: [&str; 4] = ["rs", "ts", "tsx", "sql"];
/// The rule's own tests name ids that must not exist.
const THIS_FILE: &str = "xtask/src/tidy/promises.rs";
/// What looks like a promise: elliptic curves, and the window system in the name of a browser.
const OTHERS: [&str; 5] = ["P224", "P256", "P384", "P521", "X11"];

/// `list` has one promise a line: its id, a space, what is promised.
pub fn check(sources: &[Source], list: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut known: Vec<&str> = Vec::new();
    for (line, entry) in entries(list) {
        let (id, title) = entry.split_once(' ').unwrap_or((entry, ""));
        let says = if !is_id(id) {
            "is no promise id"
        } else if title.trim().is_empty() {
            "promises nothing"
        } else if known.last().is_some_and(|last| *last >= id) {
            "stands twice or out of order"
        } else {
            known.push(id);
            continue;
        };
        findings.push(Finding::broken("promises", LIST, line, format!("{id} {says}")));
    }
    for (id, places) in mentions(sources) {
        if !known.contains(&id.as_str()) {
            for (path, line) in places {
                findings.push(Finding::broken("promises", &path, line, format!("{id} is not in {LIST}")));
            }
        }
    }
    findings
}

/// Every promise with the places in code that name it, as text for a person.
pub fn table(repository: &Repository) -> String {
    let named = mentions(&repository.sources);
    let mut out = String::new();
    let mut proven = 0;
    let list = repository.text(LIST).unwrap_or_default();
    for (_, entry) in entries(list) {
        let id = entry.split(' ').next().unwrap_or_default();
        let places = named.get(id);
        proven += usize::from(places.is_some());
        let _ = writeln!(out, "{} {entry}", if places.is_some() { "+" } else { "-" });
        for (path, line) in places.into_iter().flatten() {
            let _ = writeln!(out, "      {path}:{line}");
        }
    }
    let _ = writeln!(out, "{proven} of {} promises are named in code", entries(list).count());
    out
}

type Places = Vec<(String, usize)>;

fn mentions(sources: &[Source]) -> BTreeMap<String, Places> {
    let mut found: BTreeMap<String, Places> = BTreeMap::new();
    let code = sources.iter().filter(|source| CODE.contains(&source.extension()) && !source.path.contains(".gen."));
    for source in code.filter(|source| source.path != THIS_FILE) {
        for (line, text) in source.lines() {
            for id in ids(text) {
                found.entry(id).or_default().push((source.path.clone(), line));
            }
        }
    }
    found
}

/// The ids in one line: in capitals anywhere, in small letters only in the name of a function.
fn ids(line: &str) -> Vec<String> {
    let in_words = line.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| is_id(word));
    let mut ids: Vec<String> = in_words.filter(|word| !OTHERS.contains(word)).map(str::to_owned).collect();
    if let Some((_, rest)) = line.split_once("fn ") {
        let name = rest.split(['(', '<']).next().unwrap_or_default();
        let upper = name.split('_').filter(|word| word.starts_with(['p', 'x'])).map(str::to_ascii_uppercase);
        ids.extend(upper.filter(|word| is_id(word) && !OTHERS.contains(&word.as_str())));
    }
    ids
}

fn is_id(word: &str) -> bool {
    let digits = |rest: &str, count: usize| rest.len() == count && rest.bytes().all(|byte| byte.is_ascii_digit());
    word.strip_prefix('P').is_some_and(|rest| digits(rest, 3))
        || word.strip_prefix('X').is_some_and(|rest| digits(rest, 2))
}

#[cfg(test)]
mod tests {
    use super::super::tests::source;
    use super::*;

    const KNOWN: &str = "# register\nP021 only listed fields\nP022 hashed passwords\nX01 the shortest deadline\n";

    fn of(text: &str) -> Vec<usize> {
        check(&[source("crates/crm/src/tests.rs", text)], KNOWN).into_iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn a_known_promise_may_be_named() {
        assert!(of("fn p022_passwords_are_hashed() {}\n// P021, P022 and X01.\n").is_empty());
    }

    #[test]
    fn an_unknown_promise_is_refused_in_a_name_and_in_words() {
        assert_eq!(of("\nfn p999_nothing() {}\n"), [2]);
        assert_eq!(of("// P193\n\n/// proves X09\n"), [1, 3]);
    }

    #[test]
    fn what_only_looks_like_one_is_let_be() {
        assert!(of("let p999 = 1; // P256, P1234, XP999, X11, 0x41\nfn x_2() {}\n").is_empty());
    }

    #[test]
    fn the_list_is_ordered_whole_and_without_doubles() {
        let broken = |list: &str| check(&[], list).len();
        assert_eq!(broken(KNOWN), 0);
        assert_eq!(broken("P021 a\nP021 b\n"), 1);
        assert_eq!(broken("P022 a\nP021 b\n"), 1);
        assert_eq!(broken("P022\n"), 1);
        assert_eq!(broken("Q1 a\n"), 1);
    }
}
