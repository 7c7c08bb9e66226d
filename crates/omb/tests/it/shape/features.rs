//! The page that compares features names tests that are there, one at least for each feature we say we have.

use std::{collections::HashSet, fs, path::Path};

use super::committed;

/// Names of functions in a folder of Rust sources.
fn functions(folder: &Path, found: &mut HashSet<String>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            functions(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            let names = text.split("fn ").skip(1).filter_map(|rest| rest.split('(').next());
            found.extend(names.map(str::to_owned));
        }
    }
}

#[test]
fn every_feature_we_claim_names_a_test_that_is_there() {
    let mut there = HashSet::new();
    functions(&committed("crates"), &mut there);
    for journey in fs::read_dir(committed("e2e/journeys")).unwrap().map(Result::unwrap) {
        let name = journey.file_name().into_string().unwrap();
        there.insert(name.trim_end_matches(".spec.ts").to_owned());
    }
    let page = fs::read_to_string(committed("docs/crm-features.md")).unwrap();
    let rows: Vec<&str> = page.lines().filter(|line| line.starts_with("| ")).skip(1).collect();
    assert!(rows.len() > 30, "{} rows", rows.len());
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        let named: Vec<&str> = cells.get(2).unwrap_or(&"").split('`').skip(1).step_by(2).collect();
        let claims = cells[1].contains('Y') || cells[1].contains('~');
        assert_eq!(claims, !named.is_empty(), "{row}");
        for name in named {
            assert!(there.contains(name), "{name} is no test of ours: {row}");
        }
    }
}
