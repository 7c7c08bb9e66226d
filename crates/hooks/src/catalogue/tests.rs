//! That the list is what the code emits.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use super::*;

/// Source files of every crate, without tests.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if path.is_dir() && name != "tests" && name != "target" {
            sources(&path, found);
        } else if name.ends_with(".rs")
            && !name.starts_with("tests")
            && path.components().any(|c| c.as_os_str() == "src")
        {
            found.push(path);
        }
    }
}

/// What stands between the parenthesis that `text` begins behind and the one that closes it.
fn argument(text: &str) -> &str {
    let mut depth = 1;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return &text[..at];
        }
    }
    text
}

/// Quoted words that read like a type of event.
fn types(text: &str) -> BTreeSet<String> {
    let word = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    let quoted = text.split('"').skip(1).step_by(2);
    quoted
        .filter(|quoted| quoted.split_once('.').is_some_and(|(noun, verb)| word(noun) && word(verb)))
        .map(str::to_owned)
        .collect()
}

/// The types that are constants of each noun: what `R::CREATED` stands for, wherever a noun says so.
fn of_nouns(emitted: &str, sources: &[(PathBuf, String)]) -> BTreeSet<String> {
    let Some((_, rest)) = emitted.split_once("R::") else { return BTreeSet::new() };
    let name: String = rest.chars().take_while(|c| c.is_ascii_uppercase() || *c == '_').collect();
    let said = format!("const {name}: &'static str = ");
    let lines = sources.iter().flat_map(|(_, code)| code.lines()).filter(|line| line.contains(&said));
    lines.flat_map(types).collect()
}

/// Everything emitted, and the places at which that cannot be read off. Where the type is a variable, each word of the
/// file that reads like a type and ends like a past tense counts.
fn emitted() -> (BTreeSet<String>, Vec<String>) {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let (mut files, mut found, mut dark) = (Vec::new(), BTreeSet::new(), Vec::new());
    sources(crates, &mut files);
    let read = |file: PathBuf| {
        let text = std::fs::read_to_string(&file).unwrap();
        (file, text.split("#[cfg(test)]\nmod tests {").next().unwrap().to_owned())
    };
    let files: Vec<(PathBuf, String)> = files.into_iter().map(read).collect();
    for (file, code) in &files {
        for (at, _) in code.match_indices(".emit(") {
            let what = argument(&code[at + ".emit(".len()..]);
            let mut named = types(what);
            if named.is_empty() {
                named = of_nouns(what, &files);
            }
            if named.is_empty() {
                let past = |name: &String| {
                    ["ed", "_sent", ".sent", ".won", ".lost", ".died", ".unknown", ".undone", ".progress"]
                        .iter()
                        .any(|end| name.ends_with(end))
                };
                named = types(code).into_iter().filter(past).collect();
            }
            if named.is_empty() && !file.ends_with("store/src/outbox.rs") {
                dark.push(file.display().to_string());
            }
            found.extend(named);
        }
    }
    (found, dark)
}

#[test]
fn every_event_that_the_code_emits_is_in_the_catalogue_and_nothing_else_is() {
    let (emitted, dark) = emitted();
    assert!(dark.is_empty(), "what these emit cannot be read off: {dark:#?}");
    assert!(emitted.len() > 60, "{emitted:#?}");
    let listed: BTreeSet<String> =
        EVENT_TYPES.iter().map(|known| known.name.to_owned()).filter(|name| name != TEST).collect();
    let missing: Vec<_> = emitted.difference(&listed).collect();
    assert!(missing.is_empty(), "emitted and not in crates/hooks/src/catalogue/list.rs: {missing:#?}");
    let made_up: Vec<_> = listed.difference(&emitted).collect();
    assert!(made_up.is_empty(), "in the catalogue and never emitted: {made_up:#?}");
}

#[test]
fn each_type_stands_once_with_its_noun_and_an_example_of_ids_alone() {
    let names: BTreeSet<&str> = EVENT_TYPES.iter().map(|known| known.name).collect();
    assert_eq!(names.len(), EVENT_TYPES.len());
    for known in EVENT_TYPES {
        assert!(noun(known.subject).is_some(), "{}: {} is no noun", known.name, known.subject);
        let example = known.example();
        assert_eq!(example["type"], known.name);
        assert!(example["timestamp"].as_str().is_some_and(|at| at.ends_with('Z')), "{example}");
        let fields: BTreeSet<&str> = example["data"].as_object().unwrap().keys().map(String::as_str).collect();
        let allowed =
            ["id", "version", "url", "related"].into_iter().chain(known.carries.iter().map(|(field, _)| *field));
        assert_eq!(fields, allowed.collect(), "{}", known.name);
        assert!(known.example().to_string().len() < 20_000, "the specification wants less than 20 kB");
    }
}

#[test]
fn words_that_somebody_typed_stay_here() {
    let carried = json!({ "amount": { "amount": "1.00", "currency": "EUR" }, "reason": "Ana Ruiz did not like it", "stage": "x" });
    let id = "dea_019abc0123457def8123456789abcdef";
    let happened = Happened {
        kind: "deal.lost",
        at: DateTime::UNIX_EPOCH,
        subject: id,
        version: Some(2),
        related: &[],
        carried: &carried,
    };
    let text = message(&happened, "https://app.example.com");
    assert!(!text.contains("Ana") && !text.contains("stage"), "{text}");
    let wanted = json!({ "type": "deal.lost", "timestamp": "1970-01-01T00:00:00Z", "data": { "id": id, "version": 2,
        "url": format!("https://app.example.com/api/v1/deals/{id}"), "related": [],
        "amount": { "amount": "1.00", "currency": "EUR" } } });
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), wanted);
}
