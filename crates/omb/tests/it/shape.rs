//! Shapes that are reviewed as diffs, and rules no domain may forget: the API description, the table of rights, the
//! data map against the live schema, row-level security and composite keys, every operation refused to those who may not.

mod classes;
mod examples;
mod features;
pub mod live;
mod operations;
mod schema;
mod versions;

use std::path::PathBuf;

/// A committed file of the repository.
pub fn committed(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// The operation ids of a committed list; `#` begins a comment.
pub fn listed(path: &str) -> Vec<String> {
    let text = std::fs::read_to_string(committed(path)).unwrap_or_default();
    text.lines().map(|l| l.split('#').next().unwrap_or_default().trim().to_owned()).filter(|l| !l.is_empty()).collect()
}

/// Compares with what is committed; `OMB_BLESS=1` writes it instead.
pub fn assert_committed(path: &str, found: &str, how: &str) {
    let file = committed(path);
    if std::env::var_os("OMB_BLESS").is_some() {
        std::fs::write(&file, found).unwrap();
        return;
    }
    let known = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(known == found, "{path} is out of date. Look at the difference, then: {how}");
}

#[test]
fn the_api_description_is_the_committed_one() {
    let found = omb::domains::description().to_pretty_json().unwrap() + "\n";
    assert_committed("openapi/app.json", &found, "cargo run -p omb -- openapi > openapi/app.json");
}

#[test]
fn the_table_of_rights_is_the_committed_one() {
    let mut table = String::from("# Which role holds which permission until the tenant tunes it. Owners hold all.\n");
    let mut rows: Vec<String> = omb::domains::PERMISSIONS
        .iter()
        .copied()
        .flatten()
        .map(|p| format!("{:<28} {}\n", p.name, p.roles.iter().map(|r| r.name()).collect::<Vec<_>>().join(" ")))
        .collect();
    rows.sort();
    let before = rows.len();
    rows.dedup();
    assert_eq!(rows.len(), before, "a permission is declared twice");
    table.extend(rows);
    assert_committed("tidy/rights.txt", &table, "OMB_BLESS=1 cargo nextest run -p omb the_table_of_rights");
}
