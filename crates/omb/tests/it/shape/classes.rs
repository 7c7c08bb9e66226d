//! The classes of routes against the description: what is listed exists, and what presents a secret is listed.

use std::collections::BTreeSet;

use omb::classes::{COSTLY, SEARCH, SECRET};

use super::listed;

/// Operations that are open to nobody and yet present no secret.
const NO_SECRET: &[&str] = &["reference_get", "data_map_get", "tax_id_check"];

/// Method, path and id of every operation.
fn operations() -> Vec<(String, String, String)> {
    let document = serde_json::to_value(omb::domains::description()).unwrap();
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            found.push((method.to_uppercase(), path.clone(), operation["operationId"].as_str().unwrap().to_owned()));
        }
    }
    found
}

#[test]
fn every_route_with_a_class_of_its_own_exists() {
    let known: BTreeSet<(String, String)> = operations().into_iter().map(|(m, p, _)| (m, p)).collect();
    let lists = [SECRET, COSTLY, SEARCH].into_iter().flatten().filter(|(_, path)| path.starts_with("/api/"));
    let gone: Vec<_> = lists.filter(|(m, p)| !known.contains(&((*m).to_owned(), (*p).to_owned()))).collect();
    assert!(gone.is_empty(), "{gone:?}");
}

#[test]
fn every_open_operation_that_presents_a_secret_is_held_tight() {
    let open = listed("tidy/open-operations.txt");
    let loose: Vec<_> = operations()
        .into_iter()
        .filter(|(_, _, id)| open.contains(id) && !NO_SECRET.contains(&id.as_str()))
        .filter(|(method, path, _)| !SECRET.contains(&(method.as_str(), path.as_str())))
        .collect();
    assert!(loose.is_empty(), "not of the class of secrets: {loose:?}");
}

/// What is written for whoever asks, and not kept.
const MADE: &[&str] =
    &["text/csv", "text/vcard", "application/pdf", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"];

#[test]
fn every_file_that_is_made_for_a_request_is_costly() {
    let document = serde_json::to_value(omb::domains::description()).unwrap();
    let mut loose = Vec::new();
    for (method, path, id) in operations() {
        let operation = &document["paths"][&path][method.to_lowercase()];
        let types = operation["responses"]["200"]["content"].as_object().into_iter().flatten().map(|(t, _)| t.as_str());
        let made = types.filter(|t| MADE.contains(t)).count() > 0;
        if made && !COSTLY.contains(&(method.as_str(), path.as_str())) {
            loose.push(id);
        }
    }
    assert!(loose.is_empty(), "not costly: {loose:?}");
}
