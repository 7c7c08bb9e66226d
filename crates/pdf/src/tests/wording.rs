//! The word files: the same keys in all four languages, each key used, each used key there.

use std::collections::BTreeSet;

use fluent_bundle::FluentResource;

use crate::words::{CATALOG, SOURCES};

const CODE: [&str; 5] = [
    include_str!("../sheet.rs"),
    include_str!("../sheet/blocks.rs"),
    include_str!("../sheet/facts.rs"),
    include_str!("../sheet/rows.rs"),
    include_str!("../sheet/totals.rs"),
];

fn keys(source: &str) -> BTreeSet<String> {
    let is_key = |line: &&str| line.starts_with(|c: char| c.is_ascii_lowercase());
    source.lines().filter(is_key).filter_map(|line| Some(line.split_once(" =")?.0.to_owned())).collect()
}

/// The placeables of each key: a translation must say the same things.
fn placeables(source: &str, key: &str) -> BTreeSet<String> {
    let start = source.find(&format!("\n{key} =")).unwrap() + 1;
    let entry = &source[start..];
    let end = entry.match_indices('\n').find(|(at, _)| {
        let next = entry[at + 1..].chars().next();
        next.is_none_or(|c| c.is_ascii_lowercase() || c == '#' || c == '\n')
    });
    let entry = &entry[..end.map_or(entry.len(), |(at, _)| at)];
    let names = entry.split('$').skip(1).map(|rest| rest.split([' ', '}']).next().unwrap().to_owned());
    names.filter(|name| name != "region").collect()
}

#[test]
fn every_file_is_free_of_syntax_faults() {
    for source in SOURCES {
        if let Err((_, faults)) = FluentResource::try_new(source.to_owned()) {
            panic!("{faults:?}");
        }
    }
    assert_eq!(CATALOG.faults(), Vec::<String>::new());
}

#[test]
fn all_four_languages_have_the_same_keys_and_placeables() {
    let english = keys(SOURCES[0]);
    assert!(english.len() > 60, "the key reader sees only {}", english.len());
    for source in &SOURCES[1..] {
        assert_eq!(keys(source), english);
        for key in &english {
            assert_eq!(placeables(source, key), placeables(SOURCES[0], key), "{key}");
        }
    }
}

#[test]
fn every_key_is_used() {
    let code = CODE.concat();
    let unused: Vec<String> =
        keys(SOURCES[0]).into_iter().filter(|key| !code.contains(&format!("\"{key}\""))).collect();
    assert!(unused.is_empty(), "{unused:?}");
}

/// A missing word would print its key; every document of every kind and language is searched for one.
#[test]
fn no_document_prints_a_key() {
    use crate::document::{Corrects, Kind, PaymentField, Rounding};
    use crate::region::Locale;
    use crate::sheet::Sheet;
    let compound: Vec<String> = keys(SOURCES[0]).into_iter().filter(|key| key.contains('-')).collect();
    let tags = ["en-US", "es-ES", "es-MX", "pt-BR", "pt-PT", "fr-FR", "fr-CA", "en", "es", "pt", "fr"];
    for (tag, kind) in tags.iter().flat_map(|tag| Kind::ALL.map(|kind| (tag, kind))) {
        let mut d = super::samples::invoice_mx();
        (d.kind, d.locale) = (kind, Locale::from_tag(tag));
        d.accepted = super::samples::accepted_quote_us().accepted;
        d.payment =
            super::spoken::PAYMENT_KINDS.map(|kind| PaymentField { kind, value: "x".into() }).into_iter().collect();
        d.corrects = Some(Corrects { number: "x".into(), date: None, reason: Some("x".into()) });
        for rounding in [Rounding::PerCategory, Rounding::PerLine, Rounding::PerLineSix] {
            d.rounding = Some(rounding);
            let printed = serde_json::to_string(&Sheet::of(&d)).unwrap();
            for key in &compound {
                assert!(!printed.contains(&format!("\"{key}\"")), "{tag} {kind:?} prints {key}");
            }
        }
    }
}
